import LinuxABI

/// The body of calls that do not exist here.
///
/// Each is named once on the diagnostic output, because a program that fails for want of a call
/// rarely says so itself.
///
/// - SeeAlso: Linux `kernel/sys_ni.c` `sys_ni_syscall`.
func sys_ni_syscall(_ task: Task, _ args: SyscallArguments) throws(Errno) -> Int64 {
  let number = Int(Int32(truncatingIfNeeded: task.ptRegs[.origRAX]))
  task.kernel.nameMissingCall(task, number: number)
  throw .ENOSYS
}

extension Kernel {
  /// Says once that a call does not exist here, and where it was made.
  public func nameMissingCall(_ task: Task, number: Int) {
    guard namedMissingCalls.insert(number).inserted else { return }
    let name = sys_call_table[number: number].map { "\($0.name) (\(number))" } ?? "\(number)"
    // SYSCALL is two bytes long, and rip is behind it.
    let rip = task.ptRegs[.rip] &- 2
    let symbol = symbolizer?(task, rip).map { " \($0)" } ?? ""
    host.diagnose(
      "martlet: syscall \(name) is not implemented: returns ENOSYS (rip \(hexText(rip))\(symbol))"
    )
  }
}
