// AVX2's shifts by a count for each element, without the host's. A count of the width or more gives
// zeros, or the sign.

func shiftLeftEach32(_ a: V128, _ b: V128) -> V128 { each(SIMD4<UInt32>.self, a, b) { $0 << $1 } }
func shiftLeftEach64(_ a: V128, _ b: V128) -> V128 { each(SIMD2<UInt64>.self, a, b) { $0 << $1 } }
func shiftRightEach32(_ a: V128, _ b: V128) -> V128 { each(SIMD4<UInt32>.self, a, b) { $0 >> $1 } }
func shiftRightEach64(_ a: V128, _ b: V128) -> V128 { each(SIMD2<UInt64>.self, a, b) { $0 >> $1 } }
func shiftArithmeticEach32(_ a: V128, _ b: V128) -> V128 {
  each(SIMD4<UInt32>.self, a, b) { UInt32(bitPattern: Int32(bitPattern: $0) >> $1) }
}

@inline(__always) private func each<S: SIMD & BitwiseCopyable>(
  _: S.Type,
  _ a: V128,
  _ b: V128,
  _ f: (S.Scalar, S.Scalar) -> S.Scalar
) -> V128 where S.Scalar: FixedWidthInteger {
  let x = unsafeBitCast(a, to: S.self)
  let y = unsafeBitCast(b, to: S.self)
  var r = S()
  for k in 0..<S.scalarCount { r[k] = f(x[k], y[k]) }
  return unsafeBitCast(r, to: V128.self)
}
