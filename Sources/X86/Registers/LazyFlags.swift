// Status flags are kept as the values they follow from: storing a result costs a few stores, and
// only a reader pays for the bit it wants. CF and OF are stored as they come from the host's adder.

extension CPUState {
  @inline(__always) var zf: Bool { flagZ == 0 }
  @inline(__always) var sf: Bool { Int64(bitPattern: flagS) < 0 }
  @inline(__always) var pf: Bool {
    UInt8(truncatingIfNeeded: flagS).nonzeroBitCount & 1 == 0
  }
  @inline(__always) var af: Bool { (flagA ^ flagS) & 0x10 != 0 }

  /// CF PF AF ZF SF OF as RFLAGS has them.
  var statusFlags: UInt64 {
    UInt64(cf) | (pf ? 4 : 0) | (af ? 0x10 : 0) | (zf ? 0x40 : 0) | (sf ? 0x80 : 0)
      | UInt64(of) << 11
  }

  /// Takes CF PF AF ZF SF OF from RFLAGS bits.
  mutating func setStatusFlags(_ bits: UInt64) {
    cf = UInt8(truncatingIfNeeded: bits & 1)
    of = UInt8(truncatingIfNeeded: bits >> 11 & 1)
    flagZ = bits & 0x40 != 0 ? 0 : 1
    flagS = (bits & 0x80) << 56 | (bits & 4 != 0 ? 0 : 1)
    flagA = flagS ^ (bits & 0x10)
  }

  /// All of RFLAGS.
  var rflags: UInt64 {
    get { statusFlags | UInt64(df) << 10 | otherFlags }
    set {
      setStatusFlags(newValue)
      df = UInt8(truncatingIfNeeded: newValue >> 10 & 1)
      otherFlags = newValue & ~0xCD5 | 2
    }
  }

  /// The condition `c`, by its encoding.
  func condition(_ c: Condition) -> Bool {
    switch c {
    case .o: of != 0
    case .no: of == 0
    case .b: cf != 0
    case .ae: cf == 0
    case .e: zf
    case .ne: !zf
    case .be: cf != 0 || zf
    case .a: cf == 0 && !zf
    case .s: sf
    case .ns: !sf
    case .p: pf
    case .np: !pf
    case .l: sf != (of != 0)
    case .ge: sf == (of != 0)
    case .le: zf || sf != (of != 0)
    case .g: !zf && sf == (of != 0)
    }
  }
}
