/// A decoded instruction: what the bytes mean, before anything is executed.
///
/// Plain data without references, so that it can be made and dropped by the thousand.
public struct Instruction: Equatable, Sendable {
  /// What the instruction does; names the row family.
  public var operation: Operation
  /// The row of `InstructionTable.forms` that matched.
  public var formIndex: UInt16
  /// Bytes, 1 ... 15.
  public var length: UInt8
  /// Effective operand size in bytes: 1, 2, 4 or 8 (also for SSE forms, where it is the GPR size).
  public var operandSize: UInt8
  /// Effective address size in bytes: 4 or 8.
  public var addressSize: UInt8
  /// The prefixes in force.
  public var prefixes: Prefixes
  /// Low nibble of the opcode for `Jcc`, `SETcc` and `CMOVcc`; 0 otherwise.
  public var condition: Condition
  /// Operands in SDM order (destination first); unused ones are `.none`.
  public var operands: (Operand, Operand, Operand, Operand)
  /// The memory operand, meaningful when an operand has `kind == .memory`.
  public var memory: MemoryOperand
  /// The immediate or the branch displacement, sign-extended to 64 bits where the form says so; for
  /// x87 instructions the 11 bits of their opcode that the unit remembers.
  public var immediate: Int64
  /// The second immediate of `ENTER`.
  public var immediate2: UInt8

  /// Number of operands that are not `.none`.
  public var operandCount: Int {
    if operands.0.kind == .none { return 0 }
    if operands.1.kind == .none { return 1 }
    if operands.2.kind == .none { return 2 }
    return operands.3.kind == .none ? 3 : 4
  }

  /// True when any operand is in memory.
  public var hasMemoryOperand: Bool {
    operands.0.kind == .memory || operands.1.kind == .memory || operands.2.kind == .memory
      || operands.3.kind == .memory
  }

  /// Makes an instruction with no operands.
  public init(operation: Operation, formIndex: UInt16 = 0, length: UInt8 = 0) {
    self.operation = operation
    self.formIndex = formIndex
    self.length = length
    operandSize = 4
    addressSize = 8
    prefixes = []
    condition = .o
    operands = (.none, .none, .none, .none)
    memory = MemoryOperand()
    immediate = 0
    immediate2 = 0
  }

  /// Field by field; the tuple keeps this from being synthesized.
  public static func == (a: Instruction, b: Instruction) -> Bool {
    a.operation == b.operation && a.formIndex == b.formIndex && a.length == b.length
      && a.operandSize == b.operandSize && a.addressSize == b.addressSize
      && a.prefixes == b.prefixes && a.condition == b.condition && a.operands == b.operands
      && a.memory == b.memory && a.immediate == b.immediate && a.immediate2 == b.immediate2
  }
}

/// One operand of an instruction.
public struct Operand: Equatable, Sendable {
  /// Where an operand lives.
  public enum Kind: UInt8, Sendable {
    case none
    /// General-purpose register; `register` is 0 ... 15 in hardware order (rax rcx rdx rbx ...).
    case gpr
    /// AH, CH, DH or BH: `register` is 0 ... 3 and names the *parent* register.
    case gprHigh8
    /// XMM register, or YMM register when `size` is 32.
    case xmm
    case mmx
    case x87
    case memory
    case immediate
    /// Branch displacement, relative to the end of the instruction.
    case relative
    /// `register` is 0 ... 5: ES CS SS DS FS GS.
    case segment
    case control
    case debug
  }

  /// Where the operand lives.
  public var kind: Kind
  /// Register number, see `Kind`.
  public var register: UInt8
  /// Bytes read or written; 0 when only an address is formed (LEA, NOP, PREFETCH).
  public var size: UInt8

  /// No operand.
  public static let none = Operand(kind: .none, register: 0, size: 0)

  /// An operand of `size` bytes.
  public init(kind: Kind, register: UInt8, size: UInt8) {
    self.kind = kind
    self.register = register
    self.size = size
  }
}

/// The address expression of a memory operand.
public struct MemoryOperand: Equatable, Sendable {
  /// "No register", for `base` and `index`.
  public static let noRegister: UInt8 = 0xFF
  /// RIP-relative, for `base`: the address is the end of the instruction plus `displacement`.
  public static let rip: UInt8 = 0x10

  /// 0 ... 15, `rip` or `noRegister`.
  public var base: UInt8 = noRegister
  /// 0 ... 15 (4 only as a vector register) or `noRegister`.
  public var index: UInt8 = noRegister
  /// Bytes of the vector register that `index` names: 16 or 32; 0 for a general-purpose one.
  public var vectorIndexSize: UInt8 = 0
  /// Index is shifted left by 0 ... 3.
  public var scale: UInt8 = 0
  /// Sign-extended displacement (64 bits wide for the moffs forms).
  public var displacement: Int64 = 0
  /// Segment whose base is added: only FS and GS have one in 64-bit mode.
  public var segment: SegmentOverride = .none

  /// An empty expression: address 0.
  public init() {}
}

/// The segment override in force on a memory operand.
public enum SegmentOverride: UInt8, Sendable {
  case none, fs, gs
}

/// Legacy and REX prefixes of one instruction, after the rules for repeated and ignored ones.
public struct Prefixes: OptionSet, Sendable {
  /// One bit a prefix.
  public let rawValue: UInt16
  /// Raw bits.
  public init(rawValue: UInt16) { self.rawValue = rawValue }
  /// F0.
  public static let lock = Prefixes(rawValue: 1 << 0)
  /// F3, where it is a prefix and not part of the opcode.
  public static let rep = Prefixes(rawValue: 1 << 1)
  /// F2, where it is a prefix and not part of the opcode.
  public static let repne = Prefixes(rawValue: 1 << 2)
  /// 66.
  public static let operandSize = Prefixes(rawValue: 1 << 3)
  /// 67.
  public static let addressSize = Prefixes(rawValue: 1 << 4)
  /// Any REX prefix: byte registers 4 ... 7 are SPL BPL SIL DIL.
  public static let rex = Prefixes(rawValue: 1 << 5)
  /// REX.W or VEX.W.
  public static let rexW = Prefixes(rawValue: 1 << 6)
  /// VEX (C4 or C5).
  public static let vex = Prefixes(rawValue: 1 << 7)
}

/// Condition of `Jcc`, `SETcc` and `CMOVcc`, in encoding order (Intel SDM Vol. 1, Appendix B).
public enum Condition: UInt8, CaseIterable, Sendable {
  case o, no, b, ae, e, ne, be, a, s, ns, p, np, l, ge, le, g
}

/// Why bytes are not an instruction.
public enum DecodeError: Error, Equatable, Sendable {
  /// #UD: no such instruction in 64-bit mode, or a prefix that it does not allow.
  case invalidOpcode
  /// #GP(0): longer than 15 bytes.
  case tooLong
  /// The bytes end before the instruction does: fetch more (the next page may fault).
  case needMoreBytes
}
