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
  return try await at(args.int64(3), of: file) { () async throws(Errno) in
    try await vfs_write(task, file, pieces)
  }
}

/// pwritev(2).
func sys_pwritev(_ task: Task, _ args: SyscallArguments) async throws(Errno) -> Int64 {
  guard args.int64(3) >= 0 else { throw .EINVAL }
  let file = try task.files.fget(args.int32(0))
  guard file.isSeekable else { throw .ESPIPE }
  let pieces = try await iov_iter(import: args.pointer(1), count: args.uint64(2), task)
  guard file.isWritable else { throw .EBADF }
  return try await at(args.int64(3), of: file) { () async throws(Errno) in
    try await vfs_write(task, file, pieces)
  }
}

/// Writes user memory to a file.
///
/// Bytes before a bad one count as written, as finely as the file takes them.
///
/// - SeeAlso: Linux `fs/read_write.c` `vfs_write`.
func vfs_write(_ task: Task, _ file: File, _ pieces: iov_iter) async throws(Errno) -> Int64 {
  var pieces = pieces
  if case .none = file.writeGranularity { return Int64(pieces.count) }
  var done = 0
  let chunk = Int(min(pieces.count, 1 << 16))
  guard chunk > 0 else { return 0 }
  let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: chunk, alignment: 16)
  defer { buffer.deallocate() }
  while pieces.count > 0 {
    let want = Int(min(UInt64(chunk), pieces.count))
    var good = await pieces.copy_from(
      task,
      UnsafeMutableRawBufferPointer(rebasing: buffer[..<want])
    )
    if good < want, case .block(let size) = file.writeGranularity { good -= good % size }
    guard good > 0 else {
      if done == 0 { throw .EFAULT }
      break
    }
    let written = try write_all(task, file, UnsafeRawBufferPointer(rebasing: buffer[..<good]), done)
    done += written
    if written < want { break }
  }
  return Int64(done)
}

/// Hands a buffer to a file, in as many pieces as the file likes.
///
/// After `before` bytes of the same call, an error is not reported: the call was a short write.
private func write_all(
  _ task: Task,
  _ file: File,
  _ buffer: UnsafeRawBufferPointer,
  _ before: Int
) throws(Errno) -> Int {
  var written = 0
  while written < buffer.count {
    do {
      let count = try file.write(UnsafeRawBufferPointer(rebasing: buffer[written...]))
      if count == 0 { break }
      written += count
    } catch {
      if error == .EPIPE { task.kernel.send_signal(task, .SIGPIPE) }
      if before + written == 0 { throw error }
      break
    }
  }
  return written
}
