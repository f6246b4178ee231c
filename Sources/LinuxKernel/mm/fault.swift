import LinuxABI
import X86

extension Kernel {
  /// A page fault, in user or kernel mode.
  ///
  /// - SeeAlso: Linux `arch/x86/mm/fault.c` `exc_page_fault`, `handle_page_fault`.
  func exc_page_fault(_ task: Task, _ exception: CPUException) {
    statistics.pageFaults &+= 1
    if let eventHandler {
      eventHandler(
        .pageFault(
          task: task,
          address: exception.address,
          error: PageFaultErrorCode(rawValue: exception.errorCode),
          rip: cpu.rip
        )
      )
    }
    if exception.address >= TASK_SIZE_MAX {
      bad_area(task, exception, SEGV_MAPERR)
    } else {
      do_user_addr_fault(task, exception)
    }
  }

  /// A page fault on a user address: page in, or signal, fixup or oops.
  ///
  /// - SeeAlso: Linux `arch/x86/mm/fault.c` `do_user_addr_fault`.
  private func do_user_addr_fault(_ task: Task, _ exception: CPUException) {
    let error = PageFaultErrorCode(rawValue: exception.errorCode)
    let address = exception.address
    let isUser = error.contains(.user)
    // The kernel jumped into a program: nothing in the exception table makes that right.
    if !isUser, error.contains(.fetch) { return page_fault_oops(task, exception) }
    if error.contains(.reserved) {
      return die(task, "Bad pagetable: \(String(exception.errorCode, radix: 16))", exception)
    }
    // SMAP: the kernel touched user memory without having opened the door with STAC.
    if !isUser, cpu.cr4 & 1 << 21 != 0, !cpu.rflags.contains(.ac) {
      return page_fault_oops(task, exception)
    }
    guard let mm = task.mm else { return bad_area(task, exception, SEGV_MAPERR) }

    guard let index = mm.index(containing: address) ?? mm.expand_stack(address, task.mappingLimits)
    else { return bad_area(task, exception, SEGV_MAPERR) }
    guard isAllowed(error, mm.vmas[index].flags) else {
      return bad_area(task, exception, SEGV_ACCERR)
    }
    switch mm.handle_mm_fault(index, address, isWrite: error.contains(.write)) {
    case .handled:
      if let eventHandler { eventHandler(.faultHandled(task: task, address: address)) }
    case .VM_FAULT_SIGBUS: do_sigbus(task, exception)
    case .VM_FAULT_OOM: pagefault_out_of_memory(task, exception)
    }
  }

  /// Whether a mapping allows the access that faulted.
  ///
  /// - SeeAlso: Linux `arch/x86/mm/fault.c` `access_error`.
  private func isAllowed(_ error: PageFaultErrorCode, _ flags: VMFlags) -> Bool {
    if error.contains(.write) { return flags.contains(.VM_WRITE) }
    if error.contains(.fetch), !flags.contains(.VM_EXEC) { return false }
    // A read of a page that is there can only have failed because reading is not allowed.
    if error.contains(.present) { return false }
    return !flags.isDisjoint(with: .VM_ACCESS)
  }

  /// Nothing can be mapped there.
  ///
  /// - SeeAlso: Linux `arch/x86/mm/fault.c` `__bad_area_nosemaphore`.
  private func bad_area(_ task: Task, _ exception: CPUException, _ code: Int32) {
    guard exception.errorCode & PageFaultErrorCode.user.rawValue != 0 else {
      return kernelmode_fixup_or_oops(task, exception)
    }
    var errorCode = exception.errorCode
    // A program must not learn which kernel addresses are mapped.
    if exception.address >= TASK_SIZE_MAX { errorCode |= PageFaultErrorCode.present.rawValue }
    force_sig_fault(
      task,
      FatalSignal(
        signal: .SIGSEGV,
        code: code,
        address: exception.address,
        rip: cpu.rip,
        vector: .pageFault,
        errorCode: errorCode
      )
    )
  }

  private func do_sigbus(_ task: Task, _ exception: CPUException) {
    guard exception.errorCode & PageFaultErrorCode.user.rawValue != 0 else {
      return kernelmode_fixup_or_oops(task, exception)
    }
    force_sig_fault(
      task,
      FatalSignal(
        signal: .SIGBUS,
        code: BUS_ADRERR,
        address: exception.address,
        rip: cpu.rip,
        vector: .pageFault,
        errorCode: exception.errorCode
      )
    )
  }

  /// No frame is left: the task that asks dies, so that others can live.
  private func pagefault_out_of_memory(_ task: Task, _ exception: CPUException) {
    printk(.error, "Out of memory: Killed process \(task.pid) (\(task.comm))")
    let signal = FatalSignal(
      signal: .SIGKILL,
      code: SI_KERNEL,
      address: exception.address,
      rip: cpu.rip,
      vector: .pageFault,
      errorCode: exception.errorCode
    )
    kill(task, signal)
  }

  /// A bad access by the kernel: the exception table knows what to do, or it is a bug.
  ///
  /// - SeeAlso: Linux `arch/x86/mm/fault.c` `kernelmode_fixup_or_oops`.
  private func kernelmode_fixup_or_oops(_ task: Task, _ exception: CPUException) {
    if fixup_exception(task, exception) { return }
    page_fault_oops(task, exception)
  }
}
