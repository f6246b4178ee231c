import LinuxABI

/// Pieces of user memory that a read or a write goes through in order.
///
/// - SeeAlso: Linux `lib/iov_iter.c`.
struct iov_iter {
  private var pieces: [IOVec]
  private var index = 0
  /// The kernel's buffer that is left, when there is one.
  private var buffer: UnsafeMutableRawBufferPointer?
  /// Bytes that are left.
  private(set) var count: UInt64

  /// One piece.
  ///
  /// - Throws: `EFAULT` when a byte of it is outside the user's addresses.
  init(_ address: UInt64, _ length: UInt64) throws(Errno) {
    guard access_ok(address, length) else { throw .EFAULT }
    count = min(length, MAX_RW_COUNT)
    pieces = [IOVec(base: address, length: count)]
  }

  /// A buffer of the kernel in place of user memory: for copies from file to file.
  ///
  /// The buffer must outlive the copy.
  init(kernel buffer: UnsafeMutableRawBufferPointer) {
    self.buffer = buffer
    count = UInt64(buffer.count)
    pieces = []
  }

  /// The pieces that a program lists.
  ///
  /// - Throws: `EINVAL` for too many pieces or a negative length, `EFAULT` for a list that cannot be
  ///   read or a piece outside the user's addresses.
  /// - SeeAlso: Linux `lib/iov_iter.c` `__import_iovec`.
  init(import list: UInt64, count segments: UInt64, _ task: Task) async throws(Errno) {
    guard segments <= UInt64(IOVec.UIO_MAXIOV) else { throw .EINVAL }
    pieces = []
    count = 0
    guard segments > 0 else { return }
    let bytes = try await copy_bytes_from_user(task, list, count: Int(segments) * IOVec.size)
    pieces = bytes.withUnsafeBytes { raw in
      stride(from: 0, to: raw.count, by: IOVec.size).map {
        IOVec(decoding: UnsafeRawBufferPointer(rebasing: raw[$0..<($0 + IOVec.size)]))
      }
    }
    for index in pieces.indices {
      guard Int64(bitPattern: pieces[index].length) >= 0 else { throw .EINVAL }
      guard access_ok(pieces[index].base, pieces[index].length) else { throw .EFAULT }
      pieces[index].length = min(pieces[index].length, MAX_RW_COUNT - count)
      count += pieces[index].length
    }
  }

  /// Fills a buffer from user memory.
  ///
  /// - Returns: how many bytes were copied before the first bad one.
  mutating func copy_from(_ task: Task, _ buffer: UnsafeMutableRawBufferPointer) async -> Int {
    if let own = take(buffer.count) {
      buffer.copyMemory(from: UnsafeRawBufferPointer(own))
      return own.count
    }
    var done = 0
    while done < buffer.count, let (address, length) = next(buffer.count - done) {
      let part = UnsafeMutableRawBufferPointer(rebasing: buffer[done..<(done + length)])
      let copied = length - (await copy_from_user(task, part, address))
      advance(copied)
      done += copied
      if copied < length { break }
    }
    return done
  }

  /// Writes a buffer to user memory.
  ///
  /// - Returns: how many bytes were copied before the first bad one.
  mutating func copy_to(_ task: Task, _ buffer: UnsafeRawBufferPointer) async -> Int {
    if let own = take(buffer.count) {
      own.copyMemory(from: UnsafeRawBufferPointer(rebasing: buffer[..<own.count]))
      return own.count
    }
    var done = 0
    while done < buffer.count, let (address, length) = next(buffer.count - done) {
      let part = UnsafeRawBufferPointer(rebasing: buffer[done..<(done + length)])
      let copied = length - (await copy_to_user(task, address, part))
      advance(copied)
      done += copied
      if copied < length { break }
    }
    return done
  }

  /// Reads at most `limit` bytes of user memory.
  mutating func bytes(_ task: Task, _ limit: Int) async -> [UInt8] {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: limit, alignment: 16)
    defer { buffer.deallocate() }
    let copied = await copy_from(task, buffer)
    return [UInt8](buffer.prefix(copied))
  }

  /// Writes bytes to user memory.
  ///
  /// - Returns: how many were copied before the first bad one.
  mutating func put(_ task: Task, _ bytes: [UInt8]) async -> Int {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 16)
    defer { buffer.deallocate() }
    buffer.copyBytes(from: bytes)
    return await copy_to(task, UnsafeRawBufferPointer(buffer))
  }

  /// The next bytes of the kernel's buffer.
  private mutating func take(_ limit: Int) -> UnsafeMutableRawBufferPointer? {
    guard let own = buffer else { return nil }
    let count = min(limit, own.count)
    buffer = UnsafeMutableRawBufferPointer(rebasing: own[count...])
    self.count -= UInt64(count)
    return UnsafeMutableRawBufferPointer(rebasing: own[..<count])
  }

  /// The next contiguous run of at most `limit` bytes.
  private mutating func next(_ limit: Int) -> (address: UInt64, length: Int)? {
    while index < pieces.count && pieces[index].length == 0 { index += 1 }
    guard index < pieces.count else { return nil }
    return (pieces[index].base, Int(min(pieces[index].length, UInt64(limit))))
  }

  private mutating func advance(_ length: Int) {
    pieces[index].base &+= UInt64(length)
    pieces[index].length -= UInt64(length)
    count -= UInt64(length)
  }
}

/// The most bytes that one call reads or writes: `INT_MAX`, cut to whole pages.
///
/// - SeeAlso: Linux `include/linux/fs.h` `MAX_RW_COUNT`.
let MAX_RW_COUNT: UInt64 = 0x7fff_f000
