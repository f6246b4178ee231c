// One-operand arithmetic, multiplication and bit scans on registers.
// Intel SDM Vol. 2: INC, DEC, NEG, NOT, IMUL, MUL, DIV, IDIV, BSF, BSR, POPCNT, BT.

/// A one-operand operation.
protocol UnaryOperation {
  static func apply<W: Word, F: FlagUse>(_ cpu: Raw, _ a: W, _ flags: F.Type) -> W
}

/// All flags but CF.
enum Inc: UnaryOperation {
  @inline(__always) static func apply<W: Word, F: FlagUse>(
    _ cpu: Raw,
    _ a: W,
    _ flags: F.Type
  ) -> W {
    let r = a &+ 1
    if F.isLive {
      let s = cpu.state
      let x = r.extended
      s.pointee.of = bit(r == W(1) << W(W.bitWidth &- 1))
      s.pointee.flagA = UInt64(truncatingIfNeeded: a ^ 1)
      s.pointee.flagZ = x
      s.pointee.flagS = x
    }
    return r
  }
}

/// All flags but CF.
enum Dec: UnaryOperation {
  @inline(__always) static func apply<W: Word, F: FlagUse>(
    _ cpu: Raw,
    _ a: W,
    _ flags: F.Type
  ) -> W {
    let r = a &- 1
    if F.isLive {
      let s = cpu.state
      let x = r.extended
      s.pointee.of = bit(a == W(1) << W(W.bitWidth &- 1))
      s.pointee.flagA = UInt64(truncatingIfNeeded: a ^ 1)
      s.pointee.flagZ = x
      s.pointee.flagS = x
    }
    return r
  }
}

enum Neg: UnaryOperation {
  @inline(__always) static func apply<W: Word, F: FlagUse>(
    _ cpu: Raw,
    _ a: W,
    _ flags: F.Type
  ) -> W { Sub.apply(cpu, 0, a, F.self) }
}

enum Complement: UnaryOperation {
  @inline(__always) static func apply<W: Word, F: FlagUse>(
    _ cpu: Raw,
    _ a: W,
    _ flags: F.Type
  ) -> W { ~a }
}

@inline(__always) func unaryR<O: UnaryOperation, W: Word, F: FlagUse>(
  _: O.Type,
  _: W.Type,
  _: F.Type,
  _ cpu: Raw,
  _ pc: Raw,
  _ mem: Raw
) {
  let a: W = get(cpu, pc.op.pointee.source)
  put(cpu, pc.op.pointee.destination, O.apply(cpu, a, F.self))
  return next(cpu, pc, mem)
}

@inline(__always) func unaryM<O: UnaryOperation, W: Word, F: FlagUse>(
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
  host.storeBytes(of: O.apply(cpu, host.loadUnaligned(as: W.self), F.self), as: W.self)
  return next(cpu, pc, mem)
}

// MARK: - Multiplication

/// Flags of a multiplication: CF and OF say that the upper half counts. The manual leaves the others
/// open; see the rows' notes for what is done.
@inline(__always) func setMultiplyFlags<W: Word>(_ cpu: Raw, _ low: W, _ overflow: Bool) {
  cpu.state.pointee.cf = bit(overflow)
  cpu.state.pointee.of = bit(overflow)
}

/// IMUL r, r: `base` times `source`.
@inline(__always) func imulRR<W: Word, F: FlagUse>(
  _: W.Type,
  _: F.Type,
  _ cpu: Raw,
  _ pc: Raw,
  _ mem: Raw
) {
  let a: W = get(cpu, pc.op.pointee.base)
  let b: W = get(cpu, pc.op.pointee.source)
  let (r, overflow) = a.signed.multipliedReportingOverflow(by: b.signed)
  let x = W(truncatingIfNeeded: r)
  if F.isLive { setMultiplyFlags(cpu, x, overflow) }
  put(cpu, pc.op.pointee.destination, x)
  return next(cpu, pc, mem)
}

/// IMUL r, r, imm
@inline(__always) func imulRRI<W: Word, F: FlagUse>(
  _: W.Type,
  _: F.Type,
  _ cpu: Raw,
  _ pc: Raw,
  _ mem: Raw
) {
  let a: W = get(cpu, pc.op.pointee.source)
  let b: W = immediate(pc)
  let (r, overflow) = a.signed.multipliedReportingOverflow(by: b.signed)
  let x = W(truncatingIfNeeded: r)
  if F.isLive { setMultiplyFlags(cpu, x, overflow) }
  put(cpu, pc.op.pointee.destination, x)
  return next(cpu, pc, mem)
}

/// MUL r: rDX:rAX = rAX times source.
@inline(__always) func mulR<W: Word, F: FlagUse>(
  _: W.Type,
  _: F.Type,
  _ cpu: Raw,
  _ pc: Raw,
  _ mem: Raw
) {
  let a: W = get(cpu, Slot.rax)
  let b: W = get(cpu, pc.op.pointee.source)
  let (high, low) = a.multipliedFullWidth(by: b)
  put(cpu, Slot.rax, W(truncatingIfNeeded: low))
  put(cpu, Slot.rdx, high)
  if F.isLive { setMultiplyFlags(cpu, W(truncatingIfNeeded: low), high != 0) }
  return next(cpu, pc, mem)
}

/// IMUL r: rDX:rAX = rAX times source, signed.
@inline(__always) func imulR<W: Word, F: FlagUse>(
  _: W.Type,
  _: F.Type,
  _ cpu: Raw,
  _ pc: Raw,
  _ mem: Raw
) {
  let a: W = get(cpu, Slot.rax)
  let b: W = get(cpu, pc.op.pointee.source)
  let (high, low) = a.signed.multipliedFullWidth(by: b.signed)
  let l = W(truncatingIfNeeded: low)
  put(cpu, Slot.rax, l)
  put(cpu, Slot.rdx, W(truncatingIfNeeded: high))
  if F.isLive {
    setMultiplyFlags(cpu, l, W(truncatingIfNeeded: high) != (l.signBit ? W.max : 0))
  }
  return next(cpu, pc, mem)
}

// MARK: - Division

/// DIV r
@inline(__always) func divR<W: Word>(_: W.Type, _ cpu: Raw, _ pc: Raw, _ mem: Raw) {
  let d: W = get(cpu, pc.op.pointee.source)
  let high: W = get(cpu, Slot.rdx)
  let low: W = get(cpu, Slot.rax)
  guard _fastPath(high < d) else { return raise(cpu, pc, mem, 0) }
  // The usual dividend is one word: the narrow division is several times faster.
  if high == 0 {
    put(cpu, Slot.rax, low / d)
    put(cpu, Slot.rdx, low % d)
  } else {
    let (q, r) = d.dividingFullWidth((high, W.Magnitude(truncatingIfNeeded: low)))
    put(cpu, Slot.rax, q)
    put(cpu, Slot.rdx, r)
  }
  setDivideFlags(cpu)
  return next(cpu, pc, mem)
}

/// IDIV r, where the dividend is the sign-extension of rAX; anything else goes the long way.
@inline(__always) func idivR<W: Word>(_: W.Type, _ cpu: Raw, _ pc: Raw, _ mem: Raw) {
  let d: W = get(cpu, pc.op.pointee.source)
  let high: W = get(cpu, Slot.rdx)
  let low: W = get(cpu, Slot.rax)
  guard _fastPath(high == (low.signBit ? W.max : 0) && d != 0 && d != W.max) else {
    return callOut(cpu, pc, mem)
  }
  put(cpu, Slot.rax, W(truncatingIfNeeded: low.signed / d.signed))
  put(cpu, Slot.rdx, W(truncatingIfNeeded: low.signed % d.signed))
  setDivideFlags(cpu)
  return next(cpu, pc, mem)
}

// MARK: - Bits

/// BT r, r and BT r, imm (`immediate` is the bit)
@inline(__always) func btRR<W: Word>(_: W.Type, _ cpu: Raw, _ pc: Raw, _ mem: Raw) {
  let a: W = get(cpu, pc.op.pointee.destination)
  let b: W = get(cpu, pc.op.pointee.source)
  cpu.state.pointee.cf = UInt8(truncatingIfNeeded: a &>> b & 1)
  return next(cpu, pc, mem)
}

@inline(__always) func btRI<W: Word>(_: W.Type, _ cpu: Raw, _ pc: Raw, _ mem: Raw) {
  let a: W = get(cpu, pc.op.pointee.destination)
  cpu.state.pointee.cf = UInt8(truncatingIfNeeded: a &>> immediate(pc) & 1)
  return next(cpu, pc, mem)
}

/// BSF and BSR: `index` of the bit into `slot`, which stays as it was when `a` is 0.
///
/// UNDEFINED: PF is that of the index, the other flags but ZF are 0.
@inline(__always) func scan<W: Word>(_ cpu: Raw, _ slot: UInt8, _ a: W, _ index: Int) {
  let s = cpu.state
  s.pointee.cf = 0
  s.pointee.of = 0
  s.pointee.flagZ = UInt64(truncatingIfNeeded: a)
  let parity = a == 0 ? 0 : UInt64(truncatingIfNeeded: index)
  s.pointee.flagS = parity
  s.pointee.flagA = parity
  if a != 0 { put(cpu, slot, W(truncatingIfNeeded: index)) }
}

/// POPCNT: all flags but ZF are 0, PF too.
@inline(__always) func countBits<W: Word>(_ cpu: Raw, _ slot: UInt8, _ a: W) {
  let s = cpu.state
  s.pointee.cf = 0
  s.pointee.of = 0
  s.pointee.flagZ = UInt64(truncatingIfNeeded: a)
  s.pointee.flagS = 1
  s.pointee.flagA = 1
  put(cpu, slot, W(truncatingIfNeeded: a.nonzeroBitCount))
}

/// What DIV and IDIV leave in the flags.
///
/// UNDEFINED: AF is 1; SF, ZF and PF are 0; CF and OF stay.
@inline(__always) func setDivideFlags(_ cpu: Raw) {
  let s = cpu.state
  s.pointee.flagZ = 1
  s.pointee.flagS = 1
  s.pointee.flagA = 0x11
}
