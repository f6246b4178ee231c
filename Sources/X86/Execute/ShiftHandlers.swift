// Shifts and rotates of registers. Intel SDM Vol. 2: SHL, SHR, SAR, ROL, ROR, RCL, RCR, SHLD, SHRD.

/// A shift by a masked count that is not 0; that of an 8- or 16-bit operand may exceed its width.
///
/// UNDEFINED: OF for counts above 1, CF for counts above the width and AF are what AMD's processors
/// give: AF is 1, OF is that of the last step where not said otherwise.
protocol ShiftOperation {
  static func apply<W: Word, F: FlagUse>(_ cpu: Raw, _ a: W, _ n: W, _ flags: F.Type) -> W
}

/// Flags of a shift.
@inline(__always) func setShiftFlags<W: Word>(
  _ cpu: Raw,
  _ r: W,
  _ carry: UInt8,
  _ overflow: UInt8
) {
  let s = cpu.state
  let x = r.extended
  s.pointee.cf = carry
  s.pointee.of = overflow
  s.pointee.flagA = x ^ 0x10
  s.pointee.flagZ = x
  s.pointee.flagS = x
}

/// The lowest bit.
@inline(__always) func lowBit<W: Word>(_ a: W) -> UInt8 { UInt8(truncatingIfNeeded: a & 1) }

/// The highest bit as 0 or 1.
@inline(__always) func highBit<W: Word>(_ a: W) -> UInt8 {
  UInt8(truncatingIfNeeded: a &>> W(W.bitWidth &- 1))
}

enum Shl: ShiftOperation {
  @inline(__always) static func apply<W: Word, F: FlagUse>(
    _ cpu: Raw,
    _ a: W,
    _ n: W,
    _ flags: F.Type
  ) -> W {
    if W.bitWidth == 64 {
      let r = a &<< n
      if F.isLive {
        let carry = lowBit(a &>> (0 &- n))
        setShiftFlags(cpu, r, carry, highBit(r) ^ carry)
      }
      return r
    }
    let wide = UInt64(truncatingIfNeeded: a) &<< UInt64(truncatingIfNeeded: n)
    let r = W(truncatingIfNeeded: wide)
    if F.isLive {
      let carry = lowBit(wide &>> UInt64(W.bitWidth))
      setShiftFlags(cpu, r, carry, highBit(r) ^ carry)
    }
    return r
  }
}

/// OF is the sign that was for a shift by 1, else 0.
enum Shr: ShiftOperation {
  @inline(__always) static func apply<W: Word, F: FlagUse>(
    _ cpu: Raw,
    _ a: W,
    _ n: W,
    _ flags: F.Type
  ) -> W {
    let wide = UInt64(truncatingIfNeeded: a)
    let r = W(truncatingIfNeeded: wide &>> UInt64(truncatingIfNeeded: n))
    if F.isLive {
      let last = wide &>> UInt64(truncatingIfNeeded: n &- 1)
      setShiftFlags(cpu, r, lowBit(last), highBit(W(truncatingIfNeeded: last)))
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
    let wide = Int64(truncatingIfNeeded: a.signed)
    let r = W(truncatingIfNeeded: wide &>> Int64(truncatingIfNeeded: n))
    if F.isLive {
      let last = wide &>> Int64(truncatingIfNeeded: n &- 1)
      setShiftFlags(cpu, r, UInt8(truncatingIfNeeded: last & 1), 0)
    }
    return r
  }
}

/// ROL: CF and OF only, also when a multiple of the width turns nothing.
enum Rol: ShiftOperation {
  @inline(__always) static func apply<W: Word, F: FlagUse>(
    _ cpu: Raw,
    _ a: W,
    _ n: W,
    _ flags: F.Type
  ) -> W {
    let r = a &<< n | a &>> (0 &- n)
    if F.isLive {
      cpu.state.pointee.cf = lowBit(r)
      cpu.state.pointee.of = highBit(r) ^ lowBit(r)
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
      cpu.state.pointee.cf = highBit(r)
      cpu.state.pointee.of = highBit(r) ^ highBit(r &<< 1)
    }
    return r
  }
}

/// RCL: turns the operand and CF together. CF and OF only, also when nothing turns.
enum Rcl: ShiftOperation {
  @inline(__always) static func apply<W: Word, F: FlagUse>(
    _ cpu: Raw,
    _ a: W,
    _ n: W,
    _ flags: F.Type
  ) -> W {
    let carry: UInt8
    let r: W
    if W.bitWidth == 64 {
      // Two steps, because a count of 1 leaves no bits to come round.
      r =
        a &<< n | W(truncatingIfNeeded: cpu.state.pointee.cf) &<< (n &- 1)
        | (a &>> 1) &>> (0 &- n)
      carry = lowBit(a &>> (0 &- n))
    } else {
      let width = UInt64(W.bitWidth)
      let count = W.bitWidth < 32 ? UInt64(n) % (width &+ 1) : UInt64(n)
      let whole = UInt64(a) | UInt64(cpu.state.pointee.cf) &<< width
      let turned = whole &<< count | (whole &>> 1) &>> (width &- count)
      r = W(truncatingIfNeeded: turned)
      carry = lowBit(turned &>> width)
    }
    cpu.state.pointee.cf = carry
    cpu.state.pointee.of = highBit(r) ^ carry
    return r
  }
}

/// RCR: turns the operand and CF together. CF and OF only, also when nothing turns.
enum Rcr: ShiftOperation {
  @inline(__always) static func apply<W: Word, F: FlagUse>(
    _ cpu: Raw,
    _ a: W,
    _ n: W,
    _ flags: F.Type
  ) -> W {
    let carry: UInt8
    let r: W
    if W.bitWidth == 64 {
      r =
        a &>> n | W(truncatingIfNeeded: cpu.state.pointee.cf) &<< (0 &- n)
        | (a &<< 1) &<< (0 &- n)
      carry = lowBit(a &>> (n &- 1))
    } else {
      let width = UInt64(W.bitWidth)
      let count = W.bitWidth < 32 ? UInt64(n) % (width &+ 1) : UInt64(n)
      let whole = UInt64(a) | UInt64(cpu.state.pointee.cf) &<< width
      let turned = whole &>> count | (whole &<< 1) &<< (width &- count)
      r = W(truncatingIfNeeded: turned)
      carry = lowBit(turned &>> width)
    }
    cpu.state.pointee.cf = carry
    cpu.state.pointee.of = highBit(r) ^ highBit(r &<< 1)
    return r
  }
}

/// SHLD: shifts `a` left by a masked count that is not 0, bits of `b` follow.
///
/// UNDEFINED: a 16-bit operand by more than 16 becomes `b` turned by the rest, CF and OF 0.
@inline(__always) func shiftLeftDouble<W: Word>(_ cpu: Raw, _ a: W, _ b: W, _ n: W) -> W {
  let width = W(W.bitWidth)
  if W.bitWidth == 16 && n >= width {
    let r = b &<< n | b &>> (0 &- n)
    let carry = n == width ? lowBit(a) : 0
    setShiftFlags(cpu, r, carry, carry)
    return r
  }
  let r = a &<< n | b &>> (0 &- n)
  let carry = lowBit(a &>> (0 &- n))
  setShiftFlags(cpu, r, carry, highBit(r) ^ carry)
  return r
}

/// SHRD: shifts `a` right by a masked count that is not 0, bits of `b` follow.
///
/// UNDEFINED: a 16-bit operand by more than 16 becomes `b` turned by the rest, CF 0.
@inline(__always) func shiftRightDouble<W: Word>(_ cpu: Raw, _ a: W, _ b: W, _ n: W) -> W {
  let width = W(W.bitWidth)
  let r: W
  let carry: UInt8
  if W.bitWidth == 16 && n >= width {
    r = b &>> n | b &<< (0 &- n)
    carry = n == width ? highBit(a) : 0
  } else {
    r = a &>> n | b &<< (0 &- n)
    carry = lowBit(a &>> (n &- 1))
  }
  setShiftFlags(cpu, r, carry, highBit(r) ^ highBit(r &<< 1))
  return r
}

/// The bits of a shift count that matter.
@inline(__always) func countMask<W: Word>(_: W.Type) -> UInt8 { W.bitWidth == 64 ? 63 : 31 }

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

/// By CL: a count of 0 leaves the flags, and a 32-bit operand still clears the upper
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
  let n = W(truncatingIfNeeded: get(cpu, Slot.rcx, as: UInt8.self) & countMask(W.self))
  if F.isLive && n == 0 {
    put(cpu, pc.op.pointee.destination, a)
    return next(cpu, pc, mem)
  }
  put(cpu, pc.op.pointee.destination, O.apply(cpu, a, n, F.self))
  return next(cpu, pc, mem)
}
