import LinuxABI

/// read(2).
func sys_read(_ task: Task, _ args: SyscallArguments) async throws(Errno) -> Int64 {
  let file = try task.files.fget(args.int32(0))
  guard file.isReadable else { throw .EBADF }
  let pieces = try iov_iter(args.pointer(1), args.uint64(2))
  return try await vfs_read(task, file, pieces)
}

/// readv(2).
func sys_readv(_ task: Task, _ args: SyscallArguments) async throws(Errno) -> Int64 {
  let file = try task.files.fget(args.int32(0))
  let pieces = try await iov_iter(import: args.pointer(1), count: args.uint64(2), task)
  guard file.isReadable else { throw .EBADF }
  return try await vfs_read(task, file, pieces)
}

/// pread64(2).
func sys_pread64(_ task: Task, _ args: SyscallArguments) async throws(Errno) -> Int64 {
  guard args.int64(3) >= 0 else { throw .EINVAL }
  let file = try task.files.fget(args.int32(0))
  guard file.isSeekable else { throw .ESPIPE }
  guard file.isReadable else { throw .EBADF }
  let pieces = try iov_iter(args.pointer(1), args.uint64(2))
  return try await vfs_read(task, file, pieces, at: args.int64(3))
}

/// preadv(2).
func sys_preadv(_ task: Task, _ args: SyscallArguments) async throws(Errno) -> Int64 {
  guard args.int64(3) >= 0 else { throw .EINVAL }
  let file = try task.files.fget(args.int32(0))
  guard file.isSeekable else { throw .ESPIPE }
  let pieces = try await iov_iter(import: args.pointer(1), count: args.uint64(2), task)
  guard file.isReadable else { throw .EBADF }
  return try await vfs_read(task, file, pieces, at: args.int64(3))
}

/// Reads from a file into user memory, at a place or at the file's own offset.
///
/// - SeeAlso: Linux `fs/read_write.c` `vfs_read`.
func vfs_read(
  _ task: Task,
  _ file: File,
  _ pieces: iov_iter,
  at place: Int64? = nil
) async throws(Errno) -> Int64 {
  var pieces = pieces
  return Int64(try await file.read_iter(task, &pieces, at: place))
}

/// preadv2(2): an offset of -1 is the file's own.
func sys_preadv2(_ task: Task, _ args: SyscallArguments) async throws(Errno) -> Int64 {
  // RWF_HIPRI, RWF_DSYNC, RWF_SYNC, RWF_NOWAIT
  if args.uint32(5) & ~0xf != 0 { throw .EOPNOTSUPP }
  if args.int64(3) == -1 { return try await sys_readv(task, args) }
  return try await sys_preadv(task, args)
}
