import LinuxABI

/// fcntl(2).
///
/// - SeeAlso: Linux `fs/fcntl.c` `do_fcntl`.
func sys_fcntl(_ task: Task, _ args: SyscallArguments) async throws(Errno) -> Int64 {
  let descriptor = args.int32(0)
  let file = try task.files.fget(descriptor)
  let argument = args.uint64(2)
  switch args.uint32(1) {
  case 0, 1030:  // F_DUPFD, F_DUPFD_CLOEXEC
    guard argument < task.descriptorLimit else { throw .EINVAL }
    return Int64(
      try task.files.install(
        file,
        from: Int32(argument),
        below: task.descriptorLimit,
        closeOnExec: args.uint32(1) == 1030
      )
    )
  case 1:  // F_GETFD
    return task.files[descriptor]?.closeOnExec == true ? 1 : 0
  case 2:  // F_SETFD
    task.files[descriptor]?.closeOnExec = argument & 1 != 0
    return 0
  case 3:  // F_GETFL
    return Int64(file.flags.rawValue)
  case 4:  // F_SETFL
    let settable: OpenFlags = [.O_APPEND, .O_NONBLOCK, .O_ASYNC, .O_DIRECT, .O_NOATIME]
    let wanted = OpenFlags(rawValue: UInt32(truncatingIfNeeded: argument))
    file.flags = file.flags.subtracting(settable).union(wanted.intersection(settable))
    return 0
  case 9:  // F_GETOWN
    return 0
  case 16:  // F_GETOWN_EX: nobody
    try await copy_bytes_to_user(task, argument, [UInt8](repeating: 0, count: 8))
    return 0
  case 1032:  // F_GETPIPE_SZ
    guard let status = try? file.status(), status.mode & Stat.S_IFMT == Stat.S_IFIFO else {
      throw .EBADF
    }
    return 65536
  default:
    throw .EINVAL
  }
}

/// lseek(2).
func sys_lseek(_ task: Task, _ args: SyscallArguments) throws(Errno) -> Int64 {
  let file = try task.files.fget(args.int32(0))
  guard args.uint32(2) <= 4 else { throw .EINVAL }
  return try file.llseek(args.int64(1), args.int32(2))
}

/// fsync(2) and fdatasync(2): the host's files look after themselves; nothing else can be synced.
func sys_fsync(_ task: Task, _ args: SyscallArguments) throws(Errno) -> Int64 {
  guard try task.files.fget(args.int32(0)).isSeekable else { throw .EINVAL }
  return 0
}

/// sync(2).
func sys_sync(_ task: Task, _ args: SyscallArguments) throws(Errno) -> Int64 { 0 }

/// fadvise64(2): advice changes nothing here.
func sys_fadvise64(_ task: Task, _ args: SyscallArguments) throws(Errno) -> Int64 {
  let file = try task.files.fget(args.int32(0))
  if try file.status().mode & Stat.S_IFMT == Stat.S_IFIFO { throw .ESPIPE }
  guard args.int64(2) >= 0, args.uint32(3) <= 5 else { throw .EINVAL }
  return 0
}
