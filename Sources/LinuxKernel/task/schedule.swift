import LinuxABI
import X86

extension Kernel {
  /// Guest instructions that a task runs before another one gets its turn.
  static let quantum: UInt64 = 1_000_000

  /// Runs the machine.
  ///
  /// - Parameter maximum: return after this many more instructions, exactly.
  /// - Returns: why it stopped. After `.instructionLimit` call again to go on; all other reasons
  ///   are final.
  public func run(maximum: UInt64 = .max) -> KernelStop {
    if let final = finalStop { return final }
    let retired = cpu.instructionsRetired
    limit = maximum > UInt64(Int64.max) &- retired ? UInt64(Int64.max) : retired &+ maximum
    stop = nil
    executor.isPaused = false
    // The task that was interrupted goes on before all others, as if nothing had happened.
    executor.enqueuesInFront = true
    paused.wake()
    executor.enqueuesInFront = false
    while true {
      executor.drain()
      if let stop { return stop }
      guard wait_for_events() else {
        finalStop = .deadlock
        return .deadlock
      }
    }
  }

  /// Ends this call of `run`: nothing more is executed until the next one.
  func request(_ reason: KernelStop) {
    if stop == nil { stop = reason }
    executor.isPaused = true
  }

  /// Makes the stop final.
  func finish(_ reason: KernelStop) {
    if finalStop == nil { finalStop = reason }
    request(finalStop ?? reason)
  }

  /// Sleeps until the machine's owner calls `run` again.
  func pause(_ reason: KernelStop) async {
    request(reason)
    await paused.wait()
  }

  /// How many instructions the CPU may run now.
  @inline(__always)
  func budget() -> Int {
    Int(truncatingIfNeeded: min(limit, sliceEnd) &- cpu.instructionsRetired)
  }

  /// The CPU has used up its budget: the owner's limit, or the task's turn.
  func budgetExhausted(_ task: Task) async {
    let retired = cpu.instructionsRetired
    if retired >= limit { await pause(.instructionLimit) }
    if retired >= sliceEnd {
      startSlice()
      poll_host(timeout: 0)
      if !executor.isIdle { await yield() }
    }
  }

  /// Lets the other ready tasks run first.
  ///
  /// - SeeAlso: Linux `kernel/sched/syscalls.c` `sched_yield`.
  public func yield() async {
    await withUnsafeContinuation { (me: UnsafeContinuation<Void, Never>) in me.resume() }
  }

  /// Puts a task's registers and address space into the CPU, if others are there.
  ///
  /// - SeeAlso: Linux `kernel/sched/core.c` `context_switch`.
  @inline(__always)
  func switch_to(_ task: Task) {
    if current !== task { context_switch(task) }
  }

  private func context_switch(_ task: Task) {
    if let previous = current, !previous.isDead {
      previous.registers = cpu.registers
      statistics.contextSwitches &+= 1
    }
    current = task
    if let registers = task.registers { cpu.registers = registers }
    if let mm = task.mm { cpu.switchAddressSpace(to: mm.pgd) }
    percpuHost.storeBytes(of: task.stack.top, toByteOffset: 8, as: UInt64.self)
    percpuHost.storeBytes(
      of: task.stack.top &- UInt64(KernelStack.THREAD_SIZE),
      toByteOffset: 16,
      as: UInt64.self
    )
    percpuHost.storeBytes(of: task.flags.rawValue, toByteOffset: 24, as: UInt32.self)
    startSlice()
  }

  /// Gives the current task its turn. A task that is alone needs no turns, and stopping the CPU for
  /// one costs time.
  private func startSlice() {
    sliceEnd = tasks.count > 1 ? cpu.instructionsRetired &+ Self.quantum : UInt64(Int64.max)
  }

  /// Starts the kernel side of a task; its first instruction is in `task.registers`.
  func wake_up_new_task(_ task: Task) {
    tasks[task.pid] = task
    startSlice()
    // SAFETY: every job of this executor runs on the thread that drains it, one at a time.
    nonisolated(unsafe) let kernel = self
    nonisolated(unsafe) let task = task
    _Concurrency.Task(executorPreference: executor) {
      await kernel.task_main(task)
    }
  }

  /// A task from its first instruction to its last: user mode, and every entry from it.
  private func task_main(_ task: Task) async {
    while !task.isDead, finalStop == nil {
      switch_to(task)
      switch cpu.run(budget: budget()) {
      case .hostCall(let address): await host_call(task, address)
      case .exception(let exception): handle_exception(task, exception)
      case .budget: await budgetExhausted(task)
      case .halt: handle_exception(task, CPUException(.generalProtection))
      }
    }
  }
}

extension Task {
  /// Sets a reason for work before the task goes back to user mode.
  func set_thread_flag(_ flag: ThreadFlags) {
    flags.insert(flag)
    publishFlags()
  }

  /// Takes a reason back.
  func clear_thread_flag(_ flag: ThreadFlags) {
    flags.remove(flag)
    publishFlags()
  }

  private func publishFlags() {
    guard kernel.current === self else { return }
    kernel.percpuHost.storeBytes(of: flags.rawValue, toByteOffset: 24, as: UInt32.self)
  }
}
