/// Seconds and nanoseconds.
///
/// - SeeAlso: Linux `include/uapi/linux/time_types.h` `struct __kernel_timespec`.
public struct Timespec: ABIStructure, Equatable {
  /// The number of bytes.
  public static let size = 16

  /// Whole seconds.
  public var seconds: Int64
  /// The rest, 0 ... 999 999 999 when valid.
  public var nanoseconds: Int64

  /// Makes a time.
  public init(seconds: Int64, nanoseconds: Int64) {
    self.seconds = seconds
    self.nanoseconds = nanoseconds
  }

  /// Reads the structure.
  public init(decoding bytes: UnsafeRawBufferPointer) {
    seconds = bytes.loadLittleEndian(at: 0)
    nanoseconds = bytes.loadLittleEndian(at: 8)
  }

  /// Writes the structure.
  public func encode(into bytes: UnsafeMutableRawBufferPointer) {
    bytes.storeLittleEndian(seconds, at: 0)
    bytes.storeLittleEndian(nanoseconds, at: 8)
  }
}

/// Seconds and microseconds.
///
/// - SeeAlso: Linux `include/uapi/linux/time.h` `struct timeval`.
public struct Timeval: ABIStructure, Equatable {
  /// The number of bytes.
  public static let size = 16

  /// Whole seconds.
  public var seconds: Int64
  /// The rest, 0 ... 999 999 when valid.
  public var microseconds: Int64

  /// Makes a time.
  public init(seconds: Int64, microseconds: Int64) {
    self.seconds = seconds
    self.microseconds = microseconds
  }

  /// Reads the structure.
  public init(decoding bytes: UnsafeRawBufferPointer) {
    seconds = bytes.loadLittleEndian(at: 0)
    microseconds = bytes.loadLittleEndian(at: 8)
  }

  /// Writes the structure.
  public func encode(into bytes: UnsafeMutableRawBufferPointer) {
    bytes.storeLittleEndian(seconds, at: 0)
    bytes.storeLittleEndian(microseconds, at: 8)
  }
}

/// A clock of `clock_gettime`.
///
/// - SeeAlso: Linux `include/uapi/linux/time.h`.
public enum ClockID: Int32, CaseIterable, Sendable {
  /// The time of day.
  case CLOCK_REALTIME = 0
  /// Time since some start, never set.
  case CLOCK_MONOTONIC = 1
  /// CPU time of the process.
  case CLOCK_PROCESS_CPUTIME_ID = 2
  /// CPU time of the thread.
  case CLOCK_THREAD_CPUTIME_ID = 3
  /// Monotonic and not even slewed.
  case CLOCK_MONOTONIC_RAW = 4
  /// The time of day at the last tick.
  case CLOCK_REALTIME_COARSE = 5
  /// Monotonic time at the last tick.
  case CLOCK_MONOTONIC_COARSE = 6
  /// Monotonic time that counts suspension.
  case CLOCK_BOOTTIME = 7
  /// Time of day, wakes the machine.
  case CLOCK_REALTIME_ALARM = 8
  /// Boot time, wakes the machine.
  case CLOCK_BOOTTIME_ALARM = 9
  /// International atomic time.
  case CLOCK_TAI = 11
}
