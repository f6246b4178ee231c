import Testing

@testable import X86

/// Decodes `bytes`, which must be there as a whole.
func decode(_ bytes: [UInt8]) throws(DecodeError) -> Instruction {
  let result = bytes.withUnsafeBytes { buffer in
    Result { () throws(DecodeError) in try Decoder.decode(buffer) }
  }
  return try result.get()
}

@Suite("Decoder")
struct DecoderTests {
  @Test("operands come in the SDM's order with their sizes")
  func operandOrder() throws {
    let add = try decode([0x48, 0x01, 0xD8])
    #expect(add.operation == .add)
    #expect(add.length == 3)
    #expect(add.operandSize == 8)
    #expect(add.operands.0 == Operand(kind: .gpr, register: 0, size: 8))
    #expect(add.operands.1 == Operand(kind: .gpr, register: 3, size: 8))
    #expect(add.operandCount == 2)
  }

  @Test("byte registers 4 to 7 are the high halves unless there is a REX prefix")
  func highByteRegisters() throws {
    #expect(try decode([0x88, 0xE0]).operands.1 == Operand(kind: .gprHigh8, register: 0, size: 1))
    #expect(try decode([0x40, 0x88, 0xE0]).operands.1 == Operand(kind: .gpr, register: 4, size: 1))
    #expect(try decode([0xB7, 1]).operands.0 == Operand(kind: .gprHigh8, register: 3, size: 1))
  }

  @Test("a REX prefix counts only immediately before the opcode")
  func misplacedREX() throws {
    let instruction = try decode([0x48, 0x66, 0x01, 0xD8])
    #expect(instruction.operandSize == 2)
    #expect(!instruction.prefixes.contains(.rex))
  }

  @Test("ModRM and SIB give base, index, scale and displacement")
  func memoryOperands() throws {
    // mov eax, fs:[r12 + r9*4 - 8]
    let a = try decode([0x64, 0x43, 0x8B, 0x44, 0x8C, 0xF8])
    #expect(a.memory.base == 12)
    #expect(a.memory.index == 9)
    #expect(a.memory.scale == 2)
    #expect(a.memory.displacement == -8)
    #expect(a.memory.segment == .fs)
    // mov eax, [rip + 0x10]
    let b = try decode([0x8B, 0x05, 0x10, 0, 0, 0])
    #expect(b.memory.base == MemoryOperand.rip)
    #expect(b.memory.index == MemoryOperand.noRegister)
    // mov eax, [0x12345678], no base
    let c = try decode([0x8B, 0x04, 0x25, 0x78, 0x56, 0x34, 0x12])
    #expect(c.memory.base == MemoryOperand.noRegister)
    #expect(c.memory.displacement == 0x1234_5678)
    // mov al, moffs
    let d = try decode([0xA0, 1, 2, 3, 4, 5, 6, 7, 8])
    #expect(d.memory.displacement == 0x0807_0605_0403_0201)
    #expect(d.length == 9)
  }

  @Test("immediates are extended as the form says")
  func immediates() throws {
    #expect(try decode([0x83, 0xC0, 0xFF]).immediate == -1)
    #expect(try decode([0x48, 0x05, 0xFF, 0xFF, 0xFF, 0xFF]).immediate == -1)
    #expect(try decode([0x05, 0xFF, 0xFF, 0xFF, 0xFF]).immediate == 0xFFFF_FFFF)
    #expect(try decode([0xC1, 0xE0, 0xFF]).immediate == 0xFF)
    #expect(try decode([0xEB, 0xFE]).immediate == -2)
    #expect(try decode([0xE8, 0xFB, 0xFF, 0xFF, 0xFF]).immediate == -5)
    #expect(try decode([0xD1, 0xE0]).immediate == 1)
    let enter = try decode([0xC8, 0x34, 0x12, 5])
    #expect(enter.immediate == 0x1234)
    #expect(enter.immediate2 == 5)
    #expect(enter.operandSize == 8)
  }

  @Test("stack and branch instructions default to 64 bits")
  func defaultOperandSize() throws {
    #expect(try decode([0x50]).operandSize == 8)
    #expect(try decode([0x66, 0x50]).operandSize == 2)
    #expect(try decode([0xFF, 0xE0]).operands.0.size == 8)
    #expect(try decode([0xC3]).operandSize == 8)
  }

  @Test("90 is NOP, XCHG or PAUSE by its prefixes")
  func nopFamily() throws {
    #expect(try decode([0x90]).operation == .nop)
    #expect(try decode([0x66, 0x90]).operation == .nop)
    #expect(try decode([0x48, 0x90]).operation == .nop)
    #expect(try decode([0x49, 0x90]).operation == .xchg)
    #expect(try decode([0x91]).operation == .xchg)
    #expect(try decode([0xF3, 0x90]).operation == .pause)
  }

  @Test(
    "opcodes that 64-bit mode has not are invalid",
    arguments: [
      0x06, 0x07, 0x0E, 0x16, 0x17, 0x1E, 0x1F, 0x27, 0x2F, 0x37, 0x3F, 0x60, 0x61, 0x62, 0x82,
      0x9A, 0xCE, 0xD4, 0xD5, 0xD6, 0xEA,
    ] as [UInt8]
  )
  func invalidIn64BitMode(opcode: UInt8) {
    #expect(throws: DecodeError.invalidOpcode) { try decode([opcode, 0, 0, 0, 0, 0, 0, 0]) }
  }

  @Test("LOCK needs a row that allows it and a destination in memory")
  func lock() throws {
    #expect(try decode([0xF0, 0x01, 0x18]).prefixes.contains(.lock))
    #expect(throws: DecodeError.invalidOpcode) { try decode([0xF0, 0x01, 0xC0]) }
    #expect(throws: DecodeError.invalidOpcode) { try decode([0xF0, 0x03, 0x18]) }
    #expect(throws: DecodeError.invalidOpcode) { try decode([0xF0, 0x90]) }
  }

  @Test("fifteen bytes are an instruction, sixteen are not")
  func lengthLimit() throws {
    let prefixes = [UInt8](repeating: 0x66, count: 13)
    #expect(try decode(prefixes + [0x01, 0xC0]).length == 15)
    #expect(throws: DecodeError.tooLong) { try decode([0x66] + prefixes + [0x01, 0xC0]) }
    #expect(throws: DecodeError.tooLong) { try decode([UInt8](repeating: 0x66, count: 15)) }
    #expect(throws: DecodeError.needMoreBytes) { try decode([UInt8](repeating: 0x66, count: 14)) }
  }

  @Test("every truncation of a long instruction asks for more")
  func truncation() throws {
    let bytes: [UInt8] = [0x64, 0x67, 0x49, 0x81, 0x84, 0x8B, 1, 2, 3, 4, 5, 6, 7, 8]
    #expect(try decode(bytes).length == 14)
    for count in 0..<bytes.count {
      #expect(throws: DecodeError.needMoreBytes) { try decode([UInt8](bytes.prefix(count))) }
    }
  }
}
