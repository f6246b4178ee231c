extension InstructionForm {
  /// Encodings of this row for tests: every ModRM mode, SIB and displacement kind, REX bit, register
  /// class, prefix that the row allows, and edge immediates, each at least once.
  ///
  /// - Parameter isInRegistersOnly: leaves out all encodings with a memory operand.
  /// - Returns: byte strings, each exactly one instruction of this very row.
  public func sampleEncodings(isInRegistersOnly: Bool = false) -> [[UInt8]] {
    let row = RowParser(form: self, index: 0, traits: traits)
    var samples = SampleEncoder(row: row, properties: traits.properties)
    samples.run()
    return samples.encodings.filter { encoding in
      let decoded = encoding.withUnsafeBytes { try? Decoder.decode($0) }
      // A row may hand some of its encodings to a more specific one: XCHG EAX, EAX is NOP.
      guard let decoded, decoded.length == encoding.count, matches(decoded) else { return false }
      return !(isInRegistersOnly && decoded.hasMemoryOperand)
    }
  }

  private func matches(_ instruction: Instruction) -> Bool {
    let form = InstructionTable.forms[Int(instruction.formIndex)]
    return form.syntaxText == syntaxText && form.opcodeText == opcodeText
  }
}

/// Writes the encodings of one row; varies one thing at a time, not all with all.
private struct SampleEncoder {
  let row: RowParser
  let properties: InstructionTraits.Properties
  var encodings: [[UInt8]] = []
  /// VEX.vvvv of the next encoding.
  private var vvvv: UInt8 = 1

  init(row: RowParser, properties: InstructionTraits.Properties) {
    self.row = row
    self.properties = properties
  }

  private var rule: DecodeRule { row.rule }
  private var accepts: UInt32 { row.rule.accepts }

  /// ModRM.mod and .rm, SIB and displacement.
  private struct Address {
    var mod: UInt8
    var rm: UInt8
    var tail: [UInt8]
  }

  private static let memory: [Address] = [
    Address(mod: 0, rm: 0, tail: []),
    Address(mod: 0, rm: 5, tail: [0x10, 0x20, 0x30, 0x00]),
    Address(mod: 1, rm: 5, tail: [0x80]),
    Address(mod: 2, rm: 3, tail: [0x78, 0x56, 0x34, 0x12]),
    Address(mod: 2, rm: 7, tail: [0xF0, 0xFF, 0xFF, 0xFF]),
    Address(mod: 0, rm: 4, tail: [0x24]),
    Address(mod: 0, rm: 4, tail: [0x88]),
    Address(mod: 0, rm: 4, tail: [0xED, 0x00, 0x01, 0x00, 0x00]),
    Address(mod: 0, rm: 4, tail: [0x25, 0x44, 0x33, 0x22, 0x11]),
    Address(mod: 1, rm: 4, tail: [0x6C, 0x7F]),
    Address(mod: 2, rm: 4, tail: [0xF5, 0x01, 0x00, 0x00, 0x80]),
  ]

  private static let registers: [Address] = (0..<8).map {
    Address(mod: 3, rm: $0, tail: [])
  }

  mutating func run() {
    let addresses = addresses
    let regs = regs
    let first = addresses[0]
    let last = addresses[addresses.count - 1]
    for (number, address) in addresses.enumerated() {
      emit(address, reg: regs[number % regs.count], rex: 0, opcode: 0)
    }
    for reg in regs { emit(last, reg: reg, rex: 0, opcode: 0) }
    for offset in 0..<Int(row.key.count) {
      emit(first, reg: regs[0], rex: 0, opcode: UInt8(offset))
      emit(last, reg: regs[0], rex: 1, opcode: UInt8(offset))
    }
    for rex in 0..<8 as Range<UInt8> {
      emit(first, reg: regs[0], rex: 0x40 | rex, opcode: 0)
      emit(last, reg: regs[regs.count - 1], rex: 0x40 | rex, opcode: 0)
      if addresses.count > 9 { emit(addresses[9], reg: regs[0], rex: 0x40 | rex, opcode: 0) }
    }
    for immediate in 0..<Self.immediates.count {
      emit(last, reg: regs[0], rex: 0, opcode: 0, immediate: immediate)
    }
    for prefix in optionalPrefixes {
      emit(first, reg: regs[0], rex: 0, opcode: 0, prefix: [prefix])
      emit(first, reg: regs[0], rex: 0x41, opcode: 0, prefix: [prefix])
    }
  }

  private var addresses: [Address?] {
    guard rule.properties.contains(.hasModRM) else { return [nil] }
    var all: [Address] = []
    if accepts & Situation.memory != 0 && !rule.properties.contains(.ignoresMod) {
      all += Self.memory
    }
    if accepts & Situation.register != 0 { all += Self.registers }
    return all.filter { address in
      (address.mod != 3 && !rule.properties.contains(.hasVectorIndex))
        || accepts >> (Situation.rmShift &+ UInt32(address.rm)) & 1 != 0
    }
  }

  /// Values of ModRM.reg that the row accepts.
  private var regs: [UInt8] {
    guard rule.properties.contains(.hasModRM) else { return [0] }
    return (0..<8).filter { accepts >> (Situation.regShift &+ UInt32($0)) & 1 != 0 }
  }

  private var optionalPrefixes: [UInt8] {
    var all: [UInt8] = [0x64, 0x65, 0x2E, 0x67]
    if properties.contains(.allowsLock) { all.append(0xF0) }
    if properties.contains(.allowsRep) { all += [0xF2, 0xF3] }
    return all
  }

  private static let immediates: [UInt64] = [
    0, 1, 0x7F, 0x80, 0xFF, 0x7FFF_FFFF, 0x8000_0000, 0x1234_5678_9ABC_DEF0, ~0,
  ]

  private mutating func emit(
    _ address: Address?,
    reg: UInt8,
    rex: UInt8,
    opcode: UInt8,
    immediate: Int = 7,
    prefix: [UInt8] = []
  ) {
    if row.isVEX {
      return emitVEX(
        address,
        reg: reg,
        rex: rex,
        opcode: opcode,
        immediate: immediate,
        prefix: prefix
      )
    }
    for size in [Situation.size32, Situation.size64, Situation.size16] where accepts & size != 0 {
      var bytes = prefix
      if accepts & Situation.address64 == 0 && !prefix.contains(0x67) { bytes.append(0x67) }
      let wants66 = accepts & (Situation.noPrefix | Situation.prefix66) == Situation.prefix66
      if wants66 || size == Situation.size16 { bytes.append(0x66) }
      if accepts & Situation.anyPrefix == Situation.prefixF3 { bytes.append(0xF3) }
      if accepts & Situation.anyPrefix == Situation.prefixF2 { bytes.append(0xF2) }
      var rexByte = rex == 0 ? 0 : rex | 0x40
      if size == Situation.size64 { rexByte |= 0x48 }
      if rexByte != 0 { bytes.append(rexByte) }
      switch row.key.map {
      case 0: break
      case 1: bytes.append(0x0F)
      case 2: bytes += [0x0F, 0x38]
      default: bytes += [0x0F, 0x3A]
      }
      bytes.append(row.key.opcode &+ opcode)
      if let address {
        bytes.append(address.mod << 6 | reg << 3 | address.rm)
        bytes += address.tail
      }
      append(immediate: Self.immediates[immediate], to: &bytes)
      encodings.append(bytes)
    }
  }

  private mutating func emitVEX(
    _ address: Address?,
    reg: UInt8,
    rex: UInt8,
    opcode: UInt8,
    immediate: Int,
    prefix: [UInt8]
  ) {
    for size in [Situation.size32, Situation.size64] where accepts & size != 0 {
      for length in [Situation.vector128, Situation.vector256] where accepts & length != 0 {
        var last: UInt8 = 0x78
        if rule.properties.contains(.usesVVVV) {
          last = ~(vvvv << 3) & 0x78
          vvvv = (vvvv &* 5 &+ 3) & 15
        }
        if length == Situation.vector256 { last |= 4 }
        if accepts & Situation.anyPrefix == Situation.prefix66 { last |= 1 }
        if accepts & Situation.anyPrefix == Situation.prefixF3 { last |= 2 }
        if accepts & Situation.anyPrefix == Situation.prefixF2 { last |= 3 }
        var bytes = prefix
        if row.key.map == 4 && size == Situation.size32 && rex & 3 == 0 && rex != 0x44 {
          bytes += [0xC5, last | (rex & 4 == 0 ? 0x80 : 0)]
        } else {
          if size == Situation.size64 { last |= 0x80 }
          bytes += [0xC4, (~rex & 7) << 5 | (row.key.map - 3), last]
        }
        bytes.append(row.key.opcode &+ opcode)
        if let address {
          bytes.append(address.mod << 6 | reg << 3 | address.rm)
          bytes += address.tail
        }
        append(immediate: Self.immediates[immediate], to: &bytes)
        encodings.append(bytes)
      }
    }
  }

  private func append(immediate: UInt64, to bytes: inout [UInt8]) {
    var size = Int(rule.immediateSize)
    if rule.operands.0.encoding == .moffs || rule.operands.1.encoding == .moffs {
      size = bytes.contains(0x67) ? 4 : 8
    }
    if rule.properties.contains(.hasSecondImmediate) { size += 1 }
    for byte in 0..<size {
      bytes.append(UInt8(truncatingIfNeeded: immediate >> UInt64(byte * 8)))
    }
  }
}
