// AES, PCLMULQDQ and SHA in portable Swift. Intel SDM Vol. 2, and FIPS 197 and FIPS 180-4.

/// The operations of cryptography.
func portableCryptography(_ operation: Operation) -> PortableOperation? {
  switch operation {
  case .aesenc: { a, b, _ in AES.mixed(AES.substituted(a)) ^ b }
  case .aesenclast: { a, b, _ in AES.substituted(a) ^ b }
  case .aesdec: { a, b, _ in AES.unmixed(AES.unsubstituted(a)) ^ b }
  case .aesdeclast: { a, b, _ in AES.unsubstituted(a) ^ b }
  case .aesimc: { _, b, _ in AES.unmixed(b) }
  case .aeskeygenassist: { _, b, more in AES.keyWords(b, more.immediate) }
  case .pclmulqdq:
    { a, b, more in carrylessProduct(a[more.immediate & 1], b[more.immediate >> 4 & 1]) }
  case .sha1rnds4: { a, b, more in SHA.rounds1(a, b, more.immediate & 3) }
  case .sha1nexte: { a, b, _ in SHA.next1(a, b) }
  case .sha1msg1: { a, b, _ in SHA.schedule1(a, b) }
  case .sha1msg2: { a, b, _ in SHA.finish1(a, b) }
  case .sha256rnds2: { a, b, more in SHA.rounds256(a, b, more.xmm0) }
  case .sha256msg1: { a, b, _ in SHA.schedule256(a, b) }
  case .sha256msg2: { a, b, _ in SHA.finish256(a, b) }
  default: nil
  }
}

/// The product of two polynomials over the field of two elements.
func carrylessProduct(_ a: Int64, _ b: Int64) -> V128 {
  let (x, y) = (UInt64(bitPattern: a), UInt64(bitPattern: b))
  var (low, high): (UInt64, UInt64) = (0, 0)
  for k in 0..<64 as Range<UInt64> where y >> k & 1 != 0 {
    low ^= x << k
    // A shift by 64 gives 0.
    high ^= x >> (64 &- k)
  }
  return V128(Int64(bitPattern: low), Int64(bitPattern: high))
}

/// The steps of AES on a state of 16 bytes, column by column.
private enum AES {
  /// The S-box: an affine map of the inverse in the field of 256 elements.
  private static let box: [UInt8] = {
    var table = [UInt8](repeating: 0x63, count: 256)
    // Both run through the field's elements but 0: powers of 3, and their inverses.
    var (p, q): (UInt8, UInt8) = (1, 1)
    repeat {
      p ^= doubled(p)
      q ^= q << 1
      q ^= q << 2
      q ^= q << 4
      if q & 0x80 != 0 { q ^= 9 }
      let spread = q ^ rotated(q, 1) ^ rotated(q, 2) ^ rotated(q, 3) ^ rotated(q, 4)
      table[Int(p)] = spread ^ 0x63
    } while p != 1
    return table
  }()

  private static let inverseBox: [UInt8] = {
    var table = [UInt8](repeating: 0, count: 256)
    for (value, substitute) in box.enumerated() {
      table[Int(substitute)] = UInt8(truncatingIfNeeded: value)
    }
    return table
  }()

  private static func rotated(_ a: UInt8, _ n: UInt8) -> UInt8 { a << n | a >> (8 &- n) }
  private static func doubled(_ a: UInt8) -> UInt8 { a << 1 ^ (a & 0x80 != 0 ? 0x1B : 0) }

  /// ShiftRows, then SubBytes.
  static func substituted(_ state: V128) -> V128 {
    let x = lanes(state, SIMD16<UInt8>.self)
    var r = x
    for k in 0..<16 { r[k] = box[Int(x[(k &+ (k & 3) &* 4) & 15])] }
    return whole(r)
  }

  /// InvShiftRows, then InvSubBytes.
  static func unsubstituted(_ state: V128) -> V128 {
    let x = lanes(state, SIMD16<UInt8>.self)
    var r = x
    for k in 0..<16 { r[k] = inverseBox[Int(x[(k &- (k & 3) &* 4) & 15])] }
    return whole(r)
  }

  /// MixColumns
  static func mixed(_ state: V128) -> V128 {
    let x = lanes(state, SIMD16<UInt8>.self)
    var r = x
    for k in 0..<16 {
      func other(_ n: Int) -> UInt8 { x[k & 12 | (k &+ n) & 3] }
      r[k] = doubled(x[k]) ^ doubled(other(1)) ^ other(1) ^ other(2) ^ other(3)
    }
    return whole(r)
  }

  /// InvMixColumns, which is MixColumns three times.
  static func unmixed(_ state: V128) -> V128 { mixed(mixed(mixed(state))) }

  /// AESKEYGENASSIST
  static func keyWords(_ key: V128, _ constant: Int) -> V128 {
    let x = lanes(key, SIMD4<UInt32>.self)
    func substituted(_ word: UInt32) -> UInt32 {
      var r: UInt32 = 0
      for k in 0..<4 as Range<UInt32> { r |= UInt32(box[Int(word >> (k &* 8) & 0xFF)]) << (k &* 8) }
      return r
    }
    let (one, three) = (substituted(x[1]), substituted(x[3]))
    let round = UInt32(truncatingIfNeeded: constant & 0xFF)
    return whole(SIMD4(one, right(one, 8) ^ round, three, right(three, 8) ^ round))
  }
}

/// `a` rotated right.
private func right(_ a: UInt32, _ n: UInt32) -> UInt32 { a >> n | a << (32 &- n) }
/// `a` rotated left.
private func left(_ a: UInt32, _ n: UInt32) -> UInt32 { a << n | a >> (32 &- n) }

/// The steps of SHA-1 and SHA-256. SHA-1 counts elements from the top.
private enum SHA {
  private static func words(_ a: V128) -> SIMD4<UInt32> { lanes(a, SIMD4<UInt32>.self) }

  static func rounds1(_ state: V128, _ message: V128, _ function: Int) -> V128 {
    let (s, w) = (words(state), words(message))
    var (a, b, c, d, e): (UInt32, UInt32, UInt32, UInt32, UInt32) = (s[3], s[2], s[1], s[0], 0)
    for k in 0..<4 {
      let (f, constant): (UInt32, UInt32) =
        switch function {
        case 0: (b & c ^ ~b & d, 0x5A82_7999)
        case 1: (b ^ c ^ d, 0x6ED9_EBA1)
        case 2: (b & c ^ b & d ^ c & d, 0x8F1B_BCDC)
        default: (b ^ c ^ d, 0xCA62_C1D6)
        }
      let next = f &+ left(a, 5) &+ w[3 &- k] &+ e &+ constant
      (a, b, c, d, e) = (next, a, left(b, 30), c, d)
    }
    return whole(SIMD4(d, c, b, a))
  }

  static func next1(_ state: V128, _ message: V128) -> V128 {
    var r = words(message)
    r[3] &+= left(words(state)[3], 30)
    return whole(r)
  }

  static func schedule1(_ a: V128, _ b: V128) -> V128 { a ^ V128(b.y, a.x) }

  static func finish1(_ a: V128, _ b: V128) -> V128 {
    let (x, y) = (words(a), words(b))
    let w16 = left(x[3] ^ y[2], 1)
    return whole(
      SIMD4(left(x[0] ^ w16, 1), left(x[1] ^ y[0], 1), left(x[2] ^ y[1], 1), w16)
    )
  }

  static func rounds256(_ a: V128, _ b: V128, _ keys: V128) -> V128 {
    let (x, y, k) = (words(a), words(b), words(keys))
    var (a, b, c, d) = (y[3], y[2], x[3], x[2])
    var (e, f, g, h) = (y[1], y[0], x[1], x[0])
    for n in 0..<2 {
      let sum1 = right(e, 6) ^ right(e, 11) ^ right(e, 25)
      let sum0 = right(a, 2) ^ right(a, 13) ^ right(a, 22)
      let t = (e & f ^ ~e & g) &+ sum1 &+ k[n] &+ h
      (h, g, f, e) = (g, f, e, t &+ d)
      (d, c, b, a) = (c, b, a, t &+ (a & b ^ a & c ^ b & c) &+ sum0)
    }
    return whole(SIMD4(f, e, b, a))
  }

  static func schedule256(_ a: V128, _ b: V128) -> V128 {
    let (x, y) = (words(a), words(b))
    func small(_ w: UInt32) -> UInt32 { right(w, 7) ^ right(w, 18) ^ w >> 3 }
    let terms = SIMD4(small(x[1]), small(x[2]), small(x[3]), small(y[0]))
    return whole(x &+ terms)
  }

  static func finish256(_ a: V128, _ b: V128) -> V128 {
    let (x, y) = (words(a), words(b))
    func small(_ w: UInt32) -> UInt32 { right(w, 17) ^ right(w, 19) ^ w >> 10 }
    let (w16, w17) = (x[0] &+ small(y[2]), x[1] &+ small(y[3]))
    return whole(SIMD4(w16, w17, x[2] &+ small(w16), x[3] &+ small(w17)))
  }
}
