/// A double extended-precision number as the x87 unit keeps it (Intel SDM Vol. 1, 4.2.2): the bits,
/// without the meaning that a host's 80-bit type gives them, so that it is the same on every host.
public struct Float80Bits: Hashable, Sendable {
  /// Bit 63 is the integer bit.
  public var significand: UInt64
  /// Bit 15 is the sign, the rest the biased exponent.
  public var signExponent: UInt16

  /// From the two fields.
  @inline(__always)
  public init(significand: UInt64, signExponent: UInt16) {
    self.significand = significand
    self.signExponent = signExponent
  }

  @inline(__always)
  init(isNegative: Bool, exponent: UInt16, significand: UInt64) {
    self.init(significand: significand, signExponent: exponent | (isNegative ? 0x8000 : 0))
  }

  /// Positive zero.
  public static let zero = Float80Bits(significand: 0, signExponent: 0)
  /// One.
  public static let one = Float80Bits(significand: 1 << 63, signExponent: bias)
  /// The "real indefinite": what invalid operations give.
  public static let indefinite = Float80Bits(significand: 3 << 62, signExponent: 0xFFFF)
  /// Positive infinity.
  public static let infinity = Float80Bits(significand: 1 << 63, signExponent: 0x7FFF)

  static let bias: UInt16 = 0x3FFF

  @inline(__always) var isNegative: Bool { signExponent & 0x8000 != 0 }
  @inline(__always) var exponent: UInt16 { signExponent & 0x7FFF }
  /// The same number with the other sign.
  @inline(__always) var negated: Float80Bits {
    Float80Bits(significand: significand, signExponent: signExponent ^ 0x8000)
  }
  @inline(__always) var magnitude: Float80Bits {
    Float80Bits(significand: significand, signExponent: exponent)
  }

  @inline(__always) var isZero: Bool { exponent == 0 && significand == 0 }
  /// Denormal or pseudo-denormal.
  @inline(__always) var isDenormal: Bool { exponent == 0 && significand != 0 }
  @inline(__always) var isInfinity: Bool { exponent == 0x7FFF && significand == 1 << 63 }
  /// Quiet or signalling NaN with the integer bit set.
  @inline(__always) var isNaN: Bool { exponent == 0x7FFF && significand > 1 << 63 }
  @inline(__always) var isSignallingNaN: Bool { isNaN && significand & 1 << 62 == 0 }
  /// Unnormal, pseudo-infinity or pseudo-NaN: encodings that the 80387 and later take for invalid
  /// (Intel SDM Vol. 1, 8.2.2).
  @inline(__always) var isUnsupported: Bool { exponent != 0 && significand >> 63 == 0 }

  @inline(__always) var quieted: Float80Bits {
    Float80Bits(significand: significand | 1 << 62, signExponent: signExponent)
  }

  /// An integer, exactly.
  init(_ value: Int64) {
    guard value != 0 else {
      self = .zero
      return
    }
    let magnitude = value.magnitude
    let shift = magnitude.leadingZeroBitCount
    self.init(
      isNegative: value < 0,
      exponent: Self.bias &+ 63 &- UInt16(shift),
      significand: magnitude &<< UInt64(shift)
    )
  }

  /// A single-precision number, exactly; a signalling NaN stays one.
  init(single bits: UInt32) {
    let fraction = UInt64(bits & 0x7F_FFFF) &<< 40
    self.init(sign: bits >> 31 != 0, exponent: UInt16(bits >> 23 & 0xFF), fraction, 0xFF, 127)
  }

  /// A double-precision number, exactly; a signalling NaN stays one.
  init(double bits: UInt64) {
    let fraction = (bits & 0xF_FFFF_FFFF_FFFF) &<< 11
    self.init(sign: bits >> 63 != 0, exponent: UInt16(bits >> 52 & 0x7FF), fraction, 0x7FF, 1023)
  }

  /// From an IEEE 754 number whose fraction has been moved to bit 62.
  private init(
    sign: Bool,
    exponent: UInt16,
    _ fraction: UInt64,
    _ maximum: UInt16,
    _ narrowBias: UInt16
  ) {
    if exponent == maximum {
      self.init(isNegative: sign, exponent: 0x7FFF, significand: fraction | 1 << 63)
    } else if exponent != 0 {
      let wide = exponent &- narrowBias &+ Self.bias
      self.init(isNegative: sign, exponent: wide, significand: fraction | 1 << 63)
    } else if fraction == 0 {
      self.init(isNegative: sign, exponent: 0, significand: 0)
    } else {
      let shift = fraction.leadingZeroBitCount
      let wide = Self.bias &- narrowBias &+ 1 &- UInt16(shift)
      self.init(isNegative: sign, exponent: wide, significand: fraction &<< UInt64(shift))
    }
  }
}
