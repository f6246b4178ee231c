import NativeExecution
import X86

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

extension NativeState {
  /// A general-purpose register by its hardware number.
  subscript(gpr n: Int) -> UInt64 {
    get { withUnsafeBytes(of: gpr) { $0.load(fromByteOffset: n * 8, as: UInt64.self) } }
    set {
      withUnsafeMutableBytes(of: &gpr) {
        $0.storeBytes(of: newValue, toByteOffset: n * 8, as: UInt64.self)
      }
    }
  }
  /// A half of a vector register: `2 * n` is the low one.
  subscript(xmmHalf n: Int) -> UInt64 {
    get { withUnsafeBytes(of: xmm) { $0.load(fromByteOffset: n * 8, as: UInt64.self) } }
    set {
      withUnsafeMutableBytes(of: &xmm) {
        $0.storeBytes(of: newValue, toByteOffset: n * 8, as: UInt64.self)
      }
    }
  }
}

extension NativeState {
  /// A quarter of a YMM register's upper half: `2 * n` is the low one.
  subscript(ymmQuarter n: Int) -> UInt64 {
    get { withUnsafeBytes(of: ymmHigh) { $0.load(fromByteOffset: n * 8, as: UInt64.self) } }
    set {
      withUnsafeMutableBytes(of: &ymmHigh) {
        $0.storeBytes(of: newValue, toByteOffset: n * 8, as: UInt64.self)
      }
    }
  }
}

extension NativeState {
  /// RSI and RDI are both bad addresses: which of them faults is the processor's choice.
  var hasTwoBadStrings: Bool {
    let good = TestMemory.data..<TestMemory.unmapped
    return !good.contains(self[gpr: 6]) && !good.contains(self[gpr: 7])
  }

  /// All registers on a few lines, for a failure's text.
  var summary: String {
    let names = GPR.allCases.map { "\($0)=\(hexadecimal(self[gpr: Int($0.rawValue)]))" }
    let vectors = (0..<16).map {
      "ymm\($0)=\(hexadecimal(self[ymmQuarter: 2 * $0 + 1])):"
        + "\(hexadecimal(self[ymmQuarter: 2 * $0])):"
        + "\(hexadecimal(self[xmmHalf: 2 * $0 + 1])):\(hexadecimal(self[xmmHalf: 2 * $0]))"
    }
    return names.joined(separator: " ")
      + " flags=\(flagNames(rflags)) mxcsr=\(hexadecimal(UInt64(mxcsr)))"
      + " fs=\(hexadecimal(fsBase)) gs=\(hexadecimal(gsBase))\n" + vectors.joined(separator: " ")
      + "\n" + x87State.summary
  }
}

/// Makes processor states at which an instruction shows what it does.
struct StateGenerator {
  var random: SplitMix64

  init(seed: UInt64) { random = SplitMix64(seed: seed) }

  /// Fills the data pages.
  mutating func fillData() {
    guard let data = TestMemory.hostData else { return }
    for offset in stride(from: 0, to: TestMemory.dataSize, by: 8) {
      data.storeBytes(of: random.quadword(), toByteOffset: offset, as: UInt64.self)
    }
  }

  /// An address for a memory operand: most are good ones, some cross pages or fault.
  mutating func target() -> UInt64 {
    let low = TestMemory.data
    switch random.below(100) {
    case 0..<62: return low + 0x40 + UInt64(random.below(0x1F0)) * 16
    case 62..<80: return low + 0x40 + UInt64(random.below(0x1F00))
    case 80..<86: return low + 0x1000 - UInt64(random.below(16))
    case 86..<90: return TestMemory.readOnly - UInt64(random.below(16))
    case 90..<94: return TestMemory.readOnly + UInt64(random.below(0xFF0))
    case 94..<96: return TestMemory.unmapped - UInt64(random.below(16))
    case 96..<97: return TestMemory.unmapped + UInt64(random.below(4096))
    case 97..<98: return low - UInt64(random.below(16))
    case 98..<99: return 0x8000_0000_0000 - UInt64(random.below(16))
    default: return random.next() | 0x8000_0000_0000_0000
    }
  }

  /// A state whose registers point where `memory` needs them to.
  mutating func state(for sample: EncodingSample?, at rip: UInt64) -> NativeState {
    var s = NativeState()
    s.rip = rip
    // CF PF AF ZF SF OF, sometimes DF, AC and ID; IF is on in user mode.
    s.rflags = 0x202 | (random.next() & 0x8D5)
    if random.chance(15) { s.rflags |= 0x400 }
    if random.chance(5) { s.rflags |= 0x20_0000 }
    s.mxcsr = random.mxcsr()
    s.x87State = random.x87State()
    for i in 0..<16 { s[gpr: i] = random.integer() }
    for i in 0..<16 where random.chance(70) {
      s[xmmHalf: 2 * i] = random.quadword()
      s[xmmHalf: 2 * i + 1] = random.quadword()
    }
    if TestMemory.hasYMM {
      for i in 0..<16 where random.chance(50) {
        s[ymmQuarter: 2 * i] = random.quadword()
        s[ymmQuarter: 2 * i + 1] = random.quadword()
      }
    }
    // The implicit pointers RBX (XLAT), RSI and RDI, and a count that ends.
    for pointer in [3, 6, 7] where random.chance(70) { s[gpr: pointer] = target() }
    if random.chance(60) { s[gpr: 1] = UInt64(random.below(40)) }
    s[gpr: 4] = stackPointer()
    if random.chance(50) { s[gpr: 5] = stackPointer() }
    s.fsBase = TestMemory.data + UInt64(random.below(256))
    s.gsBase = TestMemory.data + 0x1000 + UInt64(random.below(256))
    // Division overflows at most random dividends.
    if random.chance(30) { s[gpr: 2] = random.chance(50) ? 0 : s[gpr: 0] >> 63 == 0 ? 0 : .max }
    if random.chance(10) { s[gpr: 0] = s[gpr: 0] & 0xFFF }

    if let memory = sample?.memory { aim(&s, memory) }
    return s
  }

  private mutating func stackPointer() -> UInt64 {
    switch random.below(100) {
    case 0..<85: return TestMemory.data + 0x400 + UInt64(random.below(0x300)) * 8
    case 85..<94: return TestMemory.data + 0x400 + UInt64(random.below(0x1800))
    case 94..<96: return TestMemory.data + UInt64(random.below(12))
    case 96..<98: return TestMemory.readOnly + UInt64(random.below(12))
    case 98..<99: return TestMemory.unmapped - UInt64(random.below(12))
    default: return random.next()
    }
  }

  /// Elements of a gather all over the data pages, and sometimes anywhere.
  private mutating func aimGather(
    _ s: inout NativeState,
    _ memory: EncodingSample.Memory,
    _ index: Int
  ) {
    let bias: UInt64 = memory.segment == 0x64 ? s.fsBase : memory.segment == 0x65 ? s.gsBase : 0
    if let base = memory.base {
      s[gpr: base] =
        TestMemory.data + 0x1000 &- bias &- UInt64(bitPattern: memory.displacement)
    }
    func element(_ random: inout SplitMix64) -> UInt64 {
      if random.chance(4) { return random.integer() }
      return UInt64(bitPattern: Int64(random.below(0x1C00) - 0xE00) >> Int64(memory.scale))
    }
    for k in 0..<4 {
      var value = element(&random)
      if memory.elementSize == 4 { value = value & 0xFFFF_FFFF | element(&random) << 32 }
      if k < 2 {
        s[xmmHalf: 2 * index + k] = value
      } else if TestMemory.hasYMM {
        s[ymmQuarter: 2 * index + k - 2] = value
      }
    }
  }

  /// Sets the registers of an address expression, and sometimes the memory there.
  private mutating func aim(_ s: inout NativeState, _ memory: EncodingSample.Memory) {
    if memory.isFixed {
      if memory.segment != nil {
        s.fsBase = UInt64(random.below(64))
        s.gsBase = UInt64(random.below(64))
      }
      return
    }
    if let index = memory.vectorIndex {
      aimGather(&s, memory, index)
      return
    }
    let goal = target()
    let bias: UInt64 = memory.segment == 0x64 ? s.fsBase : memory.segment == 0x65 ? s.gsBase : 0
    // Small index values keep the others' edge values out of the address but not out of its sum.
    var sum = goal &- bias &- UInt64(bitPattern: memory.displacement)
    if let index = memory.index, index != memory.base {
      if memory.base != nil {
        sum = sum &- (s[gpr: index] << UInt64(memory.scale))
      } else {
        s[gpr: index] = sum >> UInt64(memory.scale)
      }
    }
    if let base = memory.base {
      if base == memory.index {
        s[gpr: base] = sum / ((1 << UInt64(memory.scale)) + 1)
      } else {
        if memory.is32Bit {
          sum = (sum & 0xFFFF_FFFF) | (random.next() << 32)
        }
        s[gpr: base] = sum
      }
    }
    guard goal >= TestMemory.data, goal < TestMemory.data + 0x1FE0, random.chance(50),
      let p = UnsafeMutableRawPointer(bitPattern: UInt(goal))
    else { return }
    p.storeBytes(of: random.chance(30) ? s[gpr: 0] : random.quadword(), as: UInt64.self)
    (p + 8).storeBytes(of: random.chance(30) ? s[gpr: 2] : random.quadword(), as: UInt64.self)
  }
}
