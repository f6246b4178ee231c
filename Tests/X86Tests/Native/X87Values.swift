import NativeExecution
import X86

extension NativeState {
  /// The x87 state that the image holds.
  var x87State: X87State {
    get { withUnsafeBytes(of: x87) { X87State(image: $0) } }
    set { withUnsafeMutableBytes(of: &x87) { newValue.write(to: $0) } }
  }
}

/// Names and values of both states' parts.
///
/// AMD's processors save the pointers to the last instruction only while an exception is pending.
func x87Parts(_ ours: X87State, _ theirs: X87State) -> [(
  name: String, ours: UInt64, theirs: UInt64
)] {
  guard ours != theirs else { return [] }
  var parts: [(String, UInt64, UInt64)] = [
    ("fcw", UInt64(ours.control), UInt64(theirs.control)),
    ("fsw", UInt64(ours.status), UInt64(theirs.status)),
    ("ftw", UInt64(ours.tags), UInt64(theirs.tags)),
  ]
  if theirs.status & 0x80 != 0 {
    parts.append(("fop", UInt64(ours.lastOpcode), UInt64(theirs.lastOpcode)))
    // How far a loaded pointer that is no address is extended differs.
    let mask: UInt64 = 0xFFFF_FFFF_FFFF
    parts.append(("fip", ours.lastInstruction & mask, theirs.lastInstruction & mask))
    parts.append(("fdp", ours.lastOperand & mask, theirs.lastOperand & mask))
  }
  for n in 0..<8 {
    parts.append(("x87 r\(n)", ours.significands[n], theirs.significands[n]))
    parts.append(
      ("x87 r\(n) exponent", UInt64(ours.signExponents[n]), UInt64(theirs.signExponents[n]))
    )
  }
  return parts
}

extension X87State {
  /// All of it on two lines, for a failure's text.
  var summary: String {
    let stack = (0..<8).map { n in
      let physical = (Int(status >> 11) + n) & 7
      let tag = tags >> UInt8(physical) & 1 == 0 ? "(empty)" : ""
      return "st\(n)=\(hexadecimal(UInt64(signExponents[physical]))):"
        + "\(hexadecimal(significands[physical]))\(tag)"
    }
    return "fcw=\(hexadecimal(UInt64(control))) fsw=\(hexadecimal(UInt64(status))) "
      + "ftw=\(hexadecimal(UInt64(tags)))\n" + stack.joined(separator: " ")
  }
}

/// 80-bit values and x87 states at which instructions behave in a special way.
extension SplitMix64 {
  private static let extended: [(UInt16, UInt64)] = [
    (0, 0), (0x8000, 0), (0x3FFF, 1 << 63), (0xBFFF, 1 << 63),  // +-0, +-1
    (0x7FFF, 1 << 63), (0xFFFF, 1 << 63),  // infinities
    (0x7FFF, 3 << 62), (0xFFFF, 3 << 62), (0x7FFF, 0xC000_0000_0000_1234),  // quiet NaNs
    (0x7FFF, 0x8000_0000_0000_0001), (0xFFFF, 0xA000_0000_0000_0000),  // signalling NaNs
    (0, 1), (0x8000, 1), (0, 0x7FFF_FFFF_FFFF_FFFF), (0x8000, 0x4000_0000_0000_0000),  // denormals
    (0, 1 << 63), (0x8000, 0xC000_0000_0000_0001),  // pseudo-denormals
    (1, 1 << 63), (0x7FFE, .max), (0xFFFE, .max), (1, .max),  // limits
    (0x7FFF, 0), (0xFFFF, 0x4000_0000_0000_0000), (0x3FFF, 0x4000_0000_0000_0000),  // unsupported
    (0x3FFE, 1 << 63), (0x3FFF, 3 << 62), (0x4000, 5 << 61),  // .5 1.5 2.5
    (0x3FFE, .max), (0x3FFE, 0xB504_F333_F9DE_6484), (0x4000, 0xC90F_DAA2_2168_C235),
    (0x403E, .max), (0x403E, 1 << 63), (0xC03E, 1 << 63), (0x403D, .max),  // about 2^63, 2^64
    (0x401E, 0xFFFF_FFFF_0000_0000), (0x401D, 0xFFFF_FFFE_0000_0000), (0xC01E, 1 << 63),
    (0x400D, 0xFFFF_0000_0000_0000), (0x400E, 1 << 63), (0xC00E, 0x8000_8000_0000_0000),
    (0x4039, 0xDE0B_6B3A_763F_FFF0), (0x403A, 0xDE0B_6B3A_7640_0000),  // about 10^18
    (0x3F80, 1 << 63), (0x3F81, 1 << 63), (0x407E, 0xFFFF_FF80_0000_0000),  // limits of singles
    (0x3C00, 1 << 63), (0x3C01, 1 << 63), (0x43FE, 0xFFFF_FFFF_FFFF_FC00),  // limits of doubles
  ]

  /// An 80-bit value: sign and exponent, significand.
  mutating func extended() -> (UInt16, UInt64) {
    let sign = UInt16(truncatingIfNeeded: next() & 0x8000)
    switch below(10) {
    case 0...2: return Self.extended[below(Self.extended.count)]
    case 3: return (UInt16(truncatingIfNeeded: next()), next())
    case 4, 5:  // near one another
      return (sign | UInt16(0x3FFF + below(140) - 70), next() | 1 << 63)
    case 6:  // integers and few bits
      return (sign | UInt16(0x3FFF + below(66)), (next() & 0xFFF0_0000_0000_0000) | 1 << 63)
    case 7:  // as narrower formats have them
      let significand = next() | 1 << 63
      let mask: UInt64 = chance(50) ? 0xFFFF_FF00_0000_0000 : 0xFFFF_FFFF_FFFF_F800
      return (sign | UInt16(0x3FFF + below(300) - 150), significand & mask)
    case 8:  // tiny and huge
      let exponent = chance(50) ? below(70) : 0x7FFE - below(70)
      return (sign | UInt16(exponent), next() | 1 << 63)
    default: return (sign | UInt16(0x3FFF + below(20000) - 10000), next() | 1 << 63)
    }
  }

  mutating func x87State() -> X87State {
    var state = X87State()
    for n in 0..<8 { (state.signExponents[n], state.significands[n]) = extended() }
    state.control = 0x37F
    if chance(70) {
      state.control = state.control & 0xFF | UInt16(truncatingIfNeeded: next() & 0xF00)
    }
    if chance(15) { state.control &= ~UInt16(truncatingIfNeeded: next() & 0x3F) }
    state.tags = chance(60) ? 0x7F : chance(50) ? 0xFF : UInt8(truncatingIfNeeded: next())
    let top = chance(60) ? 0 : UInt16(below(8))
    state.tags = state.tags << UInt8(top) | state.tags >> UInt8((8 - top) & 7)
    if top == 0, state.tags != 0xFF { state.tags = chance(50) ? 0x7F : state.tags }
    state.status = top << 11 | UInt16(truncatingIfNeeded: next() & 0x4700)
    if chance(40) { state.status |= UInt16(truncatingIfNeeded: next() & 0x7F) }
    // Pending exceptions only now and then: nothing but the next #MF is to be seen behind them.
    if chance(80) { state.status &= ~(~state.control & 0x3F) }
    if state.status & ~state.control & 0x3F != 0 { state.status |= 0x8080 }
    state.lastOpcode = UInt16(below(0x800))
    state.lastInstruction = next() >> 17
    state.lastOperand = next() >> 17
    return state
  }
}
