import CHostSIMD

// MMX. Intel SDM Vol. 1, chapter 9: MM0 ... MM7 are the significands of the physical x87 registers,
// which `Slot.mmx` makes operands of the vector handlers too. Every instruction but EMMS makes all
// registers valid and R0 the top of the stack; writing one sets its sign and exponent to ones.
// The operations are SSE's on the low halves.

extension Slot {
  /// An MMX register in a micro-op, as if it were a vector register.
  @inline(__always) static func mmx(_ n: UInt8) -> UInt8 {
    UInt8(truncatingIfNeeded: (x87Registers &- vectors) / 4) &+ n &* 4
  }
}

/// Before everything else of an MMX instruction: what keeps it from being executed.
func checkMMX(_ cpu: Raw, _ pc: Raw, _ mem: Raw) {
  guard _fastPath(cpu.x87.pointee.isSlow == 0) else { return checkMMXSlowly(cpu, pc, mem) }
  return next(cpu, pc, mem)
}

/// The same, for an instruction that cannot fault later: what it does to the x87 state comes at once.
func beginMMX(_ cpu: Raw, _ pc: Raw, _ mem: Raw) {
  guard _fastPath(cpu.x87.pointee.isSlow == 0) else { return beginMMXSlowly(cpu, pc, mem) }
  return markMMX(cpu, pc, mem)
}

/// What every MMX instruction does to the x87 state, when it can no longer fault.
func markMMXHandler(_ cpu: Raw, _ pc: Raw, _ mem: Raw) { return markMMX(cpu, pc, mem) }

@inline(__always) private func markMMX(_ cpu: Raw, _ pc: Raw, _ mem: Raw) {
  cpu.x87.pointee.top = 0
  cpu.x87.pointee.tags = 0xFF
  return next(cpu, pc, mem)
}

/// EMMS, after the check: all registers are empty.
func emptyMMX(_ cpu: Raw, _ pc: Raw, _ mem: Raw) {
  cpu.x87.pointee.top = 0
  cpu.x87.pointee.tags = 0
  return next(cpu, pc, mem)
}

@inline(never) private func checkMMXSlowly(_ cpu: Raw, _ pc: Raw, _ mem: Raw) {
  let fault = mmxFault(cpu)
  if fault != 0 { return raise(cpu, pc, mem, fault) }
  return next(cpu, pc, mem)
}

@inline(never) private func beginMMXSlowly(_ cpu: Raw, _ pc: Raw, _ mem: Raw) {
  let fault = mmxFault(cpu)
  if fault != 0 { return raise(cpu, pc, mem, fault) }
  return markMMX(cpu, pc, mem)
}

/// The vector of the exception, or 0 (Intel SDM Vol. 3A, table 13-1).
func mmxFault(_ cpu: Raw) -> UInt64 {
  let cr0 = cpu.state.pointee.cr0
  if cr0 & 4 != 0 { return UInt64(ExceptionVector.invalidOpcode.rawValue) }
  if cr0 & 8 != 0 { return UInt64(ExceptionVector.deviceNotAvailable.rawValue) }
  let isPending = cpu.x87.pointee.status & X87Status.summary != 0
  return isPending ? UInt64(ExceptionVector.x87FloatingPoint.rawValue) : 0
}

/// Gives an MMX register its value.
@inline(__always) func putMMX(_ to: Raw, _ value: Int64) {
  to.storeBytes(of: value, as: Int64.self)
  to.storeBytes(of: 0xFFFF, toByteOffset: 8, as: UInt16.self)
}

/// The low 64 bits at `from`, with zeros above.
@inline(__always) func lowHalf(_ from: Raw) -> V128 { V128(from.load(as: Int64.self), 0) }

/// destination = f(destination, source)
@inline(never) func mmxRR(
  _ f: (V128, V128) -> V128,
  _ cpu: Raw,
  _ pc: Raw,
  _ mem: Raw
) {
  let to = vectorDestination(cpu, pc)
  putMMX(to, f(lowHalf(to), lowHalf(vectorSource(cpu, pc)))[0])
  return next(cpu, pc, mem)
}

/// destination = f(destination, source), where the result is in the high half.
@inline(never) func mmxHighRR(
  _ f: (V128, V128) -> V128,
  _ cpu: Raw,
  _ pc: Raw,
  _ mem: Raw
) {
  let to = vectorDestination(cpu, pc)
  putMMX(to, f(lowHalf(to), lowHalf(vectorSource(cpu, pc)))[1])
  return next(cpu, pc, mem)
}

/// destination = f(destination and source as one register, the same)
@inline(never) func mmxPackRR(
  _ f: (V128, V128) -> V128,
  _ cpu: Raw,
  _ pc: Raw,
  _ mem: Raw
) {
  let to = vectorDestination(cpu, pc)
  let both = V128(to.load(as: Int64.self), vectorSource(cpu, pc).load(as: Int64.self))
  putMMX(to, f(both, both)[0])
  return next(cpu, pc, mem)
}

/// destination = f(destination, count in the micro-op)
@inline(never) func mmxRI(
  _ f: (V128, V128) -> V128,
  _ cpu: Raw,
  _ pc: Raw,
  _ mem: Raw
) {
  let to = vectorDestination(cpu, pc)
  let count = V128(Int64(bitPattern: pc.op.pointee.immediate), 0)
  putMMX(to, f(lowHalf(to), count)[0])
  return next(cpu, pc, mem)
}

/// MMX register = f(vector or MMX register)
@inline(never) func mmxUnary<From: BitwiseCopyable>(
  _ f: (From) -> Int64,
  _ cpu: Raw,
  _ pc: Raw,
  _ mem: Raw
) {
  let a = vectorSource(cpu, pc).load(as: From.self)
  putMMX(vectorDestination(cpu, pc), f(a))
  return next(cpu, pc, mem)
}

/// MMX register = f(general-purpose register)
@inline(__always) func gprToMMX<W: Word>(_: W.Type, _ cpu: Raw, _ pc: Raw, _ mem: Raw) {
  let a: W = get(cpu, pc.op.pointee.source)
  putMMX(vectorDestination(cpu, pc), Int64(truncatingIfNeeded: a))
  return next(cpu, pc, mem)
}

/// PALIGNR: `immediate` has one byte number a result byte, among those of source and destination.
func alignMMX(_ cpu: Raw, _ pc: Raw, _ mem: Raw) {
  let to = vectorDestination(cpu, pc)
  let control = V128(Int64(bitPattern: pc.op.pointee.immediate), 0)
  let both = V128(vectorSource(cpu, pc).load(as: Int64.self), to.load(as: Int64.self))
  putMMX(to, host_pshufb(both, control)[0])
  return next(cpu, pc, mem)
}

/// PSHUFW: `immediate` has one source byte number a result byte.
func shuffleMMX(_ cpu: Raw, _ pc: Raw, _ mem: Raw) {
  let control = V128(Int64(bitPattern: pc.op.pointee.immediate), 0)
  putMMX(vectorDestination(cpu, pc), host_pshufb(lowHalf(vectorSource(cpu, pc)), control)[0])
  return next(cpu, pc, mem)
}

/// PINSRW mm, r, imm: `displacement` is the byte offset of the word in the destination.
func insertWordMMX(_ cpu: Raw, _ pc: Raw, _ mem: Raw) {
  let to = vectorDestination(cpu, pc)
  let word = to + Int(truncatingIfNeeded: pc.op.pointee.displacement)
  word.storeBytes(of: get(cpu, pc.op.pointee.source) as UInt16, as: UInt16.self)
  to.storeBytes(of: 0xFFFF, toByteOffset: 8, as: UInt16.self)
  return next(cpu, pc, mem)
}

/// MASKMOVQ: only the bytes are written whose mask byte has its top bit set.
func storeMaskedMMX(_ cpu: Raw, _ pc: Raw, _ mem: Raw) {
  let address = effectiveAddress(cpu, pc)
  let found = Lookup(write: mem, address)
  guard found.hits(8) else { return memoryMiss(cpu, pc, mem, address, Access.write(8)) }
  let host = found.host
  let old = V128(host.loadUnaligned(as: Int64.self), 0)
  let value = lowHalf(vectorDestination(cpu, pc))
  let new = host_select(value, lowHalf(vectorSource(cpu, pc)), old)
  host.storeBytes(of: new[0], as: Int64.self)
  return next(cpu, pc, mem)
}
