import LinuxABI

/// A pipe: pages with bytes in them, first in first out.
///
/// - SeeAlso: Linux `fs/pipe.c` `struct pipe_inode_info`.
final class Pipe {
  /// Pages that are in use; a page is given up when its last byte is read.
  private(set) var buffers: [PipeBuffer] = []
  /// How many pages it may have.
  var capacity = 16
  var readers = 0, writers = 0
  /// How often it was opened for reading and for writing: who opens a FIFO waits for a change.
  var readerOpens = 0, writerOpens = 0
  /// Who waits for bytes, and for room.
  let queue = PollQueue()

  /// One page.
  struct PipeBuffer {
    var bytes: [UInt8]
    var start = 0
    /// Later writes may go on here.
    var canMerge = true
    var count: Int { bytes.count - start }
  }

  static let PAGE_SIZE = 4096
  /// Writes up to this size are not mixed with others.
  static let PIPE_BUF = 4096

  var isEmpty: Bool { buffers.isEmpty }
  var isFull: Bool { buffers.count >= capacity }
  /// Bytes that wait.
  var count: Int { buffers.reduce(0) { $0 + $1.count } }

  /// The oldest bytes, at most `limit` and from one page.
  func peek(_ limit: Int, buffer index: Int = 0) -> ArraySlice<UInt8> {
    guard index < buffers.count else { return [] }
    let buffer = buffers[index]
    return buffer.bytes[buffer.start...].prefix(limit)
  }

  /// Takes the oldest bytes of the first page away.
  func consume(_ count: Int) {
    guard !buffers.isEmpty else { return }
    buffers[0].start += count
    if buffers[0].count <= 0 { buffers.removeFirst() }
  }

  /// Room behind the newest bytes in their page.
  var mergeRoom: Int {
    guard let last = buffers.last, last.canMerge else { return 0 }
    return Self.PAGE_SIZE - last.bytes.count
  }

  /// Adds bytes to the newest page.
  func merge(_ bytes: some Collection<UInt8>) {
    buffers[buffers.count - 1].bytes += bytes
  }

  /// Adds a page.
  func append(_ bytes: [UInt8], canMerge: Bool = true) {
    buffers.append(PipeBuffer(bytes: bytes, canMerge: canMerge))
  }

  /// - SeeAlso: Linux `fs/pipe.c` `pipe_set_size`.
  func resize(_ pages: Int) throws(Errno) {
    guard pages >= buffers.count else { throw .EBUSY }
    capacity = pages
    queue.wake_up(.writable)
  }
}

/// One end of a pipe, or a FIFO.
///
/// - SeeAlso: Linux `fs/pipe.c`.
final class PipeFile: File {
  let pipe: Pipe

  init(_ pipe: Pipe, path: Path, flags: OpenFlags) {
    self.pipe = pipe
    super.init(flags: flags, path: path)
    if isReadable {
      pipe.readers += 1
      pipe.readerOpens += 1
    }
    if isWritable {
      pipe.writers += 1
      pipe.writerOpens += 1
    }
  }

  deinit {
    if isReadable { pipe.readers -= 1 }
    if isWritable { pipe.writers -= 1 }
    pipe.queue.wake_up()
  }

  override var name: [UInt8] { Array("pipe:[\(inode?.ino ?? 0)]".utf8) }

  override func bytesAvailable() throws(Errno) -> Int32 { Int32(clamping: pipe.count) }

  /// - SeeAlso: Linux `fs/pipe.c` `pipe_poll`.
  override func poll(_ table: PollTable?) -> PollEvents {
    table?.poll_wait(pipe.queue)
    var events: PollEvents = []
    if isReadable {
      if !pipe.isEmpty { events.formUnion(.readable) }
      if pipe.writers == 0, pipe.writerOpens != openedAt { events.insert(.POLLHUP) }
    }
    if isWritable {
      if !pipe.isFull { events.formUnion(.writable) }
      // Most readers are pollers, so a pipe without one is an error.
      if pipe.readers == 0 { events.insert(.POLLERR) }
    }
    return events
  }

  /// A FIFO that was opened before any writer came has not been hung up.
  var openedAt = -1

  /// - SeeAlso: Linux `fs/pipe.c` `pipe_read`.
  override func read_iter(
    _ task: Task,
    _ iter: inout iov_iter,
    at place: Int64?
  ) async throws(Errno) -> Int {
    guard iter.count > 0 else { return 0 }
    var done = 0
    while true {
      let wasFull = pipe.isFull
      while iter.count > 0, !pipe.isEmpty {
        let bytes = Array(pipe.peek(Int(clamping: iter.count)))
        let before = iter
        let copied = await iter.put(task, bytes)
        if copied < bytes.count {
          // Whole pages or nothing: what was copied in part stays in the pipe.
          iter = before
          if done == 0 { throw .EFAULT }
          return finish(done, wasFull)
        }
        let isPacket = !(pipe.buffers.first?.canMerge ?? true)
        // What is not read of a packet is lost.
        pipe.consume(isPacket ? pipe.buffers.first?.count ?? 0 : copied)
        done += copied
        if isPacket { return finish(done, wasFull) }
      }
      if done > 0 { return finish(done, wasFull) }
      if pipe.writers == 0 { return 0 }
      if isNonblocking { throw .EAGAIN }
      if task.signal_pending { throw .ERESTARTSYS }
      await pipe.queue.sleep(task, .readable, "pipe read")
    }
  }

  private func finish(_ done: Int, _ wasFull: Bool) -> Int {
    if wasFull, !pipe.isFull { pipe.queue.wake_up(.writable) }
    inode?.touch_atime(path)
    return done
  }

  /// - SeeAlso: Linux `fs/pipe.c` `pipe_write`.
  override func write_iter(
    _ task: Task,
    _ iter: inout iov_iter,
    at place: Int64?
  ) async throws(Errno) -> Int {
    guard iter.count > 0 else { return 0 }
    try checkReaders(task)
    var done = 0
    let total = Int(clamping: iter.count)
    // The odd bytes go to the last page, if they fit there.
    let odd = total & (Pipe.PAGE_SIZE - 1)
    if odd > 0, odd <= pipe.mergeRoom {
      let bytes = await iter.bytes(task, odd)
      if bytes.count < odd { throw .EFAULT }
      // The copy may have slept: there may be no such page any more.
      if odd <= pipe.mergeRoom {
        pipe.merge(bytes)
      } else {
        pipe.append(bytes)
      }
      done = odd
      pipe.queue.wake_up(.readable)
    }
    while iter.count > 0 {
      if pipe.readers == 0 {
        task.kernel.send_signal(task, .SIGPIPE)
        if done == 0 { throw .EPIPE }
        break
      }
      if !pipe.isFull {
        let count = Int(min(iter.count, UInt64(Pipe.PAGE_SIZE)))
        let bytes = await iter.bytes(task, count)
        if bytes.count < count {
          if done == 0 { throw .EFAULT }
          break
        }
        let wasEmpty = pipe.isEmpty
        pipe.append(bytes, canMerge: !flags.contains(.O_DIRECT))
        done += count
        if wasEmpty { pipe.queue.wake_up(.readable) }
        continue
      }
      if isNonblocking {
        if done == 0 { throw .EAGAIN }
        break
      }
      if task.signal_pending {
        if done == 0 { throw .ERESTARTSYS }
        break
      }
      pipe.queue.wake_up(.readable)
      await pipe.queue.sleep(task, .writable, "pipe write")
    }
    pipe.queue.wake_up(.readable)
    if let inode { (inode.mtime, inode.ctime) = (inode.now, inode.now) }
    return done
  }

  private func checkReaders(_ task: Task) throws(Errno) {
    guard pipe.readers == 0 else { return }
    task.kernel.send_signal(task, .SIGPIPE)
    throw .EPIPE
  }
}

extension Inode {
  /// Opens a FIFO: waits for the other side, as its flags say.
  ///
  /// - SeeAlso: Linux `fs/pipe.c` `fifo_open`.
  final func fifo_open(
    _ task: Task,
    _ path: Path,
    _ flags: OpenFlags
  ) async throws(Errno) -> File {
    let pipe = self.pipe ?? Pipe()
    self.pipe = pipe
    let accessMode = flags.rawValue & OpenFlags.O_ACCMODE
    if accessMode == OpenFlags.O_WRONLY.rawValue, flags.contains(.O_NONBLOCK), pipe.readers == 0 {
      throw .ENXIO
    }
    let writersBefore = pipe.writerOpens
    let readersBefore = pipe.readerOpens
    let file = PipeFile(pipe, path: path, flags: flags)
    pipe.queue.wake_up()
    switch accessMode {
    case 0:
      if pipe.writers == 0 {
        if flags.contains(.O_NONBLOCK) {
          file.openedAt = pipe.writerOpens
        } else {
          while pipe.writerOpens == writersBefore {
            if task.signal_pending { throw .ERESTARTSYS }
            await pipe.queue.sleep(task, .all, "fifo open for reading")
          }
        }
      }
    case OpenFlags.O_WRONLY.rawValue:
      if pipe.readers == 0 {
        while pipe.readerOpens == readersBefore {
          if task.signal_pending { throw .ERESTARTSYS }
          await pipe.queue.sleep(task, .all, "fifo open for writing")
        }
      }
    default: break
    }
    return file
  }
}
