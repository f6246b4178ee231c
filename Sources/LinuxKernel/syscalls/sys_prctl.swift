import LinuxABI

/// prctl(2).
///
/// - SeeAlso: Linux `kernel/sys.c` `sys_prctl`, `security/commoncap.c` `cap_task_prctl`.
func sys_prctl(_ task: Task, _ args: SyscallArguments) async throws(Errno) -> Int64 {
  let (arg2, arg3, arg4, arg5) = (args[1], args[2], args[3], args[4])
  let noMore = arg3 == 0 && arg4 == 0 && arg5 == 0
  switch Prctl(rawValue: args.uint32(0)) {
  case .PR_SET_PDEATHSIG:
    guard arg2 <= UInt64(Signal._NSIG) else { throw .EINVAL }
    task.attributes.parentDeathSignal = Int32(arg2)
  case .PR_GET_PDEATHSIG:
    try await put_user(task, task.attributes.parentDeathSignal, arg2)
  case .PR_GET_DUMPABLE:
    return Int64(task.attributes.dumpable)
  case .PR_SET_DUMPABLE:
    guard arg2 <= 1 else { throw .EINVAL }
    task.attributes.dumpable = UInt32(arg2)
  case .PR_SET_NAME:
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 15, alignment: 8)
    defer { buffer.deallocate() }
    let length = try await strncpy_from_user(task, buffer, arg2)
    task.comm = String(decoding: buffer.prefix(length), as: UTF8.self)
  case .PR_GET_NAME:
    let name = Array(task.comm.utf8.prefix(15))
    let padding = [UInt8](repeating: 0, count: 16 - name.count)
    try await copy_bytes_to_user(task, arg2, name + padding)
  case .PR_SET_TIMERSLACK:
    task.attributes.timerSlack = Int64(bitPattern: arg2) <= 0 ? 50_000 : arg2
  case .PR_GET_TIMERSLACK:
    return Int64(clamping: task.attributes.timerSlack)
  case .PR_SET_NO_NEW_PRIVS:
    guard arg2 == 1, noMore else { throw .EINVAL }
    task.attributes.noNewPrivileges = true
  case .PR_GET_NO_NEW_PRIVS:
    guard arg2 == 0, noMore else { throw .EINVAL }
    return task.attributes.noNewPrivileges ? 1 : 0
  case .PR_SET_CHILD_SUBREAPER:
    task.attributes.childSubreaper = arg2 != 0
  case .PR_GET_CHILD_SUBREAPER:
    try await put_user(task, Int32(task.attributes.childSubreaper ? 1 : 0), arg2)
  case .PR_SET_THP_DISABLE:
    guard noMore else { throw .EINVAL }
    task.attributes.hugePagesDisabled = arg2 != 0
  case .PR_GET_THP_DISABLE:
    guard arg2 == 0, noMore else { throw .EINVAL }
    return task.attributes.hugePagesDisabled ? 1 : 0
  case .PR_GET_TID_ADDRESS:
    try await put_user(task, task.clear_child_tid, arg2)
  case .PR_GET_SECCOMP:
    return 0
  case .PR_GET_TSC:
    try await put_user(task, Int32(1), arg2)  // PR_TSC_ENABLE
  default:
    return try cap_task_prctl(task, args)
  }
  return 0
}

/// The codes that deal with capabilities.
private func cap_task_prctl(_ task: Task, _ args: SyscallArguments) throws(Errno) -> Int64 {
  let (arg2, arg3, arg4, arg5) = (args[1], args[2], args[3], args[4])
  switch Prctl(rawValue: args.uint32(0)) {
  case .PR_CAPBSET_READ:
    guard let capability = Capability(number: arg2) else { throw .EINVAL }
    return task.cred.cap_bset.contains(capability) ? 1 : 0
  case .PR_CAPBSET_DROP:
    guard ns_capable(task, task.cred.user_ns, .CAP_SETPCAP) else { throw .EPERM }
    guard let capability = Capability(number: arg2) else { throw .EINVAL }
    task.cred.cap_bset.subtract(CapabilitySet(capability))
  case .PR_GET_SECUREBITS:
    return Int64(task.cred.securebits)
  case .PR_SET_SECUREBITS:
    guard ns_capable(task, task.cred.user_ns, .CAP_SETPCAP) else { throw .EPERM }
    guard arg2 & ~0xff == 0 else { throw .EPERM }
    // A locked bit (the odd ones) keeps its neighbour as it is.
    let old = task.cred.securebits
    let new = UInt32(truncatingIfNeeded: arg2)
    let locks: UInt32 = 0xaa
    guard ((old & locks) >> 1) & (old ^ new) == 0, old & locks & ~new == 0 else { throw .EPERM }
    task.cred.securebits = new
  case .PR_GET_KEEPCAPS:
    return task.cred.securebits & Cred.SECBIT_KEEP_CAPS != 0 ? 1 : 0
  case .PR_SET_KEEPCAPS:
    guard arg2 <= 1 else { throw .EINVAL }
    guard task.cred.securebits & (Cred.SECBIT_KEEP_CAPS << 1) == 0 else { throw .EPERM }
    task.cred.securebits &= ~Cred.SECBIT_KEEP_CAPS
    if arg2 == 1 { task.cred.securebits |= Cred.SECBIT_KEEP_CAPS }
  case .PR_CAP_AMBIENT:
    return try ambient(task, arg2, arg3, arg4 | arg5)
  default:
    throw .EINVAL
  }
  return 0
}

private func ambient(
  _ task: Task,
  _ operation: UInt64,
  _ number: UInt64,
  _ rest: UInt64
) throws(Errno) -> Int64 {
  let (isSet, raise, lower, clearAll): (UInt64, UInt64, UInt64, UInt64) = (1, 2, 3, 4)
  if operation == clearAll {
    guard number | rest == 0 else { throw .EINVAL }
    task.cred.cap_ambient = []
    return 0
  }
  guard rest == 0, let capability = Capability(number: number) else { throw .EINVAL }
  switch operation {
  case isSet:
    return task.cred.cap_ambient.contains(capability) ? 1 : 0
  case raise:
    let noRaise: UInt32 = 1 << 6  // SECBIT_NO_CAP_AMBIENT_RAISE
    guard task.cred.cap_permitted.contains(capability),
      task.cred.cap_inheritable.contains(capability), task.cred.securebits & noRaise == 0
    else { throw .EPERM }
    task.cred.cap_ambient.insert(CapabilitySet(capability))
  case lower:
    task.cred.cap_ambient.subtract(CapabilitySet(capability))
  default:
    throw .EINVAL
  }
  return 0
}

extension Capability {
  /// The capability of a number as a program gives it.
  fileprivate init?(number: UInt64) {
    guard let number = UInt8(exactly: number), let found = Capability(rawValue: number) else {
      return nil
    }
    self = found
  }
}
