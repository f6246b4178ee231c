import LinuxABI

/// What a path leads to.
///
/// The kernel mounts no file system of the host: there is a root with `/dev` and `/proc/self/exe`.
enum Inode: Equatable {
  /// A directory, by its absolute path; the root is empty.
  case directory(String)
  /// A memory device.
  case device(Device)
  /// The controlling terminal.
  case terminal
  /// A symbolic link whose target is outside: `/proc/self/exe`.
  case executable
}

/// Paths.
enum Path {
  /// The longest path with its zero byte.
  static let PATH_MAX = 4096
  /// The longest component.
  static let NAME_MAX = 255

  /// The directories that exist, with what is in them.
  static let directories: [(path: String, entries: [String])] = [
    ("", ["dev", "proc"]),
    ("/dev", Device.allCases.map { "\($0.name)" } + ["tty"]),
    ("/proc", ["self"]),
    ("/proc/self", ["exe"]),
  ]

  /// Walks a path from the root, which is also the working directory.
  ///
  /// - Throws: `ENOENT`, `ENOTDIR`, or `ENAMETOOLONG` for a component.
  static func walk(_ path: String) throws(Errno) -> Inode {
    var place = ""
    var node = Inode.directory("")
    for component in path.split(separator: "/") {
      guard case .directory = node else { throw .ENOTDIR }
      if component.utf8.count > NAME_MAX { throw .ENAMETOOLONG }
      switch component {
      case ".": continue
      case "..": place = place.lastIndex(of: "/").map { String(place[..<$0]) } ?? ""
      default: place += "/" + component
      }
      node = try lookup(place)
    }
    if path.hasSuffix("/"), node != .directory(place) { throw .ENOTDIR }
    return node
  }

  private static func lookup(_ place: String) throws(Errno) -> Inode {
    if directories.contains(where: { $0.path == place }) { return .directory(place) }
    if place == "/dev/tty" { return .terminal }
    if place == "/proc/self/exe" { return .executable }
    for device in Device.allCases where place == "/dev/\(device.name)" { return .device(device) }
    throw .ENOENT
  }
}

/// Reads a path of the program.
///
/// - Throws: `EFAULT`, `ENAMETOOLONG`, or `ENOENT` for an empty one unless that is allowed.
/// - SeeAlso: Linux `fs/namei.c` `getname_flags`.
func getname(_ task: Task, _ address: UInt64, allowEmpty: Bool = false) async throws(Errno)
  -> String
{
  let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: Path.PATH_MAX, alignment: 8)
  defer { buffer.deallocate() }
  let length = try await strncpy_from_user(task, buffer, address)
  if length == Path.PATH_MAX { throw .ENAMETOOLONG }
  if length == 0 && !allowEmpty { throw .ENOENT }
  return String(decoding: buffer.prefix(length), as: UTF8.self)
}

/// The place of a path that is looked up from a descriptor.
///
/// - Throws: `EBADF` or `ENOTDIR` when the descriptor is no directory and the path is relative.
func user_path_at(_ task: Task, _ descriptor: Int32, _ path: String) throws(Errno) -> Inode {
  let AT_FDCWD: Int32 = -100
  if !path.hasPrefix("/") && descriptor != AT_FDCWD {
    guard let directory = try task.files.fget(descriptor) as? DirectoryFile else { throw .ENOTDIR }
    return try Path.walk(directory.path + "/" + path)
  }
  return try Path.walk(path)
}

extension Inode {
  /// What `stat` reports; a link is not followed.
  var status: Stat {
    switch self {
    case .device(let device):
      return device.status
    case .terminal:
      var status = Stat()
      status.device = Device.devtmpfs
      status.inode = 11
      status.mode = Stat.S_IFCHR | 0o666
      status.specialDevice = 5 << 8
      return status
    case .executable:
      var status = Stat()
      status.device = 20
      status.inode = 4
      status.mode = Stat.S_IFLNK | 0o777
      status.blockSize = 1024
      return status
    case .directory(let path):
      return DirectoryFile.status(of: path)
    }
  }

  /// Whether a kind of access is allowed: everything may be read, only devices may be written, and
  /// only directories and the program may be executed.
  func permits(_ mode: UInt32) -> Errno? {
    let (execute, write): (UInt32, UInt32) = (1, 2)
    switch self {
    case .device, .terminal: return mode & execute != 0 ? .EACCES : nil
    case .executable: return mode & write != 0 ? .EACCES : nil
    case .directory: return mode & write != 0 ? .EROFS : nil
    }
  }
}
