/// One encoding of one instruction: a row of `InstructionTable`.
///
/// The three texts are the row's only content; the decoder, the translator, the tests and the
/// printed documentation all read them. The legend is in InstructionTable.swift.
///
/// A row keeps bare pointers to literals, because an array of such rows is laid out by the compiler
/// in the executable's data: nothing runs at start-up and 900 rows compile in a second. Strings
/// (or three `StaticString`s) would be built by code on first use.
public struct InstructionForm: @unchecked Sendable {
  // SAFETY: the pointers are those of NUL-terminated literals, immutable and never freed.

  /// What the instruction does.
  public let operation: Operation
  let syntaxText: UnsafePointer<UInt8>
  let opcodeText: UnsafePointer<UInt8>
  let effectsText: UnsafePointer<UInt8>

  @inline(__always)
  init(
    _ operation: Operation,
    _ syntax: StaticString,
    _ opcode: StaticString,
    _ effects: StaticString
  ) {
    self.operation = operation
    syntaxText = syntax.utf8Start
    opcodeText = opcode.utf8Start
    effectsText = effects.utf8Start
  }

  /// The instruction as the SDM writes it: `ADD r/m8, r8`.
  public var syntax: String { String(cString: syntaxText) }
  /// The opcode as the SDM writes it: `REX.W + 01 /r`.
  public var opcode: String { String(cString: opcodeText) }
  /// The effects as the row writes them: `rw r | w=oszacp | lock`.
  public var effects: String { String(cString: effectsText) }

  /// The first word of `syntax`: `ADD`; for a condition family with its placeholder: `CMOVcc`.
  public var mnemonic: String { String(syntax.prefix { $0 != " " }) }

  /// The operands as the SDM writes them: `["r/m8", "r8"]`.
  public var operandSyntax: [String] {
    let parts = syntax.split(separator: " ", maxSplits: 1)
    guard parts.count == 2 else { return [] }
    return parts[1].split(separator: ",").map { String($0.drop { $0 == " " }) }
  }

  /// Everything that the effects say.
  public var traits: InstructionTraits { InstructionTraits(parsing: effectsText) }
}

/// The effects of a row in numbers: what the translator asks about each decoded instruction.
public struct InstructionTraits: Equatable, Sendable {
  /// RFLAGS bits read.
  public internal(set) var flagsRead: UInt32 = 0
  /// RFLAGS bits given a defined value.
  public internal(set) var flagsWritten: UInt32 = 0
  /// RFLAGS bits left undefined by the architecture.
  public internal(set) var flagsUndefined: UInt32 = 0
  /// RFLAGS bits always cleared; part of `flagsWritten`.
  public internal(set) var flagsCleared: UInt32 = 0
  /// RFLAGS bits always set; part of `flagsWritten`.
  public internal(set) var flagsSet: UInt32 = 0
  /// The single facts.
  public internal(set) var properties: Properties = []
  /// The CPU feature that the encoding needs.
  public internal(set) var feature: Feature = .base
  /// Set by the parser; memory for rows that were not met yet is all zero.
  var isParsed = false
  /// Two bits an operand: 1 read, 2 written.
  var accessBits: UInt8 = 0

  /// Single facts about a row.
  public struct Properties: OptionSet, Sendable {
    /// One bit a fact.
    public let rawValue: UInt8
    /// Raw bits.
    public init(rawValue: UInt8) { self.rawValue = rawValue }
    /// LOCK is allowed when the destination is in memory.
    public static let allowsLock = Properties(rawValue: 1 << 0)
    /// F2 and F3 repeat it.
    public static let allowsRep = Properties(rawValue: 1 << 1)
    /// Nothing after it belongs to the same basic block.
    public static let endsBlock = Properties(rawValue: 1 << 2)
    /// #GP(0) unless CPL is 0.
    public static let privileged = Properties(rawValue: 1 << 3)
    /// Reads the flags of its condition code, on top of `flagsRead`.
    public static let readsCondition = Properties(rawValue: 1 << 4)
    /// Leaves all flags alone when its masked shift count is 0.
    public static let needsCount = Properties(rawValue: 1 << 5)
    /// The immediate is sign-extended to the operand size.
    public static let signExtendsImmediate = Properties(rawValue: 1 << 6)
  }

  /// What the SDM's "CPUID Feature Flag" column says; `base` is long mode itself.
  ///
  /// Rows name them as `/proc/cpuinfo` does, which for most is the case's own name.
  public enum Feature: UInt8, CaseIterable, Sendable {
    case base, fxsr, sse, sse2, cx16, popcnt, movbe, rdtscp, clfsh, xsave, smap
    case pni, ssse3, sse41, sse42, aes, pclmulqdq, sha, abm, bmi1, bmi2, adx
    case avx, avx2, fma, f16c, xsaveopt, xsavec
    case rdrand, rdseed, rdpid, fsgsbase, clflushopt, clwb
  }

  /// How an operand is used.
  public enum Access: UInt8, Sendable {
    case none, read, write, readWrite
  }

  /// How operand `index` (0 ... 3) is used.
  public func access(of index: Int) -> Access {
    Access(rawValue: (accessBits >> UInt8(truncatingIfNeeded: index &* 2)) & 3) ?? .none
  }
}

/// The flags that one decoded instruction reads and changes, as RFLAGS bits.
public struct FlagEffects: Equatable, Sendable {
  /// Read.
  public var read: UInt32
  /// Given a defined value.
  public var written: UInt32
  /// Left undefined by the architecture.
  public var undefined: UInt32

  /// Bits whose former value is gone afterwards.
  public var killed: UInt32 { written | undefined }
}
