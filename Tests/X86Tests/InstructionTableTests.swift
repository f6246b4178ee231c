import Testing

@testable import X86

@Suite("InstructionTable")
struct InstructionTableTests {
  @Test("no two rows claim the same bytes with the same right")
  func noOverlap() {
    for slot in 0..<OpcodeMap.slotCount {
      let bucket = OpcodeMap.shared.slot(slot)
      let rules = (0..<bucket.count).map { OpcodeMap.shared.rules[bucket.first + $0] }
      for (number, a) in rules.enumerated() {
        for b in rules[(number + 1)...] where Self.overlap(a, b) {
          // Of two rows that match, one must ask for a prefix that the other does not mention, or be a
          // special case of the other.
          let mandatory = (a.accepts ^ b.accepts) & Situation.anyPrefix != 0
          #expect(
            mandatory || (a.accepts & ~b.accepts == 0 && a.accepts != b.accepts),
            "\(Self.name(a)) and \(Self.name(b)) at opcode \(String(slot, radix: 16))"
          )
        }
      }
    }
  }

  private static func overlap(_ a: DecodeRule, _ b: DecodeRule) -> Bool {
    let both = a.accepts & b.accepts
    let fields: [UInt32] = [
      Situation.anyPrefix, Situation.anySize, Situation.memory | Situation.register,
      Situation.anyReg, Situation.anyRM, Situation.rexB0 | Situation.rexB1,
      Situation.address64 | Situation.address32, Situation.vector128 | Situation.vector256,
    ]
    return fields.allSatisfy { both & $0 != 0 }
  }

  private static func name(_ rule: DecodeRule) -> String {
    let form = InstructionTable.forms[Int(rule.formIndex)]
    return "\(form.opcode): \(form.syntax)"
  }

  @Test("rows use only the notation of the legend", arguments: InstructionTable.Group.allCases)
  func notation(group: InstructionTable.Group) throws {
    let properties: Set<String> = ["lock", "rep", "block", "cpl0", "sx", "count", "cc"]
    let keys = properties.union(InstructionTraits.Feature.allCases.map { "\($0.name)" })
    for form in group.forms {
      let sections = form.effects.split(separator: "|").map { section in
        section.split(separator: " ").map(String.init)
      }
      for access in sections[0] {
        #expect(["r", "w", "rw", "-"].contains(access), "\(form.syntax)")
      }
      let accessCount = sections[0] == ["-"] ? 0...1 : sections[0].count...sections[0].count
      #expect(accessCount.contains(form.operandSyntax.count), "\(form.syntax): \(form.effects)")
      let features = sections.dropFirst().joined().filter { keys.contains($0) }
      #expect(
        features.allSatisfy { properties.contains($0) || "\(form.traits.feature.name)" == $0 }
      )
      for word in sections.dropFirst().joined() where !keys.contains(word) {
        let letters = word.dropFirst(2)
        #expect(["r=", "w=", "u=", "0=", "1="].contains(word.prefix(2)), "\(form.syntax): \(word)")
        #expect(letters.allSatisfy { "oszacpd".contains($0) }, "\(form.syntax): \(word)")
      }
    }
  }

  @Test("effects are parsed as written")
  func effects() throws {
    let adc = try #require(InstructionTable.forms.first { $0.syntax == "ADC r/m32, r32" }).traits
    #expect(adc.flagsRead == 0x001)
    #expect(adc.flagsWritten == 0x8D5)
    #expect(adc.access(of: 0) == .readWrite)
    #expect(adc.access(of: 1) == .read)
    #expect(adc.access(of: 2) == .none)
    #expect(adc.properties == [.allowsLock])
    let and = try #require(InstructionTable.forms.first { $0.syntax == "AND r/m32, r32" }).traits
    #expect(and.flagsWritten == 0x8C5)
    #expect(and.flagsCleared == 0x801)
    #expect(and.flagsUndefined == 0x010)
    let std = try #require(InstructionTable.forms.first { $0.syntax == "STD" }).traits
    #expect(std.flagsSet == 0x400)
    let popcnt = try #require(InstructionTable.forms.first { $0.mnemonic == "POPCNT" }).traits
    #expect(popcnt.feature == .popcnt)
  }

  @Test("the flags that an instruction needs and kills follow its operands and prefixes")
  func flagsOfInstruction() throws {
    // jg reads ZF, SF, OF.
    #expect(InstructionTable.flags(of: try decode([0x7F, 0])).read == 0x8C0)
    // setc reads CF only.
    #expect(InstructionTable.flags(of: try decode([0x0F, 0x92, 0xC0])).read == 0x001)
    // shl eax, 0 and shl eax, 32 change nothing.
    #expect(InstructionTable.flags(of: try decode([0xC1, 0xE0, 0])).killed == 0)
    #expect(InstructionTable.flags(of: try decode([0xC1, 0xE0, 32])).killed == 0)
    #expect(InstructionTable.flags(of: try decode([0x48, 0xC1, 0xE0, 32])).killed == 0x8D5)
    // shl eax, cl may leave them, so it reads them.
    #expect(InstructionTable.flags(of: try decode([0xD3, 0xE0])).read == 0x8D5)
    #expect(InstructionTable.flags(of: try decode([0xD1, 0xE0])).read == 0)
    // repe cmpsb may run zero times.
    #expect(InstructionTable.flags(of: try decode([0xF3, 0xA6])).read == 0x8D5 | 0x400)
    #expect(InstructionTable.flags(of: try decode([0xA6])).read == 0x400)
  }

  @Test("every operation has a row")
  func everyOperation() {
    let used = Set(InstructionTable.forms.map(\.operation))
    // EMMS comes with the MMX rows.
    let missing = X86.Operation.allCases.filter { !used.contains($0) && $0 != .emms }
    #expect(missing.isEmpty, "\(missing)")
  }

  @Test("every row has samples, and each decodes to the row with its whole length")
  func samples() {
    for form in InstructionTable.forms {
      #expect(form.sampleEncodings().count > 3, "\(form.opcode): \(form.syntax)")
    }
  }
}
