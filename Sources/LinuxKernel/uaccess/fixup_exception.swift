import LinuxABI
import X86

extension Kernel {
  /// Resolves a fault in kernel text by the exception table.
  ///
  /// - Returns: false when the table has no entry for the faulting instruction.
  /// - SeeAlso: Linux `arch/x86/mm/extable.c` `fixup_exception`.
  func fixup_exception(_ task: Task, _ exception: CPUException) -> Bool {
    guard let entry = exceptionTable.search_extable(cpu.rip), let type = entry.type else {
      return false
    }
    if let eventHandler {
      eventHandler(
        .extableFound(
          task: task,
          instruction: entry.instruction,
          fixup: entry.fixup,
          type: type
        )
      )
    }
    guard apply(entry, type, exception) else { return false }
    statistics.fixups &+= 1
    cpu.rip = entry.fixup
    if let eventHandler { eventHandler(.fixupResume(task: task, fixup: entry.fixup)) }
    return true
  }

  /// What the type's handler does besides going on at the fixup.
  private func apply(
    _ entry: ExtableEntry,
    _ type: ExtableType,
    _ exception: CPUException
  ) -> Bool {
    switch type {
    case .NONE: return false
    case .DEFAULT, .DEFAULT_MCE_SAFE, .BPF, .WRMSR: clear(entry)
    case .UACCESS:
      warnUnexpectedProtectionFault(exception)
      clear(entry)
    case .FAULT, .FAULT_MCE_SAFE: cpu[.rax] = UInt64(exception.vector.rawValue)
    case .COPY:
      warnUnexpectedProtectionFault(exception)
      cpu[.rax] = UInt64(exception.vector.rawValue)
    case .FAULT_SGX: cpu[.rax] = UInt64(exception.vector.rawValue) | 1 << 30
    case .CLEAR_FS:
      cpu.fs = 0
      cpu.fsBase = 0
    case .FPU_RESTORE:
      printk(
        .warning,
        "Bad FPU state detected at \(symbolize(cpu.rip)), reinitializing FPU registers."
      )
      cpu.mxcsr = 0x1F80
    case .RDMSR:
      cpu[.rax] = 0
      cpu[.rdx] = 0
    case .WRMSR_SAFE, .RDMSR_SAFE:
      set(entry.register, UInt64(bitPattern: Int64(-Errno.EIO.rawValue)))
    case .WRMSR_IN_MCE, .RDMSR_IN_MCE, .ERETU: return false
    case .POP_REG:
      cpu[.rsp] &+= 8
      set(entry.register, UInt64(bitPattern: entry.immediate))
    case .IMM_REG: set(entry.register, UInt64(bitPattern: entry.immediate))
    case .UCOPY_LEN:
      cpu[.rcx] = UInt64(bitPattern: entry.immediate) &* cpu[.rcx] &+ get(entry.register)
      warnUnexpectedProtectionFault(exception)
      clear(entry)
    case .ZEROPAD: return zeropad(entry, exception)
    }
    return true
  }

  /// A word load that ran into a bad page: the bytes before it, shifted down, and zeros.
  ///
  /// - SeeAlso: Linux `arch/x86/mm/extable.c` `ex_handler_zeropad`.
  private func zeropad(_ entry: ExtableEntry, _ exception: CPUException) -> Bool {
    // The instruction is `mov (%reg1), %reg2`: the address is the page border's side below it.
    let address = get(entry.register)
    let offset = address & 7
    let aligned = address & ~7
    guard exception.address == aligned &+ 8, offset != 0 else { return false }
    var word: UInt64 = 0
    guard withUnsafeMutableBytes(of: &word, { cpu.peek(aligned, into: $0) }) == 8 else {
      return false
    }
    set(UInt8(truncatingIfNeeded: entry.immediate) & 15, word >> (offset &* 8))
    return true
  }

  private func clear(_ entry: ExtableEntry) {
    if entry.clearsAX { cpu[.rax] = 0 }
    if entry.clearsDX { cpu[.rdx] = 0 }
  }

  private func warnUnexpectedProtectionFault(_ exception: CPUException) {
    guard exception.vector == .generalProtection, !hasWarnedOfUserAccess else { return }
    hasWarnedOfUserAccess = true
    printk(
      .warning,
      "WARNING: General protection fault in user access. Non-canonical address? "
        + "RIP: \(symbolize(cpu.rip))"
    )
  }

  private func get(_ register: UInt8) -> UInt64 {
    GPR(rawValue: register).map { cpu[$0] } ?? 0
  }

  private func set(_ register: UInt8, _ value: UInt64) {
    if let register = GPR(rawValue: register) { cpu[register] = value }
  }
}
