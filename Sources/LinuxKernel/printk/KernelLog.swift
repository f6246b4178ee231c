/// The kernel log: what `dmesg` shows.
///
/// Owns the records of one boot. Time stamps are the machine's own time, so a deterministic machine
/// writes the same log each time.
public final class KernelLog {
  /// One line.
  public struct Record: Equatable, Sendable {
    /// Nanoseconds since boot.
    public var time: Int64
    /// 0 (emergency) ... 7 (debug).
    public var level: UInt8
    /// The text, without a newline.
    public var text: String
  }

  /// The records, oldest first.
  public private(set) var records: [Record] = []
  /// Called for each new record, for a console that shows messages as they come.
  public var console: ((Record) -> Void)?

  /// A log without records.
  public init() {}

  /// Appends a record.
  func append(_ record: Record) {
    records.append(record)
    console?(record)
  }
}

extension KernelLog.Record: CustomStringConvertible {
  /// The line as `dmesg` prints it: `[    0.000012] text`.
  public var description: String {
    let micros = time / 1000
    let seconds = String(micros / 1_000_000)
    let fraction = String(micros % 1_000_000)
    let pad = String(repeating: " ", count: max(0, 5 - seconds.utf8.count))
    let zeros = String(repeating: "0", count: max(0, 6 - fraction.utf8.count))
    return "[\(pad)\(seconds).\(zeros)\(fraction)] \(text)"
  }
}

/// Levels of `printk`.
///
/// - SeeAlso: Linux `include/linux/kern_levels.h`.
public enum LogLevel: UInt8, Sendable {
  case emergency = 0, alert, critical, error, warning, notice, info, debug
}

extension Kernel {
  /// Writes a line to the kernel log.
  public func printk(_ level: LogLevel, _ text: String) {
    log.append(.init(time: time(), level: level.rawValue, text: text))
  }
}
