import LinuxABI
import X86

extension Kernel {
  /// Kernel text has called, or returned to, a Swift function.
  func host_call(_ task: Task, _ address: UInt64) async {
    guard let (index, offset) = swiftText.locate(address), offset == 0 else {
      return bad_swift_text(task, address)
    }
    let caller = task.hostFunction
    task.hostFunction = address
    let result: UInt64
    switch swiftText.functions[index] {
    case .syscall(let entry):
      result = UInt64(bitPattern: await do_syscall_x64(task, entry, address))
    case .sys_ni_syscall: result = UInt64(bitPattern: sys_ni_syscall(task))
    case .exit_to_user_mode_loop:
      await exit_to_user_mode_loop(task)
      result = 0
    case .frame: return bad_swift_text(task, address)
    }
    task.hostFunction = caller
    guard !task.isDead, finalStop == nil else { return }
    switch_to(task)
    if let eventHandler, task.flags.isEmpty {
      eventHandler(.userReturn(task: task, rip: task.ptRegs[.rip]))
    }
    cpu[.rax] = result
    ret(task)
  }

  /// Returns from a Swift function to the kernel text that called it.
  private func ret(_ task: Task) {
    let rsp = cpu[.rsp]
    guard let slot = task.stack.host(rsp) else { return bad_swift_text(task, cpu.rip) }
    cpu.rip = slot.load(as: UInt64.self)
    cpu[.rsp] = rsp &+ 8
  }

  /// Calls the body of a system call; the only place where an error becomes a negative number.
  ///
  /// - SeeAlso: Linux `arch/x86/entry/common.c` `do_syscall_x64`.
  private func do_syscall_x64(_ task: Task, _ entry: SwiftText.SyscallEntry, _ target: UInt64) async
    -> Int64
  {
    let arguments = task.ptRegs.arguments
    statistics.syscalls &+= 1
    if let eventHandler {
      let number = Int(Int32(truncatingIfNeeded: task.ptRegs[.origRAX]))
      eventHandler(.syscallEntry(task: task, number: number, arguments: arguments))
      eventHandler(
        .tableCall(
          task: task,
          number: number,
          target: target,
          name: swiftText.symbol(target) ?? entry.name
        )
      )
    }
    let result: Int64
    do throws(Errno) {
      switch entry.handler {
      case .sync(let body): result = try body(task, arguments)
      case .async(let body): result = try await body(task, arguments)
      }
    } catch {
      result = -Int64(error.rawValue)
    }
    if let eventHandler {
      let number = Int(Int32(truncatingIfNeeded: task.ptRegs[.origRAX]))
      eventHandler(.syscallExit(task: task, number: number, result: result))
    }
    return result
  }

  /// A number without a body; each one is named once to the user of the emulator.
  ///
  /// - SeeAlso: Linux `kernel/sys_ni.c`.
  private func sys_ni_syscall(_ task: Task) -> Int64 {
    let number = Int(Int32(truncatingIfNeeded: task.ptRegs[.origRAX]))
    statistics.syscalls &+= 1
    let result = -Int64(Errno.ENOSYS.rawValue)
    if let eventHandler {
      eventHandler(
        .syscallEntry(task: task, number: number, arguments: task.ptRegs.arguments)
      )
      eventHandler(
        .tableCall(
          task: task,
          number: number,
          target: task.hostFunction,
          name: "__x64_sys_ni_syscall"
        )
      )
      eventHandler(.syscallExit(task: task, number: number, result: result))
    }
    nameMissingCall(task, number: number)
    return result
  }

  /// Work before a task goes back to user mode: signals, and other tasks' turns.
  ///
  /// - SeeAlso: Linux `kernel/entry/common.c` `exit_to_user_mode_loop`.
  private func exit_to_user_mode_loop(_ task: Task) async {
    if task.flags.contains(.TIF_NEED_RESCHED) {
      task.clear_thread_flag(.TIF_NEED_RESCHED)
      await yield()
      switch_to(task)
    }
    if task.flags.contains(.TIF_SIGPENDING) { do_signal(task) }
  }

  /// Kernel text jumped to an address where no function starts.
  private func bad_swift_text(_ task: Task, _ address: UInt64) {
    die(task, "BUG: unable to execute Swift text at \(hex(address))", CPUException(.invalidOpcode))
  }
}
