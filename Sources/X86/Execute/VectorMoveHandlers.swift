import CHostSIMD

// Moves of vector registers. Intel SDM Vol. 2: MOVAPS, MOVUPS, MOVSS, MOVSD, MOVLPS, MOVHPS, MOVD,
// MOVQ, MOVNTDQ, MASKMOVDQU, PEXTRW, PINSRW and their kin.

/// Whether a 16-byte operand must be aligned.
protocol AlignmentRule {
  static var isStrict: Bool { get }
}
enum Aligned: AlignmentRule {
  @inline(__always) static var isStrict: Bool { true }
}
enum Unaligned: AlignmentRule {
  @inline(__always) static var isStrict: Bool { false }
}

/// MOVAPS x, m128; MOVUPS x, m128
@inline(__always) func loadVector<R: AlignmentRule, A: AddressForm>(
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
  let value = found.host.loadUnaligned(as: V128.self)
  vectorDestination(cpu, pc).storeBytes(of: value, as: V128.self)
  return next(cpu, pc, mem)
}

/// MOVAPS m128, x; MOVUPS m128, x
@inline(__always) func storeVector<R: AlignmentRule, A: AddressForm>(
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
  let found = Lookup(write: mem, address)
  guard found.hits(16) else { return memoryMiss(cpu, pc, mem, address, Access.write(16)) }
  found.host.storeBytes(of: vectorSource(cpu, pc).load(as: V128.self), as: V128.self)
  return next(cpu, pc, mem)
}

/// MOVSS x, m32; MOVSD x, m64; MOVD x, m32; MOVQ x, m64: the rest of the register becomes 0.
@inline(__always) func loadScalar<W: Word, A: AddressForm>(
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
  let value = V128(Int64(truncatingIfNeeded: found.host.loadUnaligned(as: W.self)), 0)
  vectorDestination(cpu, pc).storeBytes(of: value, as: V128.self)
  return next(cpu, pc, mem)
}

/// MOVSS m32, x; MOVSD m64, x; MOVLPS m64, x; MOVHPS m64, x: the bytes from `offset` on.
@inline(__always) func storeScalar<W: Word, A: AddressForm>(
  _: W.Type,
  _: A.Type,
  from offset: Int = 0,
  _ cpu: Raw,
  _ pc: Raw,
  _ mem: Raw
) {
  let address = A.address(cpu, pc)
  let found = Lookup(write: mem, address)
  guard found.hits(W.byteCount) else {
    return memoryMiss(cpu, pc, mem, address, Access.write(W.byteCount))
  }
  let value = vectorSource(cpu, pc).load(fromByteOffset: offset, as: W.self)
  found.host.storeBytes(of: value, as: W.self)
  return next(cpu, pc, mem)
}

/// MOVLPS x, m64; MOVHPS x, m64: the other half stays.
@inline(__always) func loadHalf<A: AddressForm>(
  _: A.Type,
  to offset: Int,
  _ cpu: Raw,
  _ pc: Raw,
  _ mem: Raw
) {
  let address = A.address(cpu, pc)
  let found = Lookup(read: mem, address)
  guard found.hits(8) else { return memoryMiss(cpu, pc, mem, address, Access.read(8)) }
  let value = found.host.loadUnaligned(as: UInt64.self)
  vectorDestination(cpu, pc).storeBytes(of: value, toByteOffset: offset, as: UInt64.self)
  return next(cpu, pc, mem)
}

/// MOVSS x, x; MOVSD x, x; MOVHLPS; MOVLHPS: one part of the source to one of the destination.
@inline(__always) func moveScalar<W: Word>(
  _: W.Type,
  from: Int = 0,
  to: Int = 0,
  _ cpu: Raw,
  _ pc: Raw,
  _ mem: Raw
) {
  let value = vectorSource(cpu, pc).load(fromByteOffset: from, as: W.self)
  vectorDestination(cpu, pc).storeBytes(of: value, toByteOffset: to, as: W.self)
  return next(cpu, pc, mem)
}

/// The low part of a register alone, for MOVD and MOVQ.
@inline(__always) func zeroExtended<W: Word>(_ value: W) -> V128 {
  V128(Int64(truncatingIfNeeded: value), 0)
}

/// MASKMOVDQU: only the bytes are written whose mask byte has its top bit set.
///
/// UNDEFINED: whether a mask of zeros may fault; here it does, as any store.
func storeMasked(_ cpu: Raw, _ pc: Raw, _ mem: Raw) {
  let address = effectiveAddress(cpu, pc)
  let found = Lookup(write: mem, address)
  guard found.hits(16) else { return missMasked(cpu, pc, mem, address) }
  let host = found.host
  let value = vectorDestination(cpu, pc).load(as: V128.self)
  let mask = vectorSource(cpu, pc).load(as: V128.self)
  let old = host.loadUnaligned(as: V128.self)
  host.storeBytes(of: host_select(value, mask, old), as: V128.self)
  return next(cpu, pc, mem)
}

/// A miss of MASKMOVDQU: it does not matter that bytes are not canonical which are not written.
@inline(never) private func missMasked(_ cpu: Raw, _ pc: Raw, _ mem: Raw, _ address: UInt64) {
  let written = host_pmovmskb(vectorSource(cpu, pc).load(as: V128.self))
  let isAtEnd = PageWalk.isCanonical(address) && !PageWalk.isCanonical(address &+ 15)
  let canonical = UInt32(truncatingIfNeeded: (0 &- address) & 15)
  if isAtEnd && written &>> canonical == 0 && !Lookup(write: mem, address).hits(1) {
    return memoryMiss(cpu, pc, mem, address, Access.write(1))
  }
  return memoryMiss(cpu, pc, mem, address, Access.write(16))
}

/// PEXTRB, PEXTRW, PEXTRD, PEXTRQ, EXTRACTPS: `displacement` is the element's byte offset. Elements
/// of less than 8 bytes are extended with zeros.
@inline(__always) func extractLane<W: Word>(_: W.Type, _ cpu: Raw, _ pc: Raw, _ mem: Raw) {
  let lane = vectorSource(cpu, pc) + Int(truncatingIfNeeded: pc.op.pointee.displacement)
  put(cpu, pc.op.pointee.destination, UInt64(lane.load(as: W.self)))
  return next(cpu, pc, mem)
}

/// PINSRB, PINSRW, PINSRD, PINSRQ: `displacement` is the element's byte offset.
@inline(__always) func insertLane<W: Word>(_: W.Type, _ cpu: Raw, _ pc: Raw, _ mem: Raw) {
  let lane = vectorDestination(cpu, pc) + Int(truncatingIfNeeded: pc.op.pointee.displacement)
  lane.storeBytes(of: get(cpu, pc.op.pointee.source) as W, as: W.self)
  return next(cpu, pc, mem)
}
