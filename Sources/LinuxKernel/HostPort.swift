import LinuxABI

/// The only way from the kernel to the outside world.
///
/// Everything that a machine cannot compute from its own state passes here: bytes in and out, the
/// clock, randomness. One implementation talks to the host; another can record or replay.
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
}
