import LinuxABI

/// An open file: what descriptors that were duplicated share.
///
/// A subclass says what reading and writing means. Buffers are the kernel's: the calls copy between
/// them and the program.
///
/// - SeeAlso: Linux `include/linux/fs.h` `struct file`, `struct file_operations`.
public class File {
  /// How it was opened, and what `F_SETFL` changed.
  public internal(set) var flags: OpenFlags

  init(flags: OpenFlags) {
    self.flags = flags
  }

  /// Whether it was opened for reading.
  var isReadable: Bool { flags.rawValue & OpenFlags.O_ACCMODE != OpenFlags.O_WRONLY.rawValue }

  /// Whether it was opened for writing.
  var isWritable: Bool { flags.rawValue & OpenFlags.O_ACCMODE != 0 }

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

  /// Reads at the file's own offset.
  func read(_ buffer: UnsafeMutableRawBufferPointer) throws(Errno) -> Int { throw .EINVAL }

  /// Takes back the last `count` bytes of the last read: they could not be handed over.
  func unread(_ bytes: UnsafeRawBufferPointer) {}

  /// Writes at the file's own offset.
  func write(_ buffer: UnsafeRawBufferPointer) throws(Errno) -> Int { throw .EINVAL }

  /// Moves the offset.
  func llseek(_ offset: Int64, _ whence: Int32) throws(Errno) -> Int64 { throw .ESPIPE }

  /// Whether the file has an offset: `pread` and `pwrite` work.
  var isSeekable: Bool { false }

  /// What `fstat` reports.
  func status() throws(Errno) -> Stat { throw .EBADF }

  /// The descriptor of the host to wait on, or nothing for a file that never waits.
  var hostDescriptor: Int32? { nil }

  /// Terminal settings, or `ENOTTY`.
  func terminalSettings() throws(Errno) -> KernelTermios { throw .ENOTTY }
  /// Changes terminal settings, or `ENOTTY`.
  func setTerminalSettings(_ settings: KernelTermios, _ request: IoctlRequest) throws(Errno) {
    throw .ENOTTY
  }
  /// The window size, or `ENOTTY`.
  func windowSize() throws(Errno) -> WinSize { throw .ENOTTY }
  /// How many bytes can be read at once, or `ENOTTY`.
  func bytesAvailable() throws(Errno) -> Int32 { throw .ENOTTY }
}
