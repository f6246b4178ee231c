import LinuxABI

/// Standard input, output or error: one of the host's descriptors.
final class HostFile: File {
  private let host: any HostPort
  private let descriptor: Int32
  /// The type bits of the mode.
  private let type: UInt32
  /// Bytes that were read from something without an offset and could not be handed over.
  private var pending: [UInt8] = []

  /// Wraps a descriptor, or fails when it is not open.
  init?(_ host: any HostPort, descriptor: Int32) {
    guard let status = try? host.status(descriptor), let flags = try? host.openFlags(descriptor)
    else { return nil }
    self.host = host
    self.descriptor = descriptor
    type = status.mode & Stat.S_IFMT
    super.init(flags: flags)
  }

  override var hostDescriptor: Int32? { descriptor }

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

  override func status() throws(Errno) -> Stat { try host.status(descriptor) }

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
