/// The registers of a program, as the entry code pushes them on the kernel stack.
///
/// - SeeAlso: Linux `arch/x86/include/asm/ptrace.h` `struct pt_regs`.
public struct PtRegs: ABIStructure, Equatable {
  /// The number of bytes: 21 registers of 8.
  public static let size = 168

  /// The byte offset of each register from the structure's start, in memory order.
  public enum Offset: Int, CaseIterable, Sendable {
    // swift-format-ignore
    case r15 = 0, r14 = 8, r13 = 16, r12 = 24, rbp = 32, rbx = 40, r11 = 48
    // swift-format-ignore
    case r10 = 56, r9 = 64, r8 = 72, rax = 80, rcx = 88, rdx = 96, rsi = 104
    // swift-format-ignore
    case rdi = 112, origRAX = 120, rip = 128, cs = 136, eflags = 144, rsp = 152, ss = 160
  }

  /// The register `r15`.
  public var r15: UInt64 = 0
  /// The register `r14`.
  public var r14: UInt64 = 0
  /// The register `r13`.
  public var r13: UInt64 = 0
  /// The register `r12`.
  public var r12: UInt64 = 0
  /// The register `rbp`.
  public var rbp: UInt64 = 0
  /// The register `rbx`.
  public var rbx: UInt64 = 0
  /// The register `r11`.
  public var r11: UInt64 = 0
  /// The register `r10`.
  public var r10: UInt64 = 0
  /// The register `r9`.
  public var r9: UInt64 = 0
  /// The register `r8`.
  public var r8: UInt64 = 0
  /// The result; -ENOSYS until the call has one.
  public var rax: UInt64 = 0
  /// The register `rcx`.
  public var rcx: UInt64 = 0
  /// The register `rdx`.
  public var rdx: UInt64 = 0
  /// The register `rsi`.
  public var rsi: UInt64 = 0
  /// The register `rdi`.
  public var rdi: UInt64 = 0
  /// The number of the call, or -1 if the kernel was not entered by one.
  public var origRAX: UInt64 = 0
  /// Where the program goes on.
  public var rip: UInt64 = 0
  /// The program's code segment; its low two bits are the privilege level.
  public var cs: UInt64 = 0
  /// The program's RFLAGS.
  public var eflags: UInt64 = 0
  /// The program's stack pointer.
  public var rsp: UInt64 = 0
  /// The program's stack segment.
  public var ss: UInt64 = 0

  /// Makes a frame of zeros.
  public init() {}

  /// Reads a frame.
  public init(decoding bytes: UnsafeRawBufferPointer) {
    func load(_ offset: Offset) -> UInt64 { bytes.loadLittleEndian(at: offset.rawValue) }
    r15 = load(.r15)
    r14 = load(.r14)
    r13 = load(.r13)
    r12 = load(.r12)
    rbp = load(.rbp)
    rbx = load(.rbx)
    r11 = load(.r11)
    r10 = load(.r10)
    r9 = load(.r9)
    r8 = load(.r8)
    rax = load(.rax)
    rcx = load(.rcx)
    rdx = load(.rdx)
    rsi = load(.rsi)
    rdi = load(.rdi)
    origRAX = load(.origRAX)
    rip = load(.rip)
    cs = load(.cs)
    eflags = load(.eflags)
    rsp = load(.rsp)
    ss = load(.ss)
  }

  /// Writes the frame.
  public func encode(into bytes: UnsafeMutableRawBufferPointer) {
    func store(_ value: UInt64, _ offset: Offset) {
      bytes.storeLittleEndian(value, at: offset.rawValue)
    }
    store(r15, .r15)
    store(r14, .r14)
    store(r13, .r13)
    store(r12, .r12)
    store(rbp, .rbp)
    store(rbx, .rbx)
    store(r11, .r11)
    store(r10, .r10)
    store(r9, .r9)
    store(r8, .r8)
    store(rax, .rax)
    store(rcx, .rcx)
    store(rdx, .rdx)
    store(rsi, .rsi)
    store(rdi, .rdi)
    store(origRAX, .origRAX)
    store(rip, .rip)
    store(cs, .cs)
    store(eflags, .eflags)
    store(rsp, .rsp)
    store(ss, .ss)
  }
}
