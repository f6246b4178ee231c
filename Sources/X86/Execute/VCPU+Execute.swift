// Instructions that no handler covers: executed one at a time on the decoded form. Slower, but plain;
// everything that changes privilege, control registers or long state is here.

extension VCPU {
  /// Executes `i`, which lies at `rip`; `self.rip` is already the address of the next instruction.
  func execute(_ i: Instruction, at rip: UInt64) throws(CPUException) -> Flow {
    throw CPUException(.invalidOpcode)
  }
}
