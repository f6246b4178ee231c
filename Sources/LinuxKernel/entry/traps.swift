import LinuxABI
import X86

extension Kernel {
  /// An exception: a signal for user mode, a fixup or an oops for kernel mode.
  func handle_exception(_ task: Task, _ exception: CPUException) {
    if exception.vector == .pageFault {
      exc_page_fault(task, exception)
    } else if cpu.cpl == 3 {
      user_trap(task, exception)
    } else {
      kernel_trap(task, exception)
    }
  }

  /// An exception other than a page fault in user mode: the signal that it means.
  ///
  /// - SeeAlso: Linux `arch/x86/kernel/traps.c`.
  private func user_trap(_ task: Task, _ exception: CPUException) {
    let rip = cpu.rip
    switch exception.vector {
    case .divideError: force(task, .SIGFPE, FPE_INTDIV, rip, exception)
    case .debug: force(task, .SIGTRAP, isSingleStep ? TRAP_TRACE : TRAP_BRKPT, rip, exception)
    case .breakpoint: force(task, .SIGTRAP, SI_KERNEL, 0, exception)
    case .invalidOpcode: force(task, .SIGILL, ILL_ILLOPN, rip, exception)
    case .stackFault, .segmentNotPresent: force(task, .SIGBUS, SI_KERNEL, 0, exception)
    case .alignmentCheck: force(task, .SIGBUS, BUS_ADRALN, 0, exception)
    case .simdFloatingPoint: force(task, .SIGFPE, simdCode, rip, exception)
    case .x87FloatingPoint: force(task, .SIGFPE, FPE_FLTDIV, rip, exception)
    default: force(task, .SIGSEGV, SI_KERNEL, 0, exception)
    }
  }

  /// RFLAGS.TF makes a debug exception after every instruction; INT1 makes one by itself.
  private var isSingleStep: Bool { cpu.rflags.contains(.tf) }

  /// The most serious exception that MXCSR reports and does not mask.
  ///
  /// - SeeAlso: Linux `arch/x86/kernel/fpu/core.c` `fpu__exception_code`.
  private var simdCode: Int32 {
    let raised = cpu.mxcsr & ~(cpu.mxcsr >> 7)
    if raised & 0x01 != 0 { return FPE_FLTINV }
    if raised & 0x04 != 0 { return FPE_FLTDIV }
    if raised & 0x08 != 0 { return FPE_FLTOVF }
    if raised & 0x12 != 0 { return FPE_FLTUND }
    return FPE_FLTRES
  }

  private func force(
    _ task: Task,
    _ signal: Signal,
    _ code: Int32,
    _ address: UInt64,
    _ exception: CPUException
  ) {
    force_sig_fault(
      task,
      FatalSignal(
        signal: signal,
        code: code,
        address: address,
        rip: cpu.rip,
        vector: exception.vector,
        errorCode: exception.errorCode
      )
    )
  }

  /// An exception other than a page fault in kernel mode.
  private func kernel_trap(_ task: Task, _ exception: CPUException) {
    if cpu.rip == text.symbols["native_irq_return_iret"] {
      return fixup_bad_iret(task, exception)
    }
    switch exception.vector {
    case .generalProtection, .stackFault, .divideError, .alignmentCheck, .simdFloatingPoint:
      if fixup_exception(task, exception) { return }
    default: break
    }
    let code = String(exception.errorCode & 0xFFFF, radix: 16)
    let message =
      switch exception.vector {
      case .generalProtection:
        "general protection fault, probably for non-canonical address: \(code)"
      case .invalidOpcode: "invalid opcode: \(code)"
      case .divideError: "divide error: \(code)"
      case .stackFault: "stack segment: \(code)"
      case .breakpoint: "int3: \(code)"
      default: "\(exception.vector): \(code)"
      }
    die(task, message, exception)
  }

  /// IRETQ refused the frame that was made for user mode: the program's fault, not the kernel's.
  ///
  /// - SeeAlso: Linux `arch/x86/kernel/traps.c` `fixup_bad_iret`.
  private func fixup_bad_iret(_ task: Task, _ exception: CPUException) {
    let frame = task.ptRegs
    force_sig_fault(
      task,
      FatalSignal(
        signal: .SIGSEGV,
        code: SI_KERNEL,
        address: 0,
        rip: frame[.rip],
        vector: exception.vector,
        errorCode: exception.errorCode
      )
    )
  }
}
