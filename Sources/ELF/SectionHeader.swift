/// One section: a named part of the file. Linkers and debuggers use them, the kernel does not.
///
/// - SeeAlso: Linux `include/uapi/linux/elf.h` `struct elf64_shdr`.
public struct SectionHeader: Equatable, Sendable {
  /// The number of bytes.
  static let size: UInt64 = 64

  /// The name, such as `.text`; empty when the file's name table is damaged.
  public var name: String
  /// What it holds: 1 program bytes, 2 symbols, 3 names, 8 zeros, 11 dynamic symbols.
  public var kind: UInt32
  /// Bit 0 writable, bit 1 takes memory, bit 2 executable.
  public var flags: UInt64
  /// Where it lies in memory.
  public var address: UInt64
  /// Where it lies in the file.
  public var fileOffset: UInt64
  /// Its bytes.
  public var byteCount: UInt64
  /// A section that belongs to it: for symbols, their names.
  public var link: UInt32
  /// The size of one entry, if it is a table.
  public var entrySize: UInt64

  static let SHT_SYMTAB: UInt32 = 2
  static let SHT_NOBITS: UInt32 = 8
  static let SHT_DYNSYM: UInt32 = 11

  /// Whether it takes memory when the program runs.
  public var isAllocated: Bool { flags & 2 != 0 }
  /// Whether it holds instructions.
  public var isExecutable: Bool { flags & 4 != 0 }

  /// The offset of the name in the name table.
  var nameOffset: UInt32

  init(_ raw: UnsafeRawBufferPointer) {
    func load<T: FixedWidthInteger & BitwiseCopyable>(_ field: Int) -> T {
      T(littleEndian: raw.loadUnaligned(fromByteOffset: field, as: T.self))
    }
    name = ""
    nameOffset = load(0)
    kind = load(4)
    flags = load(8)
    address = load(16)
    fileOffset = load(24)
    byteCount = load(32)
    link = load(40)
    entrySize = load(56)
  }
}
