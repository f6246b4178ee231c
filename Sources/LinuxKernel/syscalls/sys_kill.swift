import LinuxABI

/// kill(2).
///
/// - SeeAlso: Linux `kernel/signal.c` `kill_something_info`.
func sys_kill(_ task: Task, _ args: SyscallArguments) throws(Errno) -> Int64 {
  let (pid, signal) = (args.int32(0), args.int32(1))
  // INT_MIN has no positive counterpart.
  guard pid != .min else { throw .ESRCH }
  let targets = task.kernel.tasks.values.filter { other in
    guard other.pid == other.tgid else { return false }
    return switch pid {
    case 1...: other.pid == pid
    case 0: other.processGroup == task.processGroup
    case -1: other.pid > 1 && other !== task
    default: other.processGroup == -pid
    }
  }
  guard !targets.isEmpty else { throw .ESRCH }
  guard (0...Signal._NSIG).contains(signal) else { throw .EINVAL }
  var refusals = 0
  for target in targets.sorted(by: { $0.pid < $1.pid }) {
    guard maySignal(task, target) else {
      refusals += 1
      continue
    }
    if signal != 0 {
      task.kernel.send_signal(target, Signal(rawValue: signal))
    }
  }
  if refusals == targets.count { throw .EPERM }
  return 0
}

/// tkill(2).
func sys_tkill(_ task: Task, _ args: SyscallArguments) throws(Errno) -> Int64 {
  guard args.int32(0) > 0 else { throw .EINVAL }
  return try do_tkill(task, nil, args.int32(0), args.int32(1))
}

/// tgkill(2).
func sys_tgkill(_ task: Task, _ args: SyscallArguments) throws(Errno) -> Int64 {
  guard args.int32(0) > 0, args.int32(1) > 0 else { throw .EINVAL }
  return try do_tkill(task, args.int32(0), args.int32(1), args.int32(2))
}

/// - SeeAlso: Linux `kernel/signal.c` `do_send_specific`.
private func do_tkill(
  _ task: Task,
  _ tgid: Int32?,
  _ pid: Int32,
  _ signal: Int32
) throws(Errno) -> Int64 {
  guard let target = task.kernel.tasks[pid], tgid == nil || target.tgid == tgid else {
    throw .ESRCH
  }
  guard (0...Signal._NSIG).contains(signal) else { throw .EINVAL }
  guard maySignal(task, target) else { throw .EPERM }
  if signal != 0 {
    task.kernel.send_signal(target, Signal(rawValue: signal), code: SignalCode.SI_TKILL)
  }
  return 0
}

/// Whether a task may send signals to another.
///
/// - SeeAlso: Linux `kernel/signal.c` `kill_ok_by_cred`.
private func maySignal(_ task: Task, _ target: Task) -> Bool {
  let (own, other) = (task.cred, target.cred)
  return task.tgid == target.tgid || own.euid == other.suid || own.euid == other.uid
    || own.uid == other.suid || own.uid == other.uid || ns_capable(task, other.user_ns, .CAP_KILL)
}
