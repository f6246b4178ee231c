import LinuxABI

/// eventfd(2).
func sys_eventfd(_ task: Task, _ args: SyscallArguments) throws(Errno) -> Int64 {
  try do_eventfd(task, args.uint32(0), 0)
}

/// eventfd2(2).
func sys_eventfd2(_ task: Task, _ args: SyscallArguments) throws(Errno) -> Int64 {
  try do_eventfd(task, args.uint32(0), args.uint32(1))
}

/// - SeeAlso: Linux `fs/eventfd.c` `do_eventfd`.
private func do_eventfd(_ task: Task, _ count: UInt32, _ flags: UInt32) throws(Errno) -> Int64 {
  let semaphore: UInt32 = 1
  let known = semaphore | OpenFlags.O_CLOEXEC.rawValue | OpenFlags.O_NONBLOCK.rawValue
  guard flags & ~known == 0 else { throw .EINVAL }
  let opening = OpenFlags(rawValue: flags)
  let file = EventFile(
    task.kernel,
    count: UInt64(count),
    isSemaphore: flags & semaphore != 0,
    flags: opening.intersection(.O_NONBLOCK).union(.O_RDWR)
  )
  return Int64(
    try task.files.install(
      file,
      below: task.descriptorLimit,
      closeOnExec: opening.contains(.O_CLOEXEC)
    )
  )
}

/// A counter to wait for.
///
/// - SeeAlso: Linux `fs/eventfd.c`.
final class EventFile: File {
  private var count: UInt64
  private let isSemaphore: Bool
  private let queue = PollQueue()

  init(_ kernel: Kernel, count: UInt64, isSemaphore: Bool, flags: OpenFlags) {
    self.count = count
    self.isSemaphore = isSemaphore
    super.init(flags: flags, path: kernel.vfs.anonPath)
  }

  override var name: [UInt8] { Array("anon_inode:[eventfd]".utf8) }

  override var fdinfo: String { "eventfd-count: " + hexPadded(count) + "\n" }

  private func hexPadded(_ value: UInt64) -> String {
    let digits = String(value, radix: 16)
    return String(repeating: " ", count: 16 - digits.count) + digits
  }

  override func poll(_ table: PollTable?) -> PollEvents {
    table?.poll_wait(queue)
    var events: PollEvents = []
    if count > 0 { events.insert(.POLLIN) }
    if count == .max { events.insert(.POLLERR) }
    if count < .max - 1 { events.insert(.POLLOUT) }
    return events
  }

  override func read_iter(
    _ task: Task,
    _ iter: inout iov_iter,
    at place: Int64?
  ) async throws(Errno) -> Int {
    guard iter.count >= 8 else { throw .EINVAL }
    while count == 0 {
      if isNonblocking { throw .EAGAIN }
      if task.signal_pending { throw .ERESTARTSYS }
      await queue.sleep(task, .readable, "eventfd read")
    }
    let value = isSemaphore ? 1 : count
    count -= value
    queue.wake_up(.POLLOUT)
    let bytes = (0..<8).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    if await iter.put(task, bytes) < 8 { throw .EFAULT }
    return 8
  }

  override func write_iter(
    _ task: Task,
    _ iter: inout iov_iter,
    at place: Int64?
  ) async throws(Errno) -> Int {
    guard iter.count >= 8 else { throw .EINVAL }
    let bytes = await iter.bytes(task, 8)
    if bytes.count < 8 { throw .EFAULT }
    let value: UInt64 = bytes.withUnsafeBytes { $0.loadLittleEndian(at: 0) }
    if value == .max { throw .EINVAL }
    while UInt64.max - count <= value {
      if isNonblocking { throw .EAGAIN }
      if task.signal_pending { throw .ERESTARTSYS }
      await queue.sleep(task, .writable, "eventfd write")
    }
    count += value
    queue.wake_up(.POLLIN)
    return 8
  }
}

extension VFS {
  /// The place of files that have none.
  var anonPath: Path { Path(mnt: anon_inodefs, dentry: Dentry(root: anonInode)) }
}
