import LinuxABI

/// close(2).
func sys_close(_ task: Task, _ args: SyscallArguments) throws(Errno) -> Int64 {
  try task.files.close(args.int32(0))
  return 0
}

/// close_range(2).
func sys_close_range(_ task: Task, _ args: SyscallArguments) throws(Errno) -> Int64 {
  let (first, last, flags) = (args.uint32(0), args.uint32(1), args.uint32(2))
  let (unshare, closeOnExec): (UInt32, UInt32) = (2, 4)
  guard flags & ~(unshare | closeOnExec) == 0, first <= last else { throw .EINVAL }
  if flags & unshare != 0 { task.files = FilesStruct(copying: task.files) }
  task.files.close(first...last, markOnly: flags & closeOnExec != 0)
  return 0
}

/// dup(2).
func sys_dup(_ task: Task, _ args: SyscallArguments) throws(Errno) -> Int64 {
  let file = try task.files.fget_raw(args.int32(0))
  return Int64(
    try task.files.install(file, below: task.descriptorLimit, closeOnExec: false)
  )
}

/// dup2(2).
func sys_dup2(_ task: Task, _ args: SyscallArguments) throws(Errno) -> Int64 {
  if args.uint32(0) == args.uint32(1) {
    _ = try task.files.fget_raw(args.int32(0))
    return Int64(args.int32(0))
  }
  return try ksys_dup3(task, args.uint32(0), args.uint32(1), closeOnExec: false)
}

/// dup3(2).
func sys_dup3(_ task: Task, _ args: SyscallArguments) throws(Errno) -> Int64 {
  let flags = args.uint32(2)
  guard flags & ~OpenFlags.O_CLOEXEC.rawValue == 0, args.uint32(0) != args.uint32(1) else {
    throw .EINVAL
  }
  return try ksys_dup3(task, args.uint32(0), args.uint32(1), closeOnExec: flags != 0)
}

/// - SeeAlso: Linux `fs/file.c` `ksys_dup3`.
private func ksys_dup3(
  _ task: Task,
  _ old: UInt32,
  _ new: UInt32,
  closeOnExec: Bool
) throws(Errno) -> Int64 {
  guard UInt64(new) < task.descriptorLimit else { throw .EBADF }
  let file = try task.files.fget_raw(Int32(truncatingIfNeeded: old))
  try? task.files.close(Int32(new))
  task.files[Int32(new)] = FilesStruct.Slot(file: file, closeOnExec: closeOnExec)
  return Int64(new)
}

extension Task {
  /// No descriptor reaches this number: `RLIMIT_NOFILE`.
  var descriptorLimit: UInt64 {
    min(rlimit(Int(Resource.RLIMIT_NOFILE.rawValue)), UInt64(Int32.max))
  }
}
