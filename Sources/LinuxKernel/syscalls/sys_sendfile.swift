import LinuxABI

/// sendfile(2).
///
/// - SeeAlso: Linux `fs/read_write.c` `do_sendfile`.
func sys_sendfile(_ task: Task, _ args: SyscallArguments) async throws(Errno) -> Int64 {
  var place: Int64?
  if args.pointer(2) != 0 { place = try await get_user(task, args.pointer(2), as: Int64.self) }
  let input = try task.files.fget(args.int32(1))
  guard input.isReadable else { throw .EBADF }
  if place != nil, !input.isSeekable { throw .ESPIPE }
  if let place, place < 0 { throw .EINVAL }
  let output = try task.files.fget(args.int32(0))
  guard output.isWritable else { throw .EBADF }
  guard input.mapping != nil || input is HostFile || input is DeviceFile else { throw .EINVAL }
  if output.flags.contains(.O_APPEND) { throw .EINVAL }
  let (done, end) = try await transfer(task, input, place, output, nil, args.uint64(3))
  if args.pointer(2) != 0, let end { try await put_user(task, end, args.pointer(2)) }
  return done
}

/// copy_file_range(2).
///
/// - SeeAlso: Linux `fs/read_write.c` `vfs_copy_file_range`.
func sys_copy_file_range(_ task: Task, _ args: SyscallArguments) async throws(Errno) -> Int64 {
  let input = try task.files.fget(args.int32(0))
  let output = try task.files.fget(args.int32(2))
  var from: Int64?
  var to: Int64?
  if args.pointer(1) != 0 { from = try await get_user(task, args.pointer(1), as: Int64.self) }
  if args.pointer(3) != 0 { to = try await get_user(task, args.pointer(3), as: Int64.self) }
  guard args.uint32(5) == 0 else { throw .EINVAL }
  let inodes = [input.inode, output.inode]
  if inodes.contains(where: { $0?.isDirectory ?? false }) { throw .EISDIR }
  guard let source = input.inode, let target = output.inode, source.isRegular, target.isRegular
  else { throw .EINVAL }
  guard input.isReadable, output.isWritable, !output.flags.contains(.O_APPEND) else {
    throw .EBADF
  }
  guard source.sb === target.sb else { throw .EXDEV }
  let start = (from ?? input.position, to ?? output.position)
  let count = min(args.uint64(4), UInt64(Int64.max))
  guard start.0 >= 0, start.1 >= 0, !start.0.addingReportingOverflow(Int64(count)).overflow,
    !start.1.addingReportingOverflow(Int64(count)).overflow
  else { throw .EOVERFLOW }
  if source === target, start.0 < start.1 &+ Int64(count), start.1 < start.0 &+ Int64(count) {
    throw .EINVAL
  }
  let (done, _) = try await transfer(task, input, from, output, to, count)
  if let from { try await put_user(task, from &+ done, args.pointer(1)) }
  if let to { try await put_user(task, to &+ done, args.pointer(3)) }
  return done
}

/// Moves bytes from file to file without the program.
///
/// - Returns: how many, and where reading at `from` ended.
func transfer(
  _ task: Task,
  _ input: File,
  _ from: Int64?,
  _ output: File,
  _ to: Int64?,
  _ count: UInt64
) async throws(Errno) -> (Int64, Int64?) {
  let limit = Int64(min(count, MAX_RW_COUNT))
  var done: Int64 = 0
  let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 65536, alignment: 16)
  defer { buffer.deallocate() }
  while done < limit {
    let want = Int(min(limit - done, 65536))
    var reading = iov_iter(kernel: UnsafeMutableRawBufferPointer(rebasing: buffer[..<want]))
    let got: Int
    do {
      got = try await input.read_iter(task, &reading, at: from.map { $0 + done })
    } catch {
      if done > 0 { break }
      throw error
    }
    if got == 0 { break }
    var written = 0
    while written < got {
      let part = UnsafeMutableRawBufferPointer(rebasing: buffer[written..<got])
      var writing = iov_iter(kernel: part)
      do {
        let count = try await output.write_iter(task, &writing, at: to.map { $0 + done })
        if count == 0 { break }
        written += count
        done += Int64(count)
      } catch {
        if from == nil, input.isSeekable {
          input.position -= Int64(got - written)
        }
        if done > 0 { return (done, from.map { $0 + done }) }
        throw error
      }
    }
    if written < got || got < want { break }
  }
  return (done, from.map { $0 + done })
}
