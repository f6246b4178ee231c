#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif
import LinuxABI
import LinuxKernel

/// The host that runs the emulator: every call that leaves the machine is in this file.
///
/// Owns the clock's origin and nothing else. The guest reaches three descriptors, the clock and
/// random bytes; it cannot name anything.
public final class SystemHost: HostPort {
  /// How time passes in the machine.
  public enum Clock: Sendable {
    /// One nanosecond for each instruction, from a fixed date on.
    case virtual
    /// As on the host.
    case host
  }

  private let clock: Clock
  private let start: Int64
  /// State of the generator that a deterministic machine draws from, or nothing for the host's.
  private var seed: UInt64?

  /// Midnight of the first of January 2024, UTC: the date of a machine whose time is virtual.
  public static let virtualEpoch: Int64 = 1_704_067_200_000_000_000

  /// Nanoseconds since the epoch at power-on.
  public let bootTime: Int64

  /// Makes a port.
  ///
  /// - Parameters:
  ///   - clock: how time passes.
  ///   - seed: makes random bytes repeatable; without it they come from the host.
  public init(clock: Clock = .host, seed: UInt64? = nil) {
    self.clock = clock
    self.seed = seed
    start = Self.now(CLOCK_MONOTONIC)
    bootTime = clock == .virtual ? Self.virtualEpoch : Self.now(CLOCK_REALTIME)
    // A write to a pipe without a reader is the guest's business: it gets EPIPE and SIGPIPE.
    signal(SIGPIPE, SIG_IGN)
  }

  private static func now(_ clock: clockid_t) -> Int64 {
    var time = timespec()
    clock_gettime(clock, &time)
    return Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec)
  }

  /// The host's time since power-on, when it is the machine's.
  public func elapsedTime() -> Int64? {
    clock == .virtual ? nil : Self.now(CLOCK_MONOTONIC) &- start
  }

  /// Sleeps on the host's clock.
  public func sleep(until deadline: Int64) {
    guard clock == .host else { return }
    while true {
      let left = deadline &- (Self.now(CLOCK_MONOTONIC) &- start)
      if left <= 0 { return }
      var time = timespec(
        tv_sec: Int(left / 1_000_000_000),
        tv_nsec: Int(left % 1_000_000_000)
      )
      nanosleep(&time, nil)
    }
  }

  /// Random bytes of the seed (SplitMix64), or of the host.
  public func entropy(_ buffer: UnsafeMutableRawBufferPointer) {
    var system = SystemRandomNumberGenerator()
    var word: UInt64 = 0
    for index in buffer.indices {
      if index & 7 == 0 { word = seed == nil ? system.next() : nextOfSeed() }
      buffer[index] = UInt8(truncatingIfNeeded: word)
      word >>= 8
    }
  }

  private func nextOfSeed() -> UInt64 {
    let state = (seed ?? 0) &+ 0x9e37_79b9_7f4a_7c15
    seed = state
    var word = (state ^ (state >> 30)) &* 0xbf58_476d_1ce4_e5b9
    word = (word ^ (word >> 27)) &* 0x94d0_49bb_1331_11eb
    return word ^ (word >> 31)
  }

  /// Reads; a signal of ours does not end the wait.
  public func read(
    _ descriptor: Int32,
    _ buffer: UnsafeMutableRawBufferPointer
  ) throws(LinuxABI.Errno) -> Int {
    try Self.repeating {
      #if canImport(Glibc)
      Glibc.read(descriptor, buffer.baseAddress, buffer.count)
      #elseif canImport(Musl)
      Musl.read(descriptor, buffer.baseAddress, buffer.count)
      #else
      Darwin.read(descriptor, buffer.baseAddress, buffer.count)
      #endif
    }
  }

  /// Writes; a signal of ours does not end the wait.
  public func write(
    _ descriptor: Int32,
    _ buffer: UnsafeRawBufferPointer
  ) throws(LinuxABI.Errno) -> Int {
    try Self.repeating {
      #if canImport(Glibc)
      Glibc.write(descriptor, buffer.baseAddress, buffer.count)
      #elseif canImport(Musl)
      Musl.write(descriptor, buffer.baseAddress, buffer.count)
      #else
      Darwin.write(descriptor, buffer.baseAddress, buffer.count)
      #endif
    }
  }

  /// Moves the offset.
  public func seek(
    _ descriptor: Int32,
    _ offset: Int64,
    _ whence: Int32
  ) throws(LinuxABI.Errno) -> Int64 {
    Int64(try Self.repeating { Int(lseek(descriptor, off_t(offset), whence)) })
  }

  /// Asks the host and renames the fields.
  public func status(_ descriptor: Int32) throws(LinuxABI.Errno) -> Stat {
    var host = stat()
    _ = try Self.repeating { Int(fstat(descriptor, &host)) }
    var status = Stat()
    status.device = UInt64(truncatingIfNeeded: host.st_dev)
    status.inode = UInt64(host.st_ino)
    status.links = UInt64(host.st_nlink)
    status.mode = UInt32(host.st_mode)
    status.user = host.st_uid
    status.group = host.st_gid
    status.specialDevice = UInt64(truncatingIfNeeded: host.st_rdev)
    status.length = Int64(host.st_size)
    status.blockSize = Int64(host.st_blksize)
    status.blocks = Int64(host.st_blocks)
    func time(_ value: timespec) -> Timespec {
      Timespec(seconds: Int64(value.tv_sec), nanoseconds: Int64(value.tv_nsec))
    }
    #if canImport(Darwin)
    status.accessTime = time(host.st_atimespec)
    status.modificationTime = time(host.st_mtimespec)
    status.changeTime = time(host.st_ctimespec)
    #else
    status.accessTime = time(host.st_atim)
    status.modificationTime = time(host.st_mtim)
    status.changeTime = time(host.st_ctim)
    #endif
    return status
  }

  /// The access mode, and whether writes append and calls wait.
  public func openFlags(_ descriptor: Int32) throws(LinuxABI.Errno) -> OpenFlags {
    let host = Int32(try Self.repeating { Int(fcntl(descriptor, F_GETFL)) })
    #if os(Linux) && arch(x86_64)
    return OpenFlags(rawValue: UInt32(bitPattern: host))
    #else
    var flags = OpenFlags(rawValue: UInt32(host & O_ACCMODE))
    if host & O_APPEND != 0 { flags.insert(.O_APPEND) }
    if host & O_NONBLOCK != 0 { flags.insert(.O_NONBLOCK) }
    return flags
    #endif
  }

  /// Waits for events.
  public func poll(
    _ requests: [(descriptor: Int32, events: Int16)],
    timeout: Int32
  ) -> [Int16] {
    var sets = requests.map { pollfd(fd: $0.descriptor, events: $0.events, revents: 0) }
    #if canImport(Glibc)
    _ = Glibc.poll(&sets, nfds_t(sets.count), timeout)
    #elseif canImport(Musl)
    _ = Musl.poll(&sets, nfds_t(sets.count), timeout)
    #else
    _ = Darwin.poll(&sets, nfds_t(sets.count), timeout)
    #endif
    return sets.map(\.revents)
  }

  /// How many bytes wait.
  public func bytesAvailable(_ descriptor: Int32) throws(LinuxABI.Errno) -> Int32 {
    var count: Int32 = 0
    _ = try Self.repeating { Int(ioctl(descriptor, UInt(FIONREAD), &count)) }
    return count
  }

  /// The size in characters and pixels.
  public func windowSize(_ descriptor: Int32) throws(LinuxABI.Errno) -> WinSize {
    var host = winsize()
    _ = try Self.repeating { Int(ioctl(descriptor, UInt(TIOCGWINSZ), &host)) }
    var size = WinSize(rows: host.ws_row, columns: host.ws_col)
    size.widthInPixels = host.ws_xpixel
    size.heightInPixels = host.ws_ypixel
    return size
  }

  /// One line on our standard error.
  public func diagnose(_ line: String) {
    var text = line + "\n"
    text.withUTF8 { bytes in
      var rest = UnsafeRawBufferPointer(bytes)
      while !rest.isEmpty, let count = try? write(2, rest), count > 0 {
        rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(count))
      }
    }
  }

  /// Makes a host call until it is not interrupted; -1 becomes the guest's error.
  private static func repeating(_ call: () -> Int) throws(LinuxABI.Errno) -> Int {
    while true {
      let result = call()
      if result >= 0 { return result }
      if errno != EINTR { throw guestError(errno) }
    }
  }
}

#if os(Linux)
extension SystemHost {
  /// Linux on every architecture that Swift has shares these numbers with x86-64.
  private static func guestError(_ number: Int32) -> LinuxABI.Errno {
    LinuxABI.Errno(rawValue: number)
  }

  // The kernel's structure: the C library's is larger, and TCGETS writes the kernel's.

  /// The settings of a terminal.
  public func terminalSettings(_ descriptor: Int32) throws(LinuxABI.Errno) -> KernelTermios {
    var bytes = [UInt8](repeating: 0, count: 64)
    _ = try Self.repeating { Int(ioctl(descriptor, UInt(TCGETS), &bytes)) }
    return KernelTermios(bytes: bytes) ?? KernelTermios()
  }

  /// Changes the settings of a terminal.
  public func setTerminalSettings(
    _ descriptor: Int32,
    _ settings: KernelTermios,
    _ request: IoctlRequest
  ) throws(LinuxABI.Errno) {
    var bytes = settings.bytes + [UInt8](repeating: 0, count: 28)
    _ = try Self.repeating { Int(ioctl(descriptor, UInt(request.rawValue), &bytes)) }
  }
}
#else
extension SystemHost {
  /// The errors that reading and writing give, by name: numbers differ above 34.
  private static func guestError(_ number: Int32) -> LinuxABI.Errno {
    switch number {
    case EAGAIN: .EAGAIN
    case ENOTTY: .ENOTTY
    case ESPIPE: .ESPIPE
    case 1...34: LinuxABI.Errno(rawValue: number)
    default: .EIO
    }
  }

  /// A terminal of this host looks like a new one: its settings have another layout.
  public func terminalSettings(_ descriptor: Int32) throws(LinuxABI.Errno) -> KernelTermios {
    if isatty(descriptor) == 0 { throw .ENOTTY }
    return KernelTermios()
  }

  /// Refused: the settings of this host have another layout.
  public func setTerminalSettings(
    _ descriptor: Int32,
    _ settings: KernelTermios,
    _ request: IoctlRequest
  ) throws(LinuxABI.Errno) {
    if isatty(descriptor) == 0 { throw .ENOTTY }
  }
}
#endif
