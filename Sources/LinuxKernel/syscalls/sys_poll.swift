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

/// Asks each file, and waits until one is ready.
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
  let wanted: [(descriptor: Int32, events: UInt16)] = entries.withUnsafeBytes { raw in
    (0..<Int(nfds)).map {
      (raw.loadLittleEndian(at: $0 * size), raw.loadLittleEndian(at: $0 * size + 4))
    }
  }
  var answers = [UInt16](repeating: 0, count: Int(nfds))
  let count = try await do_poll(task, until: task.kernel.deadline(after: nanoseconds), .EINTR) {
    table in
    for (index, entry) in wanted.enumerated() where entry.descriptor >= 0 {
      answers[index] = poll_one(task, entry.descriptor, entry.events, table)
    }
    return answers.count { $0 != 0 }
  }
  entries.withUnsafeMutableBytes { raw in
    for index in answers.indices { raw.storeLittleEndian(answers[index], at: index * size + 6) }
  }
  try await copy_bytes_to_user(task, ufds, entries)
  return Int64(count)
}

/// - SeeAlso: Linux `fs/select.c` `do_pollfd`.
private func poll_one(
  _ task: Task,
  _ descriptor: Int32,
  _ events: UInt16,
  _ table: PollTable?
) -> UInt16 {
  guard let file = try? task.files.fget(descriptor) else {
    return UInt16(PollEvents.POLLNVAL.rawValue)
  }
  let wanted = PollEvents(rawValue: UInt32(events)).union([.POLLERR, .POLLHUP])
  table?.interest = wanted
  return UInt16(truncatingIfNeeded: file.poll(table).intersection(wanted).rawValue)
}

/// Asks until something is ready, the time is over, or a signal comes.
///
/// - Parameters:
///   - deadline: when to give up; nothing is never.
///   - interrupted: the error after a signal.
///   - ask: how many are ready; enters the waiter where it is given a table.
/// - Returns: how many are ready.
func do_poll(
  _ task: Task,
  until deadline: Int64?,
  _ interrupted: Errno,
  _ ask: (PollTable?) -> Int
) async throws(Errno) -> Int {
  let kernel = task.kernel
  let table = PollTable { _ in kernel.wake(task) }
  defer { table.clear() }
  var ready = ask(table)
  while ready == 0 {
    if let deadline, deadline <= kernel.time() { break }
    if task.signal_pending { throw interrupted }
    await kernel.sleep_interruptible(task, until: deadline, "poll")
    ready = ask(nil)
  }
  return ready
}

extension Kernel {
  /// The end of a wait on the machine's clock; nothing is never.
  func deadline(after nanoseconds: Int64?) -> Int64? {
    guard let nanoseconds else { return nil }
    let (sum, overflow) = time().addingReportingOverflow(max(nanoseconds, 0))
    return overflow ? .max : sum
  }
}
