// Multiplication, division, exchange-and-add, compare-and-exchange in every form.
// Intel SDM Vol. 2: MUL, IMUL, DIV, IDIV, XADD, CMPXCHG, CMPXCHG8B, CMPXCHG16B.

extension VCPU {
  func executeMultiply(_ i: Instruction) throws(CPUException) {
    switch i.operands.0.size {
    case 1: try multiplyByte(i)
    case 2: try multiply(i, UInt16.self)
    case 4: try multiply(i, UInt32.self)
    default: try multiply(i, UInt64.self)
    }
  }

  /// AX = AL times the operand.
  private func multiplyByte(_ i: Instruction) throws(CPUException) {
    let a: UInt8 = get(cpu, Slot.rax)
    let b: UInt8 = try value(i, i.operands.0)
    let product: UInt16
    let isWide: Bool
    if i.operation == .mul {
      product = UInt16(a) &* UInt16(b)
      isWide = product > 0xFF
    } else {
      let signed = Int16(a.signed) &* Int16(b.signed)
      product = UInt16(bitPattern: signed)
      isWide = signed != Int16(Int8(truncatingIfNeeded: signed))
    }
    put(cpu, Slot.rax, product)
    setMultiplyFlags(cpu, a, isWide)
  }

  private func multiply<W: Word>(_ i: Instruction, _: W.Type) throws(CPUException) {
    if i.operandCount > 1 {
      let isImmediate = i.operandCount == 3
      let b: W = try value(i, i.operands.1)
      let a: W =
        isImmediate
        ? W(truncatingIfNeeded: i.immediate) : get(cpu, Emitter.slot(i.operands.0))
      let (r, overflow) = a.signed.multipliedReportingOverflow(by: b.signed)
      put(cpu, Emitter.slot(i.operands.0), W(truncatingIfNeeded: r))
      return setMultiplyFlags(cpu, a, overflow)
    }
    let b: W = try value(i, i.operands.0)
    let a: W = get(cpu, Slot.rax)
    let low: W
    let high: W
    let isWide: Bool
    if i.operation == .mul {
      let (h, l) = a.multipliedFullWidth(by: b)
      (high, low) = (h, W(truncatingIfNeeded: l))
      isWide = high != 0
    } else {
      let (h, l) = a.signed.multipliedFullWidth(by: b.signed)
      (high, low) = (W(truncatingIfNeeded: h), W(truncatingIfNeeded: l))
      isWide = high != (low.signBit ? W.max : 0)
    }
    put(cpu, Slot.rax, low)
    put(cpu, Slot.rdx, high)
    setMultiplyFlags(cpu, a, isWide)
  }

  func executeDivide(_ i: Instruction) throws(CPUException) {
    switch i.operands.0.size {
    case 1: try divideByte(i)
    case 2: try divide(i, UInt16.self)
    case 4: try divide(i, UInt32.self)
    default: try divide(i, UInt64.self)
    }
  }

  /// AL, AH = AX by the operand.
  private func divideByte(_ i: Instruction) throws(CPUException) {
    let a: UInt16 = get(cpu, Slot.rax)
    let d: UInt8 = try value(i, i.operands.0)
    let (q, r) = try quotient(a >> 8, a & 0xFF, of: UInt8.self, by: d, signed: i.operation == .idiv)
    put(cpu, Slot.rax, UInt16(q) | UInt16(r) &<< 8)
    setDivideFlags(cpu)
  }

  private func divide<W: Word>(_ i: Instruction, _: W.Type) throws(CPUException) {
    let d: W = try value(i, i.operands.0)
    let high: W = get(cpu, Slot.rdx)
    let low: W = get(cpu, Slot.rax)
    let (q, r) = try quotient(high, low, of: W.self, by: d, signed: i.operation == .idiv)
    put(cpu, Slot.rax, q)
    put(cpu, Slot.rdx, r)
    setDivideFlags(cpu)
  }

  /// Divides `high:low` by `d`.
  ///
  /// - Throws: #DE when `d` is 0 or the quotient needs more than a word.
  private func quotient<W: Word, V: Word>(
    _ high: V,
    _ low: V,
    of: W.Type,
    by d: W,
    signed: Bool
  ) throws(CPUException) -> (W, W) {
    let h = W(truncatingIfNeeded: high)
    let l = W(truncatingIfNeeded: low)
    guard signed else {
      guard h < d else { throw CPUException(.divideError) }
      let (q, r) = d.dividingFullWidth((h, W.Magnitude(truncatingIfNeeded: l)))
      return (q, r)
    }
    // On magnitudes; the signs are put back at the end, and what does not fit then is #DE.
    let isNegative = h.signBit
    let ml = isNegative ? 0 &- l : l
    let mh = isNegative ? ~h &+ (l == 0 ? 1 : 0) : h
    let md = d.signBit ? 0 &- d : d
    guard mh < md else { throw CPUException(.divideError) }
    let (mq, mr) = md.dividingFullWidth((mh, W.Magnitude(truncatingIfNeeded: ml)))
    let limit = W(1) &<< W(W.bitWidth &- 1)
    let quotientIsNegative = isNegative != d.signBit
    guard mq < limit || (mq == limit && quotientIsNegative) else {
      throw CPUException(.divideError)
    }
    return (quotientIsNegative ? 0 &- mq : mq, isNegative ? 0 &- mr : mr)
  }

  func executeExchangeAdd(_ i: Instruction) throws(CPUException) {
    switch i.operands.0.size {
    case 1: try exchangeAdd(i, UInt8.self)
    case 2: try exchangeAdd(i, UInt16.self)
    case 4: try exchangeAdd(i, UInt32.self)
    default: try exchangeAdd(i, UInt64.self)
    }
  }

  private func exchangeAdd<W: Word>(_ i: Instruction, _: W.Type) throws(CPUException) {
    let to = try destination(i, i.operands.0, as: W.self)
    let a: W = load(to)
    let slot = Emitter.slot(i.operands.1)
    let b: W = get(cpu, slot)
    let sum = Add.apply(cpu, a, b, Live.self)
    put(cpu, slot, a)
    store(to, sum)
  }

  func executeCompareExchange(_ i: Instruction) throws(CPUException) {
    switch i.operands.0.size {
    case 1: try compareExchange(i, UInt8.self)
    case 2: try compareExchange(i, UInt16.self)
    case 4: try compareExchange(i, UInt32.self)
    default: try compareExchange(i, UInt64.self)
    }
  }

  /// The destination is written in any case, so it must be writable; a register that is not exchanged
  /// keeps its upper half.
  private func compareExchange<W: Word>(_ i: Instruction, _: W.Type) throws(CPUException) {
    let to = try destination(i, i.operands.0, as: W.self)
    let old: W = load(to)
    let accumulator: W = get(cpu, Slot.rax)
    _ = Sub.apply(cpu, accumulator, old, Live.self)
    if accumulator == old {
      store(to, get(cpu, Emitter.slot(i.operands.1)) as W)
    } else {
      put(cpu, Slot.rax, old)
    }
  }

  func executeCompareExchange8B(_ i: Instruction) throws(CPUException) {
    let to = try place(address(of: i), 8, .write, stack: isStack(i))
    let old: UInt64 = load(to)
    let expected =
      UInt64(get(cpu, Slot.rax, as: UInt32.self))
      | UInt64(get(cpu, Slot.rdx, as: UInt32.self)) &<< 32
    let isEqual = old == expected
    if isEqual {
      let new =
        UInt64(get(cpu, Slot.rbx, as: UInt32.self))
        | UInt64(get(cpu, Slot.rcx, as: UInt32.self)) &<< 32
      store(to, new)
    } else {
      put(cpu, Slot.rax, UInt32(truncatingIfNeeded: old))
      put(cpu, Slot.rdx, UInt32(truncatingIfNeeded: old &>> 32))
    }
    cpu.state.pointee.flagZ = isEqual ? 0 : 1
  }

  func executeCompareExchange16B(_ i: Instruction) throws(CPUException) {
    let at = address(of: i)
    guard at & 15 == 0 else { throw CPUException(.generalProtection) }
    // Aligned: never in two pages.
    let to = try place(at, 16, .write, stack: isStack(i))
    let low = to.host.load(as: UInt64.self)
    let high = to.host.load(fromByteOffset: 8, as: UInt64.self)
    let isEqual = low == get(cpu, Slot.rax) && high == get(cpu, Slot.rdx)
    if isEqual {
      to.host.storeBytes(of: get(cpu, Slot.rbx), as: UInt64.self)
      to.host.storeBytes(of: get(cpu, Slot.rcx), toByteOffset: 8, as: UInt64.self)
      if to.physical != MemoryPlace.none { noteCodeWrite(cpu, to.physical, 16) }
    } else {
      put(cpu, Slot.rax, low)
      put(cpu, Slot.rdx, high)
    }
    cpu.state.pointee.flagZ = isEqual ? 0 : 1
  }
}
