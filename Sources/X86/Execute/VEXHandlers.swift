// What the handlers of VEX instructions have in common.
//
// YMM registers are worked on as two halves of 16 bytes with the host's baseline instructions: the
// loads and stores of one register are then always of one size, which the host can forward, and no
// host without AVX needs other code. A half has a slot of its own (`Slot.upperHalf`), so handlers
// of 16 bytes serve both; the "fused" ones here do a whole instruction at once.
//
// VEX.128 clears the upper half of its destination (Intel SDM Vol. 1, 14.1.2). Memory operands need
// no alignment but for the moves that say so.
//
// In micro-ops with three vector operands `source` is the first source and `base` the second.

/// Stores the lower half and clears the upper one.
@inline(__always) func storeClearing(_ to: Raw, _ value: V128) {
  to.storeBytes(of: value, as: V128.self)
  to.storeBytes(of: V128(repeating: 0), toByteOffset: 16, as: V128.self)
}

/// The second source vector register of a micro-op.
@inline(__always) func vectorSecond(_ cpu: Raw, _ pc: Raw) -> Raw {
  vector(cpu, pc.op.pointee.base)
}

/// The upper half of a register becomes 0.
func clearUpperHalf(_ cpu: Raw, _ pc: Raw, _ mem: Raw) {
  vectorDestination(cpu, pc).storeBytes(
    of: V128(repeating: 0),
    toByteOffset: 16,
    as: V128.self
  )
  return next(cpu, pc, mem)
}

// MARK: - destination = f(first, second), whole instructions

/// VEX.128, registers
@inline(never) func fusedRR(
  _ f: (V128, V128) -> V128,
  _ cpu: Raw,
  _ pc: Raw,
  _ mem: Raw
) {
  let a = vectorSource(cpu, pc).load(as: V128.self)
  let b = vectorSecond(cpu, pc).load(as: V128.self)
  storeClearing(vectorDestination(cpu, pc), f(a, b))
  return next(cpu, pc, mem)
}

/// VEX.128, memory
@inline(never) func fusedRM(
  _ f: (V128, V128) -> V128,
  _ cpu: Raw,
  _ pc: Raw,
  _ mem: Raw
) {
  let address = effectiveAddress(cpu, pc)
  let found = Lookup(read: mem, address)
  guard found.hits(16) else { return memoryMiss(cpu, pc, mem, address, Access.read(16)) }
  let b = found.host.loadUnaligned(as: V128.self)
  let a = vectorSource(cpu, pc).load(as: V128.self)
  storeClearing(vectorDestination(cpu, pc), f(a, b))
  return next(cpu, pc, mem)
}

/// VEX.256, registers
@inline(never) func fusedWideRR(
  _ f: (V128, V128) -> V128,
  _ cpu: Raw,
  _ pc: Raw,
  _ mem: Raw
) {
  let first = vectorSource(cpu, pc)
  let second = vectorSecond(cpu, pc)
  let low = f(first.load(as: V128.self), second.load(as: V128.self))
  let high = f(
    first.load(fromByteOffset: 16, as: V128.self),
    second.load(fromByteOffset: 16, as: V128.self)
  )
  let to = vectorDestination(cpu, pc)
  to.storeBytes(of: low, as: V128.self)
  to.storeBytes(of: high, toByteOffset: 16, as: V128.self)
  return next(cpu, pc, mem)
}

/// VEX.256, memory
@inline(never) func fusedWideRM(
  _ f: (V128, V128) -> V128,
  _ cpu: Raw,
  _ pc: Raw,
  _ mem: Raw
) {
  let address = effectiveAddress(cpu, pc)
  let found = Lookup(read: mem, address)
  guard found.hits(32) else { return memoryMiss(cpu, pc, mem, address, Access.read(32)) }
  let host = found.host
  let first = vectorSource(cpu, pc)
  let low = f(first.load(as: V128.self), host.loadUnaligned(as: V128.self))
  let high = f(
    first.load(fromByteOffset: 16, as: V128.self),
    host.loadUnaligned(fromByteOffset: 16, as: V128.self)
  )
  let to = vectorDestination(cpu, pc)
  to.storeBytes(of: low, as: V128.self)
  to.storeBytes(of: high, toByteOffset: 16, as: V128.self)
  return next(cpu, pc, mem)
}

// MARK: - destination = f(destination, first, second)

/// VEX.128, registers
@inline(never) func fusedRRR(
  _ f: (V128, V128, V128) -> V128,
  _ cpu: Raw,
  _ pc: Raw,
  _ mem: Raw
) {
  let to = vectorDestination(cpu, pc)
  let b = vectorSource(cpu, pc).load(as: V128.self)
  let c = vectorSecond(cpu, pc).load(as: V128.self)
  storeClearing(to, f(to.load(as: V128.self), b, c))
  return next(cpu, pc, mem)
}

/// VEX.128, memory
@inline(never) func fusedRRM(
  _ f: (V128, V128, V128) -> V128,
  _ cpu: Raw,
  _ pc: Raw,
  _ mem: Raw
) {
  let address = effectiveAddress(cpu, pc)
  let found = Lookup(read: mem, address)
  guard found.hits(16) else { return memoryMiss(cpu, pc, mem, address, Access.read(16)) }
  let c = found.host.loadUnaligned(as: V128.self)
  let to = vectorDestination(cpu, pc)
  let b = vectorSource(cpu, pc).load(as: V128.self)
  storeClearing(to, f(to.load(as: V128.self), b, c))
  return next(cpu, pc, mem)
}

/// VEX.256, registers
@inline(never) func fusedWideRRR(
  _ f: (V128, V128, V128) -> V128,
  _ cpu: Raw,
  _ pc: Raw,
  _ mem: Raw
) {
  let to = vectorDestination(cpu, pc)
  let first = vectorSource(cpu, pc)
  let second = vectorSecond(cpu, pc)
  let low = f(to.load(as: V128.self), first.load(as: V128.self), second.load(as: V128.self))
  let high = f(
    to.load(fromByteOffset: 16, as: V128.self),
    first.load(fromByteOffset: 16, as: V128.self),
    second.load(fromByteOffset: 16, as: V128.self)
  )
  to.storeBytes(of: low, as: V128.self)
  to.storeBytes(of: high, toByteOffset: 16, as: V128.self)
  return next(cpu, pc, mem)
}

/// VEX.256, memory
@inline(never) func fusedWideRRM(
  _ f: (V128, V128, V128) -> V128,
  _ cpu: Raw,
  _ pc: Raw,
  _ mem: Raw
) {
  let address = effectiveAddress(cpu, pc)
  let found = Lookup(read: mem, address)
  guard found.hits(32) else { return memoryMiss(cpu, pc, mem, address, Access.read(32)) }
  let host = found.host
  let to = vectorDestination(cpu, pc)
  let first = vectorSource(cpu, pc)
  let low = f(
    to.load(as: V128.self),
    first.load(as: V128.self),
    host.loadUnaligned(as: V128.self)
  )
  let high = f(
    to.load(fromByteOffset: 16, as: V128.self),
    first.load(fromByteOffset: 16, as: V128.self),
    host.loadUnaligned(fromByteOffset: 16, as: V128.self)
  )
  to.storeBytes(of: low, as: V128.self)
  to.storeBytes(of: high, toByteOffset: 16, as: V128.self)
  return next(cpu, pc, mem)
}

// MARK: - One half

/// destination = f(first, second), 16 bytes
@inline(never) func halfRR(
  _ f: (V128, V128) -> V128,
  _ cpu: Raw,
  _ pc: Raw,
  _ mem: Raw
) {
  let a = vectorSource(cpu, pc).load(as: V128.self)
  let b = vectorSecond(cpu, pc).load(as: V128.self)
  vectorDestination(cpu, pc).storeBytes(of: f(a, b), as: V128.self)
  return next(cpu, pc, mem)
}

/// destination = f(first, second, third), 16 bytes; `index` is the third.
@inline(never) func halfRRR(
  _ f: (V128, V128, V128) -> V128,
  _ cpu: Raw,
  _ pc: Raw,
  _ mem: Raw
) {
  let a = vectorSource(cpu, pc).load(as: V128.self)
  let b = vectorSecond(cpu, pc).load(as: V128.self)
  let c = vector(cpu, pc.op.pointee.index).load(as: V128.self)
  vectorDestination(cpu, pc).storeBytes(of: f(a, b, c), as: V128.self)
  return next(cpu, pc, mem)
}

/// destination = f(first, second, constant), 16 bytes; `immediate` and `displacement` are the
/// constant.
@inline(never) func halfRRConstant(
  _ f: (V128, V128, V128) -> V128,
  _ cpu: Raw,
  _ pc: Raw,
  _ mem: Raw
) {
  let a = vectorSource(cpu, pc).load(as: V128.self)
  let b = vectorSecond(cpu, pc).load(as: V128.self)
  vectorDestination(cpu, pc).storeBytes(of: f(a, b, constant(pc)), as: V128.self)
  return next(cpu, pc, mem)
}

// MARK: - Scalars

/// A number that may stand alone in a vector register.
protocol ScalarLane: BitwiseCopyable {
  /// 16 bytes of them.
  associatedtype Whole: BitwiseCopyable
  static func lowest(_ whole: Whole) -> Self
  static func setLowest(_ whole: inout Whole, _ value: Self)
}
extension Float: ScalarLane {
  @inline(__always) static func lowest(_ whole: SIMD4<Float>) -> Float { whole[0] }
  @inline(__always) static func setLowest(_ whole: inout SIMD4<Float>, _ value: Float) {
    whole[0] = value
  }
}
extension Double: ScalarLane {
  @inline(__always) static func lowest(_ whole: SIMD2<Double>) -> Double { whole[0] }
  @inline(__always) static func setLowest(_ whole: inout SIMD2<Double>, _ value: Double) {
    whole[0] = value
  }
}

/// destination = first with f(its lowest element, lowest element of second); registers
@inline(never) func scalarFusedRR<From: ScalarLane, To: ScalarLane>(
  _ f: (To, From) -> To,
  _ cpu: Raw,
  _ pc: Raw,
  _ mem: Raw
) {
  let b = vectorSecond(cpu, pc).load(as: From.self)
  var a = vectorSource(cpu, pc).load(as: To.Whole.self)
  To.setLowest(&a, f(To.lowest(a), b))
  storeClearing(vectorDestination(cpu, pc), unsafeBitCast(a, to: V128.self))
  return next(cpu, pc, mem)
}

/// destination = first with f(its lowest element, memory)
@inline(never) func scalarFusedRM<From: ScalarLane, To: ScalarLane, A: AddressForm>(
  _ f: (To, From) -> To,
  _: A.Type,
  _ cpu: Raw,
  _ pc: Raw,
  _ mem: Raw
) {
  let size = MemoryLayout<From>.size
  let address = A.address(cpu, pc)
  let found = Lookup(read: mem, address)
  guard found.hits(size) else { return memoryMiss(cpu, pc, mem, address, Access.read(size)) }
  let b = found.host.loadUnaligned(as: From.self)
  var a = vectorSource(cpu, pc).load(as: To.Whole.self)
  To.setLowest(&a, f(To.lowest(a), b))
  storeClearing(vectorDestination(cpu, pc), unsafeBitCast(a, to: V128.self))
  return next(cpu, pc, mem)
}

/// destination = destination with f(its lowest element, those of first and second); registers
@inline(never) func scalarFusedRRR<T: ScalarLane>(
  _ f: (T, T, T) -> T,
  _ cpu: Raw,
  _ pc: Raw,
  _ mem: Raw
) {
  let to = vectorDestination(cpu, pc)
  let c = vectorSecond(cpu, pc).load(as: T.self)
  let b = vectorSource(cpu, pc).load(as: T.self)
  var a = to.load(as: T.Whole.self)
  T.setLowest(&a, f(T.lowest(a), b, c))
  storeClearing(to, unsafeBitCast(a, to: V128.self))
  return next(cpu, pc, mem)
}

/// The same with the last one in memory.
@inline(never) func scalarFusedRRM<T: ScalarLane>(
  _ f: (T, T, T) -> T,
  _ cpu: Raw,
  _ pc: Raw,
  _ mem: Raw
) {
  let size = MemoryLayout<T>.size
  let address = effectiveAddress(cpu, pc)
  let found = Lookup(read: mem, address)
  guard found.hits(size) else { return memoryMiss(cpu, pc, mem, address, Access.read(size)) }
  let c = found.host.loadUnaligned(as: T.self)
  let to = vectorDestination(cpu, pc)
  let b = vectorSource(cpu, pc).load(as: T.self)
  var a = to.load(as: T.Whole.self)
  T.setLowest(&a, f(T.lowest(a), b, c))
  storeClearing(to, unsafeBitCast(a, to: V128.self))
  return next(cpu, pc, mem)
}

/// destination = first with f(general-purpose register); `base` is its slot.
@inline(never) func scalarFromGPR<W: Word, To: ScalarLane>(
  _ f: (W) -> To,
  _ cpu: Raw,
  _ pc: Raw,
  _ mem: Raw
) {
  var a = vectorSource(cpu, pc).load(as: To.Whole.self)
  To.setLowest(&a, f(get(cpu, pc.op.pointee.base)))
  storeClearing(vectorDestination(cpu, pc), unsafeBitCast(a, to: V128.self))
  return next(cpu, pc, mem)
}

// MARK: - destination = f(first, count in the micro-op)

/// VEX.128
@inline(never) func fusedRI(
  _ f: (V128, V128) -> V128,
  _ cpu: Raw,
  _ pc: Raw,
  _ mem: Raw
) {
  let count = V128(Int64(bitPattern: pc.op.pointee.immediate), 0)
  let a = vectorSource(cpu, pc).load(as: V128.self)
  storeClearing(vectorDestination(cpu, pc), f(a, count))
  return next(cpu, pc, mem)
}

/// VEX.256
@inline(never) func fusedWideRI(
  _ f: (V128, V128) -> V128,
  _ cpu: Raw,
  _ pc: Raw,
  _ mem: Raw
) {
  let count = V128(Int64(bitPattern: pc.op.pointee.immediate), 0)
  let from = vectorSource(cpu, pc)
  let low = f(from.load(as: V128.self), count)
  let high = f(from.load(fromByteOffset: 16, as: V128.self), count)
  let to = vectorDestination(cpu, pc)
  to.storeBytes(of: low, as: V128.self)
  to.storeBytes(of: high, toByteOffset: 16, as: V128.self)
  return next(cpu, pc, mem)
}

/// VCMPPS and its kin, 16 bytes; `immediate` is the predicate.
@inline(never) func halfByPredicate(
  _ f: (V128, V128, UInt64) -> V128,
  _ cpu: Raw,
  _ pc: Raw,
  _ mem: Raw
) {
  let a = vectorSource(cpu, pc).load(as: V128.self)
  let b = vectorSecond(cpu, pc).load(as: V128.self)
  let r = f(a, b, pc.op.pointee.immediate)
  vectorDestination(cpu, pc).storeBytes(of: r, as: V128.self)
  return next(cpu, pc, mem)
}

/// VCMPSS and VCMPSD: the rest comes from the first source.
@inline(never) func scalarByPredicate<T: ScalarLane>(
  _ f: (V128, V128, UInt64) -> V128,
  _: T.Type,
  _ cpu: Raw,
  _ pc: Raw,
  _ mem: Raw
) {
  let a = vectorSource(cpu, pc).load(as: V128.self)
  let b = vectorSecond(cpu, pc).load(as: V128.self)
  let r = unsafeBitCast(f(a, b, pc.op.pointee.immediate), to: T.Whole.self)
  var whole = unsafeBitCast(a, to: T.Whole.self)
  T.setLowest(&whole, T.lowest(r))
  storeClearing(vectorDestination(cpu, pc), unsafeBitCast(whole, to: V128.self))
  return next(cpu, pc, mem)
}
