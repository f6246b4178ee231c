/// An error of a system call.
///
/// Inside the kernel model it is thrown; one place turns it into the negative number that a
/// program finds in `rax`. The names are C's, because a reader greps for them.
///
/// - SeeAlso: Linux `include/uapi/asm-generic/errno.h`, `include/linux/errno.h`.
@frozen
public struct Errno: RawRepresentable, Error, Hashable, Sendable {
  /// The positive number, as in `errno`.
  public var rawValue: Int32

  /// Makes an error of a number, known or not.
  @inlinable
  public init(rawValue: Int32) {
    self.rawValue = rawValue
  }

  /// The largest error number: a result above `-4096`, taken as unsigned, is an error.
  public static let MAX_ERRNO: Int32 = 4095

  /// The C name, such as `EFAULT`, or nothing for a number that has none.
  public var name: String? {
    switch rawValue {
    case 1..<Int32(Self.table.count):
      let name = Self.table[Int(rawValue)].name
      return name.utf8CodeUnitCount == 0 ? nil : "\(name)"
    case 512: return "ERESTARTSYS"
    case 513: return "ERESTARTNOINTR"
    case 514: return "ERESTARTNOHAND"
    case 515: return "ENOIOCTLCMD"
    case 516: return "ERESTART_RESTARTBLOCK"
    default: return nil
    }
  }

  /// The text of `strerror`, such as "Bad address".
  public var message: String {
    if (0..<Int32(Self.table.count)).contains(rawValue) {
      let message = Self.table[Int(rawValue)].message
      if message.utf8CodeUnitCount != 0 { return "\(message)" }
    }
    return "Unknown error \(rawValue)"
  }

  /// The error that a value of `rax` stands for, or nothing when the call succeeded.
  public init?(result: Int64) {
    guard (-Int64(Self.MAX_ERRNO)...(-1)).contains(result) else { return nil }
    self.init(rawValue: Int32(-result))
  }
}

extension Errno: CustomStringConvertible {
  /// The name and the message, as `strace` prints them: `EFAULT (Bad address)`.
  public var description: String {
    "\(name ?? "errno \(rawValue)") (\(message))"
  }
}
