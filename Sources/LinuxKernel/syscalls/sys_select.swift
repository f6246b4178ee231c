import LinuxABI

/// select(2): tells how much of the time was left.
func sys_select(_ task: Task, _ args: SyscallArguments) async throws(Errno) -> Int64 {
  var nanoseconds: Int64?
  if args.pointer(4) != 0 {
    let time = try await copy_struct_from_user(task, args.pointer(4), as: Timeval.self)
    guard time.seconds >= 0, time.microseconds >= 0 else { throw .EINVAL }
    let seconds = time.seconds &+ time.microseconds / 1_000_000
    nanoseconds =
      Timespec(seconds: seconds, nanoseconds: time.microseconds % 1_000_000 * 1000).duration
  }
  let deadline = task.kernel.deadline(after: nanoseconds)
  let count = try await core_sys_select(task, args, deadline)
  if let deadline {
    let left = max(0, deadline &- task.kernel.time()) / 1000
    var bytes = [UInt8](repeating: 0, count: 16)
    bytes.withUnsafeMutableBytes {
      $0.storeLittleEndian(left / 1_000_000, at: 0)
      $0.storeLittleEndian(left % 1_000_000, at: 8)
    }
    try? await copy_bytes_to_user(task, args.pointer(4), bytes)
  }
  return count
}

/// pselect6(2).
func sys_pselect6(_ task: Task, _ args: SyscallArguments) async throws(Errno) -> Int64 {
  if args.pointer(5) != 0 {
    let mask = try await get_user(task, args.pointer(5), as: UInt64.self)
    let size = try await get_user(task, args.pointer(5) &+ 8, as: UInt64.self)
    if mask != 0 {
      guard size == 8 else { throw .EINVAL }
      _ = try await copy_bytes_from_user(task, mask, count: 8)
    }
  }
  var nanoseconds: Int64?
  if args.pointer(4) != 0 {
    let time = try await copy_struct_from_user(task, args.pointer(4), as: Timespec.self)
    guard let duration = time.duration else { throw .EINVAL }
    nanoseconds = duration
  }
  let deadline = task.kernel.deadline(after: nanoseconds)
  let count = try await core_sys_select(task, args, deadline)
  if let deadline {
    let left = Timespec(total: max(0, deadline &- task.kernel.time()))
    try? await copy_struct_to_user(task, args.pointer(4), left)
  }
  return count
}

/// - SeeAlso: Linux `fs/select.c` `core_sys_select`, `do_select`.
private func core_sys_select(
  _ task: Task,
  _ args: SyscallArguments,
  _ deadline: Int64?
) async throws(Errno) -> Int64 {
  guard args.int32(0) >= 0 else { throw .EINVAL }
  let top = max(task.files.openDescriptors.last.map { Int($0) + 1 } ?? 0, 64)
  let count = min(Int(args.int32(0)), (top + 63) & ~63)
  let bytes = (count + 63) / 64 * 8
  var wanted: [[UInt8]?] = []
  for index in 1...3 {
    let address = args.pointer(index)
    wanted.append(
      address == 0 ? nil : try await copy_bytes_from_user(task, address, count: bytes)
    )
  }
  func isSet(_ set: [UInt8]?, _ bit: Int) -> Bool {
    set.map { $0[bit >> 3] >> UInt8(bit & 7) & 1 != 0 } ?? false
  }
  // What each of the three sets asks for.
  let masks: [PollEvents] = [
    [.POLLIN, .POLLRDNORM, .POLLRDBAND, .POLLHUP, .POLLERR],
    [.POLLOUT, .POLLWRNORM, .POLLWRBAND, .POLLERR], [.POLLPRI],
  ]
  var places: [(bit: Int, file: File, sets: [Int])] = []
  for bit in 0..<count {
    let sets = (0..<3).filter { isSet(wanted[$0], bit) }
    if sets.isEmpty { continue }
    places.append((bit, try task.files.fget(Int32(bit)), sets))
  }
  var answers = [[UInt8]](repeating: [UInt8](repeating: 0, count: bytes), count: 3)
  let ready = try await do_poll(task, until: deadline, .ERESTARTNOHAND) { table in
    var found = 0
    for (bit, file, sets) in places {
      table?.interest = sets.reduce([]) { $0.union(masks[$1]) }
      let events = file.poll(table)
      for set in sets where !events.isDisjoint(with: masks[set]) {
        answers[set][bit >> 3] |= 1 << UInt8(bit & 7)
        found += 1
      }
    }
    return found
  }
  for index in 0..<3 where wanted[index] != nil {
    try await copy_bytes_to_user(task, args.pointer(index + 1), answers[index])
  }
  return Int64(ready)
}
