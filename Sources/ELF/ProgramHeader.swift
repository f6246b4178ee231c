/// One segment: a piece of the file and where it belongs in memory.
///
/// - SeeAlso: Linux `include/uapi/linux/elf.h` `struct elf64_phdr`.
public struct ProgramHeader: Equatable, Sendable {
  /// The number of bytes.
  public static let size: UInt64 = 56

  /// What a segment is for: `p_type`.
  public struct Kind: RawRepresentable, Equatable, Sendable {
    /// The number in the header.
    public var rawValue: UInt32

    /// Makes a kind of any number.
    public init(rawValue: UInt32) {
      self.rawValue = rawValue
    }

    /// Unused.
    public static let PT_NULL = Kind(rawValue: 0)
    /// Bytes to load.
    public static let PT_LOAD = Kind(rawValue: 1)
    /// What the dynamic linker needs.
    public static let PT_DYNAMIC = Kind(rawValue: 2)
    /// The path of the dynamic linker.
    public static let PT_INTERP = Kind(rawValue: 3)
    /// Notes.
    public static let PT_NOTE = Kind(rawValue: 4)
    /// The program headers themselves.
    public static let PT_PHDR = Kind(rawValue: 6)
    /// The initial thread-local variables.
    public static let PT_TLS = Kind(rawValue: 7)
    /// Whether the stack is executable.
    public static let PT_GNU_STACK = Kind(rawValue: 0x6474_e551)
    /// What becomes read-only after relocation.
    public static let PT_GNU_RELRO = Kind(rawValue: 0x6474_e552)
  }

  /// What a program may do with a segment: `p_flags`.
  public struct Flags: OptionSet, Equatable, Sendable {
    /// The bits.
    public var rawValue: UInt32

    /// Makes a set of bits.
    public init(rawValue: UInt32) {
      self.rawValue = rawValue
    }

    /// Execute.
    public static let PF_X = Flags(rawValue: 1)
    /// Write.
    public static let PF_W = Flags(rawValue: 2)
    /// Read.
    public static let PF_R = Flags(rawValue: 4)
  }

  /// What the segment is for.
  public var kind: Kind
  /// What the program may do with it.
  public var flags: Flags
  /// Where its bytes start in the file.
  public var fileOffset: UInt64
  /// Where they belong in memory.
  public var virtualAddress: UInt64
  /// How many bytes come from the file.
  public var fileSize: UInt64
  /// How many bytes it takes in memory; the rest is zero.
  public var memorySize: UInt64
  /// The alignment; a power of two counts, anything else is ignored.
  public var alignment: UInt64

  /// Reads a program header.
  init(_ raw: UnsafeRawBufferPointer, at offset: Int) {
    func load<T: FixedWidthInteger & BitwiseCopyable>(_ field: Int) -> T {
      T(littleEndian: raw.loadUnaligned(fromByteOffset: offset + field, as: T.self))
    }
    kind = Kind(rawValue: load(0))
    flags = Flags(rawValue: load(4))
    fileOffset = load(8)
    virtualAddress = load(16)
    fileSize = load(32)
    memorySize = load(40)
    alignment = load(48)
  }
}
