/// The prefixes of an instruction after the rules for repeated and ignored ones
/// (Intel SDM Vol. 2A, 2.1.1 and 2.2.1), and the opcode byte that ends them.
struct PrefixReader {
  var prefixes: Prefixes = []
  var segment: SegmentOverride = .none
  /// 0 or 40 ... 4F.
  var rex: UInt8 = 0
  /// What 66 and REX.W ask for, in bytes.
  var operandSize: UInt8 = 4
  /// VEX.vvvv, not inverted any more; 0 when nothing is named, or without VEX.
  var vvvv: UInt8 = 0
  /// The opcode map that VEX names: 1 ... 3; 0 without VEX.
  var vexMap: UInt8 = 0
  /// The first byte that is no prefix.
  var opcode: UInt8 = 0
  /// The fields of `Situation` that depend on prefixes.
  var situation: UInt32 = Situation.size32 | Situation.noPrefix

  @inline(__always)
  init(_ reader: inout ByteReader) throws(DecodeError) {
    var byte = try reader.byte()
    while Self.isPrefix(byte) {
      if byte & 0xF0 == 0x40 {
        rex = byte
      } else {
        // REX counts only immediately before the opcode.
        rex = 0
        add(byte)
      }
      byte = try reader.byte()
    }
    opcode = byte
    situation = Situation.noPrefix
    if prefixes.contains(.repne) {
      situation = Situation.prefixF2
    } else if prefixes.contains(.rep) {
      situation = Situation.prefixF3
    } else if prefixes.contains(.operandSize) {
      situation = Situation.prefix66
    }
    situation |= prefixes.contains(.addressSize) ? Situation.address32 : Situation.address64
    situation |= rex & 1 != 0 ? Situation.rexB1 : Situation.rexB0
    if rex != 0 { prefixes.insert(.rex) }
    if rex & 8 != 0 {
      prefixes.insert(.rexW)
      operandSize = 8
      situation |= Situation.size64
    } else if prefixes.contains(.operandSize) {
      operandSize = 2
      situation |= Situation.size16
    } else {
      situation |= Situation.size32
    }
  }

  /// Reads the rest of VEX, whose first byte is `opcode`, and the opcode byte behind it (Intel SDM
  /// Vol. 2A, 2.3.5 and 2.3.6).
  ///
  /// 66, F2, F3, LOCK and REX before VEX are #UD (2.3.2 to 2.3.4).
  @inline(never)
  mutating func readVEX(_ reader: inout ByteReader) throws(DecodeError) {
    if !prefixes.isDisjoint(with: [.operandSize, .rep, .repne, .lock, .rex]) {
      throw .invalidOpcode
    }
    var last = try reader.byte()
    rex = 0x40 | ~last >> 5 & 4
    vexMap = 1
    if opcode == 0xC4 {
      vexMap = last & 31
      rex |= ~last >> 5 & 3
      if vexMap == 0 || vexMap > 3 { throw .invalidOpcode }
      last = try reader.byte()
      if last & 0x80 != 0 { rex |= 8 }
    }
    vvvv = ~last >> 3 & 15
    opcode = try reader.byte()
    prefixes.insert(.vex)
    situation &= Situation.address64 | Situation.address32
    situation |= rex & 1 != 0 ? Situation.rexB1 : Situation.rexB0
    situation |= last & 4 != 0 ? Situation.vector256 : Situation.vector128
    switch last & 3 {
    case 0: situation |= Situation.noPrefix
    case 1: situation |= Situation.prefix66
    case 2: situation |= Situation.prefixF3
    default: situation |= Situation.prefixF2
    }
    operandSize = 4
    if rex & 8 != 0 {
      prefixes.insert(.rexW)
      operandSize = 8
      situation |= Situation.size64
    } else {
      situation |= Situation.size32
    }
  }

  private mutating func add(_ byte: UInt8) {
    switch byte {
    case 0x64: segment = .fs
    case 0x65: segment = .gs
    case 0x66: prefixes.insert(.operandSize)
    case 0x67: prefixes.insert(.addressSize)
    case 0xF0: prefixes.insert(.lock)
    case 0xF2:
      // Of several F2 and F3 the last is in force.
      prefixes.insert(.repne)
      prefixes.remove(.rep)
    case 0xF3:
      prefixes.insert(.rep)
      prefixes.remove(.repne)
    default: break  // ES CS SS DS have no base in 64-bit mode
    }
  }

  /// 26 2E 36 3E 40 ... 4F 64 65 66 67 F0 F2 F3, as a set of 256 bits.
  @inline(__always)
  private static func isPrefix(_ byte: UInt8) -> Bool {
    let bits: UInt64 =
      switch byte >> 6 {
      case 0: 0x4040_4040_0000_0000
      case 1: 0x0000_00F0_0000_FFFF
      case 2: 0
      default: 0x000D_0000_0000_0000
      }
    return bits >> UInt64(byte & 63) & 1 != 0
  }
}

/// Reads an instruction's bytes within the 15-byte limit.
struct ByteReader {
  private let start: UnsafeRawPointer
  private let end: Int
  private let isCutByLimit: Bool
  private var next = 0
  /// The last SIB byte.
  var sib: UInt8 = 0

  init(start: UnsafeRawPointer, count: Int) {
    self.start = start
    isCutByLimit = count >= Decoder.maximumLength
    end = isCutByLimit ? Decoder.maximumLength : count
  }

  /// Bytes read.
  var position: UInt8 { UInt8(truncatingIfNeeded: next) }

  private var exhausted: DecodeError { isCutByLimit ? .tooLong : .needMoreBytes }

  @inline(__always)
  mutating func byte() throws(DecodeError) -> UInt8 {
    if next >= end { throw exhausted }
    let value = start.load(fromByteOffset: next, as: UInt8.self)
    next &+= 1
    return value
  }

  @inline(__always)
  mutating func signed32() throws(DecodeError) -> Int64 {
    if end &- next < 4 { throw exhausted }
    let value = start.loadUnaligned(fromByteOffset: next, as: Int32.self)
    next &+= 4
    return Int64(value)
  }

  @inline(__always)
  mutating func unsigned64() throws(DecodeError) -> UInt64 {
    if end &- next < 8 { throw exhausted }
    let value = start.loadUnaligned(fromByteOffset: next, as: UInt64.self)
    next &+= 8
    return value
  }

  /// An immediate of 1, 2, 4 or 8 bytes.
  @inline(__always)
  mutating func immediate(_ size: UInt8, signed: Bool) throws(DecodeError) -> Int64 {
    switch size {
    case 1:
      let value = try byte()
      return signed ? Int64(Int8(bitPattern: value)) : Int64(value)
    case 2:
      if end &- next < 2 { throw exhausted }
      let value = start.loadUnaligned(fromByteOffset: next, as: UInt16.self)
      next &+= 2
      return signed ? Int64(Int16(bitPattern: value)) : Int64(value)
    case 4:
      let value = try signed32()
      return signed ? value : Int64(UInt32(truncatingIfNeeded: value))
    default:
      return Int64(bitPattern: try unsigned64())
    }
  }
}
