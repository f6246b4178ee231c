import CHostSIMD

// BMI1 and BMI2. Intel SDM Vol. 2: ANDN, BEXTR, BLSI, BLSMSK, BLSR, BZHI, MULX, PDEP, PEXT, RORX,
// SARX, SHLX, SHRX. `base` is the first source, `source` the second.

/// An operation of BMI on two values; the flags that it leaves.
protocol BitManipulation {
  static func apply<W: Word, F: FlagUse>(_ cpu: Raw, _ a: W, _ b: W, _ flags: F.Type) -> W
}

/// Flags of BLSR and its kin. UNDEFINED: PF is that of the result, AF is 0.
@inline(__always) private func setFlags<W: Word>(_ cpu: Raw, _ result: W, carry: Bool) {
  setLogicFlags(cpu, result)
  cpu.state.pointee.cf = bit(carry)
}

enum AndNot: BitManipulation {
  @inline(__always) static func apply<W: Word, F: FlagUse>(
    _ cpu: Raw,
    _ a: W,
    _ b: W,
    _ flags: F.Type
  ) -> W {
    let r = ~a & b
    if F.isLive { setLogicFlags(cpu, r) }
    return r
  }
}

/// `b` has the first bit in its low byte, the number of bits in the next.
enum ExtractField: BitManipulation {
  @inline(__always) static func apply<W: Word, F: FlagUse>(
    _ cpu: Raw,
    _ a: W,
    _ b: W,
    _ flags: F.Type
  ) -> W {
    let start = UInt64(truncatingIfNeeded: b) & 0xFF
    let count = UInt64(truncatingIfNeeded: b) >> 8 & 0xFF
    let field = UInt64(truncatingIfNeeded: a) >> start
    let mask = count < 64 ? (1 &<< count) &- 1 : UInt64.max
    let r = W(truncatingIfNeeded: field & mask)
    if F.isLive {
      // UNDEFINED: SF is 0, AF is 1, PF is that of the result.
      let s = cpu.state
      s.pointee.flagZ = UInt64(truncatingIfNeeded: r)
      let low = UInt64(truncatingIfNeeded: r) & 0xFF
      s.pointee.flagS = low
      s.pointee.flagA = low ^ 0x10
      s.pointee.cf = 0
      s.pointee.of = 0
    }
    return r
  }
}

/// The lowest set bit.
enum IsolateLowest: BitManipulation {
  @inline(__always) static func apply<W: Word, F: FlagUse>(
    _ cpu: Raw,
    _ a: W,
    _ b: W,
    _ flags: F.Type
  ) -> W {
    let r = (0 &- a) & a
    if F.isLive { setFlags(cpu, r, carry: a != 0) }
    return r
  }
}

/// All bits up to the lowest set one.
enum MaskToLowest: BitManipulation {
  @inline(__always) static func apply<W: Word, F: FlagUse>(
    _ cpu: Raw,
    _ a: W,
    _ b: W,
    _ flags: F.Type
  ) -> W {
    let r = (a &- 1) ^ a
    if F.isLive { setFlags(cpu, r, carry: a == 0) }
    return r
  }
}

/// All but the lowest set bit.
enum ResetLowest: BitManipulation {
  @inline(__always) static func apply<W: Word, F: FlagUse>(
    _ cpu: Raw,
    _ a: W,
    _ b: W,
    _ flags: F.Type
  ) -> W {
    let r = (a &- 1) & a
    if F.isLive { setFlags(cpu, r, carry: a == 0) }
    return r
  }
}

/// The bits below number `b`.
enum ZeroHigh: BitManipulation {
  @inline(__always) static func apply<W: Word, F: FlagUse>(
    _ cpu: Raw,
    _ a: W,
    _ b: W,
    _ flags: F.Type
  ) -> W {
    let index = UInt64(truncatingIfNeeded: b) & 0xFF
    let isInside = index < UInt64(W.bitWidth)
    let r = isInside ? a & ((1 &<< W(truncatingIfNeeded: index)) &- 1) : a
    if F.isLive { setFlags(cpu, r, carry: !isInside) }
    return r
  }
}

enum RotateRight: BitManipulation {
  @inline(__always) static func apply<W: Word, F: FlagUse>(
    _ cpu: Raw,
    _ a: W,
    _ b: W,
    _ flags: F.Type
  ) -> W { a &>> b | a &<< (0 &- b) }
}

enum ShiftLeft: BitManipulation {
  @inline(__always) static func apply<W: Word, F: FlagUse>(
    _ cpu: Raw,
    _ a: W,
    _ b: W,
    _ flags: F.Type
  ) -> W { a &<< b }
}

enum ShiftRight: BitManipulation {
  @inline(__always) static func apply<W: Word, F: FlagUse>(
    _ cpu: Raw,
    _ a: W,
    _ b: W,
    _ flags: F.Type
  ) -> W { a &>> b }
}

enum ShiftRightSigned: BitManipulation {
  @inline(__always) static func apply<W: Word, F: FlagUse>(
    _ cpu: Raw,
    _ a: W,
    _ b: W,
    _ flags: F.Type
  ) -> W { W(truncatingIfNeeded: a.signed &>> W.Signed(truncatingIfNeeded: b)) }
}

/// PDEP, PEXT by the host's BMI2.
enum Deposit: BitManipulation {
  @inline(__always) static func apply<W: Word, F: FlagUse>(
    _ cpu: Raw,
    _ a: W,
    _ b: W,
    _ flags: F.Type
  ) -> W {
    let (x, y) = (UInt64(truncatingIfNeeded: a), UInt64(truncatingIfNeeded: b))
    return W(truncatingIfNeeded: host_pdep(x, y))
  }
}

enum Extract: BitManipulation {
  @inline(__always) static func apply<W: Word, F: FlagUse>(
    _ cpu: Raw,
    _ a: W,
    _ b: W,
    _ flags: F.Type
  ) -> W {
    let (x, y) = (UInt64(truncatingIfNeeded: a), UInt64(truncatingIfNeeded: b))
    return W(truncatingIfNeeded: host_pext(x, y))
  }
}

/// PDEP, PEXT bit by bit.
enum DepositSlowly: BitManipulation {
  @inline(__always) static func apply<W: Word, F: FlagUse>(
    _ cpu: Raw,
    _ a: W,
    _ b: W,
    _ flags: F.Type
  ) -> W {
    var (r, rest, from): (W, W, W) = (0, b, a)
    while rest != 0 {
      if from & 1 != 0 { r |= (0 &- rest) & rest }
      from &>>= 1
      rest &= rest &- 1
    }
    return r
  }
}

enum ExtractSlowly: BitManipulation {
  @inline(__always) static func apply<W: Word, F: FlagUse>(
    _ cpu: Raw,
    _ a: W,
    _ b: W,
    _ flags: F.Type
  ) -> W {
    var (r, rest, place): (W, W, W) = (0, b, 1)
    while rest != 0 {
      if a & (0 &- rest) & rest != 0 { r |= place }
      place &<<= 1
      rest &= rest &- 1
    }
    return r
  }
}

/// destination = f(base, source)
@inline(__always) func manipulate<O: BitManipulation, W: Word, F: FlagUse>(
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

/// RORX: the count is `immediate`.
@inline(__always) func rotateByImmediate<W: Word>(_: W.Type, _ cpu: Raw, _ pc: Raw, _ mem: Raw) {
  let a: W = get(cpu, pc.op.pointee.source)
  let r = RotateRight.apply(cpu, a, immediate(pc), Dead.self)
  put(cpu, pc.op.pointee.destination, r)
  return next(cpu, pc, mem)
}

/// MULX: RDX times `source`; the low half to `base`, the high half to `destination`, which wins when
/// they are one.
@inline(__always) func multiplyWithoutFlags<W: Word>(
  _: W.Type,
  _ cpu: Raw,
  _ pc: Raw,
  _ mem: Raw
) {
  let a: W = get(cpu, Slot.rdx)
  let (high, low) = a.multipliedFullWidth(by: get(cpu, pc.op.pointee.source) as W)
  put(cpu, pc.op.pointee.base, W(truncatingIfNeeded: low))
  put(cpu, pc.op.pointee.destination, high)
  return next(cpu, pc, mem)
}
