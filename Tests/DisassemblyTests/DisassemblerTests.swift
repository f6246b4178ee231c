import Testing

@testable import Disassembly

@Suite("Disassembler")
struct DisassemblerTests {
  let code: [UInt8] = [0x48, 0x01, 0xD8, 0x06, 0xEB, 0xFE]

  @Test("gives length, mnemonic and operands in Intel syntax")
  func intel() throws {
    let disassembler = try #require(Disassembler())
    let line = try #require(disassembler.disassemble(bytes: code, address: 0x1000))
    #expect(line.length == 3)
    #expect(line.mnemonic == "add")
    #expect(line.text == "add rax, rbx")
  }

  @Test("gives AT&T syntax when asked")
  func att() throws {
    let disassembler = try #require(Disassembler(syntax: .att))
    #expect(disassembler.disassemble(bytes: code, address: 0)?.text == "addq %rbx, %rax")
  }

  @Test("is nil for what is no instruction and for a beginning only")
  func nothing() throws {
    let disassembler = try #require(Disassembler())
    #expect(disassembler.disassemble(bytes: [0x06], address: 0) == nil)
    #expect(disassembler.disassemble(bytes: [0x48, 0x01], address: 0) == nil)
    #expect(disassembler.disassemble(bytes: [], address: 0) == nil)
  }

  @Test("walks over bytes that are no instruction one by one")
  func walk() throws {
    let disassembler = try #require(Disassembler())
    var lines: [String] = []
    code.withUnsafeBytes { bytes in
      disassembler.forEachLine(bytes: bytes, address: 0x1000) { line, offset, length in
        lines.append("\(offset) \(length) \(line?.text ?? "-")")
      }
    }
    #expect(lines == ["0 3 add rax, rbx", "3 1 -", "4 2 jmp 0x1004"])
  }
}
