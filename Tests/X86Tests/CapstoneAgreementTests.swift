import Disassembly
import Testing

@testable import X86

@Suite("Agreement with Capstone")
struct CapstoneAgreementTests {
  static let address: UInt64 = 0x40_1000

  @Test(
    "length and text of every row's samples are Capstone's",
    arguments: InstructionTable.Group.allCases
  )
  func samples(group: InstructionTable.Group) throws {
    let disassembler = try #require(Disassembler())
    for form in group.forms {
      for bytes in form.sampleEncodings() {
        let instruction = try decode(bytes)
        if CapstoneException.covering(instruction, bytes) != nil { continue }
        let line = disassembler.disassemble(bytes: bytes, address: Self.address)
        guard let line, line.length == bytes.count else {
          Issue.record("\(hex(bytes)): \(form.opcode) \(form.syntax), Capstone: \(line as Any)")
          continue
        }
        let ours = CapstoneText.ours(instruction, at: Self.address)
        let theirs = CapstoneText.capstone(line, for: instruction)
        #expect(ours == theirs, "\(hex(bytes)): \(form.opcode) \(form.syntax)")
      }
    }
  }

  @Test("of random bytes the same are instructions, with the same length", arguments: 1...8)
  func randomBytes(seed: UInt64) throws {
    let disassembler = try #require(Disassembler())
    var generator = SplitMix64(seed: seed)
    for _ in 0..<20_000 {
      let bytes = generator.instructionBytes()
      let line = disassembler.disassemble(bytes: bytes, address: Self.address)
      guard let instruction = try? decode(bytes) else {
        #expect(
          line == nil || CapstoneException.isBeyondTheTable(bytes),
          "\(hex(bytes)): we have none, Capstone \(line?.text ?? "")"
        )
        continue
      }
      let own = [UInt8](bytes.prefix(Int(instruction.length)))
      if CapstoneException.covering(instruction, own) != nil { continue }
      #expect(
        line?.length == own.count,
        "\(hex(bytes)): \(Formatter.text(instruction, at: 0)), Capstone \(line?.text ?? "none")"
      )
    }
  }
}

extension SplitMix64 {
  /// Fifteen bytes: perhaps a prefix, perhaps REX, perhaps 0F, then anything.
  ///
  /// Not more than one prefix and one REX: Capstone adds up REX prefixes and loses a mandatory prefix
  /// that does not stand last.
  mutating func instructionBytes() -> [UInt8] {
    let prefixes: [UInt8] = [0x2E, 0x64, 0x65, 0x66, 0x66, 0x67, 0xF0, 0xF2, 0xF3, 0xF3]
    var bytes: [UInt8] = []
    if next() % 2 == 0 { bytes.append(prefixes[Int(next() % UInt64(prefixes.count))]) }
    if next() % 3 == 0 { bytes.append(0x40 | UInt8(truncatingIfNeeded: next() & 15)) }
    if next() % 2 == 0 {
      bytes.append(0x0F)
    } else {
      var opcode = UInt8(truncatingIfNeeded: next())
      while opcode & 0xF0 == 0x40 || prefixes.contains(opcode)
        || [0x26, 0x36, 0x3E].contains(opcode)
      {
        opcode = UInt8(truncatingIfNeeded: next())
      }
      bytes.append(opcode)
    }
    while bytes.count < 15 { bytes.append(UInt8(truncatingIfNeeded: next())) }
    return bytes
  }
}

/// Bytes as text: `48 01 d8`.
func hex(_ bytes: some Sequence<UInt8>) -> String {
  bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined(separator: " ")
}
