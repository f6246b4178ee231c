import ELF
import Foundation
import Testing

@Suite("ELFImage")
struct ELFImageTests {
  @Test("a sound file gives its header, segments, interpreter and contents")
  func soundFile() throws {
    let image = try ELFImage(bytes: SampleELF().bytes)
    #expect(image.header.type == .ET_EXEC)
    #expect(image.header.entry == SampleELF.entry)
    #expect(image.programHeaders.map(\.kind) == [.PT_LOAD, .PT_LOAD, .PT_INTERP])
    #expect(image.programHeaders[0].flags == [.PF_R, .PF_X])
    #expect(image.programHeaders[1].memorySize == 0x2000)
    #expect(try image.interpreterPath() == Array("/lib/ld".utf8))
    #expect(image.contents(of: image.programHeaders[0])?.count == 0x100)
    #expect(image.sections().map(\.name) == ["", ".text", ".symtab", ".strtab", ".strtab"])
    for index in 0..<3 { try image.checkSegment(index) }
  }

  @Test("class, byte order, version, ABI and header size are ignored, as Linux ignores them")
  func ignoredFields() throws {
    var sample = SampleELF()
    for index in 4..<16 { sample.bytes[index] = 0xee }
    sample.store32(77, at: 20)
    sample.store16(1, at: 52)
    _ = try ELFImage(bytes: sample.bytes)
  }

  @Test(
    "a file for another machine is refused by name",
    arguments: [
      (UInt16(3), UInt8(1), "i386"), (183, 1, "aarch64"), (40, 1, "arm"), (243, 1, "riscv"),
      (0x1600, 2, "s390"), (0x1500, 2, "powerpc64"), (0, 1, "machine number 0"),
    ]
  )
  func otherMachine(number: UInt16, data: UInt8, name: String) {
    var sample = SampleELF()
    sample.bytes[5] = data
    sample.store16(number, at: 18)
    #expect {
      try ELFImage(bytes: sample.bytes)
    } throws: {
      "\($0)".contains("made for \(name),")
    }
  }

  @Test("what is not an ELF program is refused in words")
  func notPrograms() {
    #expect(throws: ELFError.empty) { try ELFImage(bytes: []) }
    #expect(throws: ELFError.script(interpreter: "/bin/sh")) {
      try ELFImage(bytes: Array("#! /bin/sh -e\necho\n".utf8))
    }
    #expect(throws: ELFError.script(interpreter: "")) { try ELFImage(bytes: Array("#!".utf8)) }
    #expect(throws: ELFError.notELF(firstBytes: Array("hell".utf8))) {
      try ELFImage(bytes: Array("hello".utf8))
    }
    #expect(throws: ELFError.notELF(firstBytes: [0x7f])) { try ELFImage(bytes: [0x7f]) }
    #expect(throws: ELFError.truncatedHeader(byteCount: 63)) {
      try ELFImage(bytes: Array(SampleELF().bytes.prefix(63)))
    }
  }

  @Test("a wrong type or table of program headers is refused")
  func badTables() {
    func expect(_ error: ELFError, _ change: (inout SampleELF) -> Void) {
      var sample = SampleELF()
      change(&sample)
      #expect(throws: error) { try ELFImage(bytes: sample.bytes) }
    }
    expect(.wrongType(.ET_REL)) { $0.store16(1, at: 16) }
    expect(.wrongType(.ET_CORE)) { $0.store16(4, at: 16) }
    expect(.badProgramHeaderSize(32, is32Bit: false)) { $0.store16(32, at: 54) }
    expect(.badProgramHeaderSize(0, is32Bit: true)) {
      $0.store16(0, at: 54)
      $0.bytes[4] = 1
    }
    expect(.noProgramHeaders) { $0.store16(0, at: 56) }
    expect(.tooManyProgramHeaders(1171)) { $0.store16(1171, at: 56) }
    expect(.truncatedProgramHeaders(offset: 64, byteCount: 1170 * 56, fileSize: 0x1100)) {
      $0.store16(1170, at: 56)
    }
    expect(.truncatedProgramHeaders(offset: UInt64.max, byteCount: 168, fileSize: 0x1100)) {
      $0.store64(UInt64.max, at: 32)
    }
  }

  @Test("a bad interpreter path is refused when it is asked for")
  func badInterpreter() throws {
    func expect(_ error: ELFError, _ change: (inout SampleELF) -> Void) throws {
      var sample = SampleELF()
      change(&sample)
      let image = try ELFImage(bytes: sample.bytes)
      #expect(throws: error) { try image.interpreterPath() }
    }
    let size = 64 + 56 * 2 + 32
    try expect(.badInterpreterPath(fileSize: 1)) { $0.store64(1, at: size) }
    try expect(.badInterpreterPath(fileSize: 4097)) { $0.store64(4097, at: size) }
    try expect(.badInterpreterPath(fileSize: 7)) { $0.store64(7, at: size) }
    try expect(.interpreterPathBeyondFile(offset: 0x10_0000, fileSize: 0x1100)) {
      $0.store64(0x10_0000, at: 64 + 56 * 2 + 8)
    }
  }

  @Test("each way in which a segment cannot be loaded has its own error")
  func badSegments() throws {
    func error(_ change: (inout SampleELF) -> Void) throws -> ELFError? {
      var sample = SampleELF()
      change(&sample)
      let image = try ELFImage(bytes: sample.bytes)
      do throws(ELFError) {
        try image.checkSegment(0)
        return nil
      } catch { return error }
    }
    #expect(
      try error { $0.store64(0x101, at: 64 + 32) }
        == .segmentLargerInFile(index: 0, fileSize: 0x101, memorySize: 0x100)
    )
    #expect(
      try error { $0.store64(0xffff_8000_0000_0000, at: 64 + 16) }
        == .segmentOutsideAddressSpace(
          index: 0,
          virtualAddress: 0xffff_8000_0000_0000,
          memorySize: 0x100
        )
    )
    #expect(
      try error { $0.store64(UInt64.max, at: 64 + 40) }
        == .segmentOutsideAddressSpace(
          index: 0,
          virtualAddress: 0x40_1000,
          memorySize: UInt64.max
        )
    )
    #expect(
      try error { $0.store64(0x40_1001, at: 64 + 16) }
        == .segmentMisaligned(index: 0, virtualAddress: 0x40_1001, fileOffset: 0x1000)
    )
    #expect(
      try error { $0.store64(0x20_0000, at: 64 + 8) }
        == .segmentBeyondFile(index: 0, end: 0x20_0100, fileSize: 0x1100)
    )
    #expect(try error { $0.store64(3, at: 64 + 48) } == nil)
  }

  @Test("an object file may be looked at, not run")
  func inspection() throws {
    var sample = SampleELF()
    sample.store16(1, at: 16)
    sample.store16(0, at: 56)
    let image = try ELFImage(bytes: sample.bytes, for: .inspection)
    #expect(image.programHeaders.isEmpty && image.symbol(named: "outer") != nil)
  }

  @Test("every error is one line with advice")
  func messages() {
    let errors: [ELFError] = [
      .empty, .script(interpreter: "/bin/sh"), .notELF(firstBytes: [0, 1]),
      .truncatedHeader(byteCount: 3), .wrongMachine(.EM_386), .wrongType(.ET_REL),
      .badProgramHeaderSize(3, is32Bit: false), .noProgramHeaders, .tooManyProgramHeaders(2000),
      .truncatedProgramHeaders(offset: 1, byteCount: 2, fileSize: 3),
      .badInterpreterPath(fileSize: 1), .interpreterPathBeyondFile(offset: 1, fileSize: 1),
      .segmentLargerInFile(index: 1, fileSize: 2, memorySize: 1),
      .segmentBeyondFile(index: 1, end: 2, fileSize: 1),
      .segmentMisaligned(index: 1, virtualAddress: 1, fileOffset: 2),
      .segmentOutsideAddressSpace(index: 1, virtualAddress: 1, memorySize: 2),
    ]
    for error in errors {
      #expect(!"\(error)".contains("\n") && "\(error)".contains(";"), "\(error)")
    }
  }
}
