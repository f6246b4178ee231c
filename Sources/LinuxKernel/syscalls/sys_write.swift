import LinuxABI

/// write(2).
func sys_write(_ task: Task, _ args: SyscallArguments) async throws(Errno) -> Int64 {
  let file = try task.files.fget(args.int32(0))
  guard file.isWritable else { throw .EBADF }
  let pieces = try iov_iter(args.pointer(1), args.uint64(2))
  return try await vfs_write(task, file, pieces)
}

/// writev(2).
func sys_writev(_ task: Task, _ args: SyscallArguments) async throws(Errno) -> Int64 {
  let file = try task.files.fget(args.int32(0))
  let pieces = try await iov_iter(import: args.pointer(1), count: args.uint64(2), task)
  guard file.isWritable else { throw .EBADF }
  return try await vfs_write(task, file, pieces)
}

/// pwrite64(2).
func sys_pwrite64(_ task: Task, _ args: SyscallArguments) async throws(Errno) -> Int64 {
  guard args.int64(3) >= 0 else { throw .EINVAL }
  let file = try task.files.fget(args.int32(0))
  guard file.isSeekable else { throw .ESPIPE }
  guard file.isWritable else { throw .EBADF }
  let pieces = try iov_iter(args.pointer(1), args.uint64(2))
  return try await vfs_write(task, file, pieces, at: args.int64(3))
}

/// pwritev(2).
func sys_pwritev(_ task: Task, _ args: SyscallArguments) async throws(Errno) -> Int64 {
  guard args.int64(3) >= 0 else { throw .EINVAL }
  let file = try task.files.fget(args.int32(0))
  guard file.isSeekable else { throw .ESPIPE }
  let pieces = try await iov_iter(import: args.pointer(1), count: args.uint64(2), task)
  guard file.isWritable else { throw .EBADF }
  return try await vfs_write(task, file, pieces, at: args.int64(3))
}

/// Writes user memory to a file, at a place or at the file's own offset.
///
/// - SeeAlso: Linux `fs/read_write.c` `vfs_write`.
func vfs_write(
  _ task: Task,
  _ file: File,
  _ pieces: iov_iter,
  at place: Int64? = nil
) async throws(Errno) -> Int64 {
  var pieces = pieces
  return Int64(try await file.write_iter(task, &pieces, at: place))
}

/// pwritev2(2): an offset of -1 is the file's own.
func sys_pwritev2(_ task: Task, _ args: SyscallArguments) async throws(Errno) -> Int64 {
  // RWF_HIPRI, RWF_DSYNC, RWF_SYNC, RWF_NOWAIT
  if args.uint32(5) & ~0xf != 0 { throw .EOPNOTSUPP }
  if args.int64(3) == -1 { return try await sys_writev(task, args) }
  return try await sys_pwritev(task, args)
}
