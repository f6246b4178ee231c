import CHostSIMD

// Floating-point operations of SSE3 and SSE4.1 from those of SSE and SSE2, and rounding to integers.

/// Horizontal additions and rounding.
func portableFloatingPoint(_ operation: Operation) -> PortableOperation? {
  switch operation {
  case .haddps: { a, b, _ in host_addps(everySecond(a, b, from: 0), everySecond(a, b, from: 1)) }
  case .hsubps: { a, b, _ in host_subps(everySecond(a, b, from: 0), everySecond(a, b, from: 1)) }
  case .haddpd: { a, b, _ in host_addpd(V128(a.x, b.x), V128(a.y, b.y)) }
  case .hsubpd: { a, b, _ in host_subpd(V128(a.x, b.x), V128(a.y, b.y)) }
  case .addsubps:
    { a, b, _ in
      let even = V128(repeating: 0xFFFF_FFFF)
      return host_subps(a & even, b & even) & even | host_addps(a & ~even, b & ~even)
    }
  case .addsubpd:
    { a, b, _ in
      V128(host_subpd(V128(a.x, 0), V128(b.x, 0)).x, host_addpd(V128(0, a.y), V128(0, b.y)).y)
    }
  case .roundps:
    { _, b, more in
      var r = lanes(b, SIMD4<UInt32>.self)
      for k in 0..<4 { r[k] = rounded(r[k], more) }
      return whole(r)
    }
  case .roundpd:
    { _, b, more in
      var r = lanes(b, SIMD2<UInt64>.self)
      for k in 0..<2 { r[k] = rounded(r[k], more) }
      return whole(r)
    }
  case .roundss:
    { a, b, more in
      var r = lanes(a, SIMD4<UInt32>.self)
      r[0] = rounded(lanes(b, SIMD4<UInt32>.self)[0], more)
      return whole(r)
    }
  case .roundsd:
    { a, b, more in
      var r = lanes(a, SIMD2<UInt64>.self)
      r[0] = rounded(lanes(b, SIMD2<UInt64>.self)[0], more)
      return whole(r)
    }
  default: nil
  }
}

/// Elements 0 and 2, or 1 and 3, of `a` and then of `b`.
private func everySecond(_ a: V128, _ b: V128, from first: Int) -> V128 {
  let (x, y) = (lanes(a, SIMD4<UInt32>.self), lanes(b, SIMD4<UInt32>.self))
  return whole(SIMD4(x[first], x[first &+ 2], y[first], y[first &+ 2]))
}

/// Sets exception flags in the host's MXCSR, as an instruction of the host's would.
private func raise(_ flags: UInt32) {
  #if arch(x86_64)
  host_set_mxcsr(host_get_mxcsr() | flags)
  #endif
}

/// A number rounded to an integer. Intel SDM Vol. 2, ROUNDPD: the immediate's bits 0 and 1 are the
/// direction, bit 2 says that MXCSR has it, bit 3 hides the precision exception.
private func rounded(_ bits: UInt64, _ more: PortableInput) -> UInt64 {
  let magnitude = bits & 0x7FFF_FFFF_FFFF_FFFF
  if magnitude > 0x7FF0_0000_0000_0000 {
    if bits & 0x8_0000_0000_0000 == 0 { raise(1) }
    return bits | 0x8_0000_0000_0000
  }
  if more.isDenormalZero && magnitude < 0x10_0000_0000_0000 { return bits & 1 << 63 }
  return integral(bits, more)
}

/// The same for a single: every value of one is one of a double's too, and so is the result.
private func rounded(_ bits: UInt32, _ more: PortableInput) -> UInt32 {
  let magnitude = bits & 0x7FFF_FFFF
  if magnitude > 0x7F80_0000 {
    if bits & 0x40_0000 == 0 { raise(1) }
    return bits | 0x40_0000
  }
  if magnitude < 0x80_0000 {
    if more.isDenormalZero || magnitude == 0 { return bits & 1 << 31 }
    // Any number between 0 and a half will do.
    let sign = UInt64(bits >> 31) << 63
    return Float(Double(bitPattern: integral(sign | 0x3FD0_0000_0000_0000, more))).bitPattern
  }
  if magnitude >= 0x4B00_0000 { return bits }
  return Float(Double(bitPattern: integral(Double(Float(bitPattern: bits)).bitPattern, more)))
    .bitPattern
}

/// Rounds a double that is no NaN, by its bits: a carry out of the fraction goes into the exponent.
private func integral(_ bits: UInt64, _ more: PortableInput) -> UInt64 {
  let exponent = Int(bits >> 52 & 0x7FF) &- 1023
  if exponent >= 52 { return bits }
  let sign = bits & 1 << 63
  let isNegative = sign != 0
  let fraction: UInt64
  let half: UInt64
  let floor: UInt64
  let next: UInt64
  if exponent < 0 {
    if bits << 1 == 0 { return bits }
    fraction = bits & ~(1 << 63)
    half = 0x3FE0_0000_0000_0000
    floor = sign
    next = sign | 0x3FF0_0000_0000_0000
  } else {
    let unit = UInt64(1) << UInt64(52 &- exponent)
    fraction = bits & (unit &- 1)
    if fraction == 0 { return bits }
    half = unit >> 1
    floor = bits & ~(unit &- 1)
    next = floor &+ unit
  }
  if more.immediate & 8 == 0 { raise(0x20) }
  let isAway =
    switch more.direction {
    case 0: fraction > half || (fraction == half && isOdd(floor, exponent))
    case 1: isNegative
    case 2: !isNegative
    default: false
    }
  return isAway ? next : floor
}

/// Whether the integer part of a double is odd; its exponent is less than 52.
private func isOdd(_ bits: UInt64, _ exponent: Int) -> Bool {
  if exponent < 0 { return false }
  // The lowest bit of the integer part; for 1 it is the one that is not stored.
  return exponent == 0 || bits >> UInt64(52 &- exponent) & 1 != 0
}

extension PortableInput {
  /// 0 nearest, 1 down, 2 up, 3 towards zero.
  fileprivate var direction: Int {
    immediate & 4 != 0 ? Int(mxcsr >> 13 & 3) : immediate & 3
  }

  /// Denormals count as zero.
  fileprivate var isDenormalZero: Bool { mxcsr & 0x40 != 0 }
}
