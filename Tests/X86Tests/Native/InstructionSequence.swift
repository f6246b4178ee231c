import X86

/// Random code with branches, loops and calls, for liveness, fusion and chaining.
///
/// Flags that an instruction leaves undefined are never read by a later one, and are not compared
/// at the end if they still are.
struct InstructionSequence {
  /// The bytes from `TestMemory.entry` on; INT3 follows.
  private(set) var bytes: [UInt8] = []
  /// Flags with an undefined value at one of the ends.
  private(set) var undefinedFlags: UInt64 = 0
  /// One line an instruction.
  private(set) var listing: [String] = []

  private static let status: UInt64 = 0x8D5

  /// Rows that may stand in a sequence, each with what it does to the flags.
  private struct Row {
    let shape: EncodingShape
    let traits: InstructionTraits
    let isDivision: Bool
    let readsConditionOf: Bool
  }

  private static let rows: [Row] = InstructionTable.forms.compactMap { form in
    guard NativeExemptions.reason(form) == nil, let shape = EncodingShape(form),
      !shape.transfersControl, !shape.isInvalidForUsers
    else { return nil }
    let traits = form.traits
    guard !traits.properties.contains(.privileged) else { return nil }
    switch form.operation {
    // A gather of random places ends every sequence.
    case .vgatherdps, .vgatherdpd, .vgatherqps, .vgatherqpd: return nil
    case .popf, .ldmxcsr, .in, .out, .ins, .outs, .sti, .cli, .hlt: return nil
    // They show the segment of the last x87 instruction, which `X87State` does not keep.
    case .fnstenv, .fnsave: return nil
    default: break
    }
    return Row(
      shape: shape,
      traits: traits,
      isDivision: form.operation == .div || form.operation == .idiv,
      readsConditionOf: traits.properties.contains(.readsCondition)
    )
  }

  private struct Branch {
    var offset: Int
    var size: Int
    var target: Int
  }

  private var starts: [Int] = []
  private var branches: [Branch] = []
  private var undefinedAtTarget: [UInt64]
  private var undefined: UInt64 = 0

  /// Writes `count` instructions.
  init(_ random: inout SplitMix64, count: Int) {
    undefinedAtTarget = Array(repeating: 0, count: count + 1)
    var loopHead: Int?
    var countIsSet = false
    var index = 0
    while index < count {
      starts.append(bytes.count)
      undefined |= undefinedAtTarget[index]
      let roll = random.below(100)
      if let head = loopHead, roll < 15 {
        // DEC ECX; JNZ head. One slot: branches into the middle do not happen.
        // JG where a branch may come past the count: it ends for every ECX.
        append([0xFF, 0xC9], "dec ecx")
        undefined &= 1  // CF is not DEC's
        appendBranch(
          [0x0F, countIsSet ? 0x85 : 0x8F],
          size: 4,
          target: head,
          countIsSet ? "jnz" : "jg"
        )
        loopHead = nil
      } else if loopHead == nil, roll < 5, index + 3 < count {
        append([0xB9, UInt8(1 + random.below(20)), 0, 0, 0], "mov ecx, n")
        loopHead = index + 1
        countIsSet = branches.allSatisfy { $0.target <= index }
        // The loop may bring any of them back undefined.
        undefined = Self.status
      } else if roll < 27 {
        forwardBranch(&random, index: index, count: count)
      } else {
        instruction(&random, inLoop: loopHead != nil)
      }
      index += 1
    }
    starts.append(bytes.count)
    undefinedFlags = undefined | undefinedAtTarget[count]
    // A fault may end it anywhere, so whatever was ever undefined is not compared.
    undefinedFlags |= everUndefined
    for branch in branches {
      let distance = starts[branch.target] - (branch.offset + branch.size)
      for i in 0..<branch.size {
        bytes[branch.offset + i] = UInt8(truncatingIfNeeded: distance >> (8 * i))
      }
    }
  }

  private var everUndefined: UInt64 = 0

  private mutating func append(_ code: [UInt8], _ text: String) {
    let sample = EncodingSample(bytes: code)
    listing.append("\(hexadecimal(UInt64(bytes.count))): \(sample.hex)  \(text)")
    bytes += code
  }

  private mutating func appendBranch(_ opcode: [UInt8], size: Int, target: Int, _ text: String) {
    append(opcode + Array(repeating: 0, count: size), "\(text) -> \(target)")
    branches.append(Branch(offset: bytes.count - size, size: size, target: target))
  }

  private mutating func forwardBranch(_ random: inout SplitMix64, index: Int, count: Int) {
    let target = min(count, index + 1 + random.below(6))
    let isNear = target - index < 5 && random.chance(50)
    let kind = random.below(10)
    if kind == 0 {
      appendBranch(isNear ? [0xEB] : [0xE9], size: isNear ? 1 : 4, target: target, "jmp")
    } else if kind == 1 {
      appendBranch([0xE8], size: 4, target: target, "call")
    } else {
      let condition = UInt8(random.below(16))
      guard let read = Condition(rawValue: condition)?.flagsRead, UInt64(read) & undefined == 0
      else { return instruction(&random, inLoop: true) }
      appendBranch(
        isNear ? [0x70 | condition] : [0x0F, 0x80 | condition],
        size: isNear ? 1 : 4,
        target: target,
        "jcc"
      )
    }
    undefinedAtTarget[target] |= undefined
  }

  private mutating func instruction(_ random: inout SplitMix64, inLoop: Bool) {
    while true {
      let row = random.pick(Self.rows)
      if row.isDivision, !random.chance(10) { continue }
      if inLoop, row.shape.allowsRepeat { continue }
      let sample = row.shape.sample(
        &random,
        at: TestMemory.entry + UInt64(bytes.count),
        registers: .sequence
      )
      var read = UInt64(row.traits.flagsRead)
      if row.readsConditionOf {
        // SETcc and CMOVcc: the condition is the low nibble of the byte before ModRM.
        guard
          let opcode = sample.bytes.indices.first(where: { isConditionOpcode(sample.bytes, $0) }),
          let condition = Condition(rawValue: sample.bytes[opcode] & 15)
        else { continue }
        read |= UInt64(condition.flagsRead)
      }
      guard read & undefined == 0 else { continue }
      append(sample.bytes, row.shape.syntax)
      let mayKeep =
        row.traits.properties.contains(.needsCount)
        || row.traits.properties.contains(.allowsRep)
      if !mayKeep { undefined &= ~UInt64(row.traits.flagsWritten) }
      undefined |= UInt64(row.traits.flagsUndefined)
      everUndefined |= UInt64(row.traits.flagsUndefined)
      return
    }
  }

  /// `0F 4x` or `0F 9x`, with only prefixes before.
  private func isConditionOpcode(_ bytes: [UInt8], _ index: Int) -> Bool {
    guard index > 0, bytes[index - 1] == 0x0F else { return false }
    return bytes[index] >> 4 == 4 || bytes[index] >> 4 == 9
  }
}
