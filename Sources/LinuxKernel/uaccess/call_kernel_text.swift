import X86

extension Kernel {
  /// Calls a function of kernel text, as compiled C code would: on the task's kernel stack, at
  /// privilege level 0, on the same CPU.
  ///
  /// The caller sets the argument registers first. Faults are handled as they come; page faults that
  /// need to sleep, the end of a turn and the owner's limit all suspend this function. An oops in
  /// the callee never returns: the task is dead, with whatever locks it held.
  func call_kernel_text(_ task: Task, _ function: UInt64) async {
    let returnAddress = task.hostFunction &+ SwiftText.returnOffset
    let rsp = cpu[.rsp] &- 8
    guard let slot = task.stack.host(rsp) else {
      die(task, "BUG: stack guard page was hit at \(hex(rsp))", CPUException(.doubleFault))
      await never()
    }
    slot.storeBytes(of: returnAddress, as: UInt64.self)
    cpu[.rsp] = rsp
    cpu.rip = function
    while true {
      switch cpu.run(budget: budget()) {
      case .hostCall(returnAddress): return
      case .hostCall(let address): await host_call(task, address)
      case .exception(let exception): handle_exception(task, exception)
      case .budget: await budgetExhausted(task)
      case .halt: handle_exception(task, CPUException(.generalProtection))
      }
      if task.isDead || finalStop != nil { await never() }
      switch_to(task)
    }
  }

  /// Sleeps for ever: what becomes of a task that died inside a function.
  private func never() async -> Never {
    while true { await withUnsafeContinuation { (_: UnsafeContinuation<Void, Never>) in } }
  }
}
