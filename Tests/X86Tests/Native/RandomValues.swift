/// SplitMix64 (Steele, Lea, Flood: "Fast Splittable Pseudorandom Number Generators").
struct SplitMix64: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state = state &+ 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z &>> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z &>> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z &>> 31)
  }

  /// A number below `bound`; the bias does not matter here.
  mutating func below(_ bound: Int) -> Int {
    Int(truncatingIfNeeded: (next() &>> 33) % UInt64(truncatingIfNeeded: bound))
  }

  /// True `percent` times in a hundred.
  mutating func chance(_ percent: Int) -> Bool { below(100) < percent }

  /// One of `values`.
  mutating func pick<T>(_ values: [T]) -> T { values[below(values.count)] }
}

/// Values at which instructions behave in a special way, mixed with random ones.
extension SplitMix64 {
  private static let integers: [UInt64] = [
    0, 1, 2, 3, 7, 8, 9, 15, 16, 17, 31, 32, 33, 63, 64, 65, 0x7F, 0x80, 0x81, 0xFF, 0x100, 0x7FFF,
    0x8000, 0xFFFF, 0x1_0000, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFF, 0x1_0000_0000,
    0x7FFF_FFFF_FFFF_FFFF, 0x8000_0000_0000_0000, .max, .max - 1, .max - 127, .max - 128,
    .max - 32767, 0xFFFF_FFFF_8000_0000, 0xAAAA_AAAA_AAAA_AAAA, 0x5555_5555_5555_5555,
    0x8080_8080_8080_8080, 0x7F7F_7F7F_7F7F_7F7F, 0x8000_8000_8000_8000,
  ]

  private static let doubles: [UInt64] = [
    0, 0x8000_0000_0000_0000, 0x3FF0_0000_0000_0000, 0xBFF0_0000_0000_0000,  // +-0, +-1
    1, 0x000F_FFFF_FFFF_FFFF, 0x8000_0000_0000_0001, 0x0010_0000_0000_0000,  // denormals, least
    0x7FEF_FFFF_FFFF_FFFF, 0xFFEF_FFFF_FFFF_FFFF, 0x7FF0_0000_0000_0000, 0xFFF0_0000_0000_0000,
    0x7FF8_0000_0000_0000, 0xFFF8_0000_0000_0000, 0x7FF8_0000_0000_1234,  // quiet NaNs
    0x7FF0_0000_0000_0001, 0xFFF4_0000_0000_0000,  // signalling NaNs
    0x3FE0_0000_0000_0000, 0x3FF8_0000_0000_0000, 0x4004_0000_0000_0000,  // .5 1.5 2.5
    0xBFE0_0000_0000_0000, 0xC004_0000_0000_0000, 0x3FDF_FFFF_FFFF_FFFF,
    0x41DF_FFFF_FFC0_0000, 0x41DF_FFFF_FFE0_0000, 0x41E0_0000_0000_0000,  // about 2^31
    0xC1E0_0000_0000_0000, 0xC1E0_0000_0010_0000, 0xC1E0_0000_0020_0000,
    0x43DF_FFFF_FFFF_FFFF, 0x43E0_0000_0000_0000, 0xC3E0_0000_0000_0000, 0xC3E0_0000_0000_0001,
    0x3690_0000_0000_0000, 0x36A0_0000_0000_0000, 0x380F_FFFF_FFFF_FFFF, 0x3810_0000_0000_0000,
    0x47EF_FFFF_E000_0000, 0x47EF_FFFF_F000_0000, 0x47F0_0000_0000_0000,  // about Float's limits
  ]

  private static let floats: [UInt32] = [
    0, 0x8000_0000, 0x3F80_0000, 0xBF80_0000, 1, 0x007F_FFFF, 0x8000_0001, 0x0080_0000,
    0x7F7F_FFFF, 0xFF7F_FFFF, 0x7F80_0000, 0xFF80_0000, 0x7FC0_0000, 0xFFC0_0000, 0x7FC0_1234,
    0x7F80_0001, 0xFFA0_0000, 0x3F00_0000, 0x3FC0_0000, 0x4020_0000, 0xBF00_0000, 0xC020_0000,
    0x4EFF_FFFF, 0x4F00_0000, 0xCF00_0000, 0xCF00_0001, 0x5EFF_FFFF, 0x5F00_0000, 0xDF00_0000,
    0xDF00_0001, 0x3EFF_FFFF, 0x0100_0000, 0x8080_0000,
  ]

  mutating func integer() -> UInt64 {
    switch below(8) {
    case 0...3: return Self.integers[below(Self.integers.count)]
    case 4: return next() & 0xFF
    case 5: return next() & 0xFFFF_FFFF
    default: return next()
    }
  }

  mutating func double() -> UInt64 {
    switch below(8) {
    case 0...3: return Self.doubles[below(Self.doubles.count)]
    case 4: return next()
    case 5:  // an exponent where sums, products and roundings are interesting
      return (next() & 0x800F_FFFF_FFFF_FFFF)
        | (UInt64(truncatingIfNeeded: 1023 + below(70) - 35) << 52)
    case 6:  // few significant bits: exact results and ties
      return (next() & 0x800F_C000_0000_0000)
        | (UInt64(truncatingIfNeeded: 1023 + below(40) - 8) << 52)
    default:  // tiny and huge: underflow and overflow
      let exponent = chance(50) ? below(60) : 2046 - below(60)
      return (next() & 0x800F_FFFF_FFFF_FFFF) | (UInt64(truncatingIfNeeded: exponent) << 52)
    }
  }

  mutating func float() -> UInt32 {
    let bits = UInt32(truncatingIfNeeded: next())
    switch below(8) {
    case 0...3: return Self.floats[below(Self.floats.count)]
    case 4: return bits
    case 5:
      return (bits & 0x807F_FFFF) | (UInt32(truncatingIfNeeded: 127 + below(40) - 20) << 23)
    case 6:
      return (bits & 0x807C_0000) | (UInt32(truncatingIfNeeded: 127 + below(40) - 8) << 23)
    default:
      let exponent = chance(50) ? below(30) : 254 - below(30)
      return (bits & 0x807F_FFFF) | (UInt32(truncatingIfNeeded: exponent) << 23)
    }
  }

  /// Eight bytes of a string: few different characters, and now and then an end.
  private mutating func characters() -> UInt64 {
    let alphabet: [UInt8] = [0, 1, 0x61, 0x62, 0x62, 0x63, 0x7F, 0x80, 0xFF]
    var text: UInt64 = 0
    for _ in 0..<8 { text = text << 8 | UInt64(alphabet[below(alphabet.count)]) }
    return text
  }

  /// Eight bytes of an operand that may be integers, floating-point numbers of either size, or text.
  mutating func quadword() -> UInt64 {
    switch below(5) {
    case 4: return characters()
    case 0: return integer()
    case 1: return double()
    case 2: return UInt64(float()) | (UInt64(float()) << 32)
    default: return next()
    }
  }

  /// MXCSR: any rounding mode, flags and DAZ/FTZ; exceptions masked but now and then.
  ///
  /// Underflow always is: unmasked, it is raised for exact results too, which the emulated unit
  /// cannot see.
  mutating func mxcsr() -> UInt32 {
    if chance(40) { return 0x1F80 }
    let random = UInt32(truncatingIfNeeded: next())
    // Bits 7 ... 12 mask, 13 ... 14 round, 6 is DAZ, 15 is FTZ, 0 ... 5 are sticky.
    let masked = (random & 0xE07F) | 0x1F80
    return chance(10) ? (random & 0xFFFF) | 0x800 : masked
  }
}
