import LinuxABI

/// personality(2): answers the old one; all ones only asks.
func sys_personality(_ task: Task, _ args: SyscallArguments) throws(Errno) -> Int64 {
  let old = task.personality
  if args.uint32(0) != UInt32.max { task.personality = args.uint32(0) }
  return Int64(old)
}

/// umask(2).
func sys_umask(_ task: Task, _ args: SyscallArguments) throws(Errno) -> Int64 {
  let old = task.fs.umask
  task.fs.umask = args.uint32(0) & 0o777
  return Int64(old)
}
