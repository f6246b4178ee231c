// Random numbers, the processor's number, segment bases. Intel SDM Vol. 2: RDRAND, RDSEED, RDPID,
// RDFSBASE, RDGSBASE, WRFSBASE, WRGSBASE.

extension VCPU {
  /// RDRAND and RDSEED: CF says that there was a number, the other flags become 0.
  ///
  /// The numbers come through `entropy`, so whoever owns the processor may record them or make them
  /// repeat. Without it there is none, as the architecture allows: the destination becomes 0.
  func executeRandom(_ i: Instruction) {
    let value = entropy?()
    cpu.state.pointee.setStatusFlags(value == nil ? 0 : 1)
    let slot = Emitter.slot(i.operands.0)
    let number = value ?? 0
    switch i.operands.0.size {
    case 2: put(cpu, slot, UInt16(truncatingIfNeeded: number))
    case 4: put(cpu, slot, UInt32(truncatingIfNeeded: number))
    default: put(cpu, slot, number)
    }
  }

  /// RDPID: IA32_TSC_AUX.
  func executeReadProcessorID(_ i: Instruction) {
    put(cpu, Emitter.slot(i.operands.0), UInt64(tscAux))
  }

  /// Segment bases, where CR4.FSGSBASE lets any privilege at them.
  func executeSegmentBase(_ i: Instruction) throws(CPUException) {
    guard cpu.state.pointee.cr4 & 1 << 16 != 0 else { throw CPUException(.invalidOpcode) }
    let isFS = i.operation == .rdfsbase || i.operation == .wrfsbase
    let base = isFS ? Slot.fsBase : Slot.gsBase
    let slot = Emitter.slot(i.operands.0)
    let isWide = i.operands.0.size == 8
    switch i.operation {
    case .rdfsbase, .rdgsbase:
      let value: UInt64 = get(cpu, base)
      if isWide { put(cpu, slot, value) } else { put(cpu, slot, UInt32(truncatingIfNeeded: value)) }
    default:
      let value: UInt64 = isWide ? get(cpu, slot) : UInt64(get(cpu, slot, as: UInt32.self))
      guard PageWalk.isCanonical(value) else { throw CPUException(.generalProtection) }
      put(cpu, base, value)
    }
  }
}
