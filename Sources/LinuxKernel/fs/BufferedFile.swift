import LinuxABI

/// A file that reads and writes kernel buffers; the calls copy between them and the program.
class BufferedFile: File {
  /// Reads at the file's own offset.
  func read(_ buffer: UnsafeMutableRawBufferPointer) throws(Errno) -> Int { throw .EINVAL }

  /// Takes back the last bytes of the last read: they could not be handed over.
  func unread(_ bytes: UnsafeRawBufferPointer) {}

  /// Writes at the file's own offset.
  func write(_ buffer: UnsafeRawBufferPointer) throws(Errno) -> Int { throw .EINVAL }

  /// Waits until a read can go on.
  func wait_readable(_ task: Task) async throws(Errno) {}

  /// What cannot be handed over goes back into the file; a part that could be is a short read.
  override func read_iter(
    _ task: Task,
    _ iter: inout iov_iter,
    at place: Int64?
  ) async throws(Errno) -> Int {
    guard let place else { return try await read_chunks(task, &iter) }
    let before = try llseek(0, 1)
    _ = try llseek(place, 0)
    defer { _ = try? llseek(before, 0) }
    return try await read_chunks(task, &iter)
  }

  private func read_chunks(_ task: Task, _ iter: inout iov_iter) async throws(Errno) -> Int {
    var done = 0
    // A pipe holds at most 1 MiB, so one read takes all that there is.
    let chunk = Int(min(iter.count, fillsBuffers ? 1 << 16 : 1 << 20))
    guard chunk > 0 else { return 0 }
    try await wait_readable(task)
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: chunk, alignment: 16)
    defer { buffer.deallocate() }
    while iter.count > 0 {
      let want = Int(min(UInt64(chunk), iter.count))
      let count: Int
      do {
        count = try read(UnsafeMutableRawBufferPointer(rebasing: buffer[..<want]))
      } catch {
        if done > 0 { break }
        throw error
      }
      let got = UnsafeRawBufferPointer(rebasing: buffer[..<count])
      var copied = await iter.copy_to(task, got)
      if copied < count {
        if case .block = writeGranularity { copied = 0 }
        unread(UnsafeRawBufferPointer(rebasing: got[copied...]))
        if done + copied == 0 { throw .EFAULT }
      }
      done += copied
      if copied < want || !fillsBuffers { break }
    }
    return done
  }

  /// Bytes before a bad one count as written, as finely as the file takes them.
  override func write_iter(
    _ task: Task,
    _ iter: inout iov_iter,
    at place: Int64?
  ) async throws(Errno) -> Int {
    guard let place else { return try await write_chunks(task, &iter) }
    let before = try llseek(0, 1)
    _ = try llseek(place, 0)
    defer { _ = try? llseek(before, 0) }
    return try await write_chunks(task, &iter)
  }

  private func write_chunks(_ task: Task, _ iter: inout iov_iter) async throws(Errno) -> Int {
    if case .none = writeGranularity { return Int(iter.count) }
    var done = 0
    let chunk = Int(min(iter.count, 1 << 16))
    guard chunk > 0 else { return 0 }
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: chunk, alignment: 16)
    defer { buffer.deallocate() }
    while iter.count > 0 {
      let want = Int(min(UInt64(chunk), iter.count))
      var good = await iter.copy_from(
        task,
        UnsafeMutableRawBufferPointer(rebasing: buffer[..<want])
      )
      if good < want, case .block(let size) = writeGranularity { good -= good % size }
      guard good > 0 else {
        if done == 0 { throw .EFAULT }
        break
      }
      let part = UnsafeRawBufferPointer(rebasing: buffer[..<good])
      let written = try write_all(task, part, done)
      done += written
      if written < want { break }
    }
    return done
  }

  /// Hands a buffer to the file, in as many pieces as the file likes.
  ///
  /// After `before` bytes of the same call, an error is not reported: the call was a short write.
  private func write_all(
    _ task: Task,
    _ buffer: UnsafeRawBufferPointer,
    _ before: Int
  ) throws(Errno) -> Int {
    var written = 0
    while written < buffer.count {
      do {
        let count = try write(UnsafeRawBufferPointer(rebasing: buffer[written...]))
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
}
