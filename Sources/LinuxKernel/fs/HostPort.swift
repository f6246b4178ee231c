import LinuxABI

/// The only way from the kernel to the outside world.
///
/// Everything that a machine cannot compute from its own state passes here: bytes in and out, the
/// clock, randomness. One implementation talks to the host; another can record or replay. Errors
/// are the guest's numbers, whatever the host's are.
public protocol HostPort: AnyObject {
  /// Nanoseconds since the epoch when the machine was switched on.
  ///
  /// A deterministic machine answers a constant.
  var bootTime: Int64 { get }

  /// Nanoseconds since the machine was switched on, or `nil` when time is virtual: then each
  /// retired instruction takes one nanosecond.
  func elapsedTime() -> Int64?

  /// Waits in the host until `deadline` (same scale as `elapsedTime`); returns at once when time is
  /// virtual.
  func sleep(until deadline: Int64)

  /// Fills `buffer` with random bytes; from a seed when the machine is deterministic.
  func entropy(_ buffer: UnsafeMutableRawBufferPointer)

  /// Reads from a host descriptor; 0 is the end of the file.
  func read(_ descriptor: Int32, _ buffer: UnsafeMutableRawBufferPointer) throws(Errno) -> Int

  /// Writes to a host descriptor; may write less.
  func write(_ descriptor: Int32, _ buffer: UnsafeRawBufferPointer) throws(Errno) -> Int

  /// Moves the offset of a host descriptor, or throws `ESPIPE`.
  func seek(_ descriptor: Int32, _ offset: Int64, _ whence: Int32) throws(Errno) -> Int64

  /// What `fstat` says about a host descriptor.
  func status(_ descriptor: Int32) throws(Errno) -> Stat

  /// The flags that a host descriptor was opened with, as `F_GETFL` reports them.
  func openFlags(_ descriptor: Int32) throws(Errno) -> OpenFlags

  /// Waits until one of the `POLL` events comes, at most `timeout` milliseconds (-1: forever).
  ///
  /// Events and answer are one mask for each descriptor, in order.
  func poll(_ requests: [(descriptor: Int32, events: Int16)], timeout: Int32) -> [Int16]

  /// The settings of a terminal, or throws `ENOTTY`.
  func terminalSettings(_ descriptor: Int32) throws(Errno) -> KernelTermios

  /// Changes the settings of a terminal; `request` is `TCSETS`, `TCSETSW` or `TCSETSF`.
  func setTerminalSettings(
    _ descriptor: Int32,
    _ settings: KernelTermios,
    _ request: IoctlRequest
  ) throws(Errno)

  /// The window size of a terminal, or throws `ENOTTY`.
  func windowSize(_ descriptor: Int32) throws(Errno) -> WinSize

  /// How many bytes can be read at once (`FIONREAD`).
  func bytesAvailable(_ descriptor: Int32) throws(Errno) -> Int32

  /// Shows the user of the emulator a line of ours, apart from the guest's own output.
  func diagnose(_ line: String)
}
