/// Turns bytes into an `Instruction`. Stateless; knows no memory and no privilege.
///
/// Intel SDM Vol. 2A, chapter 2 (instruction format) and Vol. 2D, appendix A (opcode maps), 64-bit
/// mode only.
public enum Decoder {
  /// No instruction is longer (Intel SDM Vol. 2A, 2.3.11); a longer one raises #GP(0).
  public static let maximumLength = 15

  /// Decodes the first instruction of `bytes`.
  ///
  /// - Parameter bytes: 1 ... 15 (or more) bytes of instruction stream.
  /// - Returns: the instruction.
  /// - Throws: `DecodeError`.
  public static func decode(_ bytes: UnsafeRawBufferPointer) throws(DecodeError) -> Instruction {
    guard let start = bytes.baseAddress else { throw .needMoreBytes }
    var reader = ByteReader(start: start, count: bytes.count)
    return try decode(&reader)
  }

  @inline(__always)
  private static func decode(
    _ reader: inout ByteReader
  ) throws(DecodeError) -> Instruction {
    var prefixes = try PrefixReader(&reader)
    var opcode = prefixes.opcode
    var slot = Int(opcode)
    if opcode == 0x0F {
      opcode = try reader.byte()
      slot = 256 &+ Int(opcode)
      if opcode == 0x38 || opcode == 0x3A {
        slot = opcode == 0x38 ? 512 : 768
        opcode = try reader.byte()
        slot &+= Int(opcode)
      }
    } else if opcode & 0xFE == 0xC4 {
      try prefixes.readVEX(&reader)
      opcode = prefixes.opcode
      slot = (Int(prefixes.vexMap) &+ 3) &* 256 &+ Int(opcode)
    }

    let candidates = OpcodeMap.shared.slot(slot)
    if candidates.count == 0 { throw .invalidOpcode }
    var modRM: UInt8 = 0xC0
    var situation = prefixes.situation
    if candidates.hasModRM {
      modRM = try reader.byte()
      situation |= 1 << (Situation.regShift &+ UInt32(modRM >> 3 & 7))
      situation |= 1 << (Situation.rmShift &+ UInt32(modRM & 7))
      situation |= modRM >= 0xC0 ? Situation.register : Situation.memory
    }

    var rule = OpcodeMap.shared.rules + candidates.first
    let end = rule + candidates.count
    while situation & ~rule.pointee.accepts != 0 {
      rule += 1
      if rule == end { throw .invalidOpcode }
    }
    return try assemble(&reader, rule.pointee, prefixes, opcode: opcode, modRM: modRM)
  }

  /// Reads what follows the ModRM byte and fills in the instruction.
  @inline(__always)
  private static func assemble(
    _ reader: inout ByteReader,
    _ rule: DecodeRule,
    _ seen: PrefixReader,
    opcode: UInt8,
    modRM: UInt8
  ) throws(DecodeError) -> Instruction {
    var instruction = Instruction(operation: rule.operation, formIndex: rule.formIndex)
    let properties = rule.properties
    instruction.operandSize = rule.operandSize == 0 ? seen.operandSize : rule.operandSize
    instruction.addressSize = seen.prefixes.contains(.addressSize) ? 4 : 8
    instruction.prefixes = seen.prefixes
    if properties.contains(.hasMandatoryPrefix) {
      instruction.prefixes.subtract([.rep, .repne])
    }
    if properties.contains(.hasCondition) {
      instruction.condition = Condition(rawValue: opcode & 15) ?? .o
    }
    instruction.memory.segment = seen.segment

    let isMemory = modRM < 0xC0 && !properties.contains(.ignoresMod)
    if isMemory {
      try readMemory(&reader, modRM, seen.rex, &instruction.memory)
      if properties.contains(.hasVectorIndex) {
        instruction.memory.vectorIndexSize = properties.contains(.hasWideIndex) ? 32 : 16
        if instruction.memory.index == MemoryOperand.noRegister {
          // Index 4 is no "none" there.
          instruction.memory.index = 4
          instruction.memory.scale = reader.sib >> 6
        }
      }
    }
    if seen.vvvv != 0 && !properties.contains(.usesVVVV) { throw .invalidOpcode }
    if seen.prefixes.contains(.lock) && !(properties.contains(.allowsLock) && isMemory) {
      throw .invalidOpcode
    }

    if properties.contains(.isX87) {
      // What the unit remembers as the last opcode (Intel SDM Vol. 1, 8.1.9).
      instruction.immediate = Int64(opcode & 7) << 8 | Int64(modRM)
    }
    if rule.immediateSize != 0 {
      instruction.immediate = try reader.immediate(
        rule.immediateSize,
        signed: properties.contains(.signExtends)
      )
      if properties.contains(.hasSecondImmediate) { instruction.immediate2 = try reader.byte() }
    }

    if rule.operands.0.encoding != .none {
      let context = OperandContext(
        rex: seen.rex,
        modRM: modRM,
        opcode: opcode,
        vvvv: seen.vvvv,
        isMemory: isMemory
      )
      instruction.operands.0 = try operand(rule.operands.0, context, &reader, &instruction)
      if rule.operands.1.encoding != .none {
        instruction.operands.1 = try operand(rule.operands.1, context, &reader, &instruction)
        if rule.operands.2.encoding != .none {
          instruction.operands.2 = try operand(rule.operands.2, context, &reader, &instruction)
          if rule.operands.3.encoding != .none {
            instruction.operands.3 = try operand(rule.operands.3, context, &reader, &instruction)
          }
        }
      }
      if rule.operation == .movSegment && instruction.operands.0 == codeSegment {
        throw .invalidOpcode
      }
    }
    if properties.contains(.hasVectorIndex) {
      // The result, the mask and the indexes of a gather must be three registers.
      let (to, mask) = (instruction.operands.0.register, instruction.operands.2.register)
      let index = instruction.memory.index
      if to == mask || to == index || mask == index { throw .invalidOpcode }
    }
    instruction.length = reader.position
    return instruction
  }

  private static let codeSegment = Operand(kind: .segment, register: 1, size: 2)

  /// ModRM.rm, SIB and displacement (Intel SDM Vol. 2A, 2.1.5 and 2.2.1.2 to 2.2.1.6).
  @inline(__always)
  private static func readMemory(
    _ reader: inout ByteReader,
    _ modRM: UInt8,
    _ rex: UInt8,
    _ memory: inout MemoryOperand
  ) throws(DecodeError) {
    let mod = modRM >> 6
    var base = modRM & 7
    if base == 4 {
      let sib = try reader.byte()
      reader.sib = sib
      let index = (sib >> 3 & 7) | (rex & 2) << 2
      if index != 4 {
        memory.index = index
        memory.scale = sib >> 6
      }
      base = sib & 7
      if base == 5 && mod == 0 {
        memory.displacement = try reader.signed32()
        return
      }
    } else if base == 5 && mod == 0 {
      memory.base = MemoryOperand.rip
      memory.displacement = try reader.signed32()
      return
    }
    memory.base = base | (rex & 1) << 3
    if mod == 1 {
      memory.displacement = Int64(Int8(bitPattern: try reader.byte()))
    } else if mod == 2 {
      memory.displacement = try reader.signed32()
    }
  }

  private struct OperandContext {
    let rex: UInt8
    let modRM: UInt8
    let opcode: UInt8
    let vvvv: UInt8
    let isMemory: Bool
  }

  @inline(__always)
  private static func operand(
    _ rule: OperandRule,
    _ context: OperandContext,
    _ reader: inout ByteReader,
    _ instruction: inout Instruction
  ) throws(DecodeError) -> Operand {
    switch rule.encoding {
    case .none: return .none
    case .reg:
      return gpr(context.modRM >> 3 & 7 | (context.rex & 4) << 1, rule.size, context.rex)
    case .rm:
      if context.isMemory {
        return Operand(kind: .memory, register: 0, size: rule.memorySize)
      }
      return gpr(context.modRM & 7 | (context.rex & 1) << 3, rule.size, context.rex)
    case .opcode:
      return gpr(context.opcode & 7 | (context.rex & 1) << 3, rule.size, context.rex)
    case .xmmReg:
      let number = context.modRM >> 3 & 7 | (context.rex & 4) << 1
      return Operand(kind: .xmm, register: number, size: rule.size)
    case .xmmRM:
      if context.isMemory {
        return Operand(kind: .memory, register: 0, size: rule.memorySize)
      }
      let number = context.modRM & 7 | (context.rex & 1) << 3
      return Operand(kind: .xmm, register: number, size: rule.size)
    case .vvvv:
      return Operand(kind: .gpr, register: context.vvvv, size: rule.size)
    case .xmmVVVV:
      return Operand(kind: .xmm, register: context.vvvv, size: rule.size)
    case .xmmIs4:
      let number = UInt8(truncatingIfNeeded: instruction.immediate) >> 4
      return Operand(kind: .xmm, register: number, size: rule.size)
    case .fixedXMM:
      return Operand(kind: .xmm, register: 0, size: rule.size)
    case .mmxReg:
      return Operand(kind: .mmx, register: context.modRM >> 3 & 7, size: rule.size)
    case .mmxRM:
      if context.isMemory {
        return Operand(kind: .memory, register: 0, size: rule.memorySize)
      }
      return Operand(kind: .mmx, register: context.modRM & 7, size: rule.size)
    case .fixedX87:
      return Operand(kind: .x87, register: rule.register, size: rule.size)
    case .x87RM:
      return Operand(kind: .x87, register: context.modRM & 7, size: rule.size)
    case .segmentReg:
      let number = context.modRM >> 3 & 7
      if number > 5 { throw .invalidOpcode }
      return Operand(kind: .segment, register: number, size: rule.size)
    case .controlReg:
      let number = context.modRM >> 3 & 7 | (context.rex & 4) << 1
      // CR0, CR2, CR3, CR4 and CR8 exist (Intel SDM Vol. 2B, MOV-Move to/from Control Registers).
      if 0b1_0001_1101 >> UInt16(number) & 1 == 0 { throw .invalidOpcode }
      return Operand(kind: .control, register: number, size: rule.size)
    case .debugReg:
      if context.rex & 4 != 0 { throw .invalidOpcode }
      return Operand(kind: .debug, register: context.modRM >> 3 & 7, size: rule.size)
    case .fixedRegister:
      return Operand(kind: .gpr, register: rule.register, size: rule.size)
    case .fixedSegment:
      return Operand(kind: .segment, register: rule.register, size: rule.size)
    case .immediate, .secondImmediate:
      return Operand(kind: .immediate, register: 0, size: rule.size)
    case .one:
      instruction.immediate = 1
      return Operand(kind: .immediate, register: 0, size: 1)
    case .relative:
      return Operand(kind: .relative, register: 0, size: rule.size)
    case .moffs:
      instruction.memory.displacement =
        instruction.addressSize == 8
        ? Int64(bitPattern: try reader.unsigned64())
        : Int64(UInt32(truncatingIfNeeded: try reader.signed32()))
      return Operand(kind: .memory, register: 0, size: rule.memorySize)
    }
  }

  /// Without REX, byte registers 4 ... 7 are AH CH DH BH (Intel SDM Vol. 2A, 2.2.1.2).
  @inline(__always)
  private static func gpr(_ number: UInt8, _ size: UInt8, _ rex: UInt8) -> Operand {
    if size == 1 && rex == 0 && number >= 4 {
      return Operand(kind: .gprHigh8, register: number &- 4, size: 1)
    }
    return Operand(kind: .gpr, register: number, size: size)
  }
}
