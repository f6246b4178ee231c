/// Every encoding that the processor knows, one declarative row each.
///
/// A row reads `.init(meaning, "SDM syntax", "SDM opcode", "effects")`. Rows are grouped in files by
/// the SDM's instruction groups; their order inside a group means nothing to the decoder, which
/// prefers the more specific of two rows that match (`NOP` over `XCHG EAX, r32`).
///
/// **Opcode** (Intel SDM Vol. 2A, 3.1.1.1): `NP` no 66/F2/F3, `NFx` no F2/F3, `66` `F2` `F3` that
/// mandatory prefix, `REX.W +`, opcode bytes, `/digit` `/r`, `+rb +rw +rd +ro` register in the
/// opcode, `+cc` condition in the opcode, `11:101:bbb` ModRM bits, `ib iw id io` immediate,
/// `cb cw cd` branch displacement. The operand size follows from the first sized operand; where none
/// is, or it says something else, one of these comes first:
/// `o8 o16 o32` that size; `o*` any size; `d64` 64 bits unless 66 makes it 16; `d32` 32 bits even
/// with REX.W; `f64` always 64 bits. `a32`/`a64` fix the address size, `!B` wants REX.B clear.
///
/// **Effects**, separated by `|`: first the access of each operand (`r w rw`, `-` only an address
/// or nothing), then in any order
/// - `r= w= u= 0= 1=` flags read, written, undefined, cleared, set, out of `o s z a c p d`;
/// - `cc` reads the flags of its condition; `count` changes no flag if the masked count is 0;
/// - `lock` allows LOCK, `rep` repeats by F2/F3, `block` ends a basic block;
/// - `cpl0` privileged; `sx` the immediate is sign-extended to the operand size;
/// - a feature, as `/proc/cpuinfo` spells it: `sse`, `pni`, `sse4_1`, ... (`InstructionTraits.Feature`).
public enum InstructionTable {
  /// The groups, in the order of `Instruction.formIndex`.
  public enum Group: UInt8, CaseIterable, Sendable {
    case dataTransfer, arithmetic, logic, shiftRotate, bitByte, controlTransfer, string, flags
    case miscellaneous, system
    case sseMoves, sseArithmetic, sseCompare, sseConvert, sseInteger, sse3, sse4, cryptography
    case x87, mmx

    case avxMoves, avxArithmetic, avxInteger, fma

    /// The rows of the group.
    public var forms: [InstructionForm] {
      switch self {
      case .dataTransfer: InstructionTable.dataTransfer
      case .arithmetic: InstructionTable.arithmetic
      case .logic: InstructionTable.logic
      case .shiftRotate: InstructionTable.shiftRotate
      case .bitByte: InstructionTable.bitByte
      case .controlTransfer: InstructionTable.controlTransfer
      case .string: InstructionTable.string
      case .flags: InstructionTable.flags
      case .miscellaneous: InstructionTable.miscellaneous
      case .system: InstructionTable.system
      case .sseMoves: InstructionTable.sseMoves
      case .sseArithmetic: InstructionTable.sseArithmetic
      case .sseCompare: InstructionTable.sseCompare
      case .sseConvert: InstructionTable.sseConvert
      case .sseInteger: InstructionTable.sseInteger
      case .sse3: InstructionTable.sse3
      case .sse4: InstructionTable.sse4
      case .cryptography: InstructionTable.cryptography
      case .x87: InstructionTable.x87
      case .mmx: InstructionTable.mmx
      case .avxMoves: InstructionTable.avxMoves
      case .avxArithmetic: InstructionTable.avxArithmetic
      case .avxInteger: InstructionTable.avxInteger
      case .fma: InstructionTable.fma
      }
    }

    /// The group's name in print.
    public var name: String {
      switch self {
      case .dataTransfer: "Data transfer"
      case .arithmetic: "Arithmetic"
      case .logic: "Logic"
      case .shiftRotate: "Shift and rotate"
      case .bitByte: "Bit and byte"
      case .controlTransfer: "Control transfer"
      case .string: "String"
      case .flags: "Flags"
      case .miscellaneous: "Miscellaneous"
      case .system: "System"
      case .sseMoves: "SSE moves"
      case .sseArithmetic: "SSE arithmetic"
      case .sseCompare: "SSE logic, comparison, shuffle"
      case .sseConvert: "SSE conversion"
      case .sseInteger: "SSE2 integer"
      case .sse3: "SSE3, SSSE3"
      case .sse4: "SSE4.1, SSE4.2"
      case .cryptography: "AES, PCLMULQDQ, SHA"
      case .x87: "x87"
      case .mmx: "MMX"
      case .avxMoves: "AVX moves"
      case .avxArithmetic: "AVX floating point"
      case .avxInteger: "AVX integer"
      case .fma: "FMA"
      }
    }
  }

  /// All rows; `Instruction.formIndex` is the position.
  public static let forms: [InstructionForm] = Group.allCases.flatMap(\.forms)

  /// The effects of the row `formIndex`.
  @inline(__always)
  public static func traits(_ formIndex: UInt16) -> InstructionTraits {
    OpcodeMap.shared.traits(formIndex)
  }

  /// The flags that `instruction` reads and changes.
  ///
  /// Where an instruction may leave a flag alone (a shift by CL, REP CMPS with RCX 0) the flag
  /// counts as read too, so that nobody drops the value from before.
  @inline(__always)
  public static func flags(of instruction: Instruction) -> FlagEffects {
    let traits = traits(instruction.formIndex)
    var effects = FlagEffects(
      read: traits.flagsRead,
      written: traits.flagsWritten,
      undefined: traits.flagsUndefined
    )
    if traits.properties.isDisjoint(with: [.readsCondition, .needsCount, .allowsRep]) {
      return effects
    }
    if traits.properties.contains(.readsCondition) {
      effects.read |= instruction.condition.flagsRead
    } else if traits.properties.contains(.needsCount) {
      let countMask: Int64 = instruction.operandSize == 8 ? 63 : 31
      let last = instruction.operandCount &- 1
      if instruction.operand(last).kind != .immediate {
        effects.read |= effects.killed
      } else if instruction.immediate & countMask == 0 {
        effects = FlagEffects(read: 0, written: 0, undefined: 0)
      }
    } else if !instruction.prefixes.isDisjoint(with: [.rep, .repne]) {
      effects.read |= effects.killed
    }
    return effects
  }
}

extension Condition {
  /// RFLAGS bits that the condition looks at (Intel SDM Vol. 1, Appendix B).
  public var flagsRead: UInt32 {
    switch self {
    case .o, .no: 0x800
    case .b, .ae: 0x001
    case .e, .ne: 0x040
    case .be, .a: 0x041
    case .s, .ns: 0x080
    case .p, .np: 0x004
    case .l, .ge: 0x880
    case .le, .g: 0x8C0
    }
  }
}

extension Instruction {
  /// Operand `index`, 0 ... 3; `.none` for any other.
  @inline(__always)
  public func operand(_ index: Int) -> Operand {
    switch index {
    case 0: operands.0
    case 1: operands.1
    case 2: operands.2
    case 3: operands.3
    default: .none
    }
  }
}
