import LinuxABI

/// clock_gettime(2).
func sys_clock_gettime(_ task: Task, _ args: SyscallArguments) async throws(Errno) -> Int64 {
  guard let time = read(args.int32(0), task) else { throw .EINVAL }
  try await copy_struct_to_user(task, args.pointer(1), Timespec(total: time))
  return 0
}

/// clock_getres(2).
func sys_clock_getres(_ task: Task, _ args: SyscallArguments) async throws(Errno) -> Int64 {
  guard read(args.int32(0), task) != nil else { throw .EINVAL }
  let isCoarse =
    args.int32(0) == ClockID.CLOCK_REALTIME_COARSE.rawValue
    || args.int32(0) == ClockID.CLOCK_MONOTONIC_COARSE.rawValue
  if args.pointer(1) != 0 {
    try await copy_struct_to_user(
      task,
      args.pointer(1),
      Timespec(total: isCoarse ? tickLength : 1)
    )
  }
  return 0
}

/// clock_settime(2).
func sys_clock_settime(_ task: Task, _ args: SyscallArguments) async throws(Errno) -> Int64 {
  guard args.int32(0) == ClockID.CLOCK_REALTIME.rawValue else { throw .EINVAL }
  let time = try await copy_struct_from_user(task, args.pointer(1), as: Timespec.self)
  try set_date(task, time)
  return 0
}

/// settimeofday(2). The time zone is checked and forgotten: Linux only warps the hardware clock.
func sys_settimeofday(_ task: Task, _ args: SyscallArguments) async throws(Errno) -> Int64 {
  var date: Timespec?
  if args.pointer(0) != 0 {
    let time = try await copy_struct_from_user(task, args.pointer(0), as: Timeval.self)
    guard (0...1_000_000).contains(time.microseconds) else { throw .EINVAL }
    date = Timespec(seconds: time.seconds, nanoseconds: time.microseconds * 1000)
  }
  if args.pointer(1) != 0 {
    _ = try await copy_bytes_from_user(task, args.pointer(1), count: 8)
  }
  if let date {
    try set_date(task, date)
  } else if !capable(task, .CAP_SYS_TIME) {
    throw .EPERM
  }
  return 0
}

/// - SeeAlso: Linux `kernel/time/time.c` `do_sys_settimeofday64`.
private func set_date(_ task: Task, _ date: Timespec) throws(Errno) {
  guard let target = date.duration, target != .max else { throw .EINVAL }
  guard capable(task, .CAP_SYS_TIME) else { throw .EPERM }
  task.kernel.syscallState.dateAdjustment &+= target &- task.kernel.date()
}

/// gettimeofday(2).
func sys_gettimeofday(_ task: Task, _ args: SyscallArguments) async throws(Errno) -> Int64 {
  if args.pointer(0) != 0 {
    let date = task.kernel.date()
    try await put_user(task, date / 1_000_000_000, args.pointer(0))
    try await put_user(task, date % 1_000_000_000 / 1000, args.pointer(0) &+ 8)
  }
  if args.pointer(1) != 0 {
    try await copy_bytes_to_user(task, args.pointer(1), [UInt8](repeating: 0, count: 8))
  }
  return 0
}

/// time(2).
func sys_time(_ task: Task, _ args: SyscallArguments) async throws(Errno) -> Int64 {
  let seconds = task.kernel.date() / 1_000_000_000
  if args.pointer(0) != 0 { try await put_user(task, seconds, args.pointer(0)) }
  return seconds
}

/// times(2): in units of 1/100 second, whatever the tick is.
func sys_times(_ task: Task, _ args: SyscallArguments) async throws(Errno) -> Int64 {
  let unit: Int64 = 10_000_000
  if args.pointer(0) != 0 {
    var bytes = [UInt8](repeating: 0, count: 32)
    let used = task.kernel.processorTime() / unit
    bytes.withUnsafeMutableBytes { $0.storeLittleEndian(used, at: 0) }
    try await copy_bytes_to_user(task, args.pointer(0), bytes)
  }
  return task.kernel.time() / unit
}

/// nanosleep(2).
func sys_nanosleep(_ task: Task, _ args: SyscallArguments) async throws(Errno) -> Int64 {
  let time = try await copy_struct_from_user(task, args.pointer(0), as: Timespec.self)
  guard let duration = time.duration else { throw .EINVAL }
  await task.kernel.sleep(task, for: duration)
  return 0
}

/// clock_nanosleep(2).
func sys_clock_nanosleep(_ task: Task, _ args: SyscallArguments) async throws(Errno) -> Int64 {
  let clock = args.int32(0)
  guard let now = read(clock, task) else { throw .EINVAL }
  switch ClockID(rawValue: clock) {
  case .CLOCK_REALTIME, .CLOCK_MONOTONIC, .CLOCK_BOOTTIME, .CLOCK_TAI: break
  case .CLOCK_THREAD_CPUTIME_ID: throw .EINVAL
  default: throw .EOPNOTSUPP
  }
  let time = try await copy_struct_from_user(task, args.pointer(2), as: Timespec.self)
  guard let duration = time.duration else { throw .EINVAL }
  let isAbsolute = args.uint32(1) & 1 != 0  // TIMER_ABSTIME
  await task.kernel.sleep(task, for: isAbsolute ? max(0, duration &- now) : duration)
  return 0
}

/// Nanoseconds of a timer tick: `CONFIG_HZ=250`.
private let tickLength: Int64 = 4_000_000

/// Reads a clock, or nothing when there is no such clock.
private func read(_ clock: Int32, _ task: Task) -> Int64? {
  let kernel = task.kernel
  switch ClockID(rawValue: clock) {
  case .CLOCK_REALTIME, .CLOCK_TAI: return kernel.date()
  case .CLOCK_REALTIME_COARSE: return kernel.date() / tickLength * tickLength
  case .CLOCK_MONOTONIC, .CLOCK_MONOTONIC_RAW, .CLOCK_BOOTTIME: return kernel.time()
  case .CLOCK_MONOTONIC_COARSE: return kernel.time() / tickLength * tickLength
  case .CLOCK_PROCESS_CPUTIME_ID, .CLOCK_THREAD_CPUTIME_ID: return kernel.processorTime()
  // There is no battery-backed clock to wake anybody.
  case .CLOCK_REALTIME_ALARM, .CLOCK_BOOTTIME_ALARM: return nil
  case nil: break
  }
  // A negative clock is the CPU time of the process in its upper bits.
  guard clock < 0, clock & 3 != 3 else { return nil }
  let pid = ~(clock >> 3)
  return pid == 0 || pid == task.pid ? kernel.processorTime() : nil
}
