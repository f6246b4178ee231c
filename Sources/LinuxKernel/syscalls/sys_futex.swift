import LinuxABI

/// One who sleeps in `futex`.
struct FutexWaiter {
  let task: Task
  let address: UInt64
  let bitset: UInt32
}

/// futex(2): wait until another task says that a word changed.
///
/// - SeeAlso: Linux `kernel/futex/syscalls.c` `do_futex`, `kernel/futex/waitwake.c`.
func sys_futex(_ task: Task, _ args: SyscallArguments) async throws(Errno) -> Int64 {
  let (address, value) = (args.pointer(0), args.uint32(2))
  let anyBit = UInt32.max
  switch args.uint32(1) & 0x7f {  // without FUTEX_PRIVATE_FLAG and FUTEX_CLOCK_REALTIME
  case 0:  // FUTEX_WAIT: a relative time
    let timeout = try await timeout(task, args, isAbsolute: false)
    return try await futex_wait(task, address, value, anyBit, timeout)
  case 9:  // FUTEX_WAIT_BITSET: a point in time
    let timeout = try await timeout(task, args, isAbsolute: true)
    return try await futex_wait(task, address, value, args.uint32(5), timeout)
  case 1:  // FUTEX_WAKE
    return try futex_wake(task, address, value, anyBit)
  case 10:  // FUTEX_WAKE_BITSET
    return try futex_wake(task, address, value, args.uint32(5))
  default:
    throw .ENOSYS
  }
}

/// The time to wait, in nanoseconds, or nothing for ever.
private func timeout(
  _ task: Task,
  _ args: SyscallArguments,
  isAbsolute: Bool
) async throws(Errno) -> Int64? {
  guard args.pointer(3) != 0 else { return nil }
  let time = try await copy_struct_from_user(task, args.pointer(3), as: Timespec.self)
  guard let duration = time.duration else { throw .EINVAL }
  guard isAbsolute else { return duration }
  let isDate = args.uint32(1) & 0x100 != 0  // FUTEX_CLOCK_REALTIME
  return max(0, duration &- (isDate ? task.kernel.date() : task.kernel.time()))
}

private func futex_wait(
  _ task: Task,
  _ address: UInt64,
  _ value: UInt32,
  _ bitset: UInt32,
  _ timeout: Int64?
) async throws(Errno) -> Int64 {
  guard bitset != 0, address & 3 == 0 else { throw .EINVAL }
  guard access_ok(address, 4) else { throw .EFAULT }
  guard try await get_user(task, address, as: UInt32.self) == value else { throw .EAGAIN }
  let kernel = task.kernel
  kernel.syscallState.futexWaiters.append(
    FutexWaiter(task: task, address: address, bitset: bitset)
  )
  await kernel.sleep(task, for: timeout)
  // Who was woken by `futex_wake` is no longer in the list.
  let waiters = kernel.syscallState.futexWaiters
  guard let index = waiters.firstIndex(where: { $0.task === task }) else { return 0 }
  kernel.syscallState.futexWaiters.remove(at: index)
  throw task.hasPendingSignal ? .EINTR : .ETIMEDOUT
}

private func futex_wake(
  _ task: Task,
  _ address: UInt64,
  _ count: UInt32,
  _ bitset: UInt32
) throws(Errno) -> Int64 {
  guard bitset != 0, address & 3 == 0 else { throw .EINVAL }
  guard access_ok(address, 4) else { throw .EFAULT }
  var woken: Int64 = 0
  // Linux wakes at least one, whatever the count says.
  let limit = Int64(max(1, Int32(truncatingIfNeeded: count)))
  task.kernel.syscallState.futexWaiters.removeAll { waiter in
    guard woken < limit, waiter.address == address, waiter.task.mm === task.mm,
      waiter.bitset & bitset != 0
    else { return false }
    woken += 1
    waiter.task.waitSlot.wake()
    return true
  }
  return woken
}

extension Task {
  /// Whether a signal waits that is not blocked.
  var hasPendingSignal: Bool { pendingSignals & ~blockedSignals != 0 }
}
