/// A row of the table in the form that the decoder works with: 28 bytes, compared by one AND.
struct DecodeRule {
  /// What bytes the row accepts, see `Situation`.
  var accepts = Situation.everything
  var formIndex: UInt16 = 0
  var operation: Operation = .nop
  var operands = (OperandRule(), OperandRule(), OperandRule(), OperandRule())
  /// Bytes of the first immediate, displacement of a branch, or moffs (`addressSized`).
  var immediateSize: UInt8 = 0
  /// Effective operand size in bytes; 0 takes what the prefixes say.
  var operandSize: UInt8 = 0
  var properties: Properties = []

  /// How much the row accepts: of two rows that match, the one with less is meant. A mandatory prefix
  /// decides first (PAUSE over NOP).
  var breadth: Int {
    (accepts & Situation.anyPrefix).nonzeroBitCount << 8 + accepts.nonzeroBitCount
  }

  struct Properties: OptionSet {
    let rawValue: UInt16
    static let hasModRM = Properties(rawValue: 1 << 0)
    static let allowsLock = Properties(rawValue: 1 << 1)
    static let signExtends = Properties(rawValue: 1 << 2)
    static let hasCondition = Properties(rawValue: 1 << 3)
    /// F2 and F3 belong to the opcode and are no prefixes of the instruction.
    static let hasMandatoryPrefix = Properties(rawValue: 1 << 4)
    /// ENTER's second immediate byte.
    static let hasSecondImmediate = Properties(rawValue: 1 << 5)
    /// ModRM.mod is ignored and taken as 11 (MOV to and from CRn and DRn).
    static let ignoresMod = Properties(rawValue: 1 << 6)
    /// Some operand is ModRM.rm.
    static let usesRM = Properties(rawValue: 1 << 7)
    /// Opcode D8 ... DF.
    static let isX87 = Properties(rawValue: 1 << 8)
    /// Some operand is VEX.vvvv; without one the field must be 1111b.
    static let usesVVVV = Properties(rawValue: 1 << 9)
    /// The index of the address is a vector register, named in a SIB byte.
    static let hasVectorIndex = Properties(rawValue: 1 << 10)
    /// The vector index is a YMM register.
    static let hasWideIndex = Properties(rawValue: 1 << 11)
  }
}

/// How one operand is found.
struct OperandRule {
  enum Encoding: UInt8 {
    case none
    /// General-purpose register named by ModRM.reg, by ModRM.rm or by the opcode.
    case reg, rm, opcode
    /// XMM register named by ModRM.reg or ModRM.rm.
    case xmmReg, xmmRM
    /// Register named by VEX.vvvv: general-purpose, or vector.
    case vvvv, xmmVVVV
    /// Vector register named by the top half of an immediate byte.
    case xmmIs4
    /// XMM0, implied.
    case fixedXMM
    /// MMX register named by ModRM.reg or ModRM.rm; REX does not extend it.
    case mmxReg, mmxRM
    /// x87 register: the one that the row names, or ModRM.rm.
    case fixedX87, x87RM
    case segmentReg, controlReg, debugReg
    /// A register that the row names.
    case fixedRegister, fixedSegment
    case immediate, secondImmediate, one, relative, moffs
  }

  var encoding: Encoding = .none
  /// Bytes of a register or immediate.
  var size: UInt8 = 0
  /// Bytes in memory, where ModRM.rm names memory.
  var memorySize: UInt8 = 0
  /// The register that the row names.
  var register: UInt8 = 0
}

/// What the bytes before the operands say, one bit a possibility.
///
/// Seen bytes have exactly one bit set in each field; a rule has all those that it accepts, so a rule
/// matches if no bit of the seen situation is outside of it.
struct Situation {
  static let noPrefix: UInt32 = 1 << 0
  static let prefix66: UInt32 = 1 << 1
  static let prefixF3: UInt32 = 1 << 2
  static let prefixF2: UInt32 = 1 << 3
  static let size16: UInt32 = 1 << 4
  static let size32: UInt32 = 1 << 5
  static let size64: UInt32 = 1 << 6
  static let memory: UInt32 = 1 << 7
  static let register: UInt32 = 1 << 8
  static let regShift: UInt32 = 9
  static let rmShift: UInt32 = 17
  static let rexB0: UInt32 = 1 << 25
  static let rexB1: UInt32 = 1 << 26
  static let address64: UInt32 = 1 << 27
  static let address32: UInt32 = 1 << 28
  /// VEX.L; neither for an instruction without VEX.
  static let vector128: UInt32 = 1 << 29
  static let vector256: UInt32 = 1 << 30

  static let anyPrefix: UInt32 = 0xF
  static let anySize: UInt32 = 0x70
  static let anyReg: UInt32 = 0xFF << regShift
  static let anyRM: UInt32 = 0xFF << rmShift
  static let everything: UInt32 = 0x7FFF_FFFF
}
