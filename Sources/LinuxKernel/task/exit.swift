import LinuxABI
import X86

extension Kernel {
  /// Ends a task: its parent is told, it never returns to user mode.
  ///
  /// The caller's body may still return; its result reaches nobody. The address space of the last
  /// task stays, for whoever wants to know why it ended.
  ///
  /// - SeeAlso: Linux `kernel/exit.c` `do_group_exit`, `do_exit`.
  public func do_group_exit(_ task: Task, _ status: ExitStatus) {
    guard !task.isDead else { return }
    task.exitStatus = status
    if let eventHandler { eventHandler(.taskExit(task: task, status: status)) }
    if task.tgid == Self.initPID {
      finish(.initExited(status))
    } else {
      task.mm = nil
      tasks[task.pid] = nil
    }
  }

  /// Ends the machine's work: `run` returns `.reboot(action)`, and no task runs again.
  ///
  /// The caller's body may still return; its result reaches nobody.
  public func machine_stop(_ action: RebootAction) {
    finish(.reboot(action))
  }

  /// The first task's number.
  static let initPID: Int32 = 1
}
