// Shifts and rotates of registers. Intel SDM Vol. 2: SHL, SHR, SAR, ROL, ROR, SHLD, SHRD.

/// A shift by a count that is neither 0 nor larger than the operand.
protocol ShiftOperation {
  static func apply<W: Word, F: FlagUse>(_ cpu: Raw, _ a: W, _ n: W, _ flags: F.Type) -> W
}

/// Flags of a shift: AF, which the manual leaves open, becomes 0.
@inline(__always) func setShiftFlags<W: Word>(
  _ cpu: Raw,
  _ r: W,
  _ carry: Bool,
  _ overflow: Bool
) {
  setLogicFlags(cpu, r)
  cpu.state.pointee.cf = bit(carry)
  cpu.state.pointee.of = bit(overflow)
}

enum Shl: ShiftOperation {
  @inline(__always) static func apply<W: Word, F: FlagUse>(
    _ cpu: Raw,
    _ a: W,
    _ n: W,
    _ flags: F.Type
  ) -> W {
    let r = a &<< n
    if F.isLive {
      let carry = a &>> (W(W.bitWidth) &- n) & 1 != 0
      setShiftFlags(cpu, r, carry, r.signBit != carry)
    }
    return r
  }
}

enum Shr: ShiftOperation {
  @inline(__always) static func apply<W: Word, F: FlagUse>(
    _ cpu: Raw,
    _ a: W,
    _ n: W,
    _ flags: F.Type
  ) -> W {
    let r = a &>> n
    if F.isLive {
      let carry = a &>> (n &- 1) & 1 != 0
      // OF is the sign that was, for a shift by 1; the host gives the same rule for larger counts:
      // the two top bits of the result of the last step differ.
      setShiftFlags(cpu, r, carry, n == 1 && a.signBit)
    }
    return r
  }
}

enum Sar: ShiftOperation {
  @inline(__always) static func apply<W: Word, F: FlagUse>(
    _ cpu: Raw,
    _ a: W,
    _ n: W,
    _ flags: F.Type
  ) -> W {
    let s = a.signed
    let r = W(truncatingIfNeeded: s &>> W.Signed(truncatingIfNeeded: n))
    if F.isLive {
      let carry = (s &>> W.Signed(truncatingIfNeeded: n &- 1)) & 1 != 0
      setShiftFlags(cpu, r, carry, false)
    }
    return r
  }
}

/// ROL: CF and OF only.
enum Rol: ShiftOperation {
  @inline(__always) static func apply<W: Word, F: FlagUse>(
    _ cpu: Raw,
    _ a: W,
    _ n: W,
    _ flags: F.Type
  ) -> W {
    let r = a &<< n | a &>> (0 &- n)
    if F.isLive {
      cpu.state.pointee.cf = UInt8(truncatingIfNeeded: r & 1)
      cpu.state.pointee.of = bit(r.signBit != (r & 1 != 0))
    }
    return r
  }
}

/// ROR: CF and OF only.
enum Ror: ShiftOperation {
  @inline(__always) static func apply<W: Word, F: FlagUse>(
    _ cpu: Raw,
    _ a: W,
    _ n: W,
    _ flags: F.Type
  ) -> W {
    let r = a &>> n | a &<< (0 &- n)
    if F.isLive {
      cpu.state.pointee.cf = bit(r.signBit)
      cpu.state.pointee.of = bit(r.signBit != (r &<< 1).signBit)
    }
    return r
  }
}

/// By an immediate, already masked and not 0.
@inline(__always) func shiftI<O: ShiftOperation, W: Word, F: FlagUse>(
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

/// By CL, 32 and 64 bits: a count of 0 leaves the flags, and a 32-bit operand still clears the upper
/// half.
@inline(__always) func shiftCL<O: ShiftOperation, W: Word, F: FlagUse>(
  _: O.Type,
  _: W.Type,
  _: F.Type,
  _ cpu: Raw,
  _ pc: Raw,
  _ mem: Raw
) {
  let a: W = get(cpu, pc.op.pointee.source)
  let n = W(truncatingIfNeeded: get(cpu, Slot.rcx, as: UInt8.self)) & W(W.bitWidth &- 1)
  if F.isLive && n == 0 {
    put(cpu, pc.op.pointee.destination, a)
    return next(cpu, pc, mem)
  }
  put(cpu, pc.op.pointee.destination, O.apply(cpu, a, n, F.self))
  return next(cpu, pc, mem)
}
