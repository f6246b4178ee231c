import LinuxABI

/// A file, whatever its names.
///
/// The base class holds the attributes and refuses everything; file systems say what their files
/// can do.
///
/// - SeeAlso: Linux `include/linux/fs.h` `struct inode`, `struct inode_operations`.
class Inode {
  let sb: SuperBlock
  let ino: UInt64
  /// Type and permissions.
  var mode: UInt32
  var uid: UInt32 = 0, gid: UInt32 = 0
  var nlink: UInt64 = 1
  /// The device that a device file stands for.
  var rdev: UInt64 = 0
  var atime: Timespec, mtime: Timespec, ctime: Timespec
  /// When it was made; nothing where the file system does not know.
  var btime: Timespec?
  /// Locks of `flock` and `fcntl`.
  let locks = FileLocks()
  /// How often it is open for writing; negative while it is executed.
  var writecount = 0
  /// The pipe behind a FIFO, while somebody has it open.
  weak var pipe: Pipe?

  init(_ sb: SuperBlock, ino: UInt64? = nil, mode: UInt32) {
    self.sb = sb
    self.ino = ino ?? sb.get_next_ino()
    self.mode = mode
    let now = Timespec(total: sb.kernel.date())
    (atime, mtime, ctime) = (now, now, now)
  }

  /// The type bits of the mode.
  final var type: UInt32 { mode & Stat.S_IFMT }
  final var isDirectory: Bool { type == Stat.S_IFDIR }
  final var isSymlink: Bool { type == Stat.S_IFLNK }
  final var isRegular: Bool { type == Stat.S_IFREG }

  /// Bytes in the file.
  var size: Int64 { 0 }
  /// Units of 512 bytes that it takes.
  var blocks: Int64 { 0 }
  /// A good size for one read.
  var blockSize: Int64 { 4096 }
  /// The date, for time stamps.
  final var now: Timespec { Timespec(total: sb.kernel.date()) }

  // MARK: Directories

  /// The file of a name, or nothing.
  func lookup(_ name: FileName, _ task: Task) throws(Errno) -> Inode? { throw .ENOTDIR }

  /// Makes a file, a directory or a device; the mode says which.
  func create(_ name: FileName, _ attributes: NewFile) throws(Errno) -> Inode { throw .EPERM }

  /// Makes a file without a name.
  func tmpfile(_ attributes: NewFile) throws(Errno) -> Inode { throw .EOPNOTSUPP }

  /// Makes a symbolic link.
  func symlink(_ name: FileName, _ target: [UInt8], _ attributes: NewFile) throws(Errno) -> Inode {
    throw .EPERM
  }

  /// Gives a file one more name.
  func link(_ name: FileName, _ inode: Inode) throws(Errno) { throw .EPERM }

  /// Takes a name of a file, which is no directory, away.
  func unlink(_ name: FileName, _ inode: Inode) throws(Errno) { throw .EPERM }

  /// Takes an empty directory away.
  func rmdir(_ name: FileName, _ inode: Inode) throws(Errno) { throw .EPERM }

  /// Moves a name; what `change.replaced` names goes away, or changes places.
  func rename(_ change: Rename) throws(Errno) { throw .EPERM }

  /// The entries from a position on, until `emit` has had enough.
  func iterate(
    _ position: Int64,
    _ path: Path,
    _ task: Task,
    _ emit: (DirectoryEntry) -> Bool
  ) throws(Errno) { throw .ENOTDIR }

  // MARK: All files

  /// Where a symbolic link leads.
  func get_link(_ task: Task) throws(Errno) -> LinkTarget { throw .EINVAL }

  /// Opens the file.
  func open(_ task: Task, _ path: Path, _ flags: OpenFlags) async throws(Errno) -> File {
    try await open_special(task, path, flags)
  }

  /// Whether a kind of access is allowed.
  func permission(_ cred: Cred, _ mask: AccessMask) throws(Errno) {
    try generic_permission(cred, mask)
  }

  /// What `stat` reports.
  func getattr(_ task: Task) throws(Errno) -> Stat {
    var status = Stat()
    status.device = sb.device
    status.inode = ino
    status.links = nlink
    status.mode = mode
    (status.user, status.group) = (uid, gid)
    status.specialDevice = rdev
    status.length = size
    status.blockSize = blockSize
    status.blocks = blocks
    (status.accessTime, status.modificationTime, status.changeTime) = (atime, mtime, ctime)
    return status
  }

  /// Changes attributes; who may was checked before.
  func setattr(_ change: AttributeChange) throws(Errno) {
    if let mode = change.mode { self.mode = type | mode }
    if let uid = change.uid { self.uid = uid }
    if let gid = change.gid { self.gid = gid }
    if let time = change.atime { atime = time }
    if let time = change.mtime { mtime = time }
    ctime = now
  }

  /// Makes the file longer or shorter.
  func truncate(_ length: Int64) throws(Errno) { throw .EINVAL }

  /// Reads the time of the last access, where the file system keeps it.
  ///
  /// - SeeAlso: Linux `fs/inode.c` `relatime_need_update`.
  final func touch_atime(_ path: Path?) {
    if let path, path.mnt.isReadOnly { return }
    let date = now
    let isNews =
      !(mtime < atime) || !(ctime < atime) || date.seconds &- atime.seconds >= 24 * 60 * 60
    if isNews, !sb.isReadOnly { atime = date }
  }
}

extension Timespec: Comparable {
  /// Earlier.
  public static func < (left: Timespec, right: Timespec) -> Bool {
    (left.seconds, left.nanoseconds) < (right.seconds, right.nanoseconds)
  }
}

/// What a new file gets.
struct NewFile {
  /// Type and permissions, the `umask` already applied.
  var mode: UInt32
  var uid: UInt32, gid: UInt32
  var rdev: UInt64 = 0
}

/// Attributes to be changed; the others stay.
struct AttributeChange {
  var mode: UInt32?
  var uid: UInt32?, gid: UInt32?
  var atime: Timespec?, mtime: Timespec?
}

/// A name on its way to another place.
struct Rename {
  var name: FileName
  var inode: Inode
  var newDirectory: Inode
  var newName: FileName
  var replaced: Inode?
  /// `RENAME_EXCHANGE`: the two change places.
  var isExchange = false
}

/// One entry of a directory.
struct DirectoryEntry {
  var name: FileName
  var ino: UInt64
  /// The type bits of the mode.
  var type: UInt32
  /// Where a later `iterate` goes on.
  var next: Int64
}

/// Where a symbolic link leads.
enum LinkTarget {
  /// A path, from the link's directory on.
  case text([UInt8])
  /// A place, whatever its name: the links of `/proc`.
  case jump(Path)
}

/// Kinds of access to a file.
///
/// - SeeAlso: Linux `include/linux/fs.h` `MAY_*`.
struct AccessMask: OptionSet {
  var rawValue: UInt32
  static let MAY_EXEC = AccessMask(rawValue: 1)
  static let MAY_WRITE = AccessMask(rawValue: 2)
  static let MAY_READ = AccessMask(rawValue: 4)
}
