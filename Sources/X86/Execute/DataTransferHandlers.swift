// Moves. Intel SDM Vol. 2: MOV, MOVZX, MOVSX, LEA, PUSH, POP, XCHG, LEAVE, BSWAP.

/// How a memory operand's address is formed.
protocol AddressForm {
  static func address(_ cpu: Raw, _ pc: Raw) -> UInt64
}
/// Base and displacement.
enum Based: AddressForm {
  @inline(__always) static func address(_ cpu: Raw, _ pc: Raw) -> UInt64 { baseAddress(cpu, pc) }
}
/// Base, scaled index and displacement.
enum Indexed: AddressForm {
  @inline(__always) static func address(_ cpu: Raw, _ pc: Raw) -> UInt64 {
    effectiveAddress(cpu, pc)
  }
}

/// MOV r, r
@inline(__always) func movRR<W: Word>(_: W.Type, _ cpu: Raw, _ pc: Raw, _ mem: Raw) {
  put(cpu, pc.op.pointee.destination, get(cpu, pc.op.pointee.source) as W)
  return next(cpu, pc, mem)
}

/// MOV r, imm
@inline(__always) func movRI<W: Word>(_: W.Type, _ cpu: Raw, _ pc: Raw, _ mem: Raw) {
  put(cpu, pc.op.pointee.destination, immediate(pc) as W)
  return next(cpu, pc, mem)
}

/// MOV r, m; MOVZX r, m; MOVSX r, m: reads `From`, writes it extended to `To`.
@inline(__always) func load<From: Word, To: Word, A: AddressForm>(
  _: From.Type,
  _: To.Type,
  _: A.Type,
  signed: Bool,
  _ cpu: Raw,
  _ pc: Raw,
  _ mem: Raw
) {
  let address = A.address(cpu, pc)
  let found = Lookup(read: mem, address)
  guard found.hits(From.byteCount) else {
    return memoryMiss(cpu, pc, mem, address, Access.read(From.byteCount))
  }
  let value = found.host.loadUnaligned(as: From.self)
  put(
    cpu,
    pc.op.pointee.destination,
    signed ? To(truncatingIfNeeded: value.signed) : To(truncatingIfNeeded: value)
  )
  return next(cpu, pc, mem)
}

/// Reads what is going to be written back: faults as a write does.
@inline(__always) func loadForWrite<W: Word>(_: W.Type, _ cpu: Raw, _ pc: Raw, _ mem: Raw) {
  let address = effectiveAddress(cpu, pc)
  let found = Lookup(write: mem, address)
  guard found.hits(W.byteCount) else {
    return memoryMiss(cpu, pc, mem, address, Access.write(W.byteCount))
  }
  put(cpu, pc.op.pointee.destination, found.host.loadUnaligned(as: W.self))
  return next(cpu, pc, mem)
}

/// MOV m, r
@inline(__always) func store<W: Word, A: AddressForm>(
  _: W.Type,
  _: A.Type,
  _ cpu: Raw,
  _ pc: Raw,
  _ mem: Raw
) {
  let address = A.address(cpu, pc)
  let found = Lookup(write: mem, address)
  guard found.hits(W.byteCount) else {
    return memoryMiss(cpu, pc, mem, address, Access.write(W.byteCount))
  }
  found.host.storeBytes(of: get(cpu, pc.op.pointee.source) as W, as: W.self)
  return next(cpu, pc, mem)
}

/// MOV m, imm
@inline(__always) func storeImmediate<W: Word, A: AddressForm>(
  _: W.Type,
  _: A.Type,
  _ cpu: Raw,
  _ pc: Raw,
  _ mem: Raw
) {
  let address = A.address(cpu, pc)
  let found = Lookup(write: mem, address)
  guard found.hits(W.byteCount) else {
    return memoryMiss(cpu, pc, mem, address, Access.write(W.byteCount))
  }
  found.host.storeBytes(of: immediate(pc) as W, as: W.self)
  return next(cpu, pc, mem)
}

/// MOVZX r, r; MOVSX r, r
@inline(__always) func extend<From: Word, To: Word>(
  _: From.Type,
  _: To.Type,
  signed: Bool,
  _ cpu: Raw,
  _ pc: Raw,
  _ mem: Raw
) {
  let value: From = get(cpu, pc.op.pointee.source)
  put(
    cpu,
    pc.op.pointee.destination,
    signed ? To(truncatingIfNeeded: value.signed) : To(truncatingIfNeeded: value)
  )
  return next(cpu, pc, mem)
}

/// LEA
@inline(__always) func lea<W: Word, A: AddressForm>(
  _: W.Type,
  _: A.Type,
  _ cpu: Raw,
  _ pc: Raw,
  _ mem: Raw
) {
  put(cpu, pc.op.pointee.destination, W(truncatingIfNeeded: A.address(cpu, pc)))
  return next(cpu, pc, mem)
}

/// XCHG r, r
@inline(__always) func xchgRR<W: Word>(_: W.Type, _ cpu: Raw, _ pc: Raw, _ mem: Raw) {
  let a: W = get(cpu, pc.op.pointee.destination)
  let b: W = get(cpu, pc.op.pointee.source)
  put(cpu, pc.op.pointee.destination, b)
  put(cpu, pc.op.pointee.source, a)
  return next(cpu, pc, mem)
}

/// XCHG m, r
@inline(__always) func xchgMR<W: Word>(_: W.Type, _ cpu: Raw, _ pc: Raw, _ mem: Raw) {
  let address = effectiveAddress(cpu, pc)
  let found = Lookup(write: mem, address)
  guard found.hits(W.byteCount) else {
    return memoryMiss(cpu, pc, mem, address, Access.write(W.byteCount))
  }
  let host = found.host
  let old = host.loadUnaligned(as: W.self)
  host.storeBytes(of: get(cpu, pc.op.pointee.source) as W, as: W.self)
  put(cpu, pc.op.pointee.source, old)
  return next(cpu, pc, mem)
}

/// PUSH r64, PUSH imm
@inline(__always) func pushValue(_ value: UInt64, _ cpu: Raw, _ pc: Raw, _ mem: Raw) {
  let rsp: UInt64 = get(cpu, Slot.rsp) &- 8
  let found = Lookup(write: mem, rsp)
  guard found.hits(8) else { return memoryMiss(cpu, pc, mem, rsp, Access.write(8)) }
  found.host.storeBytes(of: value, as: UInt64.self)
  put(cpu, Slot.rsp, rsp)
  return next(cpu, pc, mem)
}

/// PUSH r64
func pushRegister(_ cpu: Raw, _ pc: Raw, _ mem: Raw) {
  return pushValue(get(cpu, pc.op.pointee.source), cpu, pc, mem)
}

/// PUSH imm
func pushImmediate(_ cpu: Raw, _ pc: Raw, _ mem: Raw) {
  return pushValue(pc.op.pointee.immediate, cpu, pc, mem)
}

/// POP r64; POP RSP keeps the popped value.
func popRegister(_ cpu: Raw, _ pc: Raw, _ mem: Raw) {
  let rsp: UInt64 = get(cpu, Slot.rsp)
  let found = Lookup(read: mem, rsp)
  guard found.hits(8) else { return memoryMiss(cpu, pc, mem, rsp, Access.read(8)) }
  let value = found.host.loadUnaligned(as: UInt64.self)
  put(cpu, Slot.rsp, rsp &+ 8)
  put(cpu, pc.op.pointee.destination, value)
  return next(cpu, pc, mem)
}

/// LEAVE
func leaveFrame(_ cpu: Raw, _ pc: Raw, _ mem: Raw) {
  let rbp: UInt64 = get(cpu, Slot.rbp)
  let found = Lookup(read: mem, rbp)
  guard found.hits(8) else { return memoryMiss(cpu, pc, mem, rbp, Access.read(8)) }
  put(cpu, Slot.rbp, found.host.loadUnaligned(as: UInt64.self))
  put(cpu, Slot.rsp, rbp &+ 8)
  return next(cpu, pc, mem)
}

/// BSWAP r32, r64
@inline(__always) func bswap<W: Word>(_: W.Type, _ cpu: Raw, _ pc: Raw, _ mem: Raw) {
  let a: W = get(cpu, pc.op.pointee.destination)
  put(cpu, pc.op.pointee.destination, a.byteSwapped)
  return next(cpu, pc, mem)
}

/// CDQ, CQO: the sign of rAX into rDX.
@inline(__always) func signIntoRDX<W: Word>(_: W.Type, _ cpu: Raw, _ pc: Raw, _ mem: Raw) {
  let a: W = get(cpu, Slot.rax)
  put(cpu, Slot.rdx, a.signBit ? W.max : 0)
  return next(cpu, pc, mem)
}

/// NOP and everything that has no effect here.
func noOperation(_ cpu: Raw, _ pc: Raw, _ mem: Raw) {
  return next(cpu, pc, mem)
}

/// An instruction that is executed by `VCPU.execute`; `immediate` says which.
func callOut(_ cpu: Raw, _ pc: Raw, _ mem: Raw) {
  leave(cpu, pc, Exit.callout)
}
