import LinuxABI

/// epoll_create(2): the size means nothing any more.
func sys_epoll_create(_ task: Task, _ args: SyscallArguments) throws(Errno) -> Int64 {
  guard args.int32(0) > 0 else { throw .EINVAL }
  return try do_epoll_create(task, [])
}

/// epoll_create1(2).
func sys_epoll_create1(_ task: Task, _ args: SyscallArguments) throws(Errno) -> Int64 {
  try do_epoll_create(task, OpenFlags(rawValue: args.uint32(0)))
}

private func do_epoll_create(_ task: Task, _ flags: OpenFlags) throws(Errno) -> Int64 {
  guard OpenFlags.O_CLOEXEC.isSuperset(of: flags) else { throw .EINVAL }
  return Int64(
    try task.files.install(
      EpollFile(task.kernel),
      below: task.descriptorLimit,
      closeOnExec: flags.contains(.O_CLOEXEC)
    )
  )
}

/// epoll_ctl(2).
///
/// - SeeAlso: Linux `fs/eventpoll.c` `do_epoll_ctl`.
func sys_epoll_ctl(_ task: Task, _ args: SyscallArguments) async throws(Errno) -> Int64 {
  let (EPOLL_CTL_ADD, EPOLL_CTL_DEL, EPOLL_CTL_MOD): (Int32, Int32, Int32) = (1, 2, 3)
  let operation = args.int32(1)
  // struct epoll_event is packed: u32 events, u64 data
  var (events, data): (UInt32, UInt64) = (0, 0)
  if operation != EPOLL_CTL_DEL {
    let bytes = try await copy_bytes_from_user(task, args.pointer(3), count: 12)
    (events, data) = bytes.withUnsafeBytes {
      ($0.loadLittleEndian(at: 0), $0.loadLittleEndian(at: 4))
    }
  }
  let set = try task.files.fget(args.int32(0))
  let descriptor = args.int32(2)
  let file = try task.files.fget(descriptor)
  // What never makes anybody wait cannot be waited for.
  if file is RegularFile || file is DirectoryFile || file is ProcFile { throw .EPERM }
  guard let epoll = set as? EpollFile, set !== file else { throw .EINVAL }
  if events & EpollFile.EPOLLEXCLUSIVE != 0 {
    if operation == EPOLL_CTL_MOD || file is EpollFile { throw .EINVAL }
    if operation == EPOLL_CTL_ADD, events & EpollFile.EPOLLONESHOT != 0 { throw .EINVAL }
  }
  if operation == EPOLL_CTL_ADD, let inner = file as? EpollFile, inner.reaches(epoll) {
    throw .ELOOP
  }
  switch operation {
  case EPOLL_CTL_ADD: try epoll.add(descriptor, file, events, data)
  case EPOLL_CTL_DEL: try epoll.remove(descriptor, file)
  case EPOLL_CTL_MOD: try epoll.modify(descriptor, file, events, data)
  default: throw .EINVAL
  }
  return 0
}

/// epoll_wait(2).
func sys_epoll_wait(_ task: Task, _ args: SyscallArguments) async throws(Errno) -> Int64 {
  let timeout = args.int32(3)
  return try await do_epoll_wait(
    task,
    args,
    nanoseconds: timeout < 0 ? nil : Int64(timeout) * 1_000_000
  )
}

/// epoll_pwait(2).
func sys_epoll_pwait(_ task: Task, _ args: SyscallArguments) async throws(Errno) -> Int64 {
  if args.pointer(4) != 0 {
    guard args.uint64(5) == 8 else { throw .EINVAL }
    _ = try await copy_bytes_from_user(task, args.pointer(4), count: 8)
  }
  return try await sys_epoll_wait(task, args)
}

/// epoll_pwait2(2).
func sys_epoll_pwait2(_ task: Task, _ args: SyscallArguments) async throws(Errno) -> Int64 {
  var nanoseconds: Int64?
  if args.pointer(3) != 0 {
    let time = try await copy_struct_from_user(task, args.pointer(3), as: Timespec.self)
    guard let duration = time.duration else { throw .EINVAL }
    nanoseconds = duration
  }
  if args.pointer(4) != 0 {
    guard args.uint64(5) == 8 else { throw .EINVAL }
    _ = try await copy_bytes_from_user(task, args.pointer(4), count: 8)
  }
  return try await do_epoll_wait(task, args, nanoseconds: nanoseconds)
}

/// - SeeAlso: Linux `fs/eventpoll.c` `do_epoll_wait`, `ep_poll`.
private func do_epoll_wait(
  _ task: Task,
  _ args: SyscallArguments,
  nanoseconds: Int64?
) async throws(Errno) -> Int64 {
  let limit = args.int32(2)
  guard limit > 0, limit <= Int32.max / 12 else { throw .EINVAL }
  guard access_ok(args.pointer(1), UInt64(limit) * 12) else { throw .EFAULT }
  guard let epoll = try task.files.fget(args.int32(0)) as? EpollFile else { throw .EINVAL }
  let kernel = task.kernel
  let deadline = kernel.deadline(after: nanoseconds)
  var found = epoll.take(Int(limit))
  while found.isEmpty {
    if let deadline, deadline <= kernel.time() { return 0 }
    if task.signal_pending { throw .EINTR }
    await epoll.queue.sleep(task, .readable, until: deadline, "epoll")
    found = epoll.take(Int(limit))
  }
  var bytes = [UInt8](repeating: 0, count: found.count * 12)
  bytes.withUnsafeMutableBytes { raw in
    for (index, event) in found.enumerated() {
      raw.storeLittleEndian(event.events, at: index * 12)
      raw.storeLittleEndian(event.data, at: index * 12 + 4)
    }
  }
  try await copy_bytes_to_user(task, args.pointer(1), bytes)
  return Int64(found.count)
}
