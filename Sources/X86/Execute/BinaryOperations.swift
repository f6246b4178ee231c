// The two-operand integer operations: results and exact flags, once for all widths and places.
// Intel SDM Vol. 2: ADD, ADC, SUB, SBB, CMP, AND, OR, XOR, TEST.

/// Whether anything reads the flags of a micro-op before they are overwritten.
protocol FlagUse {
  static var isLive: Bool { get }
}
/// Flags are computed.
enum Live: FlagUse {
  @inline(__always) static var isLive: Bool { true }
}
/// Flags are dead.
enum Dead: FlagUse {
  @inline(__always) static var isLive: Bool { false }
}

/// A two-operand operation.
protocol BinaryOperation {
  static func apply<W: Word, F: FlagUse>(
    _ cpu: Raw,
    _ a: W,
    _ b: W,
    _ flags: F.Type
  ) -> W
}

/// Stores the flags of a sum or difference.
@inline(__always) func setArithmeticFlags<W: Word>(
  _ cpu: Raw,
  _ result: W,
  _ carries: W,
  _ carry: Bool,
  _ overflow: Bool
) {
  let s = cpu.state
  let x = result.extended
  s.pointee.cf = bit(carry)
  s.pointee.of = bit(overflow)
  s.pointee.flagA = UInt64(truncatingIfNeeded: carries)
  s.pointee.flagZ = x
  s.pointee.flagS = x
}

/// Stores the flags of a bitwise operation; AF, which the manual leaves open, becomes 0.
@inline(__always) func setLogicFlags<W: Word>(_ cpu: Raw, _ result: W) {
  let s = cpu.state
  let x = result.extended
  s.pointee.cf = 0
  s.pointee.of = 0
  s.pointee.flagA = x
  s.pointee.flagZ = x
  s.pointee.flagS = x
}

enum Add: BinaryOperation {
  @inline(__always) static func apply<W: Word, F: FlagUse>(
    _ cpu: Raw,
    _ a: W,
    _ b: W,
    _ flags: F.Type
  ) -> W {
    let (r, carry) = a.addingReportingOverflow(b)
    if F.isLive {
      setArithmeticFlags(
        cpu,
        r,
        a ^ b,
        carry,
        a.signed.addingReportingOverflow(b.signed).overflow
      )
    }
    return r
  }
}

enum Sub: BinaryOperation {
  @inline(__always) static func apply<W: Word, F: FlagUse>(
    _ cpu: Raw,
    _ a: W,
    _ b: W,
    _ flags: F.Type
  ) -> W {
    let (r, borrow) = a.subtractingReportingOverflow(b)
    if F.isLive {
      setArithmeticFlags(
        cpu,
        r,
        a ^ b,
        borrow,
        a.signed.subtractingReportingOverflow(b.signed).overflow
      )
    }
    return r
  }
}

enum Adc: BinaryOperation {
  @inline(__always) static func apply<W: Word, F: FlagUse>(
    _ cpu: Raw,
    _ a: W,
    _ b: W,
    _ flags: F.Type
  ) -> W {
    let c = W(truncatingIfNeeded: cpu.state.pointee.cf)
    let (r1, c1) = a.addingReportingOverflow(b)
    let (r, c2) = r1.addingReportingOverflow(c)
    if F.isLive {
      setArithmeticFlags(cpu, r, a ^ b, c1 || c2, ((a ^ r) & (b ^ r)).signBit)
    }
    return r
  }
}

enum Sbb: BinaryOperation {
  @inline(__always) static func apply<W: Word, F: FlagUse>(
    _ cpu: Raw,
    _ a: W,
    _ b: W,
    _ flags: F.Type
  ) -> W {
    let c = W(truncatingIfNeeded: cpu.state.pointee.cf)
    let (r1, c1) = a.subtractingReportingOverflow(b)
    let (r, c2) = r1.subtractingReportingOverflow(c)
    if F.isLive {
      setArithmeticFlags(cpu, r, a ^ b, c1 || c2, ((a ^ b) & (a ^ r)).signBit)
    }
    return r
  }
}

enum And: BinaryOperation {
  @inline(__always) static func apply<W: Word, F: FlagUse>(
    _ cpu: Raw,
    _ a: W,
    _ b: W,
    _ flags: F.Type
  ) -> W {
    let r = a & b
    if F.isLive { setLogicFlags(cpu, r) }
    return r
  }
}

enum Or: BinaryOperation {
  @inline(__always) static func apply<W: Word, F: FlagUse>(
    _ cpu: Raw,
    _ a: W,
    _ b: W,
    _ flags: F.Type
  ) -> W {
    let r = a | b
    if F.isLive { setLogicFlags(cpu, r) }
    return r
  }
}

enum Xor: BinaryOperation {
  @inline(__always) static func apply<W: Word, F: FlagUse>(
    _ cpu: Raw,
    _ a: W,
    _ b: W,
    _ flags: F.Type
  ) -> W {
    let r = a ^ b
    if F.isLive { setLogicFlags(cpu, r) }
    return r
  }
}
