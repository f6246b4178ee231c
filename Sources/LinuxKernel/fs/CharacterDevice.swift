import LinuxABI

/// A character device that needs no hardware: the memory devices of major 1.
enum CharacterDevice: UInt64, CaseIterable {
  case null = 0x103
  case zero = 0x105
  case full = 0x107
  case random = 0x108
  case urandom = 0x109
  case kmsg = 0x10b
  /// The controlling terminal.
  case tty = 0x500
  case console = 0x501

  /// Device numbers by name in `/dev`.
  static let nodes: [(name: String, rdev: UInt64)] = allCases.map { ("\($0)", $0.rawValue) }
}

extension Inode {
  /// Opens a device or a FIFO: what is behind such a file does not depend on the file system.
  ///
  /// - SeeAlso: Linux `fs/inode.c` `init_special_inode`.
  final func open_special(
    _ task: Task,
    _ path: Path,
    _ flags: OpenFlags
  ) async throws(Errno) -> File {
    switch type {
    case Stat.S_IFCHR:
      switch CharacterDevice(rawValue: rdev) {
      case .tty, .console: return try TerminalFile.open(task, path, flags)
      case let device?: return DeviceFile(device, task.kernel, path: path, flags: flags)
      case nil: throw .ENXIO
      }
    case Stat.S_IFIFO: return try await fifo_open(task, path, flags)
    case Stat.S_IFLNK: throw .ELOOP
    default: throw .ENXIO
    }
  }
}

/// An open memory device.
///
/// - SeeAlso: Linux `drivers/char/mem.c`.
final class DeviceFile: BufferedFile {
  private let device: CharacterDevice
  private let kernel: Kernel

  init(_ device: CharacterDevice, _ kernel: Kernel, path: Path? = nil, flags: OpenFlags) {
    self.device = device
    self.kernel = kernel
    super.init(flags: flags, path: path)
  }

  override var fillsBuffers: Bool { true }

  override var writeGranularity: CopyGranularity { device == .null ? .none : .byte }

  override func read(_ buffer: UnsafeMutableRawBufferPointer) throws(Errno) -> Int {
    switch device {
    case .zero, .full: buffer.zero(0..<buffer.count)
    case .random, .urandom: kernel.host.entropy(buffer)
    case .kmsg: throw .EAGAIN
    default: return 0
    }
    return buffer.count
  }

  override func write(_ buffer: UnsafeRawBufferPointer) throws(Errno) -> Int {
    if device == .full { throw .ENOSPC }
    if device == .kmsg {
      kernel.printk(.info, String(decoding: buffer.prefix { $0 != 10 }, as: UTF8.self))
    }
    return buffer.count
  }

  override var isSeekable: Bool { true }

  override func llseek(_ offset: Int64, _ whence: Int32) throws(Errno) -> Int64 {
    // `null_lseek` always goes to the start; the random devices have no use for an offset either.
    0
  }

  /// Fresh zeros, which `MAP_SHARED` shares with nobody but relatives.
  override var mapping: PageCache? {
    device == .zero ? PageCache(frames: kernel.frames, anonymousSize: UInt64.max >> 12) : nil
  }
}

/// `/dev/tty`: whichever of the host's three descriptors is a terminal.
enum TerminalFile {
  static func open(_ task: Task, _ path: Path, _ flags: OpenFlags) throws(Errno) -> File {
    for descriptor in Int32(0)...2 {
      let file = HostFile(task.kernel, descriptor: descriptor, flags: flags, path: path)
      if let file, (try? file.terminalSettings()) != nil { return file }
    }
    throw .ENXIO
  }
}
