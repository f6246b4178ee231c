import LinuxABI

/// utimensat(2).
func sys_utimensat(_ task: Task, _ args: SyscallArguments) async throws(Errno) -> Int64 {
  var times: (Timespec, Timespec)?
  if args.pointer(2) != 0 {
    let access = try await copy_struct_from_user(task, args.pointer(2), as: Timespec.self)
    let change = try await copy_struct_from_user(task, args.pointer(2) &+ 16, as: Timespec.self)
    times = (access, change)
    // Nothing to be done: not even the path is looked at.
    if access.nanoseconds == UTIME_OMIT, change.nanoseconds == UTIME_OMIT { return 0 }
  }
  let flags = AtFlags(rawValue: args.uint32(3))
  return try await do_utimes(task, args.int32(0), args.pointer(1), times, flags)
}

/// utime(2): whole seconds.
func sys_utime(_ task: Task, _ args: SyscallArguments) async throws(Errno) -> Int64 {
  var times: (Timespec, Timespec)?
  if args.pointer(1) != 0 {
    let access = try await get_user(task, args.pointer(1), as: Int64.self)
    let change = try await get_user(task, args.pointer(1) &+ 8, as: Int64.self)
    times = (
      Timespec(seconds: access, nanoseconds: 0), Timespec(seconds: change, nanoseconds: 0)
    )
  }
  return try await do_utimes(task, AT_FDCWD, args.pointer(0), times, [])
}

/// utimes(2).
func sys_utimes(_ task: Task, _ args: SyscallArguments) async throws(Errno) -> Int64 {
  let times = try await microseconds(task, args.pointer(1))
  return try await do_utimes(task, AT_FDCWD, args.pointer(0), times, [])
}

/// futimesat(2).
func sys_futimesat(_ task: Task, _ args: SyscallArguments) async throws(Errno) -> Int64 {
  let times = try await microseconds(task, args.pointer(2))
  return try await do_utimes(task, args.int32(0), args.pointer(1), times, [])
}

private func microseconds(
  _ task: Task,
  _ address: UInt64
) async throws(Errno) -> (Timespec, Timespec)? {
  guard address != 0 else { return nil }
  let access = try await copy_struct_from_user(task, address, as: Timeval.self)
  let change = try await copy_struct_from_user(task, address &+ 16, as: Timeval.self)
  for time in [access, change] where !(0..<1_000_000).contains(time.microseconds) {
    throw .EINVAL
  }
  return (
    Timespec(seconds: access.seconds, nanoseconds: access.microseconds * 1000),
    Timespec(seconds: change.seconds, nanoseconds: change.microseconds * 1000)
  )
}

private let UTIME_NOW: Int64 = 0x3fff_ffff
private let UTIME_OMIT: Int64 = 0x3fff_fffe

/// - SeeAlso: Linux `fs/utimes.c` `do_utimes`, `vfs_utimes`.
private func do_utimes(
  _ task: Task,
  _ descriptor: Int32,
  _ address: UInt64,
  _ times: (Timespec, Timespec)?,
  _ flags: AtFlags
) async throws(Errno) -> Int64 {
  func valid(_ time: Timespec) -> Bool {
    [UTIME_NOW, UTIME_OMIT].contains(time.nanoseconds)
      || (0..<1_000_000_000).contains(time.nanoseconds)
  }
  if let times, !valid(times.0) || !valid(times.1) { throw .EINVAL }
  let place: Path
  if address == 0, descriptor != AT_FDCWD {
    guard flags.isEmpty else { throw .EINVAL }
    guard let path = try task.files.fget(descriptor).path else { return 0 }
    place = path
  } else {
    let known: AtFlags = [.AT_SYMLINK_NOFOLLOW, .AT_EMPTY_PATH]
    guard known.isSuperset(of: flags) else { throw .EINVAL }
    var lookup: LookupFlags = flags.contains(.AT_SYMLINK_NOFOLLOW) ? [] : .LOOKUP_FOLLOW
    if flags.contains(.AT_EMPTY_PATH) { lookup.insert(.LOOKUP_EMPTY) }
    place = try await user_path_at(task, descriptor, address, lookup)
  }
  try place.mnt.want_write()
  let now = place.inode.now
  func chosen(_ time: Timespec) -> Timespec? {
    time.nanoseconds == UTIME_NOW ? now : time.nanoseconds == UTIME_OMIT ? nil : time
  }
  let isNow = times.map { $0.0.nanoseconds == UTIME_NOW && $0.1.nanoseconds == UTIME_NOW } ?? true
  if !place.inode.isOwned(by: task.cred) {
    // The present time may be set by who may write.
    guard isNow else { throw .EPERM }
    try place.permission(task.cred, .MAY_WRITE)
  }
  var change = AttributeChange()
  change.atime = times.map { chosen($0.0) } ?? now
  change.mtime = times.map { chosen($0.1) } ?? now
  try place.inode.setattr(change)
  return 0
}
