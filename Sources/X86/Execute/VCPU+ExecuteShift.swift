// Shifts and rotates in every form. Intel SDM Vol. 2: SHL, SHR, SAR, ROL, ROR, RCL, RCR, SHLD, SHRD.

extension VCPU {
  func executeShift(_ i: Instruction) throws(CPUException) {
    switch i.operands.0.size {
    case 1: try shift(i, UInt8.self)
    case 2: try shift(i, UInt16.self)
    case 4: try shift(i, UInt32.self)
    default: try shift(i, UInt64.self)
    }
  }

  private func shift<W: Word>(_ i: Instruction, _: W.Type) throws(CPUException) {
    let to = try destination(i, i.operands.0, as: W.self)
    let a: W = load(to)
    let count = shiftCount(i, i.operands.1)
    let n = W(truncatingIfNeeded: count & countMask(W.self))
    // A count of 0 changes no flag, but a 32-bit register still loses its upper half.
    guard n != 0 else { return store(to, a) }
    let r: W =
      switch i.operation {
      case .shl: Shl.apply(cpu, a, n, Live.self)
      case .shr: Shr.apply(cpu, a, n, Live.self)
      case .sar: Sar.apply(cpu, a, n, Live.self)
      case .rol: Rol.apply(cpu, a, n, Live.self)
      case .ror: Ror.apply(cpu, a, n, Live.self)
      case .rcl: Rcl.apply(cpu, a, n, Live.self)
      default: Rcr.apply(cpu, a, n, Live.self)
      }
    store(to, r)
  }

  func executeDoubleShift(_ i: Instruction) throws(CPUException) {
    switch i.operands.0.size {
    case 2: try doubleShift(i, UInt16.self)
    case 4: try doubleShift(i, UInt32.self)
    default: try doubleShift(i, UInt64.self)
    }
  }

  private func doubleShift<W: Word>(_ i: Instruction, _: W.Type) throws(CPUException) {
    let to = try destination(i, i.operands.0, as: W.self)
    let a: W = load(to)
    let b: W = get(cpu, Emitter.slot(i.operands.1))
    let n = W(truncatingIfNeeded: shiftCount(i, i.operands.2) & countMask(W.self))
    guard n != 0 else { return store(to, a) }
    store(to, i.operation == .shld ? shiftLeftDouble(cpu, a, b, n) : shiftRightDouble(cpu, a, b, n))
  }

  /// The count operand: CL, an immediate, or the 1 that is part of the opcode.
  private func shiftCount(_ i: Instruction, _ operand: Operand) -> UInt8 {
    switch operand.kind {
    case .gpr: get(cpu, Slot.rcx)
    case .none: 1
    default: UInt8(truncatingIfNeeded: i.immediate)
    }
  }
}
