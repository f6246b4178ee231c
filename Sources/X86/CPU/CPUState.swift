/// Raw pointer to a `CPUState`, a `MicroOp` or a `MemoryContext`: handlers take nothing else.
typealias Raw = UnsafeMutableRawPointer

/// All that handlers touch, in one block of host memory with a fixed layout.
///
/// Register operands of micro-ops are byte offsets into `gpr`, so the general-purpose registers come
/// first and every slot is reachable with one byte. Vector operands are `Slot.vector` numbers.
struct CPUState {
  /// 16 general-purpose registers and the pseudo registers of `Slot`.
  var gpr:
    (
      UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64,
      UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64,
      UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64,
      UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64
    ) = (
      0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
      0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
    )

  // Status flags, kept as what they are computed from (see LazyFlags.swift).
  /// ZF is `flagZ == 0`.
  var flagZ: UInt64 = 1
  /// SF is bit 63, PF the parity of the low byte.
  var flagS: UInt64 = 1
  /// AF is bit 4 of `flagA ^ flagS`.
  var flagA: UInt64 = 1
  /// CF, 0 or 1.
  var cf: UInt8 = 0
  /// OF, 0 or 1.
  var of: UInt8 = 0
  /// 0 or 3.
  var cpl: UInt8 = 0
  /// An `Exit`.
  var exit: UInt8 = 0
  /// Vector of a pending `Exit.exception`.
  var vector: UInt8 = 0
  /// Direction flag as a flag: 0 or 1.
  var df: UInt8 = 0
  /// RFLAGS bits that are neither status flags nor DF.
  var otherFlags: UInt64 = 2

  /// Instructions that may still run before the next taken branch leaves; negative: leave.
  var budget: Int64 = 0
  /// Micro-op at which the handlers left.
  var exitPC: Raw? = nil
  /// Address at which to go on, for exits that know it.
  var rip: UInt64 = 0
  /// Error code of a pending exception.
  var errorCode: UInt32 = 0
  /// Host MXCSR is merged into this when handlers are left.
  var mxcsr: UInt32 = 0x1F80
  /// Faulting address of a pending page fault.
  var faultAddress: UInt64 = 0

  // Paging
  var cr0: UInt64 = 0
  var cr2: UInt64 = 0
  var cr3: UInt64 = 0
  var cr4: UInt64 = 0
  var efer: UInt64 = 0
  /// Host address of physical address 0, its size, and one byte of `FrameMark` a frame.
  var physicalBase: UInt64 = 0
  var physicalSize: UInt64 = 0
  var frameMarks: UInt64 = 0

  // The access that goes through the bounce buffer (see SlowAccess.swift).
  var bounceActive: UInt8 = 0
  var bounceIsWrite: UInt8 = 0
  var bounceSize: UInt8 = 0
  var bounceFirstSize: UInt8 = 0
  /// Set when a store hit translated code: leave after the instruction.
  var codeWritten: UInt8 = 0
  var bounceAddress: UInt64 = 0
  var bouncePC: UInt64 = 0
  var bounceFirst: UInt64 = 0
  var bounceSecond: UInt64 = 0
  var codeWrittenFirst: UInt64 = 0
  var codeWrittenLast: UInt64 = 0

  /// Identity of the address space in force; links across pages hold in one address space.
  var space: UInt64 = 1
  /// The same of the supervisor's half.
  var supervisorSpace: UInt64 = 2
}

/// Byte offsets into a `CPUState`'s register slots, and of its vector registers.
enum Slot {
  /// Reads as zero: an absent base or index.
  static let zero: UInt8 = 16 * 8
  /// Scratch values that live within one instruction.
  static let t0: UInt8 = 17 * 8
  static let t1: UInt8 = 18 * 8
  static let t2: UInt8 = 19 * 8
  /// Segment bases, usable as base or index of an address.
  static let fsBase: UInt8 = 20 * 8
  static let gsBase: UInt8 = 21 * 8

  @inline(__always) static func gpr(_ n: UInt8) -> UInt8 { n &* 8 }
  /// A vector register in a micro-op: a quarter of its byte offset from `vectors`.
  @inline(__always) static func vector(_ n: UInt8) -> UInt8 { n &* 8 }
  /// What leads from a vector register's slot to that of its upper half.
  static let upperHalf: UInt8 = 4
  static let rax: UInt8 = 0
  static let rcx: UInt8 = 1 * 8
  static let rdx: UInt8 = 2 * 8
  static let rbx: UInt8 = 3 * 8
  static let rsp: UInt8 = 4 * 8
  static let rbp: UInt8 = 5 * 8
  static let rsi: UInt8 = 6 * 8
  static let rdi: UInt8 = 7 * 8
  static let r11: UInt8 = 11 * 8
  /// AH: the second byte of RAX.
  static let ah: UInt8 = 1

  /// Vector register file: 16 registers and a scratch one, 32 bytes apart (room for the upper
  /// halves), after the state.
  static let vectors = 1024
  /// Number of the scratch vector register.
  static let scratchVector: UInt8 = 16
  /// Bounce buffer of 96 bytes, aligned to 16.
  static let bounce = 1568
  /// Two micro-ops: a copy of the one that missed, then `finishBounce`.
  static let scratch = 1664
  /// The eight x87 registers, 16 bytes apart, and behind them the `X87Unit`.
  static let x87Registers = 1728
  static let x87Unit = 1856
  /// Bytes of a `CPUState` with its vector and x87 registers.
  static let size = 2048
}

/// Why handlers returned to the run loop.
enum Exit {
  /// `exitPC` is the stub of a direct branch that has no target block yet.
  static let chain: UInt8 = 1
  /// `rip` is where an indirect branch goes; no block is known for it.
  static let indirect: UInt8 = 2
  /// `exitPC` is an instruction that is executed by `VCPU.execute`.
  static let callout: UInt8 = 3
  /// `vector`, `errorCode`, `faultAddress` tell; `exitPC` is the faulting micro-op.
  static let exception: UInt8 = 4
  /// The budget is used up; go on at `rip`.
  static let budget: UInt8 = 5
  /// Translated code was written to; `exitPC` is the micro-op after which to leave.
  static let codeWritten: UInt8 = 6
}

/// What is known of a physical frame, one byte each.
enum FrameMark {
  /// Holds translated code: stores must look for blocks to drop.
  static let code: UInt8 = 1
  /// Accesses must be reported: never entered in the TLB.
  static let watched: UInt8 = 2
  /// Some TLB entry may allow writing it.
  static let writable: UInt8 = 4
}

/// A host address that is kept as a number; never null.
@inline(__always) func hostPointer(_ bits: UInt64) -> Raw {
  // SAFETY: made from a valid pointer, or from one by an offset inside its allocation.
  Raw(bitPattern: UInt(truncatingIfNeeded: bits)).unsafelyUnwrapped
}

extension UnsafeMutableRawPointer {
  /// This pointer as a CPU.
  @inline(__always) var state: UnsafeMutablePointer<CPUState> {
    assumingMemoryBound(to: CPUState.self)
  }
  /// This pointer as a micro-op.
  @inline(__always) var op: UnsafeMutablePointer<MicroOp> {
    assumingMemoryBound(to: MicroOp.self)
  }
}
