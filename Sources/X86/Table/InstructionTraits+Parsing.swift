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

  /// Keys are told apart by their first letters and length; a test checks that each row's are known.
  private mutating func setKey(_ word: UnsafePointer<UInt8>, _ length: Int) {
    switch (word[0], word[1]) {
    case (UInt8(ascii: "l"), _): properties.insert(.allowsLock)
    case (UInt8(ascii: "r"), UInt8(ascii: "e")): properties.insert(.allowsRep)
    case (UInt8(ascii: "r"), UInt8(ascii: "d")): feature = .rdtscp
    case (UInt8(ascii: "b"), _): properties.insert(.endsBlock)
    case (UInt8(ascii: "c"), UInt8(ascii: "p")): properties.insert(.privileged)
    case (UInt8(ascii: "c"), UInt8(ascii: "c")): properties.insert(.readsCondition)
    case (UInt8(ascii: "c"), UInt8(ascii: "o")): properties.insert(.needsCount)
    case (UInt8(ascii: "c"), UInt8(ascii: "l")): feature = .clfsh
    case (UInt8(ascii: "c"), UInt8(ascii: "x")): feature = .cx16
    case (UInt8(ascii: "s"), UInt8(ascii: "x")): properties.insert(.signExtendsImmediate)
    case (UInt8(ascii: "s"), UInt8(ascii: "s")): feature = length == 3 ? .sse : .sse2
    case (UInt8(ascii: "s"), UInt8(ascii: "m")): feature = .smap
    case (UInt8(ascii: "p"), _): feature = .popcnt
    case (UInt8(ascii: "m"), _): feature = .movbe
    case (UInt8(ascii: "f"), _): feature = .fxsr
    case (UInt8(ascii: "x"), _): feature = .xsave
    default: break
    }
  }
}
