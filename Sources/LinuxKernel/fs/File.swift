import LinuxABI

/// An open file: what descriptors that were duplicated share.
///
/// A subclass says what reading and writing means. It is closed when the last descriptor, mapping
/// and call that uses it is gone.
///
/// - SeeAlso: Linux `include/linux/fs.h` `struct file`, `struct file_operations`.
public class File {
  /// How it was opened, and what `F_SETFL` changed.
  public internal(set) var flags: OpenFlags
  /// Where it was opened; nothing for what has no place, such as the host's descriptors.
  let path: Path?
  /// The offset of the next read or write.
  var position: Int64 = 0
  /// Who gets SIGIO: `F_SETOWN`.
  var owner: Int32 = 0

  init(flags: OpenFlags, path: Path? = nil) {
    self.flags = flags
    self.path = path
  }

  deinit { inode?.locks.release(self) }

  /// The file behind it.
  final var inode: Inode? { path?.inode }

  /// Whether it was opened for reading.
  final var isReadable: Bool {
    !flags.contains(.O_PATH)
      && flags.rawValue & OpenFlags.O_ACCMODE != OpenFlags.O_WRONLY.rawValue
  }

  /// Whether it was opened for writing.
  final var isWritable: Bool {
    !flags.contains(.O_PATH) && flags.rawValue & OpenFlags.O_ACCMODE != 0
  }

  /// Whether calls fail rather than wait.
  final var isNonblocking: Bool { flags.contains(.O_NONBLOCK) }

  /// How much of a write to a partly unreadable buffer gets through.
  enum CopyGranularity {
    /// Each byte before the bad one.
    case byte
    /// Whole pieces of this many bytes.
    case block(Int)
    /// The data is never looked at.
    case none
  }

  /// See `CopyGranularity`.
  var writeGranularity: CopyGranularity { .byte }

  /// Whether a read goes on until the buffer is full or the file ends, as for ordinary files.
  var fillsBuffers: Bool { false }

  /// Reads into user memory, at `place` or at the file's own offset.
  func read_iter(
    _ task: Task,
    _ iter: inout iov_iter,
    at place: Int64?
  ) async throws(Errno) -> Int { throw .EINVAL }

  /// Writes user memory, at `place` or at the file's own offset.
  func write_iter(
    _ task: Task,
    _ iter: inout iov_iter,
    at place: Int64?
  ) async throws(Errno) -> Int { throw .EINVAL }

  /// Moves the offset.
  func llseek(_ offset: Int64, _ whence: Int32) throws(Errno) -> Int64 { throw .ESPIPE }

  /// Whether the file has an offset: `pread` and `pwrite` work.
  var isSeekable: Bool { false }

  /// What `fstat` reports.
  func status(_ task: Task) throws(Errno) -> Stat {
    guard let inode else { throw .EBADF }
    return try inode.getattr(task)
  }

  /// What can be done now without waiting; `table` learns who would know of a change.
  func poll(_ table: PollTable?) -> PollEvents { .ready }

  /// The pages for `mmap`, or nothing.
  var mapping: PageCache? { nil }

  /// What `/proc/PID/fd` says about a file without a path.
  var name: [UInt8] { Array("anon_inode:[unknown]".utf8) }

  /// Commands of `ioctl` that only this kind of file knows.
  func ioctl(_ task: Task, _ request: UInt32, _ argument: UInt64) async throws(Errno) -> Int64 {
    throw .ENOTTY
  }

  /// Further lines of `/proc/PID/fdinfo`.
  var fdinfo: String { "" }

  /// Terminal settings, or `ENOTTY`.
  func terminalSettings() throws(Errno) -> KernelTermios { throw .ENOTTY }
  /// Changes terminal settings, or `ENOTTY`.
  func setTerminalSettings(_ settings: KernelTermios, _ request: IoctlRequest) throws(Errno) {
    throw .ENOTTY
  }
  /// The window size, or `ENOTTY`.
  func windowSize() throws(Errno) -> WinSize { throw .ENOTTY }
  /// How many bytes can be read at once, or `ENOTTY`.
  func bytesAvailable() throws(Errno) -> Int32 {
    guard let inode, inode.isRegular else { throw .ENOTTY }
    return Int32(clamping: inode.size - position)
  }
}

extension File {
  /// - SeeAlso: Linux `fs/read_write.c` `generic_file_llseek_size`.
  final func generic_llseek(
    _ offset: Int64,
    _ whence: Int32,
    size: Int64
  ) throws(Errno) -> Int64 {
    let base: Int64
    switch whence {
    case 0: base = 0
    case 1: base = position
    case 2: base = size
    default: throw .EINVAL
    }
    let (sum, overflow) = base.addingReportingOverflow(offset)
    if overflow, offset > 0 { throw .EOVERFLOW }
    guard !overflow, sum >= 0 else { throw .EINVAL }
    position = sum
    return sum
  }

  /// How much may be written: `RLIMIT_FSIZE` and the largest file.
  ///
  /// - SeeAlso: Linux `fs/read_write.c` `generic_write_check_limits`.
  final func generic_write_checks(
    _ task: Task,
    _ position: Int64,
    _ count: UInt64
  ) throws(Errno) -> UInt64 {
    let limit = task.rlimit(Int(Resource.RLIMIT_FSIZE.rawValue))
    var count = count
    if limit != RLimit64.RLIM64_INFINITY {
      guard UInt64(position) < limit else {
        task.kernel.send_signal(task, .SIGXFSZ)
        throw .EFBIG
      }
      count = min(count, limit - UInt64(position))
    }
    guard position < Int64.max - 4096 else { throw .EFBIG }
    return min(count, UInt64(Int64.max - 4096 - position))
  }

  /// A program that is changed loses its set-user bits.
  ///
  /// - SeeAlso: Linux `fs/inode.c` `file_remove_privs`.
  final func remove_privs(_ task: Task) {
    guard let inode, inode.mode & 0o6000 != 0, !capable(task, .CAP_FSETID) else { return }
    inode.mode &= ~0o4000
    if inode.mode & 0o2010 == 0o2010 { inode.mode &= ~0o2000 }
  }
}
