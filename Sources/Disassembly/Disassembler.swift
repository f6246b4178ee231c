import CCapstone

/// Machine code as text, by the Capstone library: an opinion independent of our own decoder.
public final class Disassembler {
  /// How operands are written.
  public enum Syntax: Sendable {
    case intel, att
  }

  /// One instruction as Capstone sees it.
  public struct Line: Equatable, Sendable {
    /// Address of the first byte.
    public let address: UInt64
    /// Bytes of the instruction.
    public let length: Int
    /// Mnemonic with its prefixes: `lock add`.
    public let mnemonic: String
    /// Operands: `dword ptr [rax], ebx`; empty if there are none.
    public let operands: String
    /// Mnemonic and operands.
    public var text: String { operands.isEmpty ? mnemonic : mnemonic + " " + operands }
  }

  private let handle: csh
  private let instruction: UnsafeMutablePointer<cs_insn>

  /// Opens Capstone for x86-64; nil if the library at hand cannot do it.
  public init?(syntax: Syntax = .intel) {
    var handle: csh = 0
    guard cs_open(CS_ARCH_X86, CS_MODE_64, &handle) == CS_ERR_OK else { return nil }
    let value = syntax == .intel ? CS_OPT_SYNTAX_INTEL : CS_OPT_SYNTAX_ATT
    guard cs_option(handle, CS_OPT_SYNTAX, Int(value.rawValue)) == CS_ERR_OK,
      let instruction = cs_malloc(handle)
    else {
      cs_close(&handle)
      return nil
    }
    self.handle = handle
    self.instruction = instruction
  }

  deinit {
    var handle = handle
    cs_free(instruction, 1)
    cs_close(&handle)
  }

  /// The first instruction of `bytes`; nil if they are none, or only the beginning of one.
  public func disassemble(bytes: UnsafeRawBufferPointer, address: UInt64) -> Line? {
    var code = bytes.bindMemory(to: UInt8.self).baseAddress
    var size = bytes.count
    var next = address
    guard size > 0, cs_disasm_iter(handle, &code, &size, &next, instruction) else { return nil }
    return Line(
      address: address,
      length: Int(instruction.pointee.size),
      mnemonic: Self.string(instruction.pointer(to: \.mnemonic)),
      operands: Self.string(instruction.pointer(to: \.op_str))
    )
  }

  /// The first instruction of `bytes`.
  public func disassemble(bytes: [UInt8], address: UInt64) -> Line? {
    bytes.withUnsafeBytes { disassemble(bytes: $0, address: address) }
  }

  /// All of `bytes` in order; `body` gets nil and one byte where there is no instruction.
  public func forEachLine(
    bytes: UnsafeRawBufferPointer,
    address: UInt64,
    _ body: (_ line: Line?, _ offset: Int, _ length: Int) -> Void
  ) {
    var offset = 0
    while offset < bytes.count {
      let rest = UnsafeRawBufferPointer(rebasing: bytes[offset...])
      let line = disassemble(bytes: rest, address: address &+ UInt64(offset))
      let length = line?.length ?? 1
      body(line, offset, length)
      offset += length
    }
  }

  private static func string<Characters>(_ characters: UnsafeMutablePointer<Characters>?) -> String
  {
    guard let characters else { return "" }
    let bytes = UnsafeRawBufferPointer(
      start: characters,
      count: MemoryLayout<Characters>.size
    )
    return String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
  }
}
