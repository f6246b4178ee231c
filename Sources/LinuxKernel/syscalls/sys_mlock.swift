import LinuxABI

/// mlock(2): nothing is ever swapped out, so locking brings the pages in and keeps the books.
///
/// - SeeAlso: Linux `mm/mlock.c` `do_mlock`.
func sys_mlock(_ task: Task, _ args: SyscallArguments) throws(Errno) -> Int64 {
  try do_mlock(task, args[0], args[1], populates: true)
}

/// mlock2(2): `MLOCK_ONFAULT` leaves pages out until they are touched.
func sys_mlock2(_ task: Task, _ args: SyscallArguments) throws(Errno) -> Int64 {
  guard args.uint32(2) & ~1 == 0 else { throw .EINVAL }
  return try do_mlock(task, args[0], args[1], populates: args.uint32(2) & 1 == 0)
}

private func do_mlock(
  _ task: Task,
  _ address: UInt64,
  _ length: UInt64,
  populates: Bool
) throws(Errno) -> Int64 {
  let limit = task.rlimits[Int(Resource.RLIMIT_MEMLOCK.rawValue)].current
  guard limit != 0 || capable(task, .CAP_IPC_LOCK) else { throw .EPERM }
  let (start, end) = try range(address, length)
  let isWithin = (end &- start) <= limit || capable(task, .CAP_IPC_LOCK)
  guard isWithin else { throw .ENOMEM }
  try task.mm?.apply_vma_lock_flags(start, end, isLocked: true)
  if populates { task.mm?.populate(start, end) }
  return 0
}

/// munlock(2).
func sys_munlock(_ task: Task, _ args: SyscallArguments) throws(Errno) -> Int64 {
  let (start, end) = try range(args[0], args[1])
  try task.mm?.apply_vma_lock_flags(start, end, isLocked: false)
  return 0
}

private func range(_ address: UInt64, _ length: UInt64) throws(Errno) -> (UInt64, UInt64) {
  let start = address & ~4095
  let size = (length &+ (address & 4095) &+ 4095) & ~4095
  let end = start &+ size
  guard end >= start else { throw .EINVAL }
  return (start, end)
}

extension MM {
  /// Marks the mappings of a range as locked or not.
  func apply_vma_lock_flags(_ start: UInt64, _ end: UInt64, isLocked: Bool) throws(Errno) {
    var address = start
    while address < end {
      guard let index = index(containing: address) else { throw .ENOMEM }
      let limit = min(end, vmas[index].end)
      change_flags(address, limit) { flags in
        if isLocked { flags.insert(.VM_LOCKED) } else { flags.remove(.VM_LOCKED) }
      }
      address = limit
    }
  }
}
