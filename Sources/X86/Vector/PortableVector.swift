// What a vector instruction computes, without the host's instruction of the name.

/// One vector operation: its result from the destination, the source and what else it reads.
typealias PortableOperation = (_ a: V128, _ b: V128, _ more: PortableInput) -> V128

/// What an instruction reads beside its two operands.
struct PortableInput {
  /// The immediate byte.
  var immediate: Int
  /// XMM0, which some name by implication.
  var xmm0: V128
  /// MXCSR, for its rounding and DAZ.
  var mxcsr: UInt32
}

/// The operation of an instruction; nil for those that are none of SSE3 or later.
func portableOperation(_ operation: Operation) -> PortableOperation? {
  portableInteger(operation) ?? portableMultiplication(operation) ?? portableArrangement(operation)
    ?? portableFloatingPoint(operation) ?? portableCryptography(operation)
}

/// Additions, comparisons, minima and maxima.
private func portableInteger(_ operation: Operation) -> PortableOperation? {
  switch operation {
  case .phaddw: { a, b, _ in pairwise(SIMD8<Int16>.self, a, b, &+) }
  case .phaddd: { a, b, _ in pairwise(SIMD4<Int32>.self, a, b, &+) }
  case .phsubw: { a, b, _ in pairwise(SIMD8<Int16>.self, a, b, &-) }
  case .phsubd: { a, b, _ in pairwise(SIMD4<Int32>.self, a, b, &-) }
  case .phaddsw:
    { a, b, _ in pairwise(SIMD8<Int16>.self, a, b) { Int16(clamping: Int32($0) &+ Int32($1)) } }
  case .phsubsw:
    { a, b, _ in pairwise(SIMD8<Int16>.self, a, b) { Int16(clamping: Int32($0) &- Int32($1)) } }
  case .psignb: { a, b, _ in lanewise(SIMD16<Int8>.self, a, b, signed) }
  case .psignw: { a, b, _ in lanewise(SIMD8<Int16>.self, a, b, signed) }
  case .psignd: { a, b, _ in lanewise(SIMD4<Int32>.self, a, b, signed) }
  case .pabsb: { _, b, _ in lanewise(SIMD16<Int8>.self, b, b, signed) }
  case .pabsw: { _, b, _ in lanewise(SIMD8<Int16>.self, b, b, signed) }
  case .pabsd: { _, b, _ in lanewise(SIMD4<Int32>.self, b, b, signed) }
  case .pminsb: { a, b, _ in lanewise(SIMD16<Int8>.self, a, b, min) }
  case .pminsd: { a, b, _ in lanewise(SIMD4<Int32>.self, a, b, min) }
  case .pminuw: { a, b, _ in lanewise(SIMD8<UInt16>.self, a, b, min) }
  case .pminud: { a, b, _ in lanewise(SIMD4<UInt32>.self, a, b, min) }
  case .pmaxsb: { a, b, _ in lanewise(SIMD16<Int8>.self, a, b, max) }
  case .pmaxsd: { a, b, _ in lanewise(SIMD4<Int32>.self, a, b, max) }
  case .pmaxuw: { a, b, _ in lanewise(SIMD8<UInt16>.self, a, b, max) }
  case .pmaxud: { a, b, _ in lanewise(SIMD4<UInt32>.self, a, b, max) }
  case .pcmpeqq: { a, b, _ in lanewise(SIMD2<Int64>.self, a, b) { $0 == $1 ? -1 : 0 } }
  case .pcmpgtq: { a, b, _ in lanewise(SIMD2<Int64>.self, a, b) { $0 > $1 ? -1 : 0 } }
  case .phminposuw: { _, b, _ in smallestWord(b) }
  case .mpsadbw: { a, b, more in sumsOfDifferences(a, b, more.immediate) }
  default: nil
  }
}

/// `a` with the sign of `b`: PSIGNB and its kin; of itself, PABSB and its kin.
private func signed<W: FixedWidthInteger & SignedInteger>(_ a: W, _ b: W) -> W {
  b == 0 ? 0 : b < 0 ? 0 &- a : a
}

/// Multiplications.
private func portableMultiplication(_ operation: Operation) -> PortableOperation? {
  switch operation {
  case .pmulld: { a, b, _ in lanewise(SIMD4<Int32>.self, a, b, &*) }
  case .pmuldq:
    { a, b, _ in
      lanewise(SIMD2<Int64>.self, a, b) {
        Int64(Int32(truncatingIfNeeded: $0)) &* Int64(Int32(truncatingIfNeeded: $1))
      }
    }
  case .pmulhrsw:
    { a, b, _ in
      lanewise(SIMD8<Int16>.self, a, b) {
        Int16(truncatingIfNeeded: ((Int32($0) &* Int32($1)) >> 14 &+ 1) >> 1)
      }
    }
  case .pmaddubsw: { a, b, _ in multiplyBytes(a, b) }
  default: nil
  }
}

/// PMADDUBSW: unsigned bytes of `a` times signed ones of `b`, added in pairs.
private func multiplyBytes(_ a: V128, _ b: V128) -> V128 {
  let (x, y) = (lanes(a, SIMD16<UInt8>.self), lanes(b, SIMD16<Int8>.self))
  var r = SIMD8<Int16>()
  for k in 0..<8 {
    let low = Int32(x[2 &* k]) &* Int32(y[2 &* k])
    let high = Int32(x[2 &* k &+ 1]) &* Int32(y[2 &* k &+ 1])
    r[k] = Int16(clamping: low &+ high)
  }
  return whole(r)
}

/// PHMINPOSUW: the smallest word and where it stands first.
private func smallestWord(_ a: V128) -> V128 {
  let x = lanes(a, SIMD8<UInt16>.self)
  var place = 0
  for k in 1..<8 where x[k] < x[place] { place = k }
  return V128(Int64(x[place]) | Int64(place) << 16, 0)
}

/// MPSADBW: the distance of four bytes of `b` from each four neighbours among eleven of `a`.
private func sumsOfDifferences(_ a: V128, _ b: V128, _ control: Int) -> V128 {
  let (x, y) = (lanes(a, SIMD16<UInt8>.self), lanes(b, SIMD16<UInt8>.self))
  let (from, other) = ((control >> 2 & 1) &* 4, (control & 3) &* 4)
  var r = SIMD8<UInt16>()
  for k in 0..<8 {
    for n in 0..<4 {
      let (p, q) = (x[from &+ k &+ n], y[other &+ n])
      r[k] &+= UInt16(p > q ? p &- q : q &- p)
    }
  }
  return whole(r)
}

/// Shuffles, blends, conversions between widths.
private func portableArrangement(_ operation: Operation) -> PortableOperation? {
  switch operation {
  case .pshufb:
    { a, b, _ in
      let control = lanes(b, SIMD16<UInt8>.self)
      return shuffled(a) { control[$0] & 0x80 != 0 ? nil : Int(control[$0] & 15) }
    }
  case .palignr: { a, b, more in aligned(low: b, high: a, more.immediate) }
  case .pslldq:
    { a, _, more in shuffled(a) { $0 >= more.immediate ? $0 &- more.immediate : nil } }
  case .psrldq:
    { a, _, more in shuffled(a) { $0 &+ more.immediate < 16 ? $0 &+ more.immediate : nil } }
  case .pshufd: { _, b, more in shuffled(b) { field(more.immediate, $0 / 4) &* 4 &+ $0 % 4 } }
  case .pshuflw:
    { _, b, more in
      shuffled(b) { $0 < 8 ? field(more.immediate, $0 / 2) &* 2 &+ $0 % 2 : $0 }
    }
  case .pshufhw:
    { _, b, more in
      shuffled(b) { $0 < 8 ? $0 : 8 &+ field(more.immediate, $0 / 2 &- 4) &* 2 &+ $0 % 2 }
    }
  case .shufps:
    { a, b, more in
      let (low, high) = (pickedSingles(a, more.immediate), pickedSingles(b, more.immediate))
      return V128(low.x, high.y)
    }
  case .shufpd: { a, b, more in V128(a[more.immediate & 1], b[more.immediate >> 1 & 1]) }
  case .packusdw: { a, b, _ in packed(a, b) }
  case .pmovsxbw: { _, b, _ in widened(SIMD16<Int8>.self, SIMD8<Int16>.self, b) }
  case .pmovsxbd: { _, b, _ in widened(SIMD16<Int8>.self, SIMD4<Int32>.self, b) }
  case .pmovsxbq: { _, b, _ in widened(SIMD16<Int8>.self, SIMD2<Int64>.self, b) }
  case .pmovsxwd: { _, b, _ in widened(SIMD8<Int16>.self, SIMD4<Int32>.self, b) }
  case .pmovsxwq: { _, b, _ in widened(SIMD8<Int16>.self, SIMD2<Int64>.self, b) }
  case .pmovsxdq: { _, b, _ in widened(SIMD4<Int32>.self, SIMD2<Int64>.self, b) }
  case .pmovzxbw: { _, b, _ in widened(SIMD16<UInt8>.self, SIMD8<UInt16>.self, b) }
  case .pmovzxbd: { _, b, _ in widened(SIMD16<UInt8>.self, SIMD4<UInt32>.self, b) }
  case .pmovzxbq: { _, b, _ in widened(SIMD16<UInt8>.self, SIMD2<UInt64>.self, b) }
  case .pmovzxwd: { _, b, _ in widened(SIMD8<UInt16>.self, SIMD4<UInt32>.self, b) }
  case .pmovzxwq: { _, b, _ in widened(SIMD8<UInt16>.self, SIMD2<UInt64>.self, b) }
  case .pmovzxdq: { _, b, _ in widened(SIMD4<UInt32>.self, SIMD2<UInt64>.self, b) }
  default: nil
  }
}

/// Two bits of an immediate.
private func field(_ immediate: Int, _ n: Int) -> Int { immediate >> (n &* 2) & 3 }

private func pickedSingles(_ a: V128, _ immediate: Int) -> V128 {
  shuffled(a) { field(immediate, $0 / 4) &* 4 &+ $0 % 4 }
}

/// PALIGNR: 16 bytes from byte `shift` on of the 32 of `low` and `high`.
private func aligned(low: V128, high: V128, _ shift: Int) -> V128 {
  let fromLow = shuffled(low) { $0 &+ shift < 16 ? $0 &+ shift : nil }
  let fromHigh = shuffled(high) {
    let n = $0 &+ shift &- 16
    return n >= 0 && n < 16 ? n : nil
  }
  return fromLow | fromHigh
}

/// PACKUSDW
private func packed(_ a: V128, _ b: V128) -> V128 {
  let (x, y) = (lanes(a, SIMD4<Int32>.self), lanes(b, SIMD4<Int32>.self))
  var r = SIMD8<UInt16>()
  for k in 0..<4 {
    r[k] = UInt16(clamping: x[k])
    r[k &+ 4] = UInt16(clamping: y[k])
  }
  return whole(r)
}
