/// What `uname` reports: six texts of at most 64 bytes, each in a field of 65.
///
/// - SeeAlso: Linux `include/uapi/linux/utsname.h` `struct new_utsname`.
public struct NewUtsname: ABIStructure, Equatable {
  /// The longest name, without its terminating zero.
  public static let __NEW_UTS_LEN = 64
  /// The bytes of one field.
  public static let fieldSize = __NEW_UTS_LEN + 1
  /// The number of bytes; there is no padding.
  public static let size = 6 * fieldSize

  /// The byte offset of each field.
  public enum Offset: Int, CaseIterable, Sendable {
    // swift-format-ignore
    case sysname = 0, nodename = 65, release = 130, version = 195, machine = 260, domainname = 325
  }

  /// The structure's bytes; a name may hold zeros, and they are kept.
  private var storage: [UInt8]

  /// Makes a structure of texts; what does not fit in a field is cut.
  public init(
    sysname: String = "",
    nodename: String = "",
    release: String = "",
    version: String = "",
    machine: String = "",
    domainname: String = ""
  ) {
    storage = [UInt8](repeating: 0, count: Self.size)
    self[.sysname] = sysname
    self[.nodename] = nodename
    self[.release] = release
    self[.version] = version
    self[.machine] = machine
    self[.domainname] = domainname
  }

  /// Reads the six fields.
  public init(decoding bytes: UnsafeRawBufferPointer) {
    storage = [UInt8](bytes[0..<Self.size])
  }

  /// Writes the six fields.
  public func encode(into bytes: UnsafeMutableRawBufferPointer) {
    for (index, byte) in storage.enumerated() { bytes[index] = byte }
  }

  /// One field as text, up to its first zero.
  public subscript(_ field: Offset) -> String {
    get {
      let bytes = storage[field.rawValue..<(field.rawValue + Self.fieldSize)]
      return String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
    set {
      let text = [UInt8](newValue.utf8.prefix(Self.__NEW_UTS_LEN))
      for index in 0..<Self.fieldSize {
        storage[field.rawValue + index] = index < text.count ? text[index] : 0
      }
    }
  }
}
