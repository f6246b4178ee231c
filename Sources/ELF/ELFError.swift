/// Why a file cannot be run, in one line: what is wrong, where, and what to do about it.
public enum ELFError: Error, Equatable, Sendable {
  /// The file has no bytes.
  case empty
  /// The file starts with `#!`.
  case script(interpreter: String)
  /// The file does not start with the ELF magic.
  case notELF(firstBytes: [UInt8])
  /// The file ends before the header does.
  case truncatedHeader(byteCount: UInt64)
  /// The file was made for another processor.
  case wrongMachine(ELFMachine)
  /// The file is neither a program nor a shared object.
  case wrongType(ELFType)
  /// The program headers are not 56 bytes each.
  case badProgramHeaderSize(UInt16, is32Bit: Bool)
  /// There are no program headers.
  case noProgramHeaders
  /// The table of program headers is larger than the 65536 bytes that Linux reads.
  case tooManyProgramHeaders(UInt16)
  /// The table of program headers does not lie in the file.
  case truncatedProgramHeaders(offset: UInt64, byteCount: UInt64, fileSize: UInt64)
  /// The path of the dynamic linker is too short, too long or has no end.
  case badInterpreterPath(fileSize: UInt64)
  /// The path of the dynamic linker does not lie in the file.
  case interpreterPathBeyondFile(offset: UInt64, fileSize: UInt64)
  /// A segment has more bytes in the file than in memory.
  case segmentLargerInFile(index: Int, fileSize: UInt64, memorySize: UInt64)
  /// A segment's bytes do not lie in the file.
  case segmentBeyondFile(index: Int, end: UInt64, fileSize: UInt64)
  /// A segment's place in memory and its place in the file differ within a page.
  case segmentMisaligned(index: Int, virtualAddress: UInt64, fileOffset: UInt64)
  /// A segment does not fit below the end of the user's addresses.
  case segmentOutsideAddressSpace(index: Int, virtualAddress: UInt64, memorySize: UInt64)
}

extension ELFError: CustomStringConvertible {
  /// One line that stands behind the file's name.
  public var description: String {
    switch self {
    case .empty:
      return "the file is empty; give an x86-64 Linux program"
    case .script(let interpreter):
      let name = interpreter.isEmpty ? "an interpreter" : interpreter
      return "this is a script for \(name), not an ELF program; run its interpreter instead"
    case .notELF(let bytes):
      return "not an ELF program: it starts with \(Self.quote(bytes)), not with 7f 45 4c 46; "
        + "give an x86-64 Linux program"
    case .truncatedHeader(let count):
      return "the ELF header is cut off: 64 bytes are needed, the file has \(count); "
        + "copy or build it again"
    case .wrongMachine(let machine):
      let advice = machine == .EM_386 ? "build it with -m64" : "build it for x86_64-linux"
      return "made for \(machine), but only x86-64 programs run here; \(advice)"
    case .wrongType(let type):
      let advice = type == .ET_REL ? "link it first" : "give a linked program"
      return "this is \(type), not a program; \(advice)"
    case .badProgramHeaderSize(let size, let is32Bit):
      return is32Bit
        ? "a 32-bit (x32) program; only 64-bit programs run here; build it with -m64"
        : "damaged ELF header: e_phentsize is \(size), it must be 56; build it again"
    case .noProgramHeaders:
      return "the file has no program headers, so there is nothing to load; link it as a program"
    case .tooManyProgramHeaders(let count):
      return "\(count) program headers are more than the 1170 that Linux reads; link it again"
    case .truncatedProgramHeaders(let offset, let count, let fileSize):
      return "the program headers (\(count) bytes at offset \(offset)) end beyond the file of "
        + "\(fileSize) bytes; copy or build it again"
    case .badInterpreterPath(let size):
      return "damaged PT_INTERP: a path of \(size) bytes, or one without an end; link it again"
    case .interpreterPathBeyondFile(let offset, let fileSize):
      return "PT_INTERP lies at offset \(offset), beyond the file of \(fileSize) bytes; "
        + "copy or build it again"
    case .segmentLargerInFile(let index, let fileSize, let memorySize):
      return "segment \(index): \(fileSize) bytes in the file do not fit in \(memorySize) bytes "
        + "of memory; link it again"
    case .segmentBeyondFile(let index, let end, let fileSize):
      return "segment \(index) ends at offset \(end), beyond the file of \(fileSize) bytes; "
        + "copy or build it again"
    case .segmentMisaligned(let index, let address, let offset):
      return "segment \(index): address \(Self.hex(address)) and file offset \(Self.hex(offset)) "
        + "differ within a page; link it again"
    case .segmentOutsideAddressSpace(let index, let address, let size):
      return "segment \(index): \(size) bytes at \(Self.hex(address)) do not fit below "
        + "0x7ffffffff000; link it lower"
    }
  }

  private static func hex(_ value: UInt64) -> String { "0x" + String(value, radix: 16) }

  /// Printable bytes as text, anything else in hexadecimal.
  private static func quote(_ bytes: [UInt8]) -> String {
    if bytes.allSatisfy({ (0x20..<0x7f).contains($0) && $0 != 0x22 }) {
      return "\"" + String(decoding: bytes, as: UTF8.self) + "\""
    }
    return bytes.map { byte in
      let digits = String(byte, radix: 16)
      return digits.count == 1 ? "0" + digits : digits
    }.joined(separator: " ")
  }
}
