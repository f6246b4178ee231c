import LinuxABI

/// poll(2).
func sys_poll(_ task: Task, _ args: SyscallArguments) async throws(Errno) -> Int64 {
  try await do_sys_poll(
    task,
    args.pointer(0),
    args.uint32(1),
    nanoseconds: args.int32(2) < 0 ? nil : Int64(args.int32(2)) * 1_000_000
  )
}

/// ppoll(2). The signal mask is checked; no signal comes while the call waits.
func sys_ppoll(_ task: Task, _ args: SyscallArguments) async throws(Errno) -> Int64 {
  var nanoseconds: Int64?
  if args.pointer(2) != 0 {
    let time = try await copy_struct_from_user(task, args.pointer(2), as: Timespec.self)
    guard let duration = time.duration else { throw .EINVAL }
    nanoseconds = duration
  }
  if args.pointer(3) != 0 {
    guard args.uint64(4) == 8 else { throw .EINVAL }
    _ = try await copy_bytes_from_user(task, args.pointer(3), count: 8)
  }
  return try await do_sys_poll(task, args.pointer(0), args.uint32(1), nanoseconds: nanoseconds)
}

/// Asks each file, then waits for the host's when none is ready.
///
/// - SeeAlso: Linux `fs/select.c` `do_sys_poll`.
private func do_sys_poll(
  _ task: Task,
  _ ufds: UInt64,
  _ nfds: UInt32,
  nanoseconds: Int64?
) async throws(Errno) -> Int64 {
  guard UInt64(nfds) <= task.descriptorLimit else { throw .EINVAL }
  let size = 8  // struct pollfd: int fd, short events, short revents
  var entries = try await copy_bytes_from_user(task, ufds, count: Int(nfds) * size)
  var answers = [Int16](repeating: 0, count: Int(nfds))
  var requests: [(descriptor: Int32, events: Int16)] = []
  var requestIndex: [Int] = []
  let always: Int16 = 0x145  // IN, OUT, RDNORM, WRNORM: files that never wait
  for index in answers.indices {
    let (descriptor, events) = entries.withUnsafeBytes {
      (
        $0.loadLittleEndian(at: index * size, as: Int32.self),
        $0.loadLittleEndian(at: index * size + 4, as: Int16.self)
      )
    }
    if descriptor < 0 { continue }
    guard let file = task.files[descriptor]?.file else {
      answers[index] = 0x20  // POLLNVAL
      continue
    }
    if let hostDescriptor = file.hostDescriptor {
      requests.append((hostDescriptor, events))
      requestIndex.append(index)
    } else {
      answers[index] = events & always
    }
  }
  var isReady = answers.contains { $0 != 0 }
  if !requests.isEmpty {
    let kernel = task.kernel
    // Virtual time does not pass while the host waits; only a wait without end is the host's.
    let isVirtual = kernel.host.elapsedTime() == nil
    let timeout: Int32 =
      if isReady { 0 } else if let nanoseconds {
        isVirtual ? 0 : Int32(clamping: (nanoseconds &+ 999_999) / 1_000_000)
      } else { -1 }
    for (index, answer) in zip(requestIndex, kernel.host.poll(requests, timeout: timeout)) {
      answers[index] = answer
    }
    isReady = answers.contains { $0 != 0 }
    if !isReady && isVirtual, let nanoseconds { await kernel.sleep(task, for: nanoseconds) }
  } else if !isReady {
    await task.kernel.sleep(task, for: nanoseconds)
  }
  entries.withUnsafeMutableBytes { raw in
    for index in answers.indices { raw.storeLittleEndian(answers[index], at: index * size + 6) }
  }
  try await copy_bytes_to_user(task, ufds, entries)
  return Int64(answers.count { $0 != 0 })
}
