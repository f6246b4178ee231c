/// A signal, 1 ... 64.
///
/// - SeeAlso: Linux `arch/x86/include/uapi/asm/signal.h`, `include/linux/signal.h`.
public struct Signal: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
  /// The number.
  public var rawValue: Int32

  /// Makes a signal of a number; 0 and numbers above 64 are nobody's signal.
  public init(rawValue: Int32) {
    self.rawValue = rawValue
  }

  /// The highest signal.
  public static let _NSIG: Int32 = 64
  /// The first real-time signal of the kernel; libraries keep a few for themselves.
  public static let SIGRTMIN = Signal(rawValue: 32)

  /// Signal 1.
  public static let SIGHUP = Signal(rawValue: 1)
  /// Signal 2.
  public static let SIGINT = Signal(rawValue: 2)
  /// Signal 3.
  public static let SIGQUIT = Signal(rawValue: 3)
  /// Signal 4.
  public static let SIGILL = Signal(rawValue: 4)
  /// Signal 5.
  public static let SIGTRAP = Signal(rawValue: 5)
  /// Signal 6.
  public static let SIGABRT = Signal(rawValue: 6)
  /// Signal 7.
  public static let SIGBUS = Signal(rawValue: 7)
  /// Signal 8.
  public static let SIGFPE = Signal(rawValue: 8)
  /// Signal 9.
  public static let SIGKILL = Signal(rawValue: 9)
  /// Signal 10.
  public static let SIGUSR1 = Signal(rawValue: 10)
  /// Signal 11.
  public static let SIGSEGV = Signal(rawValue: 11)
  /// Signal 12.
  public static let SIGUSR2 = Signal(rawValue: 12)
  /// Signal 13.
  public static let SIGPIPE = Signal(rawValue: 13)
  /// Signal 14.
  public static let SIGALRM = Signal(rawValue: 14)
  /// Signal 15.
  public static let SIGTERM = Signal(rawValue: 15)
  /// Signal 16.
  public static let SIGSTKFLT = Signal(rawValue: 16)
  /// Signal 17.
  public static let SIGCHLD = Signal(rawValue: 17)
  /// Signal 18.
  public static let SIGCONT = Signal(rawValue: 18)
  /// Signal 19.
  public static let SIGSTOP = Signal(rawValue: 19)
  /// Signal 20.
  public static let SIGTSTP = Signal(rawValue: 20)
  /// Signal 21.
  public static let SIGTTIN = Signal(rawValue: 21)
  /// Signal 22.
  public static let SIGTTOU = Signal(rawValue: 22)
  /// Signal 23.
  public static let SIGURG = Signal(rawValue: 23)
  /// Signal 24.
  public static let SIGXCPU = Signal(rawValue: 24)
  /// Signal 25.
  public static let SIGXFSZ = Signal(rawValue: 25)
  /// Signal 26.
  public static let SIGVTALRM = Signal(rawValue: 26)
  /// Signal 27.
  public static let SIGPROF = Signal(rawValue: 27)
  /// Signal 28.
  public static let SIGWINCH = Signal(rawValue: 28)
  /// Signal 29.
  public static let SIGIO = Signal(rawValue: 29)
  /// Signal 30.
  public static let SIGPWR = Signal(rawValue: 30)
  /// Signal 31.
  public static let SIGSYS = Signal(rawValue: 31)

  private static let names: [StaticString] = [
    "SIG0",
    "SIGHUP", "SIGINT", "SIGQUIT", "SIGILL", "SIGTRAP", "SIGABRT",
    "SIGBUS", "SIGFPE", "SIGKILL", "SIGUSR1", "SIGSEGV", "SIGUSR2",
    "SIGPIPE", "SIGALRM", "SIGTERM", "SIGSTKFLT", "SIGCHLD", "SIGCONT",
    "SIGSTOP", "SIGTSTP", "SIGTTIN", "SIGTTOU", "SIGURG", "SIGXCPU",
    "SIGXFSZ", "SIGVTALRM", "SIGPROF", "SIGWINCH", "SIGIO", "SIGPWR",
    "SIGSYS",
  ]

  /// The name as `strace` and the shell write it: `SIGSEGV`, `SIGRT_3`.
  public var description: String {
    if (1..<Int32(Self.names.count)).contains(rawValue) { return "\(Self.names[Int(rawValue)])" }
    if rawValue == 32 { return "SIGRTMIN" }
    if (33...Self._NSIG).contains(rawValue) { return "SIGRT_\(rawValue - 32)" }
    return "\(rawValue)"
  }

  /// What happens when the program has no handler.
  public enum DefaultAction: Sendable {
    /// The process ends.
    case terminate
    /// The process ends and leaves a core file.
    case coreDump
    /// Nothing happens.
    case ignore
    /// The process stops.
    case stop
    /// A stopped process goes on.
    case resume
  }

  /// What happens when the program has no handler.
  public var defaultAction: DefaultAction {
    switch self {
    case .SIGQUIT, .SIGILL, .SIGTRAP, .SIGABRT, .SIGBUS, .SIGFPE, .SIGSEGV, .SIGXCPU, .SIGXFSZ,
      .SIGSYS:
      .coreDump
    case .SIGCHLD, .SIGWINCH, .SIGURG: .ignore
    case .SIGCONT: .resume
    case .SIGSTOP, .SIGTSTP, .SIGTTIN, .SIGTTOU: .stop
    default: .terminate
    }
  }

  /// Whether the signal can be neither caught, blocked nor ignored.
  public var isUnstoppable: Bool { self == .SIGKILL || self == .SIGSTOP }
}

/// Why a signal was sent: the field `si_code`.
///
/// - SeeAlso: Linux `include/uapi/asm-generic/siginfo.h`.
public enum SignalCode {
  /// By `kill`.
  public static let SI_USER: Int32 = 0
  /// By the kernel.
  public static let SI_KERNEL: Int32 = 0x80
  /// By `sigqueue`.
  public static let SI_QUEUE: Int32 = -1
  /// By a timer.
  public static let SI_TIMER: Int32 = -2
  /// By `tkill` or `tgkill`.
  public static let SI_TKILL: Int32 = -6

  /// SIGILL: an opcode that does not exist.
  public static let ILL_ILLOPC: Int32 = 1
  /// SIGILL: an operand that does not exist.
  public static let ILL_ILLOPN: Int32 = 2
  /// SIGFPE: integer division by zero, or a quotient that does not fit.
  public static let FPE_INTDIV: Int32 = 1
  /// SIGFPE: integer overflow.
  public static let FPE_INTOVF: Int32 = 2
  /// SIGFPE: floating-point division by zero.
  public static let FPE_FLTDIV: Int32 = 3
  /// SIGFPE: floating-point overflow.
  public static let FPE_FLTOVF: Int32 = 4
  /// SIGFPE: floating-point underflow.
  public static let FPE_FLTUND: Int32 = 5
  /// SIGFPE: inexact floating-point result.
  public static let FPE_FLTRES: Int32 = 6
  /// SIGFPE: invalid floating-point operation.
  public static let FPE_FLTINV: Int32 = 7
  /// SIGSEGV: nothing is mapped there.
  public static let SEGV_MAPERR: Int32 = 1
  /// SIGSEGV: the mapping does not allow it.
  public static let SEGV_ACCERR: Int32 = 2
  /// SIGBUS: misaligned.
  public static let BUS_ADRALN: Int32 = 1
  /// SIGBUS: past the end of the file.
  public static let BUS_ADRERR: Int32 = 2
  /// SIGTRAP: a breakpoint.
  public static let TRAP_BRKPT: Int32 = 1
  /// SIGTRAP: one step.
  public static let TRAP_TRACE: Int32 = 2
  /// SIGCHLD: the child exited.
  public static let CLD_EXITED: Int32 = 1
  /// SIGCHLD: the child was killed.
  public static let CLD_KILLED: Int32 = 2
  /// SIGCHLD: the child was killed and left a core file.
  public static let CLD_DUMPED: Int32 = 3
}
