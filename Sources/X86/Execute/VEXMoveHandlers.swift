import CHostSIMD

// Moves of vector registers in their VEX forms. Intel SDM Vol. 2: VMOVAPS and its kin, VBROADCAST,
// VINSERTF128, VEXTRACTF128, VPERM2F128, VPERMQ, VPERMD, VZEROUPPER, VZEROALL, VMASKMOV.

/// VMOVAPS x, m128: the upper half becomes 0.
@inline(__always) func loadClearing<R: AlignmentRule, A: AddressForm>(
  _: R.Type,
  _: A.Type,
  _ cpu: Raw,
  _ pc: Raw,
  _ mem: Raw
) {
  let address = A.address(cpu, pc)
  if R.isStrict {
    guard isAligned(address) else { return raiseMisaligned(cpu, pc, mem) }
  }
  let found = Lookup(read: mem, address)
  guard found.hits(16) else { return memoryMiss(cpu, pc, mem, address, Access.read(16)) }
  storeClearing(vectorDestination(cpu, pc), found.host.loadUnaligned(as: V128.self))
  return next(cpu, pc, mem)
}

/// VMOVAPS y, m256
@inline(__always) func loadWide<R: AlignmentRule, A: AddressForm>(
  _: R.Type,
  _: A.Type,
  _ cpu: Raw,
  _ pc: Raw,
  _ mem: Raw
) {
  let address = A.address(cpu, pc)
  if R.isStrict {
    guard _fastPath(address & 31 == 0) else { return raiseMisaligned(cpu, pc, mem) }
  }
  let found = Lookup(read: mem, address)
  guard found.hits(32) else { return memoryMiss(cpu, pc, mem, address, Access.read(32)) }
  let host = found.host
  let to = vectorDestination(cpu, pc)
  to.storeBytes(of: host.loadUnaligned(as: V128.self), as: V128.self)
  to.storeBytes(
    of: host.loadUnaligned(fromByteOffset: 16, as: V128.self),
    toByteOffset: 16,
    as: V128.self
  )
  return next(cpu, pc, mem)
}

/// VMOVAPS m256, y
@inline(__always) func storeWide<R: AlignmentRule, A: AddressForm>(
  _: R.Type,
  _: A.Type,
  _ cpu: Raw,
  _ pc: Raw,
  _ mem: Raw
) {
  let address = A.address(cpu, pc)
  if R.isStrict {
    guard _fastPath(address & 31 == 0) else { return raiseMisaligned(cpu, pc, mem) }
  }
  let found = Lookup(write: mem, address)
  guard found.hits(32) else { return memoryMiss(cpu, pc, mem, address, Access.write(32)) }
  let host = found.host
  let from = vectorSource(cpu, pc)
  host.storeBytes(of: from.load(as: V128.self), as: V128.self)
  host.storeBytes(
    of: from.load(fromByteOffset: 16, as: V128.self),
    toByteOffset: 16,
    as: V128.self
  )
  return next(cpu, pc, mem)
}

/// VMOVSS x, m32; VMOVSD x, m64; VMOVD x, m32; VMOVQ x, m64
@inline(__always) func loadScalarClearing<W: Word, A: AddressForm>(
  _: W.Type,
  _: A.Type,
  _ cpu: Raw,
  _ pc: Raw,
  _ mem: Raw
) {
  let address = A.address(cpu, pc)
  let found = Lookup(read: mem, address)
  guard found.hits(W.byteCount) else {
    return memoryMiss(cpu, pc, mem, address, Access.read(W.byteCount))
  }
  storeClearing(
    vectorDestination(cpu, pc),
    zeroExtended(found.host.loadUnaligned(as: W.self))
  )
  return next(cpu, pc, mem)
}

/// The lowest element in all of 16 bytes.
@inline(__always) func splat<W: Word>(_ value: W) -> V128 {
  switch W.byteCount {
  case 1:
    unsafeBitCast(SIMD16<UInt8>(repeating: UInt8(truncatingIfNeeded: value)), to: V128.self)
  case 2:
    unsafeBitCast(SIMD8<UInt16>(repeating: UInt16(truncatingIfNeeded: value)), to: V128.self)
  case 4:
    unsafeBitCast(SIMD4<UInt32>(repeating: UInt32(truncatingIfNeeded: value)), to: V128.self)
  default: V128(repeating: Int64(truncatingIfNeeded: value))
  }
}

/// VBROADCASTSS y, m32 and its kin.
@inline(__always) func broadcastLoad<W: Word>(
  _: W.Type,
  isWide: Bool,
  _ cpu: Raw,
  _ pc: Raw,
  _ mem: Raw
) {
  let address = effectiveAddress(cpu, pc)
  let found = Lookup(read: mem, address)
  guard found.hits(W.byteCount) else {
    return memoryMiss(cpu, pc, mem, address, Access.read(W.byteCount))
  }
  let value = splat(found.host.loadUnaligned(as: W.self))
  let to = vectorDestination(cpu, pc)
  to.storeBytes(of: value, as: V128.self)
  to.storeBytes(of: isWide ? value : V128(repeating: 0), toByteOffset: 16, as: V128.self)
  return next(cpu, pc, mem)
}

/// VBROADCASTSS y, x and its kin.
@inline(__always) func broadcast<W: Word>(
  _: W.Type,
  isWide: Bool,
  _ cpu: Raw,
  _ pc: Raw,
  _ mem: Raw
) {
  let value = splat(vectorSource(cpu, pc).load(as: W.self))
  let to = vectorDestination(cpu, pc)
  to.storeBytes(of: value, as: V128.self)
  to.storeBytes(of: isWide ? value : V128(repeating: 0), toByteOffset: 16, as: V128.self)
  return next(cpu, pc, mem)
}

/// VMOVAPS x, x
func copyClearing(_ cpu: Raw, _ pc: Raw, _ mem: Raw) {
  storeClearing(vectorDestination(cpu, pc), vectorSource(cpu, pc).load(as: V128.self))
  return next(cpu, pc, mem)
}

/// The two halves of the destination from any two halves: VMOVAPS y, y, VINSERTF128, VPERM2F128.
func joinHalves(_ cpu: Raw, _ pc: Raw, _ mem: Raw) {
  let low = vectorSource(cpu, pc).load(as: V128.self)
  let high = vectorSecond(cpu, pc).load(as: V128.self)
  let to = vectorDestination(cpu, pc)
  to.storeBytes(of: low, as: V128.self)
  to.storeBytes(of: high, toByteOffset: 16, as: V128.self)
  return next(cpu, pc, mem)
}

/// 16 bytes become 0: what VPERM2F128 can ask for.
func clearHalf(_ cpu: Raw, _ pc: Raw, _ mem: Raw) {
  vectorDestination(cpu, pc).storeBytes(of: V128(repeating: 0), as: V128.self)
  return next(cpu, pc, mem)
}

/// VPERMQ y, y, imm: `immediate` is the pattern.
func permuteQuadwords(_ cpu: Raw, _ pc: Raw, _ mem: Raw) {
  let pattern = Int(truncatingIfNeeded: pc.op.pointee.immediate)
  let from = vectorSource(cpu, pc)
  let a = from.load(fromByteOffset: (pattern & 3) &* 8, as: Int64.self)
  let b = from.load(fromByteOffset: (pattern >> 2 & 3) &* 8, as: Int64.self)
  let c = from.load(fromByteOffset: (pattern >> 4 & 3) &* 8, as: Int64.self)
  let d = from.load(fromByteOffset: (pattern >> 6 & 3) &* 8, as: Int64.self)
  let to = vectorDestination(cpu, pc)
  to.storeBytes(of: V128(a, b), as: V128.self)
  to.storeBytes(of: V128(c, d), toByteOffset: 16, as: V128.self)
  return next(cpu, pc, mem)
}

/// VPERMD y, y, y: `source` has the numbers, `base` the elements.
func permuteDoublewords(_ cpu: Raw, _ pc: Raw, _ mem: Raw) {
  let numbers = vectorSource(cpu, pc)
  let from = vectorSecond(cpu, pc)
  @inline(__always) func element(_ i: Int) -> UInt32 {
    let number = numbers.load(fromByteOffset: i &* 4, as: UInt32.self) & 7
    return from.load(fromByteOffset: Int(number) &* 4, as: UInt32.self)
  }
  let low = SIMD4<UInt32>(element(0), element(1), element(2), element(3))
  let high = SIMD4<UInt32>(element(4), element(5), element(6), element(7))
  let to = vectorDestination(cpu, pc)
  to.storeBytes(of: low, as: SIMD4<UInt32>.self)
  to.storeBytes(of: high, toByteOffset: 16, as: SIMD4<UInt32>.self)
  return next(cpu, pc, mem)
}

/// VZEROUPPER
func zeroUpperHalves(_ cpu: Raw, _ pc: Raw, _ mem: Raw) {
  for n in 0..<16 {
    (cpu + (Slot.vectors &+ 16 &+ n &* 32)).storeBytes(of: V128(repeating: 0), as: V128.self)
  }
  return next(cpu, pc, mem)
}

/// VZEROALL
func zeroVectors(_ cpu: Raw, _ pc: Raw, _ mem: Raw) {
  for n in 0..<32 {
    (cpu + (Slot.vectors &+ n &* 16)).storeBytes(of: V128(repeating: 0), as: V128.self)
  }
  return next(cpu, pc, mem)
}

// MARK: - Between register files

/// VMOVMSKPS r, y and its kin: the bits of the lower half, then those of the upper one.
@inline(never) func wideToGPR(
  _ f: (V128) -> UInt32,
  bits: UInt32,
  _ cpu: Raw,
  _ pc: Raw,
  _ mem: Raw
) {
  let from = vectorSource(cpu, pc)
  let low = f(from.load(as: V128.self))
  let high = f(from.load(fromByteOffset: 16, as: V128.self))
  put(cpu, pc.op.pointee.destination, low | high &<< bits)
  return next(cpu, pc, mem)
}

/// VCVTPD2PS x, y and its kin: two results of 8 bytes.
@inline(never) func narrow(
  _ f: (V128) -> V128,
  _ cpu: Raw,
  _ pc: Raw,
  _ mem: Raw
) {
  let from = vectorSource(cpu, pc)
  let low = f(from.load(as: V128.self))
  let high = f(from.load(fromByteOffset: 16, as: V128.self))
  storeClearing(vectorDestination(cpu, pc), host_punpcklqdq(low, high))
  return next(cpu, pc, mem)
}

// MARK: - Tests

/// PTEST, VTESTPS, VTESTPD: `source` and `base` are the operands; of each element only the bits of
/// the constant count. ZF: nothing in common; CF: the second has nothing that the first has not.
@inline(__always) func testBits(isWide: Bool, _ cpu: Raw, _ pc: Raw, _ mem: Raw) {
  let a = vectorSource(cpu, pc)
  let b = vectorSecond(cpu, pc)
  let first = a.load(as: V128.self)
  let second = b.load(as: V128.self)
  var common = first & second
  var rest = ~first & second
  if isWide {
    let first = a.load(fromByteOffset: 16, as: V128.self)
    let second = b.load(fromByteOffset: 16, as: V128.self)
    common |= first & second
    rest |= ~first & second
  }
  common &= constant(pc)
  rest &= constant(pc)
  setTestFlags(
    cpu,
    both: UInt64(bitPattern: common[0] | common[1]),
    sourceOnly: UInt64(bitPattern: rest[0] | rest[1])
  )
  return next(cpu, pc, mem)
}

// MARK: - Masked moves

/// The element size of a masked move.
protocol MaskLane {
  static func signs(_ mask: V128) -> V128
}
enum Doublewords: MaskLane {
  @inline(__always) static func signs(_ mask: V128) -> V128 {
    unsafeBitCast(
      unsafeBitCast(mask, to: SIMD4<Int32>.self) &>> SIMD4<Int32>(repeating: 31),
      to: V128.self
    )
  }
}
enum Quadwords: MaskLane {
  @inline(__always) static func signs(_ mask: V128) -> V128 {
    let top = unsafeBitCast(mask, to: SIMD4<Int32>.self) &>> SIMD4<Int32>(repeating: 31)
    return unsafeBitCast(SIMD4<Int32>(top[1], top[1], top[3], top[3]), to: V128.self)
  }
}

/// VMASKMOVPS x, x, m128. Elements that the mask leaves out cannot fault, so what is not plain
/// goes the long way; `immediate` is the callout.
@inline(__always) func maskedLoad<L: MaskLane>(
  _: L.Type,
  isWide: Bool,
  _ cpu: Raw,
  _ pc: Raw,
  _ mem: Raw
) {
  let address = effectiveAddress(cpu, pc)
  let found = Lookup(read: mem, address)
  guard found.hits(isWide ? 32 : 16) else { return callOut(cpu, pc, mem) }
  let host = found.host
  let mask = vectorSource(cpu, pc)
  let to = vectorDestination(cpu, pc)
  let low = host.loadUnaligned(as: V128.self) & L.signs(mask.load(as: V128.self))
  var high = V128(repeating: 0)
  if isWide {
    high =
      host.loadUnaligned(fromByteOffset: 16, as: V128.self)
      & L.signs(mask.load(fromByteOffset: 16, as: V128.self))
  }
  to.storeBytes(of: low, as: V128.self)
  to.storeBytes(of: high, toByteOffset: 16, as: V128.self)
  return next(cpu, pc, mem)
}

/// VMASKMOVPS m128, x, x: `source` is the mask, `destination` the data.
@inline(__always) func maskedStore<L: MaskLane>(
  _: L.Type,
  isWide: Bool,
  _ cpu: Raw,
  _ pc: Raw,
  _ mem: Raw
) {
  let address = effectiveAddress(cpu, pc)
  let found = Lookup(write: mem, address)
  guard found.hits(isWide ? 32 : 16) else { return callOut(cpu, pc, mem) }
  let host = found.host
  let mask = vectorSource(cpu, pc)
  let from = vectorDestination(cpu, pc)
  let chosen = L.signs(mask.load(as: V128.self))
  let old = host.loadUnaligned(as: V128.self)
  host.storeBytes(of: from.load(as: V128.self) & chosen | old & ~chosen, as: V128.self)
  if isWide {
    let chosen = L.signs(mask.load(fromByteOffset: 16, as: V128.self))
    let old = host.loadUnaligned(fromByteOffset: 16, as: V128.self)
    let new = from.load(fromByteOffset: 16, as: V128.self)
    host.storeBytes(of: new & chosen | old & ~chosen, toByteOffset: 16, as: V128.self)
  }
  return next(cpu, pc, mem)
}

/// Faults as a store of `size` bytes does.
@inline(__always) func probeStore(_ size: Int, _ cpu: Raw, _ pc: Raw, _ mem: Raw) {
  let address = effectiveAddress(cpu, pc)
  let found = Lookup(write: mem, address)
  guard found.hits(size) else { return memoryMiss(cpu, pc, mem, address, Access.write(size)) }
  return next(cpu, pc, mem)
}

/// Stores what a conversion has made, unless it raised an exception that the guest takes: then the
/// run loop reports it, and memory must be as before.
@inline(__always) func storeConverted<T: BitwiseCopyable>(
  _: T.Type,
  _ cpu: Raw,
  _ pc: Raw,
  _ mem: Raw
) {
  let size = MemoryLayout<T>.size
  let address = effectiveAddress(cpu, pc)
  let found = Lookup(write: mem, address)
  guard found.hits(size) else { return memoryMiss(cpu, pc, mem, address, Access.write(size)) }
  #if arch(x86_64)
  let mxcsr = cpu.state.pointee.mxcsr
  if mxcsr & 0x1F80 != 0x1F80 {
    let seen = cpu + Int(Slot.t1)
    host_store_mxcsr(seen.assumingMemoryBound(to: UInt32.self))
    if seen.load(as: UInt32.self) & ~(mxcsr >> 7) & 0x3F != 0 { return next(cpu, pc, mem) }
  }
  #endif
  found.host.storeBytes(of: vectorSource(cpu, pc).load(as: T.self), as: T.self)
  return next(cpu, pc, mem)
}
