/// How a file is opened.
///
/// - SeeAlso: Linux `include/uapi/asm-generic/fcntl.h`.
public struct OpenFlags: NamedFlags {
  /// The bits.
  public var rawValue: UInt32

  /// Makes a set of bits.
  public init(rawValue: UInt32) {
    self.rawValue = rawValue
  }

  /// What an empty set is called.
  public static var emptyName: StaticString { "O_RDONLY" }

  /// Writing only.
  public static let O_WRONLY = OpenFlags(rawValue: 1)
  /// Reading and writing.
  public static let O_RDWR = OpenFlags(rawValue: 2)
  /// Make the file if there is none.
  public static let O_CREAT = OpenFlags(rawValue: 0o100)
  /// Fail if there is one.
  public static let O_EXCL = OpenFlags(rawValue: 0o200)
  /// Do not take the terminal.
  public static let O_NOCTTY = OpenFlags(rawValue: 0o400)
  /// Empty the file.
  public static let O_TRUNC = OpenFlags(rawValue: 0o1000)
  /// Write at the end.
  public static let O_APPEND = OpenFlags(rawValue: 0o2000)
  /// Do not wait.
  public static let O_NONBLOCK = OpenFlags(rawValue: 0o4000)
  /// Write data and attributes through.
  public static let O_SYNC = OpenFlags(rawValue: 0o4010000)
  /// Write data through.
  public static let O_DSYNC = OpenFlags(rawValue: 0o10000)
  /// Signal when input or output is possible.
  public static let O_ASYNC = OpenFlags(rawValue: 0o20000)
  /// Around the page cache.
  public static let O_DIRECT = OpenFlags(rawValue: 0o40000)
  /// Large offsets; always on for 64-bit programs.
  public static let O_LARGEFILE = OpenFlags(rawValue: 0o100000)
  /// A file without a name.
  public static let O_TMPFILE = OpenFlags(rawValue: 0o20200000)
  /// Only a directory.
  public static let O_DIRECTORY = OpenFlags(rawValue: 0o200000)
  /// Not a symbolic link.
  public static let O_NOFOLLOW = OpenFlags(rawValue: 0o400000)
  /// Leave the access time.
  public static let O_NOATIME = OpenFlags(rawValue: 0o1000000)
  /// Close at `execve`.
  public static let O_CLOEXEC = OpenFlags(rawValue: 0o2000000)
  /// A place, not its contents.
  public static let O_PATH = OpenFlags(rawValue: 0o10000000)

  /// The bits that choose between reading, writing and both.
  public static let O_ACCMODE: UInt32 = 3

  /// The access mode, then the names joined by `|`.
  public var description: String {
    let mode = rawValue & Self.O_ACCMODE
    var parts = [["O_RDONLY", "O_WRONLY", "O_RDWR", "O_ACCMODE"][Int(mode)]]
    var rest = rawValue & ~Self.O_ACCMODE
    for (name, flag) in Self.names where flag.rawValue & Self.O_ACCMODE == 0 {
      if rest & flag.rawValue == flag.rawValue {
        parts.append("\(name)")
        rest &= ~flag.rawValue
      }
    }
    if rest != 0 { parts.append("0x" + String(rest, radix: 16)) }
    return parts.joined(separator: "|")
  }

  /// The members with their names.
  public static var names: [(name: StaticString, flag: OpenFlags)] {
    [
      ("O_WRONLY", .O_WRONLY),
      ("O_RDWR", .O_RDWR),
      ("O_CREAT", .O_CREAT),
      ("O_EXCL", .O_EXCL),
      ("O_NOCTTY", .O_NOCTTY),
      ("O_TRUNC", .O_TRUNC),
      ("O_APPEND", .O_APPEND),
      ("O_NONBLOCK", .O_NONBLOCK),
      ("O_SYNC", .O_SYNC),
      ("O_DSYNC", .O_DSYNC),
      ("O_ASYNC", .O_ASYNC),
      ("O_DIRECT", .O_DIRECT),
      ("O_LARGEFILE", .O_LARGEFILE),
      ("O_TMPFILE", .O_TMPFILE),
      ("O_DIRECTORY", .O_DIRECTORY),
      ("O_NOFOLLOW", .O_NOFOLLOW),
      ("O_NOATIME", .O_NOATIME),
      ("O_CLOEXEC", .O_CLOEXEC),
      ("O_PATH", .O_PATH),
    ]
  }
}

/// How the `*at` calls look a path up.
///
/// - SeeAlso: Linux `include/uapi/linux/fcntl.h`.
public struct AtFlags: NamedFlags {
  /// The bits.
  public var rawValue: UInt32

  /// Makes a set of bits.
  public init(rawValue: UInt32) {
    self.rawValue = rawValue
  }

  /// Do not follow a symbolic link.
  public static let AT_SYMLINK_NOFOLLOW = AtFlags(rawValue: 0x100)
  /// `unlinkat` removes a directory; the same bit is `AT_EACCESS` of `faccessat2`.
  public static let AT_REMOVEDIR = AtFlags(rawValue: 0x200)
  /// Follow a symbolic link.
  public static let AT_SYMLINK_FOLLOW = AtFlags(rawValue: 0x400)
  /// Start no automount.
  public static let AT_NO_AUTOMOUNT = AtFlags(rawValue: 0x800)
  /// An empty path means the descriptor itself.
  public static let AT_EMPTY_PATH = AtFlags(rawValue: 0x1000)
  /// Ask the server.
  public static let AT_STATX_FORCE_SYNC = AtFlags(rawValue: 0x2000)
  /// Do not ask the server.
  public static let AT_STATX_DONT_SYNC = AtFlags(rawValue: 0x4000)
  /// The whole tree.
  public static let AT_RECURSIVE = AtFlags(rawValue: 0x8000)

  /// The descriptor that stands for the current directory.
  public static let AT_FDCWD: Int32 = -100

  /// The members with their names.
  public static var names: [(name: StaticString, flag: AtFlags)] {
    [
      ("AT_SYMLINK_NOFOLLOW", .AT_SYMLINK_NOFOLLOW),
      ("AT_REMOVEDIR", .AT_REMOVEDIR),
      ("AT_SYMLINK_FOLLOW", .AT_SYMLINK_FOLLOW),
      ("AT_NO_AUTOMOUNT", .AT_NO_AUTOMOUNT),
      ("AT_EMPTY_PATH", .AT_EMPTY_PATH),
      ("AT_STATX_FORCE_SYNC", .AT_STATX_FORCE_SYNC),
      ("AT_STATX_DONT_SYNC", .AT_STATX_DONT_SYNC),
      ("AT_RECURSIVE", .AT_RECURSIVE),
    ]
  }
}

/// A command of `fcntl`.
///
/// - SeeAlso: Linux `include/uapi/asm-generic/fcntl.h`, `include/uapi/linux/fcntl.h`.
public enum FcntlCommand: UInt32, CaseIterable, Sendable {
  // swift-format-ignore
  case F_DUPFD = 0, F_GETFD, F_SETFD, F_GETFL, F_SETFL, F_GETLK, F_SETLK, F_SETLKW, F_SETOWN
  // swift-format-ignore
  case F_GETOWN = 9, F_SETSIG, F_GETSIG, F_SETOWN_EX = 15, F_GETOWN_EX
  // swift-format-ignore
  case F_OFD_GETLK = 36, F_OFD_SETLK, F_OFD_SETLKW
  // swift-format-ignore
  case F_SETLEASE = 1024, F_GETLEASE, F_NOTIFY, F_DUPFD_CLOEXEC = 1030, F_SETPIPE_SZ, F_GETPIPE_SZ
  // swift-format-ignore
  case F_ADD_SEALS = 1033, F_GET_SEALS

  /// The descriptor flag of `F_GETFD`.
  public static let FD_CLOEXEC: UInt32 = 1
}

/// What an offset of `lseek` counts from.
///
/// - SeeAlso: Linux `include/uapi/linux/fs.h`.
public enum SeekOrigin: UInt32, CaseIterable, Sendable {
  // swift-format-ignore
  case SEEK_SET = 0, SEEK_CUR, SEEK_END, SEEK_DATA, SEEK_HOLE
}

/// What `access` asks for.
public enum AccessMode {
  /// Does it exist?
  public static let F_OK: UInt32 = 0
  /// May it be executed?
  public static let X_OK: UInt32 = 1
  /// May it be written?
  public static let W_OK: UInt32 = 2
  /// May it be read?
  public static let R_OK: UInt32 = 4
}
