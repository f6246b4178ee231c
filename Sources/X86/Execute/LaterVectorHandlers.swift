import CHostSIMD

// Handlers of SSE3 and later beside the usual shapes. Intel SDM Vol. 2: PALIGNR, BLENDPS, PBLENDVB,
// INSERTPS, PTEST, DPPS, CRC32, AESKEYGENASSIST, SHA256RNDS2 and their kin.

/// What a micro-op's `immediate` and `displacement` hold as one vector.
@inline(__always) func constant(_ pc: Raw) -> V128 {
  V128(Int64(bitPattern: pc.op.pointee.immediate), Int64(bitPattern: pc.op.pointee.displacement))
}

/// A vector of bytes FF and 00, in a micro-op's `immediate` and `displacement`.
struct ByteMask {
  private var low: UInt64 = 0
  private var high: UInt64 = 0

  /// Byte `k` is FF where `isSet(k)`.
  init(_ isSet: (Int) -> Bool) {
    for k in 0..<8 {
      if isSet(k) { low |= 0xFF << UInt64(k &* 8) }
      if isSet(k &+ 8) { high |= 0xFF << UInt64(k &* 8) }
    }
  }

  func write(to op: inout MicroOp) {
    op.immediate = low
    op.displacement = high
  }
}

/// destination = f(destination, source, XMM0)
@inline(never) func vectorByXMM0(
  _ f: (V128, V128, V128) -> V128,
  _ cpu: Raw,
  _ pc: Raw,
  _ mem: Raw
) {
  let to = vectorDestination(cpu, pc)
  let b = vectorSource(cpu, pc).load(as: V128.self)
  let implied = vector(cpu, Slot.vector(0)).load(as: V128.self)
  to.storeBytes(of: f(to.load(as: V128.self), b, implied), as: V128.self)
  return next(cpu, pc, mem)
}

/// destination = f(destination, source, immediate)
@inline(never) func vectorRI8(
  _ f: (V128, V128, UInt32) -> V128,
  _ cpu: Raw,
  _ pc: Raw,
  _ mem: Raw
) {
  let to = vectorDestination(cpu, pc)
  let b = vectorSource(cpu, pc).load(as: V128.self)
  let n = UInt32(truncatingIfNeeded: pc.op.pointee.immediate)
  to.storeBytes(of: f(to.load(as: V128.self), b, n), as: V128.self)
  return next(cpu, pc, mem)
}

/// PALIGNR
@inline(never) func alignVectors(_ cpu: Raw, _ pc: Raw, _ mem: Raw) {
  let to = vectorDestination(cpu, pc)
  let low = vectorSource(cpu, pc).load(as: V128.self)
  to.storeBytes(of: host_align(low, to.load(as: V128.self), constant(pc)), as: V128.self)
  return next(cpu, pc, mem)
}

/// BLENDPS, BLENDPD, PBLENDW
@inline(never) func blendVectors(_ cpu: Raw, _ pc: Raw, _ mem: Raw) {
  let to = vectorDestination(cpu, pc)
  let b = vectorSource(cpu, pc).load(as: V128.self)
  to.storeBytes(of: host_blend(to.load(as: V128.self), b, constant(pc)), as: V128.self)
  return next(cpu, pc, mem)
}

/// The elements that INSERTPS clears.
@inline(never) func maskVector(_ cpu: Raw, _ pc: Raw, _ mem: Raw) {
  let to = vectorDestination(cpu, pc)
  to.storeBytes(of: host_pand(to.load(as: V128.self), constant(pc)), as: V128.self)
  return next(cpu, pc, mem)
}

/// AESKEYGENASSIST
@inline(never) func generateKey(_ cpu: Raw, _ pc: Raw, _ mem: Raw) {
  let key = host_aeskeygenassist_0(vectorSource(cpu, pc).load(as: V128.self))
  vectorDestination(cpu, pc).storeBytes(of: host_pxor(key, constant(pc)), as: V128.self)
  return next(cpu, pc, mem)
}

/// PTEST: ZF says that no bit of the source is set where one of the destination is, CF that none is
/// where none of the destination is.
@inline(never) func testVectors(_ cpu: Raw, _ pc: Raw, _ mem: Raw) {
  let a = vectorDestination(cpu, pc)
  let b = vectorSource(cpu, pc)
  let (a0, a1) = (a.load(as: UInt64.self), a.load(fromByteOffset: 8, as: UInt64.self))
  let (b0, b1) = (b.load(as: UInt64.self), b.load(fromByteOffset: 8, as: UInt64.self))
  setTestFlags(cpu, both: (a0 & b0) | (a1 & b1), sourceOnly: (~a0 & b0) | (~a1 & b1))
  return next(cpu, pc, mem)
}

/// The flags of PTEST.
@inline(__always) func setTestFlags(_ cpu: Raw, both: UInt64, sourceOnly: UInt64) {
  let state = cpu.state
  state.pointee.flagZ = both
  state.pointee.flagS = 1
  state.pointee.flagA = 1
  state.pointee.cf = bit(sourceOnly == 0)
  state.pointee.of = 0
}

/// CRC32 r, r/m; the result fills the register with zeros.
@inline(never) func sumCRC<W: Word>(
  _ f: (UInt64, W) -> UInt64,
  _ cpu: Raw,
  _ pc: Raw,
  _ mem: Raw
) {
  let slot = pc.op.pointee.destination
  put(cpu, slot, f(get(cpu, slot), get(cpu, pc.op.pointee.source)))
  return next(cpu, pc, mem)
}

/// CRC32 by the width of what is added.
let crc32Handlers: [Handler] = [
  { sumCRC(host_crc32b, $0, $1, $2) },
  { sumCRC(host_crc32w, $0, $1, $2) },
  { sumCRC(host_crc32l, $0, $1, $2) },
  { sumCRC(host_crc32q, $0, $1, $2) },
]
