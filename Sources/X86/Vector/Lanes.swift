// Vector operations lane by lane, for hosts that lack the guest's instruction.

/// The result of `f` on each pair of lanes.
func lanewise<S: SIMD>(
  _: S.Type,
  _ a: V128,
  _ b: V128,
  _ f: (S.Scalar, S.Scalar) -> S.Scalar
) -> V128 {
  var r = lanes(a, S.self)
  let y = lanes(b, S.self)
  for k in 0..<S.scalarCount { r[k] = f(r[k], y[k]) }
  return whole(r)
}

/// The result of `f` on each pair of neighbours: those of `a`, then those of `b`.
func pairwise<S: SIMD>(
  _: S.Type,
  _ a: V128,
  _ b: V128,
  _ f: (S.Scalar, S.Scalar) -> S.Scalar
) -> V128 {
  let (x, y) = (lanes(a, S.self), lanes(b, S.self))
  var r = x
  let half = S.scalarCount / 2
  for k in 0..<half {
    r[k] = f(x[2 &* k], x[2 &* k &+ 1])
    r[half &+ k] = f(y[2 &* k], y[2 &* k &+ 1])
  }
  return whole(r)
}

/// The low lanes of `a`, each as a wider number of the same value.
func widened<From: SIMD, To: SIMD>(_: From.Type, _: To.Type, _ a: V128) -> V128
where From.Scalar: FixedWidthInteger, To.Scalar: FixedWidthInteger {
  let x = lanes(a, From.self)
  var r = lanes(V128(), To.self)
  for k in 0..<To.scalarCount { r[k] = To.Scalar(truncatingIfNeeded: x[k]) }
  return whole(r)
}

/// Byte `k` of the result is byte `source(k)` of `a`, or 0 when that is nil.
func shuffled(_ a: V128, _ source: (Int) -> Int?) -> V128 {
  let x = lanes(a, SIMD16<UInt8>.self)
  var r = SIMD16<UInt8>()
  for k in 0..<16 {
    if let from = source(k) { r[k] = x[from & 15] }
  }
  return whole(r)
}

/// `a` as lanes; `S` has 16 bytes.
@inline(__always) func lanes<S: SIMD>(_ a: V128, _: S.Type) -> S { unsafeBitCast(a, to: S.self) }

/// Lanes of 16 bytes as one vector.
@inline(__always) func whole<S: SIMD>(_ a: S) -> V128 { unsafeBitCast(a, to: V128.self) }
