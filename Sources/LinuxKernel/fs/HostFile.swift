import LinuxABI

/// Standard input, output or error: one of the host's descriptors.
final class HostFile: BufferedFile {
  // SAFETY: the kernel outlives its files.
  private unowned(unsafe) let kernel: Kernel
  private var host: any HostPort { kernel.host }
  private let descriptor: Int32
  /// The type bits of the mode.
  private let type: UInt32
  /// Bytes that were read from something without an offset and could not be handed over.
  private var pending: [UInt8] = []

  /// Wraps a descriptor, or fails when it is not open.
  init?(_ kernel: Kernel, descriptor: Int32, flags: OpenFlags? = nil, path: Path? = nil) {
    let host = kernel.host
    guard let status = try? host.status(descriptor), let own = try? host.openFlags(descriptor)
    else { return nil }
    self.kernel = kernel
    self.descriptor = descriptor
    type = status.mode & Stat.S_IFMT
    super.init(flags: flags ?? own, path: path)
  }

  /// Asks the host, and waits at its queue.
  override func poll(_ table: PollTable?) -> PollEvents {
    table?.poll_wait(kernel.hostWaiters.queue(descriptor))
    let events = kernel.host.poll([(descriptor, 0x2007)], timeout: 0)[0]
    var answer = PollEvents(rawValue: UInt32(UInt16(bitPattern: events)))
    if answer.contains(.POLLIN) { answer.insert(.POLLRDNORM) }
    if answer.contains(.POLLOUT) { answer.insert(.POLLWRNORM) }
    if !pending.isEmpty { answer.formUnion(.readable) }
    return answer
  }

  /// Waits for input in a way that lets other tasks run; with nobody else there, the host waits.
  override func wait_readable(_ task: Task) async throws(Errno) {
    if isSeekable || !pending.isEmpty { return }
    if isNonblocking {
      if poll(nil).isDisjoint(with: [.POLLIN, .POLLHUP, .POLLERR]) { throw .EAGAIN }
      return
    }
    while !kernel.isAlone, poll(nil).isDisjoint(with: [.POLLIN, .POLLHUP, .POLLERR]) {
      if task.signal_pending { throw .ERESTARTSYS }
      await kernel.hostWaiters.queue(descriptor).sleep(task, .readable, "host input")
    }
  }

  /// A place that leads to this descriptor, for the links of `/proc/PID/fd`.
  func place(_ kernel: Kernel) -> Path {
    let mount = kernel.vfs.anon_inodefs
    return Path(mnt: mount, dentry: Dentry(root: HostDescriptorInode(mount.sb, descriptor, type)))
  }

  override var name: [UInt8] {
    switch type {
    case Stat.S_IFIFO: Array("pipe:[\(descriptor + 1)]".utf8)
    case Stat.S_IFSOCK: Array("socket:[\(descriptor + 1)]".utf8)
    case Stat.S_IFCHR: Array("/dev/console".utf8)
    default: Array("/dev/fd\(descriptor)".utf8)
    }
  }

  override var isSeekable: Bool { type == Stat.S_IFREG || type == Stat.S_IFBLK }

  override var fillsBuffers: Bool { isSeekable }

  /// A pipe takes whole pages, a terminal takes the whole of what it is given.
  ///
  /// - SeeAlso: Linux `fs/pipe.c` `pipe_write`, `drivers/tty/tty_io.c` `do_tty_write`.
  override var writeGranularity: CopyGranularity {
    switch type {
    case Stat.S_IFIFO: .block(4096)
    case Stat.S_IFCHR: .block(2048)
    default: .byte
    }
  }

  override func read(_ buffer: UnsafeMutableRawBufferPointer) throws(Errno) -> Int {
    guard pending.isEmpty else {
      let count = min(pending.count, buffer.count)
      buffer.copyBytes(from: pending.prefix(count))
      pending.removeFirst(count)
      return count
    }
    return try host.read(descriptor, buffer)
  }

  override func unread(_ bytes: UnsafeRawBufferPointer) {
    if isSeekable {
      _ = try? host.seek(descriptor, -Int64(bytes.count), 1)
    } else {
      pending.insert(contentsOf: bytes, at: 0)
    }
  }

  override func write(_ buffer: UnsafeRawBufferPointer) throws(Errno) -> Int {
    try host.write(descriptor, buffer)
  }

  override func llseek(_ offset: Int64, _ whence: Int32) throws(Errno) -> Int64 {
    try host.seek(descriptor, offset, whence)
  }

  override func status(_ task: Task) throws(Errno) -> Stat { try host.status(descriptor) }

  override func terminalSettings() throws(Errno) -> KernelTermios {
    try host.terminalSettings(descriptor)
  }

  override func setTerminalSettings(
    _ settings: KernelTermios,
    _ request: IoctlRequest
  ) throws(Errno) {
    try host.setTerminalSettings(descriptor, settings, request)
  }

  override func windowSize() throws(Errno) -> WinSize { try host.windowSize(descriptor) }

  override func bytesAvailable() throws(Errno) -> Int32 {
    if !pending.isEmpty { return Int32(truncatingIfNeeded: pending.count) }
    return try host.bytesAvailable(descriptor)
  }
}

/// One of the host's descriptors as a file that can be opened again.
final class HostDescriptorInode: Inode {
  private let descriptor: Int32

  init(_ sb: SuperBlock, _ descriptor: Int32, _ type: UInt32) {
    self.descriptor = descriptor
    super.init(sb, mode: type | 0o600)
  }

  override func getattr(_ task: Task) throws(Errno) -> Stat {
    try sb.kernel.host.status(descriptor)
  }

  override func open(_ task: Task, _ path: Path, _ flags: OpenFlags) async throws(Errno) -> File {
    guard let file = HostFile(sb.kernel, descriptor: descriptor) else { throw .ENXIO }
    // What the host gave for reading cannot be written, and the other way round.
    let own = file.flags.rawValue & OpenFlags.O_ACCMODE
    let wanted = flags.rawValue & OpenFlags.O_ACCMODE
    guard own == OpenFlags.O_RDWR.rawValue || own == wanted else { throw .EACCES }
    return file
  }

  override func truncate(_ length: Int64) throws(Errno) {}
}
