import LinuxABI

/// fcntl(2).
///
/// - SeeAlso: Linux `fs/fcntl.c` `do_fcntl`.
func sys_fcntl(_ task: Task, _ args: SyscallArguments) async throws(Errno) -> Int64 {
  let descriptor = args.int32(0)
  let file = try task.files.fget_raw(descriptor)
  let argument = args.uint64(2)
  let command = args.uint32(1)
  // F_DUPFD, F_GETFD, F_SETFD, F_GETFL, F_DUPFD_CLOEXEC
  if file.flags.contains(.O_PATH), ![0, 1, 2, 3, 1030].contains(command) { throw .EBADF }
  if let command = FcntlCommand(rawValue: command), command.isLock {
    return try await fcntl_lock(task, file, command, argument)
  }
  switch command {
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
  case 8:  // F_SETOWN
    file.owner = Int32(truncatingIfNeeded: argument)
    return 0
  case 9:  // F_GETOWN
    return Int64(file.owner)
  case 16:  // F_GETOWN_EX: struct f_owner_ex { int type; pid_t pid; }
    var bytes = [UInt8](repeating: 0, count: 8)
    bytes.withUnsafeMutableBytes {
      $0.storeLittleEndian(Int32(file.owner > 0 ? 1 : file.owner < 0 ? 2 : 0), at: 0)
      $0.storeLittleEndian(file.owner.magnitude, at: 4)
    }
    try await copy_bytes_to_user(task, argument, bytes)
    return 0
  case 1031:  // F_SETPIPE_SZ
    guard let pipe = (file as? PipeFile)?.pipe else { throw .EBADF }
    return try pipe_set_size(task, pipe, argument)
  case 1032:  // F_GETPIPE_SZ
    if let pipe = (file as? PipeFile)?.pipe { return Int64(pipe.capacity * Pipe.PAGE_SIZE) }
    guard let status = try? file.status(task), status.mode & Stat.S_IFMT == Stat.S_IFIFO else {
      throw .EBADF
    }
    return 65536
  case 1033:  // F_ADD_SEALS
    guard let memory = file.inode as? TmpfsFile else { throw .EINVAL }
    guard file.isWritable else { throw .EPERM }
    guard argument & ~0x1f == 0 else { throw .EINVAL }
    if memory.seals & TmpfsFile.F_SEAL_SEAL != 0 { throw .EPERM }
    memory.seals |= UInt32(argument)
    return 0
  case 1034:  // F_GET_SEALS
    guard let memory = file.inode as? TmpfsFile else { throw .EINVAL }
    return Int64(memory.seals)
  default:
    throw .EINVAL
  }
}

/// - SeeAlso: Linux `fs/pipe.c` `pipe_set_size`.
private func pipe_set_size(_ task: Task, _ pipe: Pipe, _ size: UInt64) throws(Errno) -> Int64 {
  guard size <= UInt64(1) << 31 else { throw .EINVAL }
  var pages = 1
  while pages * Pipe.PAGE_SIZE < size { pages *= 2 }
  let maximum = 1 << 20
  if pages * Pipe.PAGE_SIZE > maximum, pages > pipe.capacity, !capable(task, .CAP_SYS_RESOURCE) {
    throw .EPERM
  }
  try pipe.resize(pages)
  return Int64(pages * Pipe.PAGE_SIZE)
}

/// lseek(2).
func sys_lseek(_ task: Task, _ args: SyscallArguments) throws(Errno) -> Int64 {
  let file = try task.files.fget(args.int32(0))
  guard args.uint32(2) <= 4 else { throw .EINVAL }
  return try file.llseek(args.int64(1), args.int32(2))
}

/// fsync(2) and fdatasync(2): memory need not be written anywhere.
func sys_fsync(_ task: Task, _ args: SyscallArguments) throws(Errno) -> Int64 {
  let file = try task.files.fget(args.int32(0))
  guard file.isSeekable, !(file is DeviceFile) else { throw .EINVAL }
  return 0
}

/// syncfs(2).
func sys_syncfs(_ task: Task, _ args: SyscallArguments) throws(Errno) -> Int64 {
  _ = try task.files.fget(args.int32(0))
  return 0
}

/// readahead(2): what is to be read is there already.
func sys_readahead(_ task: Task, _ args: SyscallArguments) throws(Errno) -> Int64 {
  let file = try task.files.fget(args.int32(0))
  guard file.isReadable else { throw .EBADF }
  guard file.mapping != nil else { throw .EINVAL }
  return 0
}

/// sync(2).
func sys_sync(_ task: Task, _ args: SyscallArguments) throws(Errno) -> Int64 { 0 }

/// fadvise64(2): advice changes nothing here.
func sys_fadvise64(_ task: Task, _ args: SyscallArguments) throws(Errno) -> Int64 {
  let file = try task.files.fget(args.int32(0))
  if try file.status(task).mode & Stat.S_IFMT == Stat.S_IFIFO { throw .ESPIPE }
  guard args.int64(2) >= 0, args.uint32(3) <= 5 else { throw .EINVAL }
  return 0
}
