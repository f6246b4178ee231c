// Bit scans and counts, chains of carries. Intel SDM Vol. 2: BSF, BSR, TZCNT, LZCNT, POPCNT, ADCX,
// ADOX.

/// What a scan does with a value: its result goes to a register slot, its flags into the state.
protocol ScanOperation {
  static func apply<W: Word>(_ cpu: Raw, _ slot: UInt8, _ a: W)
}

enum ScanForward: ScanOperation {
  @inline(__always) static func apply<W: Word>(_ cpu: Raw, _ slot: UInt8, _ a: W) {
    scan(cpu, slot, a, a.trailingZeroBitCount)
  }
}

enum ScanReverse: ScanOperation {
  @inline(__always) static func apply<W: Word>(_ cpu: Raw, _ slot: UInt8, _ a: W) {
    scan(cpu, slot, a, W.bitWidth &- 1 &- a.leadingZeroBitCount)
  }
}

enum CountTrailing: ScanOperation {
  @inline(__always) static func apply<W: Word>(_ cpu: Raw, _ slot: UInt8, _ a: W) {
    countZeros(cpu, slot, a, a.trailingZeroBitCount)
  }
}

enum CountLeading: ScanOperation {
  @inline(__always) static func apply<W: Word>(_ cpu: Raw, _ slot: UInt8, _ a: W) {
    countZeros(cpu, slot, a, a.leadingZeroBitCount)
  }
}

enum CountOnes: ScanOperation {
  @inline(__always) static func apply<W: Word>(_ cpu: Raw, _ slot: UInt8, _ a: W) {
    countBits(cpu, slot, a)
  }
}

/// TZCNT, LZCNT: CF says that there was nothing to find, ZF that it came first.
///
/// UNDEFINED: OF stays; SF, AF and PF are 0.
@inline(__always) func countZeros<W: Word>(_ cpu: Raw, _ slot: UInt8, _ a: W, _ count: Int) {
  let s = cpu.state
  s.pointee.cf = bit(a == 0)
  s.pointee.flagZ = UInt64(truncatingIfNeeded: count)
  s.pointee.flagS = 1
  s.pointee.flagA = 1
  put(cpu, slot, W(truncatingIfNeeded: count))
}

/// A scan of `source`.
@inline(__always) func scanR<O: ScanOperation, W: Word>(
  _: O.Type,
  _: W.Type,
  _ cpu: Raw,
  _ pc: Raw,
  _ mem: Raw
) {
  O.apply(cpu, pc.op.pointee.destination, get(cpu, pc.op.pointee.source) as W)
  return next(cpu, pc, mem)
}

/// ADCX: CF in and out, no other flag.
@inline(__always) func addByCarry<W: Word>(_: W.Type, _ cpu: Raw, _ pc: Raw, _ mem: Raw) {
  let slot = pc.op.pointee.destination
  let (r, carry) = sum(get(cpu, slot) as W, get(cpu, pc.op.pointee.source), cpu.state.pointee.cf)
  cpu.state.pointee.cf = carry
  put(cpu, slot, r)
  return next(cpu, pc, mem)
}

/// ADOX: OF in and out, no other flag.
@inline(__always) func addByOverflow<W: Word>(_: W.Type, _ cpu: Raw, _ pc: Raw, _ mem: Raw) {
  let slot = pc.op.pointee.destination
  let (r, carry) = sum(get(cpu, slot) as W, get(cpu, pc.op.pointee.source), cpu.state.pointee.of)
  cpu.state.pointee.of = carry
  put(cpu, slot, r)
  return next(cpu, pc, mem)
}

/// The sum of three and its carry.
@inline(__always) private func sum<W: Word>(_ a: W, _ b: W, _ carry: UInt8) -> (W, UInt8) {
  let (r1, c1) = a.addingReportingOverflow(b)
  let (r, c2) = r1.addingReportingOverflow(W(truncatingIfNeeded: carry))
  return (r, bit(c1 || c2))
}

/// MOVBE between registers: from the scratch slot that a load filled, or to one that is stored.
@inline(__always) func swapBytes<W: Word>(_: W.Type, _ cpu: Raw, _ pc: Raw, _ mem: Raw) {
  let a: W = get(cpu, pc.op.pointee.source)
  put(cpu, pc.op.pointee.destination, a.byteSwapped)
  return next(cpu, pc, mem)
}

/// By width: 16, 32 and 64 bits.
let scanForwardHandlers: [Handler] = [
  { scanR(ScanForward.self, UInt16.self, $0, $1, $2) },
  { scanR(ScanForward.self, UInt32.self, $0, $1, $2) },
  { scanR(ScanForward.self, UInt64.self, $0, $1, $2) },
]
let scanReverseHandlers: [Handler] = [
  { scanR(ScanReverse.self, UInt16.self, $0, $1, $2) },
  { scanR(ScanReverse.self, UInt32.self, $0, $1, $2) },
  { scanR(ScanReverse.self, UInt64.self, $0, $1, $2) },
]
let countTrailingHandlers: [Handler] = [
  { scanR(CountTrailing.self, UInt16.self, $0, $1, $2) },
  { scanR(CountTrailing.self, UInt32.self, $0, $1, $2) },
  { scanR(CountTrailing.self, UInt64.self, $0, $1, $2) },
]
let countLeadingHandlers: [Handler] = [
  { scanR(CountLeading.self, UInt16.self, $0, $1, $2) },
  { scanR(CountLeading.self, UInt32.self, $0, $1, $2) },
  { scanR(CountLeading.self, UInt64.self, $0, $1, $2) },
]
let countOnesHandlers: [Handler] = [
  { scanR(CountOnes.self, UInt16.self, $0, $1, $2) },
  { scanR(CountOnes.self, UInt32.self, $0, $1, $2) },
  { scanR(CountOnes.self, UInt64.self, $0, $1, $2) },
]
let swapBytesHandlers: [Handler] = [
  { swapBytes(UInt16.self, $0, $1, $2) },
  { swapBytes(UInt32.self, $0, $1, $2) },
  { swapBytes(UInt64.self, $0, $1, $2) },
]
/// 32 and 64 bits.
let adcxHandlers: [Handler] = [
  { addByCarry(UInt32.self, $0, $1, $2) }, { addByCarry(UInt64.self, $0, $1, $2) },
]
let adoxHandlers: [Handler] = [
  { addByOverflow(UInt32.self, $0, $1, $2) }, { addByOverflow(UInt64.self, $0, $1, $2) },
]
