// Handlers of the two-operand operations for each place of the operands. Each is generic over the
// operation, the width and the use of the flags; `BinaryHandlers+Table.swift` names the instances.

/// register, register: `base` is the first operand, so that a move into the destination just before
/// can be part of it.
@inline(__always) func rr<O: BinaryOperation, W: Word, F: FlagUse>(
  _: O.Type,
  _: W.Type,
  _: F.Type,
  _ cpu: Raw,
  _ pc: Raw,
  _ mem: Raw
) {
  let a: W = get(cpu, pc.op.pointee.base)
  let b: W = get(cpu, pc.op.pointee.source)
  put(cpu, pc.op.pointee.destination, O.apply(cpu, a, b, F.self))
  return next(cpu, pc, mem)
}

/// register, immediate: `source` is the first operand.
@inline(__always) func ri<O: BinaryOperation, W: Word, F: FlagUse>(
  _: O.Type,
  _: W.Type,
  _: F.Type,
  _ cpu: Raw,
  _ pc: Raw,
  _ mem: Raw
) {
  let a: W = get(cpu, pc.op.pointee.source)
  put(cpu, pc.op.pointee.destination, O.apply(cpu, a, immediate(pc), F.self))
  return next(cpu, pc, mem)
}

/// register, memory
@inline(__always) func rm<O: BinaryOperation, W: Word, F: FlagUse>(
  _: O.Type,
  _: W.Type,
  _: F.Type,
  _ cpu: Raw,
  _ pc: Raw,
  _ mem: Raw
) {
  let address = effectiveAddress(cpu, pc)
  let found = Lookup(read: mem, address)
  guard found.hits(W.byteCount) else {
    return memoryMiss(cpu, pc, mem, address, Access.read(W.byteCount))
  }
  let a: W = get(cpu, pc.op.pointee.destination)
  let b = found.host.loadUnaligned(as: W.self)
  put(cpu, pc.op.pointee.destination, O.apply(cpu, a, b, F.self))
  return next(cpu, pc, mem)
}

/// memory, register
@inline(__always) func mr<O: BinaryOperation, W: Word, F: FlagUse>(
  _: O.Type,
  _: W.Type,
  _: F.Type,
  _ cpu: Raw,
  _ pc: Raw,
  _ mem: Raw
) {
  let address = effectiveAddress(cpu, pc)
  let found = Lookup(write: mem, address)
  guard found.hits(W.byteCount) else {
    return memoryMiss(cpu, pc, mem, address, Access.write(W.byteCount))
  }
  let host = found.host
  let b: W = get(cpu, pc.op.pointee.source)
  let r = O.apply(cpu, host.loadUnaligned(as: W.self), b, F.self)
  host.storeBytes(of: r, as: W.self)
  return next(cpu, pc, mem)
}

/// memory, immediate
@inline(__always) func mi<O: BinaryOperation, W: Word, F: FlagUse>(
  _: O.Type,
  _: W.Type,
  _: F.Type,
  _ cpu: Raw,
  _ pc: Raw,
  _ mem: Raw
) {
  let address = effectiveAddress(cpu, pc)
  let found = Lookup(write: mem, address)
  guard found.hits(W.byteCount) else {
    return memoryMiss(cpu, pc, mem, address, Access.write(W.byteCount))
  }
  let host = found.host
  let r = O.apply(cpu, host.loadUnaligned(as: W.self), immediate(pc), F.self)
  host.storeBytes(of: r, as: W.self)
  return next(cpu, pc, mem)
}

// Comparisons: as above, but only the flags are kept.

/// register, register
@inline(__always) func compareRR<O: BinaryOperation, W: Word>(
  _: O.Type,
  _: W.Type,
  _ cpu: Raw,
  _ pc: Raw,
  _ mem: Raw
) {
  let a: W = get(cpu, pc.op.pointee.destination)
  let b: W = get(cpu, pc.op.pointee.source)
  _ = O.apply(cpu, a, b, Live.self)
  return next(cpu, pc, mem)
}

/// register, immediate
@inline(__always) func compareRI<O: BinaryOperation, W: Word>(
  _: O.Type,
  _: W.Type,
  _ cpu: Raw,
  _ pc: Raw,
  _ mem: Raw
) {
  let a: W = get(cpu, pc.op.pointee.destination)
  _ = O.apply(cpu, a, immediate(pc), Live.self)
  return next(cpu, pc, mem)
}

/// register, memory
@inline(__always) func compareRM<O: BinaryOperation, W: Word>(
  _: O.Type,
  _: W.Type,
  _ cpu: Raw,
  _ pc: Raw,
  _ mem: Raw
) {
  let address = effectiveAddress(cpu, pc)
  let found = Lookup(read: mem, address)
  guard found.hits(W.byteCount) else {
    return memoryMiss(cpu, pc, mem, address, Access.read(W.byteCount))
  }
  let a: W = get(cpu, pc.op.pointee.destination)
  _ = O.apply(cpu, a, found.host.loadUnaligned(as: W.self), Live.self)
  return next(cpu, pc, mem)
}

/// memory, register
@inline(__always) func compareMR<O: BinaryOperation, W: Word>(
  _: O.Type,
  _: W.Type,
  _ cpu: Raw,
  _ pc: Raw,
  _ mem: Raw
) {
  let address = effectiveAddress(cpu, pc)
  let found = Lookup(read: mem, address)
  guard found.hits(W.byteCount) else {
    return memoryMiss(cpu, pc, mem, address, Access.read(W.byteCount))
  }
  let b: W = get(cpu, pc.op.pointee.source)
  _ = O.apply(cpu, found.host.loadUnaligned(as: W.self), b, Live.self)
  return next(cpu, pc, mem)
}

/// memory, immediate
@inline(__always) func compareMI<O: BinaryOperation, W: Word>(
  _: O.Type,
  _: W.Type,
  _ cpu: Raw,
  _ pc: Raw,
  _ mem: Raw
) {
  let address = effectiveAddress(cpu, pc)
  let found = Lookup(read: mem, address)
  guard found.hits(W.byteCount) else {
    return memoryMiss(cpu, pc, mem, address, Access.read(W.byteCount))
  }
  _ = O.apply(cpu, found.host.loadUnaligned(as: W.self), immediate(pc), Live.self)
  return next(cpu, pc, mem)
}
