import LinuxABI

/// A file system at a place of the tree.
///
/// - SeeAlso: Linux `fs/mount.h` `struct mount`.
final class Mount {
  /// Its number in `/proc/PID/mountinfo`.
  let id: Int
  let sb: SuperBlock
  /// What the place shows.
  let root: Dentry
  /// The place; nothing for the root of all, and for what is mounted nowhere.
  let mountpoint: Path?
  /// What `/proc/mounts` calls the device.
  let source: String
  /// Nothing can be changed through this mount.
  let isReadOnly: Bool

  init(
    id: Int,
    _ sb: SuperBlock,
    root: Dentry,
    on mountpoint: Path?,
    source: String,
    isReadOnly: Bool = false
  ) {
    self.id = id
    self.sb = sb
    self.root = root
    self.mountpoint = mountpoint
    self.source = source
    self.isReadOnly = isReadOnly
    mountpoint?.dentry.mounts += 1
  }

  /// Refuses changes on a read-only mount or file system.
  ///
  /// - SeeAlso: Linux `fs/namespace.c` `mnt_want_write`.
  func want_write() throws(Errno) {
    if isReadOnly || sb.isReadOnly { throw .EROFS }
  }
}

/// A file system: what its files have in common.
///
/// - SeeAlso: Linux `include/linux/fs.h` `struct super_block`.
class SuperBlock {
  // SAFETY: the kernel owns the mounts, and they own this.
  unowned(unsafe) let kernel: Kernel
  /// The name of the type, such as `tmpfs`.
  let type: String
  /// The device number that `stat` reports.
  let device: UInt64
  /// The number that `statfs` reports.
  let magic: Int64
  /// Nothing can be changed.
  var isReadOnly = false
  /// Whether names may come and go behind the kernel's back.
  var revalidates: Bool { false }
  private var lastInode: UInt64 = 0

  init(_ kernel: Kernel, type: String, device: UInt64, magic: Int64) {
    self.kernel = kernel
    self.type = type
    self.device = device
    self.magic = magic
  }

  /// A number for a new file.
  func get_next_ino() -> UInt64 {
    lastInode += 1
    return lastInode
  }

  /// What `statfs` reports.
  func statfs() -> Statfs {
    var status = Statfs()
    status.type = magic
    return status
  }

  /// The options that `/proc/mounts` shows.
  var options: String { "" }
}
