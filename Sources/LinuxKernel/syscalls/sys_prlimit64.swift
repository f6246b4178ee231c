import LinuxABI

/// prlimit64(2).
///
/// - SeeAlso: Linux `kernel/sys.c` `sys_prlimit64`.
func sys_prlimit64(_ task: Task, _ args: SyscallArguments) async throws(Errno) -> Int64 {
  var new: RLimit64?
  if args.pointer(2) != 0 {
    new = try await copy_struct_from_user(task, args.pointer(2), as: RLimit64.self)
  }
  let target = try task.find(args.int32(0))
  let old = try do_prlimit(task, target, args.uint32(1), new)
  if args.pointer(3) != 0 { try await copy_struct_to_user(task, args.pointer(3), old) }
  return 0
}

/// getrlimit(2).
func sys_getrlimit(_ task: Task, _ args: SyscallArguments) async throws(Errno) -> Int64 {
  let old = try do_prlimit(task, task, args.uint32(0), nil)
  try await copy_struct_to_user(task, args.pointer(1), old)
  return 0
}

/// setrlimit(2).
func sys_setrlimit(_ task: Task, _ args: SyscallArguments) async throws(Errno) -> Int64 {
  let new = try await copy_struct_from_user(task, args.pointer(1), as: RLimit64.self)
  _ = try do_prlimit(task, task, args.uint32(0), new)
  return 0
}

/// Reads a limit and changes it.
///
/// - SeeAlso: Linux `kernel/sys.c` `do_prlimit`.
private func do_prlimit(
  _ task: Task,
  _ target: Task,
  _ resource: UInt32,
  _ new: RLimit64?
) throws(Errno) -> RLimit64 {
  guard let kind = Resource(rawValue: resource) else { throw .EINVAL }
  let old = target.rlimits[Int(resource)]
  guard let new else { return old }
  guard new.current <= new.maximum else { throw .EINVAL }
  let sysctl_nr_open: UInt64 = 1 << 20
  if kind == .RLIMIT_NOFILE && new.maximum > sysctl_nr_open { throw .EPERM }
  if new.maximum > old.maximum && !capable(task, .CAP_SYS_RESOURCE) { throw .EPERM }
  target.rlimits[Int(resource)] = new
  return old
}

/// getrusage(2).
func sys_getrusage(_ task: Task, _ args: SyscallArguments) async throws(Errno) -> Int64 {
  let (own, children, thread): (Int32, Int32, Int32) = (0, -1, 1)
  var usage = Rusage()
  switch args.int32(0) {
  case own, thread:
    let time = task.kernel.processorTime()
    usage.userTime = Timeval(
      seconds: time / 1_000_000_000,
      microseconds: time % 1_000_000_000 / 1000
    )
    usage.minorFaults = Int64(task.kernel.statistics.pageFaults)
  case children: break
  default: throw .EINVAL
  }
  try await copy_struct_to_user(task, args.pointer(1), usage)
  return 0
}

/// sysinfo(2).
func sys_sysinfo(_ task: Task, _ args: SyscallArguments) async throws(Errno) -> Int64 {
  let kernel = task.kernel
  var info = Sysinfo()
  // The second is rounded up, as in `do_sysinfo`.
  let time = kernel.time()
  info.uptime = time / 1_000_000_000 + (time % 1_000_000_000 == 0 ? 0 : 1)
  info.totalRAM = UInt64(kernel.memory.size)
  info.freeRAM = kernel.frames.freePages &* 4096
  info.processes = UInt16(clamping: kernel.tasks.count)
  try await copy_struct_to_user(task, args.pointer(0), info)
  return 0
}
