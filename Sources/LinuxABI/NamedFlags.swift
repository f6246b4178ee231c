/// A set of flags whose members have C names.
public protocol NamedFlags: OptionSet, Hashable, Sendable, CustomStringConvertible
where RawValue: FixedWidthInteger & UnsignedInteger & Sendable {
  /// The members with their names, in the order in which a list of them is written.
  static var names: [(name: StaticString, flag: Self)] { get }

  /// What an empty set is called, such as `PROT_NONE`, or `0`.
  static var emptyName: StaticString { get }
}

extension NamedFlags {
  /// An empty set is written as `0` unless the field has a word for it.
  public static var emptyName: StaticString { "0" }

  /// The names joined by `|`, unknown bits as one hexadecimal number at the end.
  public var description: String {
    if rawValue == 0 { return "\(Self.emptyName)" }
    var rest = rawValue
    var parts: [String] = []
    for (name, flag) in Self.names where flag.rawValue != 0 {
      // A flag of several bits (O_SYNC) precedes the one that it contains (O_DSYNC).
      if rest & flag.rawValue == flag.rawValue {
        parts.append("\(name)")
        rest &= ~flag.rawValue
      }
    }
    if rest != 0 { parts.append("0x" + String(rest, radix: 16)) }
    return parts.joined(separator: "|")
  }
}
