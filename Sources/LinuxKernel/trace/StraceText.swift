/// Text as strace writes it: quoted bytes, addresses, numbers, dates.
enum StraceText {
  /// Bytes between quotes, with C's escapes.
  ///
  /// A byte that cannot be printed is written in octal, as short as the next byte allows.
  static func quote(_ bytes: some Collection<UInt8>, isHex: Bool = false) -> String {
    let bytes = Array(bytes)
    var text = "\""
    for (index, byte) in bytes.enumerated() {
      if isHex {
        text += byte < 16 ? "\\x0" : "\\x"
        text += String(byte, radix: 16)
        continue
      }
      switch byte {
      case UInt8(ascii: "\""): text += "\\\""
      case UInt8(ascii: "\\"): text += "\\\\"
      case 9: text += "\\t"
      case 10: text += "\\n"
      case 11: text += "\\v"
      case 12: text += "\\f"
      case 13: text += "\\r"
      case 0x20...0x7e: text.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        let digits = String(byte, radix: 8)
        let isDigitNext = index + 1 < bytes.count && (0x30...0x39).contains(bytes[index + 1])
        text += "\\" + (isDigitNext ? String(repeating: "0", count: 3 - digits.count) : "") + digits
      }
    }
    return text + "\""
  }

  /// An address; zero is `NULL`.
  static func address(_ value: UInt64) -> String {
    value == 0 ? "NULL" : hexText(value)
  }

  /// Permissions: C's `%#03o`.
  static func mode(_ value: UInt64) -> String {
    let digits = String(value, radix: 8)
    if value == 0 { return "000" }
    return String(repeating: "0", count: max(1, 3 - digits.count)) + digits
  }

  /// A descriptor that may stand for the working directory.
  static func directory(_ value: UInt64) -> String {
    let number = Int32(truncatingIfNeeded: value)
    return number == -100 ? "AT_FDCWD" : String(number)
  }

  /// A user or group.
  static func identity(_ value: UInt64) -> String {
    let number = UInt32(truncatingIfNeeded: value)
    return number == .max ? "-1" : String(number)
  }

  /// A signal as an argument: its name, or the number of one that does not exist.
  static func signal(_ value: UInt64) -> String {
    let number = Int32(truncatingIfNeeded: value)
    return (1...64).contains(number) ? "SIG" + shortSignal(number) : String(number)
  }

  /// A signal in a set: the name without `SIG`.
  static func shortSignal(_ number: Int32) -> String {
    let names: [StaticString] = [
      "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1", "SEGV", "USR2",
      "PIPE", "ALRM", "TERM", "STKFLT", "CHLD", "CONT", "STOP", "TSTP", "TTIN", "TTOU", "URG",
      "XCPU", "XFSZ", "VTALRM", "PROF", "WINCH", "IO", "PWR", "SYS", "RTMIN",
    ]
    return number <= names.count ? "\(names[Int(number) - 1])" : "RT_\(number - 32)"
  }

  /// A signal set; one that is mostly full is written as its complement.
  static func signalSet(_ mask: UInt64) -> String {
    let isInverted = mask.nonzeroBitCount >= 64 * 2 / 3
    let shown = isInverted ? ~mask : mask
    let names = (0..<64).filter { shown >> UInt64($0) & 1 != 0 }.map { shortSignal($0 + 1) }
    return (isInverted ? "~[" : "[") + names.joined(separator: " ") + "]"
  }

  /// A limit: infinity, or a multiple of 1024 as such.
  static func limit(_ value: UInt64) -> String {
    if value == .max { return "RLIM64_INFINITY" }
    return value > 1024 && value % 1024 == 0 ? "\(value / 1024)*1024" : "\(value)"
  }

  /// A device number: `makedev(0x1, 0x3)`.
  static func device(_ value: UInt64) -> String {
    let major = (value >> 8 & 0xfff) | (value >> 32 & ~0xfff)
    let minor = (value & 0xff) | (value >> 12 & 0xffff_ff00)
    return "makedev(\(hexText(major)), \(hexText(minor)))"
  }

  /// The type and permissions of a file: `S_IFREG|0644`.
  static func fileMode(_ mode: UInt32) -> String {
    let type: String =
      switch mode & 0o170000 {
      case 0o140000: "S_IFSOCK"
      case 0o120000: "S_IFLNK"
      case 0o100000: "S_IFREG"
      case 0o060000: "S_IFBLK"
      case 0o040000: "S_IFDIR"
      case 0o020000: "S_IFCHR"
      case 0o010000: "S_IFIFO"
      default: octalText(UInt64(mode & 0o170000))
      }
    var text = type
    if mode & 0o4000 != 0 { text += "|S_ISUID" }
    if mode & 0o2000 != 0 { text += "|S_ISGID" }
    if mode & 0o1000 != 0 { text += "|S_ISVTX" }
    return text + "|" + StraceText.mode(UInt64(mode & 0o777))
  }

  /// A date in UTC: `2026-11-24T08:42:59+0000`, with nanoseconds if there are any.
  static func date(_ seconds: Int64, nanoseconds: Int64 = 0) -> String {
    func pad(_ value: Int64, _ width: Int) -> String {
      let digits = String(value)
      return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
    let day = seconds >= 0 ? seconds / 86400 : (seconds - 86399) / 86400
    let rest = seconds - day * 86400
    // Days since 0000-03-01, in eras of 400 years: leap days come last in their years.
    let shifted = day + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let month = (5 * dayOfYear + 2) / 153
    let dayOfMonth = dayOfYear - (153 * month + 2) / 5 + 1
    let civilMonth = month < 10 ? month + 3 : month - 9
    let year = yearOfEra + era * 400 + (civilMonth <= 2 ? 1 : 0)
    let fraction = nanoseconds == 0 ? "" : "." + pad(nanoseconds, 9)
    return "\(pad(year, 4))-\(pad(civilMonth, 2))-\(pad(dayOfMonth, 2))"
      + "T\(pad(rest / 3600, 2)):\(pad(rest / 60 % 60, 2)):\(pad(rest % 60, 2))\(fraction)+0000"
  }
}
