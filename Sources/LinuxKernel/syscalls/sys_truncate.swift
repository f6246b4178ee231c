import LinuxABI

/// truncate(2).
///
/// - SeeAlso: Linux `fs/open.c` `vfs_truncate`.
func sys_truncate(_ task: Task, _ args: SyscallArguments) async throws(Errno) -> Int64 {
  let length = args.int64(1)
  guard length >= 0 else { throw .EINVAL }
  let place = try await user_path_at(task, AT_FDCWD, args.pointer(0))
  if place.inode.isDirectory { throw .EISDIR }
  guard place.inode.isRegular else { throw .EINVAL }
  try place.mnt.want_write()
  try place.permission(task.cred, .MAY_WRITE)
  if place.inode.writecount < 0 { throw .ETXTBSY }
  try do_truncate(task, place.inode, length)
  return 0
}

/// ftruncate(2).
func sys_ftruncate(_ task: Task, _ args: SyscallArguments) throws(Errno) -> Int64 {
  let length = args.int64(1)
  guard length >= 0 else { throw .EINVAL }
  let file = try task.files.fget(args.int32(0))
  guard let inode = file.inode, inode.isRegular, file.isWritable else { throw .EINVAL }
  try do_truncate(task, inode, length)
  return 0
}

private func do_truncate(_ task: Task, _ inode: Inode, _ length: Int64) throws(Errno) {
  if length > inode.size {
    let limit = task.rlimit(Int(Resource.RLIMIT_FSIZE.rawValue))
    if UInt64(length) > limit {
      task.kernel.send_signal(task, .SIGXFSZ)
      throw .EFBIG
    }
    if length > Int64.max - 4096 { throw .EFBIG }
  }
  try inode.truncate(length)
}

/// fallocate(2).
///
/// - SeeAlso: Linux `fs/open.c` `vfs_fallocate`, `mm/shmem.c` `shmem_fallocate`.
func sys_fallocate(_ task: Task, _ args: SyscallArguments) throws(Errno) -> Int64 {
  let file = try task.files.fget(args.int32(0))
  let (mode, offset, length) = (args.uint32(1), args.int64(2), args.int64(3))
  guard offset >= 0, length > 0 else { throw .EINVAL }
  let (keepSize, punchHole): (UInt32, UInt32) = (1, 2)
  if mode & ~0x7f != 0 { throw .EOPNOTSUPP }
  if mode & punchHole != 0, mode & keepSize == 0 { throw .EOPNOTSUPP }
  guard file.isWritable else { throw .EBADF }
  guard let inode = file.inode else { throw .ENODEV }
  if inode.type == Stat.S_IFIFO { throw .ESPIPE }
  if inode.isDirectory { throw .EISDIR }
  guard inode.isRegular else { throw .ENODEV }
  let (end, overflow) = offset.addingReportingOverflow(length)
  guard !overflow, end <= Int64.max - 4096 else { throw .EFBIG }
  guard let memory = inode as? TmpfsFile, mode & ~(keepSize | punchHole) == 0 else {
    throw .EOPNOTSUPP
  }
  if mode & punchHole != 0 {
    if memory.seals & (TmpfsFile.F_SEAL_WRITE | TmpfsFile.F_SEAL_FUTURE_WRITE) != 0 { throw .EPERM }
    task.kernel.punch_hole(
      memory.cache,
      UInt64(offset)..<UInt64(min(end, max(memory.size, offset)))
    )
  } else {
    if memory.seals & TmpfsFile.F_SEAL_GROW != 0, end > memory.size { throw .EPERM }
    let free = task.kernel.frames.freePages
    guard UInt64(length) >> 12 <= free else { throw .ENOSPC }
    try memory.allocate(UInt64(offset) >> 12..<(UInt64(end) + 4095) >> 12)
    if mode & keepSize == 0, end > memory.size { memory.cache.resize(UInt64(end)) }
  }
  (memory.mtime, memory.ctime) = (memory.now, memory.now)
  return 0
}
