/// What a program wants done about a signal, as `rt_sigaction` takes it.
///
/// The order of the fields is the kernel's, not the C library's.
///
/// - SeeAlso: Linux `include/linux/signal_types.h` `struct sigaction`.
public struct KernelSigAction: ABIStructure, Equatable {
  /// The number of bytes.
  public static let size = 32

  /// The default action.
  public static let SIG_DFL: UInt64 = 0
  /// Ignore the signal.
  public static let SIG_IGN: UInt64 = 1

  /// The handler's address, or ``SIG_DFL`` or ``SIG_IGN``.
  public var handler: UInt64 = 0
  /// The `SA_` flags.
  public var flags: SigActionFlags = []
  /// Where the handler returns to.
  public var restorer: UInt64 = 0
  /// Signals that wait while the handler runs; bit n - 1 is signal n.
  public var mask: UInt64 = 0

  /// Makes the default action.
  public init() {}

  /// Reads the structure.
  public init(decoding bytes: UnsafeRawBufferPointer) {
    handler = bytes.loadLittleEndian(at: 0)
    flags = SigActionFlags(rawValue: bytes.loadLittleEndian(at: 8))
    restorer = bytes.loadLittleEndian(at: 16)
    mask = bytes.loadLittleEndian(at: 24)
  }

  /// Writes the structure.
  public func encode(into bytes: UnsafeMutableRawBufferPointer) {
    bytes.storeLittleEndian(handler, at: 0)
    bytes.storeLittleEndian(flags.rawValue, at: 8)
    bytes.storeLittleEndian(restorer, at: 16)
    bytes.storeLittleEndian(mask, at: 24)
  }
}

/// The flags of a signal action.
///
/// - SeeAlso: Linux `include/uapi/asm-generic/signal-defs.h`, `arch/x86/include/uapi/asm/signal.h`.
public struct SigActionFlags: NamedFlags {
  /// The bits.
  public var rawValue: UInt64

  /// Makes a set of bits.
  public init(rawValue: UInt64) {
    self.rawValue = rawValue
  }

  /// The restorer is given.
  public static let SA_RESTORER = SigActionFlags(rawValue: 0x0400_0000)
  /// Run on the alternate stack.
  public static let SA_ONSTACK = SigActionFlags(rawValue: 0x0800_0000)
  /// Repeat interrupted calls.
  public static let SA_RESTART = SigActionFlags(rawValue: 0x1000_0000)
  /// Do not block the signal in its own handler.
  public static let SA_NODEFER = SigActionFlags(rawValue: 0x4000_0000)
  /// Back to the default action at the first signal.
  public static let SA_RESETHAND = SigActionFlags(rawValue: 0x8000_0000)
  /// The handler takes three arguments.
  public static let SA_SIGINFO = SigActionFlags(rawValue: 4)
  /// No SIGCHLD when a child stops.
  public static let SA_NOCLDSTOP = SigActionFlags(rawValue: 1)
  /// Children leave no zombies.
  public static let SA_NOCLDWAIT = SigActionFlags(rawValue: 2)
  /// Cleared by the kernel, to show which flags it knows.
  public static let SA_UNSUPPORTED = SigActionFlags(rawValue: 0x400)
  /// Keep address tag bits.
  public static let SA_EXPOSE_TAGBITS = SigActionFlags(rawValue: 0x800)

  /// The members with their names.
  public static var names: [(name: StaticString, flag: SigActionFlags)] {
    [
      ("SA_RESTORER", .SA_RESTORER),
      ("SA_ONSTACK", .SA_ONSTACK),
      ("SA_RESTART", .SA_RESTART),
      ("SA_NODEFER", .SA_NODEFER),
      ("SA_RESETHAND", .SA_RESETHAND),
      ("SA_SIGINFO", .SA_SIGINFO),
      ("SA_NOCLDSTOP", .SA_NOCLDSTOP),
      ("SA_NOCLDWAIT", .SA_NOCLDWAIT),
      ("SA_UNSUPPORTED", .SA_UNSUPPORTED),
      ("SA_EXPOSE_TAGBITS", .SA_EXPOSE_TAGBITS),
    ]
  }
}
