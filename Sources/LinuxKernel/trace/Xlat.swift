/// Names for the values or bits of an argument, in the order in which strace prints them.
///
/// The word is strace's own.
public struct Xlat: Sendable {
  /// Values with their names. A bit of several bits precedes those that it contains.
  public let names: [(value: UInt64, name: StaticString)]
  /// What a value without a name is called in its comment, such as `LINUX_REBOOT_CMD_???`.
  public let unknown: StaticString
  /// Whether values take 64 bits rather than 32.
  public let isWide: Bool

  init(
    _ unknown: StaticString,
    isWide: Bool = false,
    _ names: [(value: UInt64, name: StaticString)]
  ) {
    self.names = names
    self.unknown = unknown
    self.isWide = isWide
  }

  /// The name of a value.
  func name(of value: UInt64) -> StaticString? {
    names.first { $0.value == value }?.name
  }

  /// One value of a list: its name, or `0x12 /* PREFIX_??? */`.
  func describe(value raw: UInt64) -> String {
    let value = isWide ? raw : raw & 0xffff_ffff
    if let name = name(of: value) { return "\(name)" }
    return "\(hexText(value)) /* \(unknown) */"
  }

  /// A set of bits: names joined by `|`, then what has no name.
  func describe(flags raw: UInt64) -> String {
    let value = isWide ? raw : raw & 0xffff_ffff
    if value == 0 { return name(of: 0).map { "\($0)" } ?? "0" }
    var rest = value
    var text = ""
    for (bits, name) in names where bits != 0 && rest & bits == bits {
      if !text.isEmpty { text += "|" }
      text += "\(name)"
      rest &= ~bits
      if rest == 0 { break }
    }
    if text.isEmpty { return "\(hexText(value)) /* \(unknown) */" }
    return rest == 0 ? text : "\(text)|\(hexText(rest))"
  }
}

/// A number as C's `%#llx` prints it: zero has no prefix.
func hexText(_ value: UInt64) -> String {
  value == 0 ? "0" : "0x" + String(value, radix: 16)
}

/// A number as C's `%#llo` prints it.
func octalText(_ value: UInt64) -> String {
  value == 0 ? "0" : "0" + String(value, radix: 8)
}
