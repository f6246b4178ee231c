import LinuxABI

/// exit(2). SIMPLIFIED: a process has one thread, so its exit is the process's.
func sys_exit(_ task: Task, _ args: SyscallArguments) throws(Errno) -> Int64 {
  task.kernel.do_group_exit(task, .exited(UInt8(truncatingIfNeeded: args[0])))
  return 0
}

/// exit_group(2).
func sys_exit_group(_ task: Task, _ args: SyscallArguments) throws(Errno) -> Int64 {
  task.kernel.do_group_exit(task, .exited(UInt8(truncatingIfNeeded: args[0])))
  return 0
}

/// restart_syscall(2): nothing was interrupted.
func sys_restart_syscall(_ task: Task, _ args: SyscallArguments) throws(Errno) -> Int64 {
  throw .EINTR
}

/// wait4(2): nobody has children yet.
func sys_wait4(_ task: Task, _ args: SyscallArguments) throws(Errno) -> Int64 {
  let known: UInt32 = 0xe000_000b  // WNOHANG|WUNTRACED|WCONTINUED|__WNOTHREAD|__WALL|__WCLONE
  guard args.uint32(2) & ~known == 0 else { throw .EINVAL }
  if args.int32(0) == .min { throw .ESRCH }
  throw .ECHILD
}

/// getpeername(2): there are no sockets.
func sys_getpeername(_ task: Task, _ args: SyscallArguments) throws(Errno) -> Int64 {
  _ = try task.files.fget(args.int32(0))
  throw .ENOTSOCK
}
