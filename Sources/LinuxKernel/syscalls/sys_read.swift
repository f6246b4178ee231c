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
  return try await at(args.int64(3), of: file) { () async throws(Errno) in
    try await vfs_read(task, file, pieces)
  }
}

/// preadv(2).
func sys_preadv(_ task: Task, _ args: SyscallArguments) async throws(Errno) -> Int64 {
  guard args.int64(3) >= 0 else { throw .EINVAL }
  let file = try task.files.fget(args.int32(0))
  guard file.isSeekable else { throw .ESPIPE }
  let pieces = try await iov_iter(import: args.pointer(1), count: args.uint64(2), task)
  guard file.isReadable else { throw .EBADF }
  return try await at(args.int64(3), of: file) { () async throws(Errno) in
    try await vfs_read(task, file, pieces)
  }
}

/// Runs a body with a file's offset moved, and moves it back.
func at(
  _ position: Int64,
  of file: File,
  _ body: () async throws(Errno) -> Int64
) async throws(Errno) -> Int64 {
  let before = try file.llseek(0, 1)
  _ = try file.llseek(position, 0)
  defer { _ = try? file.llseek(before, 0) }
  return try await body()
}

/// Reads from a file into user memory.
///
/// What cannot be handed over goes back into the file; a part that could be is a short read.
///
/// - SeeAlso: Linux `fs/read_write.c` `vfs_read`.
func vfs_read(_ task: Task, _ file: File, _ pieces: iov_iter) async throws(Errno) -> Int64 {
  var pieces = pieces
  var done = 0
  // A pipe holds at most 1 MiB, so one read takes all that there is.
  let chunk = Int(min(pieces.count, file.fillsBuffers ? 1 << 16 : 1 << 20))
  guard chunk > 0 else { return 0 }
  let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: chunk, alignment: 16)
  defer { buffer.deallocate() }
  while pieces.count > 0 {
    let want = Int(min(UInt64(chunk), pieces.count))
    let count: Int
    do {
      count = try file.read(UnsafeMutableRawBufferPointer(rebasing: buffer[..<want]))
    } catch {
      if done > 0 { break }
      throw error
    }
    let got = UnsafeRawBufferPointer(rebasing: buffer[..<count])
    var copied = await pieces.copy_to(task, got)
    if copied < count {
      if case .block = file.writeGranularity { copied = 0 }
      file.unread(UnsafeRawBufferPointer(rebasing: got[copied...]))
      if done + copied == 0 { throw .EFAULT }
    }
    done += copied
    if copied < want || !file.fillsBuffers { break }
  }
  return Int64(done)
}
