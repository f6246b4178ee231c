import LinuxABI

/// sched_yield(2): the others go first, if there are any.
func sys_sched_yield(_ task: Task, _ args: SyscallArguments) throws(Errno) -> Int64 {
  task.set_thread_flag(.TIF_NEED_RESCHED)
  return 0
}

/// sched_getaffinity(2): one processor, number 0.
///
/// - SeeAlso: Linux `kernel/sched/core.c` `sys_sched_getaffinity`.
func sys_sched_getaffinity(_ task: Task, _ args: SyscallArguments) async throws(Errno) -> Int64 {
  let (len, maskSize): (UInt32, UInt32) = (args.uint32(1), 8)
  guard len >= 1, len & 7 == 0 else { throw .EINVAL }
  _ = try task.find(args.int32(0))
  let count = min(len, maskSize)
  try await put_user(task, UInt64(1), args.pointer(2))
  return Int64(count)
}

/// sched_setaffinity(2): a set without processor 0 is empty.
func sys_sched_setaffinity(_ task: Task, _ args: SyscallArguments) async throws(Errno) -> Int64 {
  let bytes = try await copy_bytes_from_user(
    task,
    args.pointer(2),
    count: Int(min(args.uint32(1), 8))
  )
  _ = try task.find(args.int32(0))
  guard let first = bytes.first, first & 1 != 0 else { throw .EINVAL }
  return 0
}

/// getcpu(2).
func sys_getcpu(_ task: Task, _ args: SyscallArguments) async throws(Errno) -> Int64 {
  if args.pointer(0) != 0 { try await put_user(task, UInt32(0), args.pointer(0)) }
  if args.pointer(1) != 0 { try await put_user(task, UInt32(0), args.pointer(1)) }
  return 0
}
