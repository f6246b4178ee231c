/// A name for an address of the program.
///
/// - SeeAlso: Linux `include/uapi/linux/elf.h` `struct elf64_sym`.
public struct Symbol: Equatable, Sendable {
  /// What a symbol stands for.
  public enum Kind: Equatable, Sendable {
    /// Nobody said: a label.
    case label
    /// A variable.
    case object
    /// A function.
    case function
    /// A number that is not an address.
    case absolute
  }

  /// The name as it is in the file.
  public var name: String
  /// The address in the file's own terms; a program that was moved adds its bias.
  public var address: UInt64
  /// The bytes that it covers, 0 if nobody said.
  public var byteCount: UInt64
  /// What it stands for.
  public var kind: Kind
  /// Whether other files see it.
  public var isGlobal: Bool
}

/// A symbol as it lies in the file, its name not read yet.
struct RawSymbol {
  var address: UInt64
  var byteCount: UInt64
  var nameOffset: UInt32
  var section: UInt16
  var info: UInt8
  /// The symbols' section, to find the names.
  var table: Int

  static let size: UInt64 = 24
  static let undefined: UInt16 = 0
  static let absolute: UInt16 = 0xfff1
  static let common: UInt16 = 0xfff2

  init(_ raw: UnsafeRawBufferPointer, at offset: Int, table: Int) {
    func load<T: FixedWidthInteger & BitwiseCopyable>(_ field: Int) -> T {
      T(littleEndian: raw.loadUnaligned(fromByteOffset: offset + field, as: T.self))
    }
    nameOffset = load(0)
    info = load(4)
    section = load(6)
    address = load(8)
    byteCount = load(16)
    self.table = table
  }

  /// Nothing for what names no address: files, sections, thread-local and undefined symbols.
  var kind: Symbol.Kind? {
    guard section != Self.undefined, section != Self.common else { return nil }
    if section == Self.absolute { return (info & 15) <= 2 ? .absolute : nil }
    switch info & 15 {
    case 0: return .label
    case 1: return .object
    case 2, 10: return .function
    default: return nil
    }
  }

  var isGlobal: Bool { info >> 4 != 0 }

  /// The last byte's address plus one, held at the top of the address space.
  var end: UInt64 {
    let sum = address.addingReportingOverflow(byteCount)
    return sum.overflow ? UInt64.max : sum.partialValue
  }
}
