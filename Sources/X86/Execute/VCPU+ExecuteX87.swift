// x87 instructions outside the handlers: loads, stores and what moves no number.
// Intel SDM Vol. 1, chapter 8, and Vol. 2, F.

extension VCPU {
  /// Executes an x87 instruction; true when `i` is one.
  func executeX87(_ i: Instruction, at rip: UInt64) throws(CPUException) -> Bool {
    guard i.isX87 else { return false }
    try checkX87Available(isWait: i.operation == .fwait)
    if try executeX87Control(i) { return true }
    // Everything else waits for what is pending.
    try checkX87Pending()
    switch i.operation {
    case .fwait: break
    case .fld, .fild, .fbld: try loadX87(i, rip)
    case .fst, .fstp: try storeX87(i, rip)
    case .fist, .fistp, .fisttp: try storeX87Integer(i, rip)
    case .fbstp: try storeX87Decimal(i, rip)
    case .fldcw: try loadX87Control(i)
    case .fldenv: try loadX87Environment(i)
    case .frstor: try restoreX87(i)
    default:
      if try !executeX87Arithmetic(i, rip) {
        noteX87(i, rip)
        executeX87Register(i)
      }
    }
    return true
  }

  /// #NM: no unit, or its state belongs to another task (Intel SDM Vol. 3A, table 2-2).
  func checkX87Available(isWait: Bool = false) throws(CPUException) {
    let cr0 = cpu.state.pointee.cr0
    let isTaken = isWait ? cr0 & 0xA == 0xA : cr0 & 0xC != 0
    if isTaken { throw CPUException(.deviceNotAvailable) }
  }

  /// #MF, for an exception that an earlier instruction raised (CR0.NE is taken as set, as Linux has
  /// it).
  func checkX87Pending() throws(CPUException) {
    if cpu.x87.pointee.status & X87Status.summary != 0 { throw CPUException(.x87FloatingPoint) }
  }

  /// The arithmetic under the control word in force.
  var x87Arithmetic: X87Arithmetic {
    X87Arithmetic(control: cpu.x87.pointee.control, isSoft: usesSoftX87)
  }

  /// Remembers `i`, at `rip`, as the last instruction (Intel SDM Vol. 1, 8.1.8).
  func noteX87(_ i: Instruction, _ rip: UInt64) {
    cpu.x87.pointee.lastMicroOp = 0
    cpu.x87.pointee.lastInstruction = rip
    cpu.x87.pointee.lastOpcode = UInt16(truncatingIfNeeded: i.immediate)
    if i.hasMemoryOperand { cpu.x87.pointee.lastOperand = offset(of: i) }
  }

  // MARK: - Loads

  private func loadX87(_ i: Instruction, _ rip: UInt64) throws(CPUException) {
    guard i.operands.0.kind == .memory else {
      noteX87(i, rip)
      let n = i.operands.0.register
      if cpu.x87.pointee.isEmpty(n) {
        guard cpu.x87.pointee.raiseUnderflow() else { return }
        cpu.x87.pointee.top = (cpu.x87.pointee.top &- 1) & 7
        return setST(0, .indefinite)
      }
      return pushST(st(n))
    }
    let loaded = try x87Source(i)
    noteX87(i, rip)
    // A full stack is found before the number is looked at.
    guard cpu.x87.pointee.isEmpty(7) else { return pushST(.indefinite) }
    let unmasked = loaded.status & ~cpu.x87.pointee.control
    cpu.x87.pointee.raise(loaded.status)
    // UNDEFINED: an unmasked denormal is pushed all the same, as on AMD's processors.
    if unmasked & X87Status.invalid == 0 { pushST(loaded.value) }
  }

  /// The memory operand as FLD, FILD or FBLD converts it.
  private func x87Source(_ i: Instruction) throws(CPUException) -> X87Result {
    let at = address(of: i)
    let stack = isStack(i)
    switch (i.operation, i.operands.0.size) {
    case (.fld, 4): return x87Arithmetic.load(single: try read(at, stack: stack))
    case (.fld, 8): return x87Arithmetic.load(double: try read(at, stack: stack))
    case (.fild, let size): return X87Result(value: try x87Integer(at, size, stack: stack))
    default:
      let low: UInt64 = try read(at, stack: stack)
      let high: UInt16 = try read(at &+ 8, stack: stack)
      let value = Float80Bits(significand: low, signExponent: high)
      return X87Result(value: i.operation == .fbld ? x87Arithmetic.load(decimal: value) : value)
    }
  }

  /// An integer in memory.
  func x87Integer(
    _ at: UInt64,
    _ size: UInt8,
    stack: Bool
  ) throws(CPUException) -> Float80Bits {
    switch size {
    case 2: Float80Bits(Int64(Int16(bitPattern: try read(at, stack: stack))))
    case 4: Float80Bits(Int64(Int32(bitPattern: try read(at, stack: stack))))
    default: Float80Bits(Int64(bitPattern: try read(at, stack: stack)))
    }
  }

  // MARK: - Stores

  private func storeX87(_ i: Instruction, _ rip: UInt64) throws(CPUException) {
    let pops = i.operation == .fstp
    let to = i.operands.0
    if to.kind == .x87 {
      noteX87(i, rip)
      guard let value = x87Value(0) else { return }
      cpu.x87.pointee.status &= ~X87Status.c1
      setST(to.register, value)
      if pops { cpu.x87.pointee.pop() }
      return
    }
    let place = try place(address(of: i), Int(to.size), .write, stack: isStack(i))
    noteX87(i, rip)
    if to.size == 10 {
      guard let value = x87Value(0) else { return }
      cpu.x87.pointee.status &= ~X87Status.c1
      store80(place, value.significand, value.signExponent)
    } else if cpu.x87.pointee.isEmpty(0) {
      guard cpu.x87.pointee.raiseUnderflow() else { return }
      if to.size == 4 {
        store(place, 0xFFC0_0000 as UInt32)
      } else {
        store(place, 0xFFF8_0000_0000_0000 as UInt64)
      }
    } else {
      let result = x87Arithmetic.store(st(0), size: to.size)
      guard raiseForStore(result.status) else { return }
      if to.size == 4 {
        store(place, UInt32(truncatingIfNeeded: result.value))
      } else {
        store(place, result.value)
      }
    }
    if pops { cpu.x87.pointee.pop() }
  }

  /// The value of ST(`n`), the indefinite when it is empty and that is masked, or nil.
  private func x87Value(_ n: UInt8) -> Float80Bits? {
    if !cpu.x87.pointee.isEmpty(n) { return st(n) }
    return cpu.x87.pointee.raiseUnderflow() ? .indefinite : nil
  }

  /// Takes the exceptions of a store to memory.
  ///
  /// - Returns: false when nothing is stored. An unmasked overflow or underflow has no biased result
  ///   in memory (Intel SDM Vol. 1, 8.5.4), so it keeps the store away, and with it what rounding
  ///   would have raised.
  private func raiseForStore(_ status: UInt16) -> Bool {
    let blocking = X87Status.overflow | X87Status.underflow
    guard cpu.x87.pointee.raise(status) else { return false }
    return status & blocking & ~cpu.x87.pointee.control == 0
  }

  private func storeX87Integer(_ i: Instruction, _ rip: UInt64) throws(CPUException) {
    let size = i.operands.0.size
    let place = try place(address(of: i), Int(size), .write, stack: isStack(i))
    noteX87(i, rip)
    var value = UInt64(1) << (UInt64(size) &* 8 &- 1)
    if cpu.x87.pointee.isEmpty(0) {
      guard cpu.x87.pointee.raiseUnderflow() else { return }
    } else {
      var arithmetic = x87Arithmetic
      // FISTTP always rounds towards zero.
      if i.operation == .fisttp { arithmetic.control |= 0xC00 }
      let result = arithmetic.storeInteger(st(0), size: size)
      guard cpu.x87.pointee.raise(result.status) else { return }
      value = result.value
    }
    switch size {
    case 2: store(place, UInt16(truncatingIfNeeded: value))
    case 4: store(place, UInt32(truncatingIfNeeded: value))
    default: store(place, value)
    }
    if i.operation != .fist { cpu.x87.pointee.pop() }
  }

  private func storeX87Decimal(_ i: Instruction, _ rip: UInt64) throws(CPUException) {
    // Two accesses, so a fault of the first comes before the second's address is looked at.
    _ = try place(address(of: i), 8, .write, stack: isStack(i))
    let place = try place(address(of: i), 10, .write, stack: isStack(i))
    noteX87(i, rip)
    if cpu.x87.pointee.isEmpty(0) {
      guard cpu.x87.pointee.raiseUnderflow() else { return }
      store80(place, 0xC000_0000_0000_0000, 0xFFFF)
    } else {
      let result = x87Arithmetic.storeDecimal(st(0))
      guard cpu.x87.pointee.raise(result.status) else { return }
      store80(place, result.value, result.high)
    }
    cpu.x87.pointee.pop()
  }

  private func store80(_ place: MemoryPlace, _ low: UInt64, _ high: UInt16) {
    withUnsafeBytes(of: (low, UInt64(high))) {
      copy(UnsafeRawBufferPointer(rebasing: $0[0..<10]), to: place)
    }
  }

  // MARK: - Stack and condition codes

  private func executeX87Register(_ i: Instruction) {
    let unit = cpu.x87
    let n = i.operands.0.register
    switch i.operation {
    case .fxch: exchangeX87(n)
    case .ffree:
      unit.pointee.status &= ~X87Status.c1
      unit.pointee.free(n)
    case .ffreep:
      unit.pointee.status &= ~X87Status.c1
      unit.pointee.free(n)
      unit.pointee.pop()
    case .fincstp:
      unit.pointee.top = (unit.pointee.top &+ 1) & 7
      unit.pointee.status &= ~X87Status.c1
    case .fdecstp:
      unit.pointee.top = (unit.pointee.top &- 1) & 7
      unit.pointee.status &= ~X87Status.c1
    case .fchs, .fabs: changeSignX87(i.operation == .fabs)
    case .fxam: examineX87()
    case .fstpnce: storeX87WithoutCheck(n)
    case .fld1, .fldl2t, .fldl2e, .fldpi, .fldlg2, .fldln2, .fldz:
      pushST(X87Constant.value(i.operation, rounding: unit.pointee.control >> 10 & 3))
    case .fcmovb, .fcmove, .fcmovbe, .fcmovu, .fcmovnb, .fcmovne, .fcmovnbe, .fcmovnu:
      moveX87(i)
    default: break  // FNOP
    }
  }

  private func exchangeX87(_ n: UInt8) {
    let unit = cpu.x87
    let (a, b) = (unit.pointee.isEmpty(0), unit.pointee.isEmpty(n))
    if a || b {
      guard unit.pointee.raiseUnderflow() else { return }
    } else {
      unit.pointee.status &= ~X87Status.c1
    }
    let first = a ? .indefinite : st(0)
    setST(0, b ? .indefinite : st(n))
    setST(n, first)
  }

  private func changeSignX87(_ isAbsolute: Bool) {
    if cpu.x87.pointee.isEmpty(0) {
      if cpu.x87.pointee.raiseUnderflow() { setST(0, .indefinite) }
      return
    }
    cpu.x87.pointee.status &= ~X87Status.c1
    setST(0, isAbsolute ? st(0).magnitude : st(0).negated)
  }

  /// FXAM: Intel SDM Vol. 2A, FXAM, table 3-42.
  private func examineX87() {
    let a = st(0)
    var word = a.isNegative ? X87Status.c1 : 0
    if cpu.x87.pointee.isEmpty(0) {
      word |= X87Status.c3 | X87Status.c0
    } else if a.isUnsupported {
    } else if a.isNaN {
      word |= X87Status.c0
    } else if a.isInfinity {
      word |= X87Status.c2 | X87Status.c0
    } else if a.isZero {
      word |= X87Status.c3
    } else if a.isDenormal {
      word |= X87Status.c3 | X87Status.c2
    } else {
      word |= X87Status.c2
    }
    cpu.x87.pointee.status = cpu.x87.pointee.status & ~X87Status.conditions | word
  }

  /// D9 D8+i: FSTP that stores nothing when ST(0) is empty, and does not mind.
  private func storeX87WithoutCheck(_ n: UInt8) {
    cpu.x87.pointee.status &= ~X87Status.c1
    if !cpu.x87.pointee.isEmpty(0) { setST(n, st(0)) }
    cpu.x87.pointee.pop()
  }

  private func moveX87(_ i: Instruction) {
    let n = i.operands.1.register
    if cpu.x87.pointee.isEmpty(0) || cpu.x87.pointee.isEmpty(n) {
      if cpu.x87.pointee.raiseUnderflow() { setST(0, .indefinite) }
      return
    }
    // UNDEFINED: C1 stays as it was.
    let flags = rflags.rawValue
    let isTaken =
      switch i.operation {
      case .fcmovb: flags & 1 != 0
      case .fcmove: flags & 0x40 != 0
      case .fcmovbe: flags & 0x41 != 0
      case .fcmovu: flags & 4 != 0
      case .fcmovnb: flags & 1 == 0
      case .fcmovne: flags & 0x40 == 0
      case .fcmovnbe: flags & 0x41 == 0
      default: flags & 4 == 0
      }
    if isTaken { setST(0, st(n)) }
  }
}

/// The constants that FLDPI and its kin push, correctly rounded in each rounding mode.
enum X87Constant {
  /// - Parameter rounding: RC: 0 to nearest, 1 down, 2 up, 3 towards zero.
  static func value(_ operation: Operation, rounding: UInt16) -> Float80Bits {
    // The significand cut off, the exponent, and whether the nearest is above.
    let (significand, exponent, isCutLow): (UInt64, UInt16, Bool) =
      switch operation {
      case .fldl2t: (0xD49A_784B_CD1B_8AFE, 0x4000, false)
      case .fldl2e: (0xB8AA_3B29_5C17_F0BB, 0x3FFF, true)
      case .fldpi: (0xC90F_DAA2_2168_C234, 0x4000, true)
      case .fldlg2: (0x9A20_9A84_FBCF_F798, 0x3FFD, true)
      case .fldln2: (0xB172_17F7_D1CF_79AB, 0x3FFE, true)
      case .fld1: (1 << 63, Float80Bits.bias, false)
      default: (0, 0, false)
      }
    let isExact = operation == .fld1 || operation == .fldz
    let isUp = !isExact && (rounding == 2 || (rounding == 0 && isCutLow))
    return Float80Bits(significand: significand &+ (isUp ? 1 : 0), signExponent: exponent)
  }
}

extension Instruction {
  /// True for D8 ... DF and FWAIT.
  var isX87: Bool {
    operation == .fwait
      || operation.rawValue >= Operation.fld.rawValue
        && operation.rawValue <= Operation.ffreep.rawValue
  }
}
