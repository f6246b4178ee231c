import CHostSIMD

/// Registers as they were before an instruction that may raise an unmasked SSE exception.
struct SIMDSnapshot {
  var registers: RegisterState
}

extension VCPU {
  /// Saves the registers and clears the host's sticky flags, so that what the next instruction
  /// raises can be told.
  func takeSIMDSnapshot() -> SIMDSnapshot {
    syncMXCSR()
    let snapshot = SIMDSnapshot(registers: registers)
    #if arch(x86_64)
    host_set_mxcsr(cpu.state.pointee.mxcsr & 0xFFC0 | 0x1F80)
    #endif
    return snapshot
  }

  /// #XM when the last instruction raised something that MXCSR does not mask: its results are undone
  /// (Intel SDM Vol. 1, 11.5.2).
  func unmaskedSIMDException(_ before: SIMDSnapshot) -> CPUException? {
    #if arch(x86_64)
    guard cpu.state.pointee.exit != Exit.callout else { return nil }
    let raised = host_get_mxcsr() & 0x3F
    let unmasked = raised & ~(before.registers.mxcsr >> 7)
    guard unmasked & 0x3F != 0 else {
      host_set_mxcsr(host_get_mxcsr() | cpu.state.pointee.mxcsr & 0x3F)
      return nil
    }
    // Exceptions found before the computation keep those that would follow from its result away.
    let isEarly = unmasked & 0x07 != 0
    // What an MMX register does to the x87 state is done: CVTPS2PI and its kin.
    let (top, tags) = (cpu.x87.pointee.top, cpu.x87.pointee.tags)
    registers = before.registers
    (cpu.x87.pointee.top, cpu.x87.pointee.tags) = (top, tags)
    cpu.state.pointee.mxcsr |= isEarly ? raised & 0x07 : raised
    host_set_mxcsr(cpu.state.pointee.mxcsr & 0xFFFF | 0x1F80)
    return CPUException(.simdFloatingPoint)
    #else
    return nil
    #endif
  }
}
