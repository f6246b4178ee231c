/// The flags register (Intel SDM Vol. 1, 3.4.3).
public struct RFLAGS: OptionSet, Hashable, Sendable {
  /// The architectural bits.
  public var rawValue: UInt64
  /// Raw bits.
  @inline(__always) public init(rawValue: UInt64) { self.rawValue = rawValue }

  /// Carry.
  public static let cf = RFLAGS(rawValue: 1 << 0)
  /// Always one.
  public static let reserved1 = RFLAGS(rawValue: 1 << 1)
  /// Parity of the result's low byte.
  public static let pf = RFLAGS(rawValue: 1 << 2)
  /// Carry out of bit 3.
  public static let af = RFLAGS(rawValue: 1 << 4)
  /// Zero.
  public static let zf = RFLAGS(rawValue: 1 << 6)
  /// Sign.
  public static let sf = RFLAGS(rawValue: 1 << 7)
  /// Trap after the next instruction.
  public static let tf = RFLAGS(rawValue: 1 << 8)
  /// Interrupts enabled.
  public static let ifFlag = RFLAGS(rawValue: 1 << 9)
  /// String direction: set counts down.
  public static let df = RFLAGS(rawValue: 1 << 10)
  /// Signed overflow.
  public static let of = RFLAGS(rawValue: 1 << 11)
  /// I/O privilege level, two bits.
  public static let iopl = RFLAGS(rawValue: 3 << 12)
  /// Nested task.
  public static let nt = RFLAGS(rawValue: 1 << 14)
  /// Resume: no instruction breakpoint on the next instruction.
  public static let rf = RFLAGS(rawValue: 1 << 16)
  /// Virtual-8086 mode.
  public static let vm = RFLAGS(rawValue: 1 << 17)
  /// Alignment check in user mode; under SMAP, supervisor access to user pages.
  public static let ac = RFLAGS(rawValue: 1 << 18)
  /// Toggles when CPUID exists.
  public static let id = RFLAGS(rawValue: 1 << 21)

  /// CF PF AF ZF SF OF.
  public static let status: RFLAGS = [.cf, .pf, .af, .zf, .sf, .of]
}
