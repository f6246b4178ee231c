/// The bytes of one instruction, and what is known of the address that it forms.
struct EncodingSample {
  struct Memory {
    /// Register numbers, `nil` without one.
    var base: Int?
    var index: Int?
    /// The vector register that is the index, and the bytes of its elements.
    var vectorIndex: Int?
    var elementSize = 8
    var scale: Int = 0
    var displacement: Int64 = 0
    /// The 67 prefix is there.
    var is32Bit = false
    /// 64 or 65 for FS and GS.
    var segment: UInt8?
    /// The address is fixed by the bytes alone.
    var isFixed: Bool { base == nil && index == nil && vectorIndex == nil }
  }

  var bytes: [UInt8]
  var memory: Memory?
  /// Where the displacement of a branch lies in `bytes`, and its size.
  var branch: (offset: Int, size: Int)?

  /// `48 01 d8`.
  var hex: String {
    bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined(separator: " ")
  }
}

/// Registers that a sampler may name.
struct RegisterChoice {
  /// For operands.
  var operands: [Int]
  /// For addresses.
  var bases: [Int]
  /// Percent of the addresses with an index.
  var indexed: Int
  /// Addresses may have displacements of 32 bits.
  var farDisplacements = true

  static let all = RegisterChoice(
    operands: Array(0..<16),
    bases: Array(0..<16),
    indexed: 40
  )
  /// Keeps pointers and values apart, so that a sequence does not end at the first address.
  static let sequence = RegisterChoice(
    operands: [0, 2, 8, 9, 10, 11],
    bases: [3, 5, 6, 7, 12, 13, 14, 15, 4],
    indexed: 4
  )
}

extension EncodingShape {
  /// One encoding of this form, for `address`: RIP-relative operands and branches depend on it.
  func sample(
    _ random: inout SplitMix64,
    at address: UInt64,
    registers: RegisterChoice = .all
  ) -> EncodingSample {
    var prefix: [UInt8] = []
    var memory: EncodingSample.Memory?
    let useMemory =
      absoluteAddress > 0 || (allowsMemory && (!allowsRegister || random.chance(60)))
    if useMemory {
      memory = EncodingSample.Memory()
      if random.chance(8) {
        prefix.append(0x67)
        memory?.is32Bit = true
      }
      if random.chance(10) {
        let segment: UInt8 = random.pick([0x64, 0x65, 0x65, 0x2E, 0x3E, 0x26, 0x36])
        prefix.append(segment)
        if segment == 0x64 || segment == 0x65 { memory?.segment = segment }
      }
      if allowsLock, random.chance(25) { prefix.append(0xF0) }
    }
    if allowsRepeat, random.chance(60) { prefix.append(random.pick([0xF2, 0xF3])) }
    if absoluteAddress == 0, !useMemory, random.chance(3) { prefix.append(0x2E) }
    // Order among legacy prefixes is free.
    prefix += prefixes
    if random.chance(20) { prefix.shuffle(using: &random) }

    var rex: UInt8 = rexW ? 0x48 : 0
    var tail: [UInt8] = []
    var encoded = opcode
    if opcodeHasCondition, let last = encoded.last {
      encoded[encoded.count - 1] = last | UInt8(random.below(16))
    }
    if opcodeHasRegister, let last = encoded.last {
      let register = random.pick(registers.operands)
      encoded[encoded.count - 1] = (last & 0xF8) | UInt8(register & 7)
      if register > 7 { rex |= 0x41 }
    }
    let immediateSize = immediates.reduce(0, +)
    if modRM != .none {
      let reg: Int
      if case .digit(let digit) = modRM {
        reg = Int(digit)
      } else {
        reg =
          vex?.gather != nil
          ? 1 + random.below(5)
          : random.pick(
            regIsControl ? [0, 2, 3, 4, 8] : regIsDebug ? Array(0..<8) : registers.operands
          )
        if reg > 7 { rex |= 0x44 }
      }
      if !useMemory {
        let rm = random.pick(registers.operands)
        if rm > 7 { rex |= 0x41 }
        tail.append(0xC0 | UInt8((reg & 7) << 3) | UInt8(rm & 7))
      } else {
        let prior = prefix.count + encoded.count + (vex == nil ? 0 : 3)
        tail = addressBytes(
          reg: reg,
          &random,
          &rex,
          memory: &memory,
          registers,
          end: {
            address &+ UInt64(prior + $0 + (vex == nil && $1 != 0 ? 1 : 0) + immediateSize)
          }
        )
      }
    }
    if rex == 0, random.chance(15) { rex = 0x40 }  // SPL, BPL, SIL, DIL
    var bytes = prefix
    if let vex {
      bytes += vex.bytes(
        rex: rex,
        vvvv: vex.gather == nil ? random.pick(registers.operands) : 6 + random.below(4),
        &random,
        isShort: !useMemory && random.chance(50)
      )
    } else if rex != 0 {
      bytes.append(rex)
    }
    bytes += encoded
    bytes += tail
    if absoluteAddress > 0 {
      let target = TestMemory.data + 0x800 + UInt64(random.below(1024))
      memory?.displacement = Int64(bitPattern: target)
      let size = memory?.is32Bit == true ? 4 : 8
      for i in 0..<size { bytes.append(UInt8(truncatingIfNeeded: target >> UInt64(8 * i))) }
    }
    for size in immediates {
      // INT 80h would be a system call of the host's.
      let value = mnemonic == "INT" ? random.pick([0, 1, 3, 4, 0x20, 0xFF]) : random.integer()
      for i in 0..<size { bytes.append(UInt8(truncatingIfNeeded: value >> UInt64(8 * i))) }
    }
    var branch: (Int, Int)?
    if displacement > 0 {
      branch = (bytes.count, displacement)
      // Within the INT3s of the code page, never back into the instruction itself.
      let distance = random.chance(50) ? random.below(100) : -random.below(80) - 40
      for i in 0..<displacement { bytes.append(UInt8(truncatingIfNeeded: distance >> (8 * i))) }
    }
    return EncodingSample(bytes: bytes, memory: memory, branch: branch)
  }

  /// ModRM, SIB and displacement of a memory operand; `end` is the address after the instruction,
  /// from the number of bytes after the opcode, and REX.
  private func addressBytes(
    reg: Int,
    _ random: inout SplitMix64,
    _ rex: inout UInt8,
    memory: inout EncodingSample.Memory?,
    _ registers: RegisterChoice,
    end: (Int, UInt8) -> UInt64
  ) -> [UInt8] {
    let regBits = UInt8((reg & 7) << 3)
    func little(_ value: Int64, _ count: Int) -> [UInt8] {
      (0..<count).map { UInt8(truncatingIfNeeded: value >> Int64(8 * $0)) }
    }
    if let gather = vex?.gather {
      return gatherBytes(reg: reg, &random, &rex, memory: &memory, registers, gather)
    }
    if random.chance(12) {
      let target =
        TestMemory.data + 0x40 + UInt64(random.below(0x1F00)) & ~(random.chance(70) ? 15 : 0)
      if random.chance(60) {  // RIP-relative
        if rex == 0, random.chance(20) { rex = 0x40 }
        let next = end(5, rex)
        let distance = Int64(bitPattern: target &- next)
        memory?.displacement = Int64(bitPattern: target)
        // With 67 the sum is cut to 32 bits, which the target survives.
        return [regBits | 5] + little(distance, 4)
      }
      memory?.displacement = Int64(bitPattern: target)
      return [regBits | 4, 0x25] + little(Int64(target), 4)
    }
    let base = random.pick(registers.bases)
    let index = random.chance(registers.indexed) ? random.pick(registers.operands) : 4
    let small = Int64(Int8(truncatingIfNeeded: random.next()))
    let large = Int64(Int32(truncatingIfNeeded: random.integer()))
    if base > 7 { rex |= 0x41 }
    memory?.base = base
    var displacementSize = random.pick(registers.farDisplacements ? [0, 1, 4] : [0, 1, 1])
    if base & 7 == 5, displacementSize == 0 { displacementSize = 1 }
    let displacement = displacementSize == 0 ? 0 : displacementSize == 1 ? small : large
    memory?.displacement = displacement
    let mod: UInt8 = displacementSize == 0 ? 0 : displacementSize == 1 ? 0x40 : 0x80
    guard index != 4 || base & 7 == 4 || random.chance(10) else {
      return [mod | regBits | UInt8(base & 7)] + little(displacement, displacementSize)
    }
    let scale = random.below(4)
    if index > 7 { rex |= 0x42 }
    if index != 4 {
      memory?.index = index
      memory?.scale = scale
    }
    let sib = UInt8(scale << 6) | UInt8((index & 7) << 3) | UInt8(base & 7)
    return [mod | regBits | 4, sib] + little(displacement, displacementSize)
  }
}
