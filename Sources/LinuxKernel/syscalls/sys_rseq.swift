import LinuxABI

/// rseq(2): registers the area in which the kernel writes the number of the processor.
///
/// There is one processor, so the number never changes after the registration. SIMPLIFIED: critical
/// sections are not restarted when a task is preempted in one.
///
/// - SeeAlso: Linux `kernel/rseq.c` `sys_rseq`.
func sys_rseq(_ task: Task, _ args: SyscallArguments) async throws(Errno) -> Int64 {
  let (area, length, flags, signature) = (
    args.pointer(0), args.uint32(1), args.uint32(2), args.uint32(3)
  )
  let size: UInt32 = 32
  let RSEQ_FLAG_UNREGISTER: UInt32 = 1
  let RSEQ_CPU_ID_UNINITIALIZED = UInt32.max
  if flags & RSEQ_FLAG_UNREGISTER != 0 {
    guard flags == RSEQ_FLAG_UNREGISTER, task.rseq.address != 0, task.rseq.address == area,
      length == size
    else { throw .EINVAL }
    guard signature == task.rseq.signature else { throw .EPERM }
    try await put_user(task, UInt32(0), area)
    try await put_user(task, RSEQ_CPU_ID_UNINITIALIZED, area &+ 4)
    task.rseq = (0, 0, 0)
    return 0
  }
  guard flags == 0 else { throw .EINVAL }
  if task.rseq.address != 0 {
    guard task.rseq.address == area, length == task.rseq.length else { throw .EINVAL }
    guard signature == task.rseq.signature else { throw .EPERM }
    throw .EBUSY
  }
  guard area & UInt64(size - 1) == 0, length == size else { throw .EINVAL }
  guard access_ok(area, UInt64(length)) else { throw .EFAULT }
  // Linux writes on the way back to user mode, and kills a task that gave a bad area.
  try await put_user(task, UInt32(0), area)
  try await put_user(task, UInt32(0), area &+ 4)
  task.rseq = (area, length, signature)
  return 0
}
