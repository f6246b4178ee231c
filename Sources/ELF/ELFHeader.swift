/// The first 64 bytes of an ELF file.
///
/// The class, byte order, version and ABI bytes are kept but not judged: Linux ignores them too.
///
/// - SeeAlso: Linux `include/uapi/linux/elf.h` `struct elf64_hdr`.
public struct ELFHeader: Equatable, Sendable {
  /// The number of bytes.
  public static let size: UInt64 = 64

  /// `e_ident[EI_CLASS]`: 1 for 32-bit, 2 for 64-bit files.
  public var identClass: UInt8
  /// `e_ident[EI_DATA]`: 1 for little-endian, 2 for big-endian files.
  public var identData: UInt8
  /// What kind of file it is.
  public var type: ELFType
  /// The processor that it was made for.
  public var machine: ELFMachine
  /// The address of the first instruction.
  public var entry: UInt64
  /// Where the program headers are in the file.
  public var programHeaderOffset: UInt64
  /// Where the section headers are in the file, 0 if there are none.
  public var sectionHeaderOffset: UInt64
  /// The size of one program header, 56.
  public var programHeaderEntrySize: UInt16
  /// The number of program headers.
  public var programHeaderCount: UInt16
  /// The size of one section header, 64.
  public var sectionHeaderEntrySize: UInt16
  /// The number of section headers.
  public var sectionHeaderCount: UInt16
  /// The section that holds the sections' names.
  public var sectionNameIndex: UInt16

  /// Reads a header, or fails if the file is too short for one.
  init?(_ bytes: ELFBytes) {
    guard let raw = bytes.slice(at: 0, count: Self.size) else { return nil }
    func load<T: FixedWidthInteger & BitwiseCopyable>(_ offset: Int) -> T {
      T(littleEndian: raw.loadUnaligned(fromByteOffset: offset, as: T.self))
    }
    identClass = raw[4]
    identData = raw[5]
    type = ELFType(rawValue: load(16))
    machine = ELFMachine(rawValue: load(18))
    entry = load(24)
    programHeaderOffset = load(32)
    sectionHeaderOffset = load(40)
    programHeaderEntrySize = load(54)
    programHeaderCount = load(56)
    sectionHeaderEntrySize = load(58)
    sectionHeaderCount = load(60)
    sectionNameIndex = load(62)
  }
}

/// What kind of ELF file it is: `e_type`.
public struct ELFType: RawRepresentable, Equatable, Sendable, CustomStringConvertible {
  /// The number in the header.
  public var rawValue: UInt16

  /// Makes a type of any number.
  public init(rawValue: UInt16) {
    self.rawValue = rawValue
  }

  /// An object file, not linked yet.
  public static let ET_REL = ELFType(rawValue: 1)
  /// A program with fixed addresses.
  public static let ET_EXEC = ELFType(rawValue: 2)
  /// A shared library, or a program that runs at any address.
  public static let ET_DYN = ELFType(rawValue: 3)
  /// The memory of a process that died.
  public static let ET_CORE = ELFType(rawValue: 4)

  /// The type in words.
  public var description: String {
    switch self {
    case .ET_REL: "an object file"
    case .ET_EXEC: "a program with fixed addresses"
    case .ET_DYN: "a position-independent program or a shared library"
    case .ET_CORE: "a core file"
    default: "a file of the unknown type \(rawValue)"
    }
  }
}
