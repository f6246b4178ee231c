/// What a task switch, a signal frame and a nested call save: the whole user-visible register file.
public struct RegisterState: Equatable, Sendable {
  /// RAX RCX RDX RBX RSP RBP RSI RDI R8 ... R15.
  public var gpr: [UInt64] = Array(repeating: 0, count: 16)
  /// Next instruction.
  public var rip: UInt64 = 0
  /// Exact flags.
  public var rflags: RFLAGS = .reserved1
  /// 0 or 3.
  public var cpl: UInt8 = 0
  /// CS SS DS ES FS GS.
  public var cs: UInt16 = 0
  /// Stack segment selector.
  public var ss: UInt16 = 0
  /// Data segment selector.
  public var ds: UInt16 = 0
  /// Extra segment selector.
  public var es: UInt16 = 0
  /// FS selector.
  public var fs: UInt16 = 0
  /// GS selector.
  public var gs: UInt16 = 0
  /// FS base.
  public var fsBase: UInt64 = 0
  /// GS base in force.
  public var gsBase: UInt64 = 0
  /// The one SWAPGS exchanges with.
  public var kernelGSBase: UInt64 = 0
  /// XMM0 ... XMM15, low quadword first.
  public var xmm: [UInt64] = Array(repeating: 0, count: 32)
  /// The upper halves of YMM0 ... YMM15, low quadword first.
  public var ymmHigh: [UInt64] = Array(repeating: 0, count: 32)
  /// SSE control and status.
  public var mxcsr: UInt32 = 0x1F80
  /// x87 and MMX registers.
  public var x87 = X87State()

  /// All zero, as after reset of the parts that matter here.
  public init() {}

  /// One general-purpose register.
  public subscript(_ r: GPR) -> UInt64 {
    get { gpr[Int(r.rawValue)] }
    set { gpr[Int(r.rawValue)] = newValue }
  }
}
