import LinuxABI

/// getpid(2).
func sys_getpid(_ task: Task, _ args: SyscallArguments) throws(Errno) -> Int64 { Int64(task.tgid) }

/// gettid(2).
func sys_gettid(_ task: Task, _ args: SyscallArguments) throws(Errno) -> Int64 { Int64(task.pid) }

/// getppid(2).
func sys_getppid(_ task: Task, _ args: SyscallArguments) throws(Errno) -> Int64 {
  Int64(task.parentPID)
}

/// getpgrp(2).
func sys_getpgrp(_ task: Task, _ args: SyscallArguments) throws(Errno) -> Int64 {
  Int64(task.processGroup)
}

/// getpgid(2).
func sys_getpgid(_ task: Task, _ args: SyscallArguments) throws(Errno) -> Int64 {
  Int64(try task.find(args.int32(0)).processGroup)
}

/// getsid(2).
func sys_getsid(_ task: Task, _ args: SyscallArguments) throws(Errno) -> Int64 {
  Int64(try task.find(args.int32(0)).session)
}

/// setpgid(2).
func sys_setpgid(_ task: Task, _ args: SyscallArguments) throws(Errno) -> Int64 {
  let pgid = args.int32(1)
  guard pgid >= 0 else { throw .EINVAL }
  let target = try task.find(args.int32(0))
  guard target.tgid == task.tgid else { throw .ESRCH }
  // A session leader stays where it is.
  if target.session == target.tgid { throw .EPERM }
  target.attributes.processGroup = pgid == 0 ? target.tgid : pgid
  return 0
}

/// setsid(2).
func sys_setsid(_ task: Task, _ args: SyscallArguments) throws(Errno) -> Int64 {
  if task.processGroup == task.tgid { throw .EPERM }
  task.attributes.session = task.tgid
  task.attributes.processGroup = task.tgid
  return Int64(task.tgid)
}

/// set_tid_address(2).
func sys_set_tid_address(_ task: Task, _ args: SyscallArguments) throws(Errno) -> Int64 {
  task.clear_child_tid = args.pointer(0)
  return Int64(task.pid)
}

/// set_robust_list(2).
func sys_set_robust_list(_ task: Task, _ args: SyscallArguments) throws(Errno) -> Int64 {
  guard args.uint64(1) == 24 else { throw .EINVAL }  // sizeof(struct robust_list_head)
  task.robustList = args.pointer(0)
  return 0
}

/// get_robust_list(2).
func sys_get_robust_list(_ task: Task, _ args: SyscallArguments) async throws(Errno) -> Int64 {
  let target = try task.find(args.int32(0))
  try await put_user(task, UInt64(24), args.pointer(2))
  try await put_user(task, target.robustList, args.pointer(1))
  return 0
}

extension Task {
  /// The process group; a process that never set one leads its own.
  var processGroup: Int32 { attributes.processGroup == 0 ? tgid : attributes.processGroup }

  /// The session; 0 is that of the kernel's own processes, in which init begins.
  var session: Int32 { attributes.session }

  /// A task by its number; 0 is this one.
  ///
  /// - Throws: `ESRCH`.
  func find(_ pid: Int32) throws(Errno) -> Task {
    if pid == 0 || pid == self.pid { return self }
    guard let found = kernel.tasks[pid] else { throw .ESRCH }
    return found
  }
}
