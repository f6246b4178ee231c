import LinuxABI
import X86

/// Why a signal was forced on a task, and where: `siginfo` and the trap's registers.
public struct FatalSignal: Equatable, Sendable {
  /// The signal.
  public var signal: Signal
  /// `si_code`; its meaning depends on the signal.
  public var code: Int32
  /// `si_addr`.
  public var address: UInt64
  /// User rip when the trap was taken.
  public var rip: UInt64
  /// The exception vector, `nil` when no exception caused it.
  public var vector: ExceptionVector?
  /// The exception's error code.
  public var errorCode: UInt32

  /// All fields.
  public init(
    signal: Signal,
    code: Int32,
    address: UInt64,
    rip: UInt64,
    vector: ExceptionVector?,
    errorCode: UInt32
  ) {
    self.signal = signal
    self.code = code
    self.address = address
    self.rip = rip
    self.vector = vector
    self.errorCode = errorCode
  }
}

/// How a task ended, as `wait4` tells it.
public enum ExitStatus: Equatable, Sendable {
  /// `exit(status & 0xff)`.
  case exited(UInt8)
  /// Killed by a signal.
  case signaled(Signal)

  /// What a shell puts into `$?`.
  public var shellStatus: Int32 {
    switch self {
    case .exited(let status): Int32(status)
    case .signaled(let signal): 128 &+ signal.rawValue
    }
  }
}
