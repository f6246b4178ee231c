import CHostSIMD

// Shuffles whose pattern is in the instruction. Intel SDM Vol. 2: PSHUFD, PSHUFLW, PSHUFHW, SHUFPS,
// SHUFPD, PSLLDQ, PSRLDQ. Translation turns the pattern into one source byte number for each result
// byte (top bit set: zero), which fills the micro-op's `immediate` and `displacement`. The handlers
// use PSHUFB, so a host without SSSE3 executes these instructions in `VCPU.executeVector`.

/// One result byte for each source byte number.
func shuffleOne(_ cpu: Raw, _ pc: Raw, _ mem: Raw) {
  let control = V128(
    Int64(bitPattern: pc.op.pointee.immediate),
    Int64(bitPattern: pc.op.pointee.displacement)
  )
  let a = vectorSource(cpu, pc).load(as: V128.self)
  vectorDestination(cpu, pc).storeBytes(of: host_pshufb(a, control), as: V128.self)
  return next(cpu, pc, mem)
}

/// The low half from the destination, the high half from the source.
func shuffleTwo(_ cpu: Raw, _ pc: Raw, _ mem: Raw) {
  let to = vectorDestination(cpu, pc)
  let low = V128(Int64(bitPattern: pc.op.pointee.immediate), 0)
  let high = V128(Int64(bitPattern: pc.op.pointee.displacement), 0)
  let a = host_pshufb(to.load(as: V128.self), low)
  let b = host_pshufb(vectorSource(cpu, pc).load(as: V128.self), high)
  to.storeBytes(of: host_punpcklqdq(a, b), as: V128.self)
  return next(cpu, pc, mem)
}

/// Byte numbers of one shuffle.
struct ShuffleControl {
  var low: UInt64 = 0
  var high: UInt64 = 0

  /// Result byte `i` is source byte `source(i)`, or 0 when that is nil.
  init(_ source: (Int) -> Int?) {
    for i in 0..<16 {
      let number = UInt64(source(i) ?? 0x80)
      if i < 8 { low |= number << UInt64(i &* 8) } else { high |= number << UInt64(i &* 8 &- 64) }
    }
  }

  /// Elements of `size` bytes; result element `i` is source element `element(i)`.
  init(size: Int, _ element: (Int) -> Int) {
    self.init { element($0 / size) &* size &+ $0 % size }
  }

  func write(to op: inout MicroOp) {
    op.immediate = low
    op.displacement = high
  }
}
