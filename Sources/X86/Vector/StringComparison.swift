import CHostSIMD

/// PCMPESTRI, PCMPESTRM, PCMPISTRI and PCMPISTRM. Intel SDM Vol. 2B, 4.1.
///
/// Bit sets stand for elements: bit `k` for element `k`.
struct StringComparison {
  /// Elements of a string: 16 bytes or 8 words.
  private let count: Int
  /// Valid elements of the first string (the destination) and of the second.
  private let lengths: (Int, Int)
  /// IntRes2: which elements of the second string, or positions in it, are found.
  let found: UInt32
  private let control: Int

  /// A comparison; `lengths` of nil end the strings at their first zero.
  init(_ a: V128, _ b: V128, control: Int, lengths given: (UInt64, UInt64)?) {
    self.control = control
    let isWords = control & 1 != 0
    count = isWords ? 8 : 16
    let whole: UInt32 = isWords ? 0xFF : 0xFFFF
    if let given {
      lengths = (Int(min(given.0, UInt64(count))), Int(min(given.1, UInt64(count))))
    } else {
      let zeros = (Self.equal(a, a, zero: true, isWords), Self.equal(b, b, zero: true, isWords))
      lengths = (
        min(zeros.0.trailingZeroBitCount, count), min(zeros.1.trailingZeroBitCount, count)
      )
    }
    let valid = (whole & ((1 << UInt32(lengths.0)) &- 1), whole & ((1 << UInt32(lengths.1)) &- 1))
    var result: UInt32 = 0
    switch control >> 2 & 3 {
    case 0:
      for k in 0..<lengths.0 {
        result |= Self.equal(b, Self.repeated(a, k, isWords), zero: false, isWords)
      }
      result &= valid.1
    case 1:
      let isSigned = control & 2 != 0
      for k in stride(from: 0, to: lengths.0 &- 1, by: 2) {
        let low = Self.repeated(a, k, isWords)
        let high = Self.repeated(a, k &+ 1, isWords)
        result |= Self.between(low, b, high, isWords, isSigned)
      }
      result &= valid.1
    case 2:
      result = Self.equal(a, b, zero: false, isWords) & valid.0 & valid.1 | ~valid.0 & ~valid.1
      result &= whole
    default:
      // Whatever would stand behind the last element is not looked at.
      result = whole
      for k in 0..<lengths.0 {
        let here = Self.equal(b, Self.repeated(a, k, isWords), zero: false, isWords) & valid.1
        result &= here >> UInt32(k) | ~(whole >> UInt32(k))
      }
    }
    switch control >> 4 & 3 {
    case 1: result ^= whole
    case 3: result ^= valid.1
    default: break
    }
    found = result
  }

  /// What goes to ECX.
  var index: UInt32 {
    if found == 0 { return UInt32(count) }
    let last = UInt32(31 &- found.leadingZeroBitCount)
    return control & 0x40 != 0 ? last : UInt32(found.trailingZeroBitCount)
  }

  /// What goes to XMM0.
  var mask: V128 {
    guard control & 0x40 != 0 else { return V128(Int64(found), 0) }
    var r = SIMD16<UInt8>()
    for k in 0..<16 where found >> UInt32(count == 8 ? k / 2 : k) & 1 != 0 { r[k] = 0xFF }
    return whole(r)
  }

  /// CF: something was found; ZF and SF: the second or the first string ends; OF: bit 0.
  var flags: UInt64 {
    (found != 0 ? 1 : 0) | (lengths.1 < count ? 0x40 : 0) | (lengths.0 < count ? 0x80 : 0)
      | (found & 1 != 0 ? 0x800 : 0)
  }

  // MARK: - Elements

  /// Element `k` of `a` in every place.
  private static func repeated(_ a: V128, _ k: Int, _ isWords: Bool) -> V128 {
    isWords
      ? whole(SIMD8(repeating: lanes(a, SIMD8<UInt16>.self)[k & 7]))
      : whole(SIMD16(repeating: lanes(a, SIMD16<UInt8>.self)[k & 15]))
  }

  /// Elements that are equal in `a` and `b`, or are zero in `a`.
  private static func equal(_ a: V128, _ b: V128, zero: Bool, _ isWords: Bool) -> UInt32 {
    let other = zero ? V128() : b
    return isWords
      ? set(lanes(a, SIMD8<UInt16>.self) .== lanes(other, SIMD8<UInt16>.self))
      : set(lanes(a, SIMD16<UInt8>.self) .== lanes(other, SIMD16<UInt8>.self))
  }

  /// Elements of `a` between those of `low` and `high`.
  private static func between(
    _ low: V128,
    _ a: V128,
    _ high: V128,
    _ isWords: Bool,
    _ isSigned: Bool
  ) -> UInt32 {
    func check<S: SIMD>(_: S.Type) -> SIMDMask<S.MaskStorage> where S.Scalar: Comparable {
      let x = lanes(a, S.self)
      return (x .>= lanes(low, S.self)) .& (x .<= lanes(high, S.self))
    }
    return switch (isWords, isSigned) {
    case (false, false): set(check(SIMD16<UInt8>.self))
    case (false, true): set(check(SIMD16<Int8>.self))
    case (true, false): set(check(SIMD8<UInt16>.self))
    case (true, true): set(check(SIMD8<Int16>.self))
    }
  }

  private static func set(_ mask: SIMDMask<SIMD16<Int8>>) -> UInt32 {
    #if arch(x86_64)
    return host_pmovmskb(unsafeBitCast(mask, to: V128.self))
    #else
    var bits: UInt32 = 0
    for k in 0..<16 where mask[k] { bits |= 1 << UInt32(k) }
    return bits
    #endif
  }

  private static func set(_ mask: SIMDMask<SIMD8<Int16>>) -> UInt32 {
    #if arch(x86_64)
    return host_pmovmskb(host_packsswb(unsafeBitCast(mask, to: V128.self), V128()))
    #else
    var bits: UInt32 = 0
    for k in 0..<8 where mask[k] { bits |= 1 << UInt32(k) }
    return bits
    #endif
  }
}
