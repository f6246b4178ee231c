/// Where a process is in the file tree.
///
/// Shared by tasks that were cloned with `CLONE_FS`.
///
/// - SeeAlso: Linux `include/linux/fs_struct.h` `struct fs_struct`.
public final class FSStruct {
  /// Permissions that new files do not get (`umask`).
  public var umask: UInt32 = 0o022
  /// Where absolute paths start; nothing for a task that has ended.
  var root: Path?
  /// Where relative paths start.
  var pwd: Path?

  /// That of a task that has ended.
  init() {}

  /// At the root of a tree.
  init(root: Path) {
    self.root = root
    pwd = root
  }

  /// A copy, for a child that does not share.
  init(copying other: FSStruct) {
    umask = other.umask
    root = other.root
    pwd = other.pwd
  }
}
