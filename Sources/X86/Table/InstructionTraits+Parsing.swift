extension InstructionTraits {
  /// Reads the effects text of a row; the legend is in InstructionTable.swift.
  ///
  /// Works on bytes and allocates nothing: it runs once a row, while the guest waits.
  init(parsing text: UnsafePointer<UInt8>) {
    isParsed = true
    var cursor = text
    var operand: UInt8 = 0
    var isAccess = true
    while true {
      while cursor.pointee == UInt8(ascii: " ") { cursor += 1 }
      if cursor.pointee == 0 { return }
      let start = cursor
      while cursor.pointee != 0 && cursor.pointee != UInt8(ascii: " ") { cursor += 1 }
      if start.pointee == UInt8(ascii: "|") {
        isAccess = false
      } else if isAccess {
        accessBits |= Self.access(start, cursor - start) << operand
        operand &+= 2
      } else if start[1] == UInt8(ascii: "=") {
        setFlags(kind: start.pointee, from: start + 2)
      } else {
        setKey(start, cursor - start)
      }
    }
  }

  private static func access(_ word: UnsafePointer<UInt8>, _ length: Int) -> UInt8 {
    if length == 2 { return Access.readWrite.rawValue }
    return switch word.pointee {
    case UInt8(ascii: "r"): Access.read.rawValue
    case UInt8(ascii: "w"): Access.write.rawValue
    default: Access.none.rawValue
    }
  }

  private mutating func setFlags(kind: UInt8, from letters: UnsafePointer<UInt8>) {
    var mask: UInt32 = 0
    var letter = letters
    while true {
      switch letter.pointee {
      case UInt8(ascii: "o"): mask |= 0x800
      case UInt8(ascii: "d"): mask |= 0x400
      case UInt8(ascii: "s"): mask |= 0x080
      case UInt8(ascii: "z"): mask |= 0x040
      case UInt8(ascii: "a"): mask |= 0x010
      case UInt8(ascii: "p"): mask |= 0x004
      case UInt8(ascii: "c"): mask |= 0x001
      default:
        switch kind {
        case UInt8(ascii: "r"): flagsRead |= mask
        case UInt8(ascii: "w"): flagsWritten |= mask
        case UInt8(ascii: "u"): flagsUndefined |= mask
        case UInt8(ascii: "0"):
          flagsWritten |= mask
          flagsCleared |= mask
        default:
          flagsWritten |= mask
          flagsSet |= mask
        }
        return
      }
      letter += 1
    }
  }

  private mutating func setKey(_ word: UnsafePointer<UInt8>, _ length: Int) {
    func isWord(_ name: StaticString) -> Bool {
      guard length == name.utf8CodeUnitCount else { return false }
      for k in 0..<length where word[k] != name.utf8Start[k] { return false }
      return true
    }
    if isWord("lock") { return insert(.allowsLock) }
    if isWord("rep") { return insert(.allowsRep) }
    if isWord("block") { return insert(.endsBlock) }
    if isWord("cpl0") { return insert(.privileged) }
    if isWord("cc") { return insert(.readsCondition) }
    if isWord("count") { return insert(.needsCount) }
    if isWord("sx") { return insert(.signExtendsImmediate) }
    var number: UInt8 = 1
    while let candidate = Feature(rawValue: number) {
      if isWord(candidate.name) {
        feature = candidate
        return
      }
      number += 1
    }
  }

  private mutating func insert(_ property: Properties) { properties.insert(property) }
}

extension InstructionTraits.Feature {
  /// The word for it in rows.
  var name: StaticString {
    switch self {
    case .base: ""
    case .fxsr: "fxsr"
    case .sse: "sse"
    case .sse2: "sse2"
    case .cx16: "cx16"
    case .popcnt: "popcnt"
    case .movbe: "movbe"
    case .rdtscp: "rdtscp"
    case .clfsh: "clfsh"
    case .xsave: "xsave"
    case .smap: "smap"
    case .pni: "pni"
    case .ssse3: "ssse3"
    case .sse41: "sse4_1"
    case .sse42: "sse4_2"
    case .aes: "aes"
    case .pclmulqdq: "pclmulqdq"
    case .sha: "sha_ni"
    case .abm: "abm"
    case .bmi1: "bmi1"
    case .bmi2: "bmi2"
    case .adx: "adx"
    case .avx: "avx"
    case .avx2: "avx2"
    case .fma: "fma"
    case .f16c: "f16c"
    case .xsaveopt: "xsaveopt"
    case .xsavec: "xsavec"
    case .rdrand: "rdrand"
    case .rdseed: "rdseed"
    case .rdpid: "rdpid"
    case .fsgsbase: "fsgsbase"
    case .clflushopt: "clflushopt"
    case .clwb: "clwb"
    }
  }
}
