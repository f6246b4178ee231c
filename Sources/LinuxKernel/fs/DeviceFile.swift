import LinuxABI

/// A character device of `/dev` that needs no hardware.
enum Device: UInt32, CaseIterable {
  // The minor numbers of major 1, the memory devices.
  case null = 3
  case zero = 5
  case full = 7
  case random = 8
  case urandom = 9

  /// The name in `/dev`.
  var name: StaticString {
    switch self {
    case .null: "null"
    case .zero: "zero"
    case .full: "full"
    case .random: "random"
    case .urandom: "urandom"
    }
  }

  /// What `stat` reports.
  var status: Stat {
    var status = Stat()
    status.device = Device.devtmpfs
    status.inode = UInt64(rawValue)
    status.mode = Stat.S_IFCHR | 0o666
    status.specialDevice = 1 << 8 | UInt64(rawValue)
    return status
  }

  /// The device number of the file system that `/dev` is.
  static let devtmpfs: UInt64 = 5
}

/// An open memory device.
///
/// - SeeAlso: Linux `drivers/char/mem.c`.
final class DeviceFile: File {
  private let device: Device
  private let kernel: Kernel

  init(_ device: Device, _ kernel: Kernel, flags: OpenFlags) {
    self.device = device
    self.kernel = kernel
    super.init(flags: flags)
  }

  override var fillsBuffers: Bool { true }

  override var writeGranularity: CopyGranularity { device == .null ? .none : .byte }

  override func read(_ buffer: UnsafeMutableRawBufferPointer) throws(Errno) -> Int {
    switch device {
    case .null:
      return 0
    case .zero, .full:
      buffer.zero(0..<buffer.count)
    case .random, .urandom:
      kernel.host.entropy(buffer)
    }
    return buffer.count
  }

  override func write(_ buffer: UnsafeRawBufferPointer) throws(Errno) -> Int {
    if device == .full { throw .ENOSPC }
    return buffer.count
  }

  override var isSeekable: Bool { true }

  override func llseek(_ offset: Int64, _ whence: Int32) throws(Errno) -> Int64 {
    // `null_lseek` always goes to the start; the random devices have no use for an offset either.
    0
  }

  override func status() throws(Errno) -> Stat { device.status }
}
