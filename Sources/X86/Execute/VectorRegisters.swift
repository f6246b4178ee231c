// What the handlers of SSE instructions have in common: where operands are, and the shapes
// "destination = f(destination, source)" and "destination = f(source)".
//
// A 16-byte memory operand must be aligned unless the instruction is one of the unaligned moves
// (Intel SDM Vol. 1, 11.3 and Vol. 3A, 6.15 on #GP); that is checked before the access is made.
// Scalar operations work on the low part in place: the rest of the register stays.
//
// The shapes are specialised for each `f` and never inlined: a closure that is inlined into its C
// entry thunk keeps its calls, because those of thunks are marked so, and `f` would stay one.

/// 128 bits, whatever they mean.
typealias V128 = SIMD2<Int64>

/// The vector register `slot`, which is a `Slot.vector`.
@inline(__always) func vector(_ cpu: Raw, _ slot: UInt8) -> Raw {
  cpu + (Slot.vectors &+ Int(slot) &* 4)
}

/// The destination vector register of a micro-op.
@inline(__always) func vectorDestination(_ cpu: Raw, _ pc: Raw) -> Raw {
  vector(cpu, pc.op.pointee.destination)
}

/// The source vector register of a micro-op.
@inline(__always) func vectorSource(_ cpu: Raw, _ pc: Raw) -> Raw {
  vector(cpu, pc.op.pointee.source)
}

/// True for the address of an operand that must be aligned to 16 bytes.
@inline(__always) func isAligned(_ address: UInt64) -> Bool { _fastPath(address & 15 == 0) }

/// #GP(0), for a misaligned operand.
@inline(__always) func raiseMisaligned(_ cpu: Raw, _ pc: Raw, _ mem: Raw) {
  return raise(cpu, pc, mem, UInt64(ExceptionVector.generalProtection.rawValue))
}

// MARK: - destination = f(destination, source)

/// register, register; `T` is what is read and written of each.
@inline(never) func vectorRR<T: BitwiseCopyable>(
  _ f: (T, T) -> T,
  _ cpu: Raw,
  _ pc: Raw,
  _ mem: Raw
) {
  let to = vectorDestination(cpu, pc)
  let b = vectorSource(cpu, pc).load(as: T.self)
  to.storeBytes(of: f(to.load(as: T.self), b), as: T.self)
  return next(cpu, pc, mem)
}

/// register, aligned 16 bytes of memory
@inline(never) func vectorRM(
  _ f: (V128, V128) -> V128,
  _ cpu: Raw,
  _ pc: Raw,
  _ mem: Raw
) {
  let address = effectiveAddress(cpu, pc)
  guard isAligned(address) else { return raiseMisaligned(cpu, pc, mem) }
  let found = Lookup(read: mem, address)
  guard found.hits(16) else { return memoryMiss(cpu, pc, mem, address, Access.read(16)) }
  let to = vectorDestination(cpu, pc)
  let b = found.host.loadUnaligned(as: V128.self)
  to.storeBytes(of: f(to.load(as: V128.self), b), as: V128.self)
  return next(cpu, pc, mem)
}

/// register, scalar in memory
@inline(never) func scalarRM<T: BitwiseCopyable, A: AddressForm>(
  _ f: (T, T) -> T,
  _: A.Type,
  _ cpu: Raw,
  _ pc: Raw,
  _ mem: Raw
) {
  let size = MemoryLayout<T>.size
  let address = A.address(cpu, pc)
  let found = Lookup(read: mem, address)
  guard found.hits(size) else { return memoryMiss(cpu, pc, mem, address, Access.read(size)) }
  let to = vectorDestination(cpu, pc)
  let b = found.host.loadUnaligned(as: T.self)
  to.storeBytes(of: f(to.load(as: T.self), b), as: T.self)
  return next(cpu, pc, mem)
}

/// register, count in the micro-op
@inline(never) func vectorRI(
  _ f: (V128, V128) -> V128,
  _ cpu: Raw,
  _ pc: Raw,
  _ mem: Raw
) {
  let to = vectorDestination(cpu, pc)
  let count = V128(Int64(bitPattern: pc.op.pointee.immediate), 0)
  to.storeBytes(of: f(to.load(as: V128.self), count), as: V128.self)
  return next(cpu, pc, mem)
}

// MARK: - destination = f(source)

/// vector register, vector register
@inline(never) func vectorUnary<From: BitwiseCopyable, To: BitwiseCopyable>(
  _ f: (From) -> To,
  _ cpu: Raw,
  _ pc: Raw,
  _ mem: Raw
) {
  let a = vectorSource(cpu, pc).load(as: From.self)
  vectorDestination(cpu, pc).storeBytes(of: f(a), as: To.self)
  return next(cpu, pc, mem)
}

/// general-purpose register, vector register
@inline(never) func vectorToGPR<From: BitwiseCopyable, W: Word>(
  _ f: (From) -> W,
  _ cpu: Raw,
  _ pc: Raw,
  _ mem: Raw
) {
  put(cpu, pc.op.pointee.destination, f(vectorSource(cpu, pc).load(as: From.self)))
  return next(cpu, pc, mem)
}

/// vector register, general-purpose register
@inline(never) func gprToVector<W: Word, To: BitwiseCopyable>(
  _ f: (W) -> To,
  _ cpu: Raw,
  _ pc: Raw,
  _ mem: Raw
) {
  let a: W = get(cpu, pc.op.pointee.source)
  vectorDestination(cpu, pc).storeBytes(of: f(a), as: To.self)
  return next(cpu, pc, mem)
}
