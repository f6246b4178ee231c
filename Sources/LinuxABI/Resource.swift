/// What `prlimit64` limits.
///
/// - SeeAlso: Linux `include/uapi/asm-generic/resource.h`.
public enum Resource: UInt32, CaseIterable, Sendable {
  // swift-format-ignore
  case RLIMIT_CPU = 0, RLIMIT_FSIZE, RLIMIT_DATA, RLIMIT_STACK, RLIMIT_CORE, RLIMIT_RSS
  // swift-format-ignore
  case RLIMIT_NPROC, RLIMIT_NOFILE, RLIMIT_MEMLOCK, RLIMIT_AS, RLIMIT_LOCKS, RLIMIT_SIGPENDING
  // swift-format-ignore
  case RLIMIT_MSGQUEUE, RLIMIT_NICE, RLIMIT_RTPRIO, RLIMIT_RTTIME
}

/// A soft and a hard limit.
///
/// - SeeAlso: Linux `include/uapi/linux/resource.h` `struct rlimit64`.
public struct RLimit64: ABIStructure, Equatable {
  /// The number of bytes.
  public static let size = 16
  /// No limit.
  public static let RLIM64_INFINITY = UInt64.max

  /// The limit in force.
  public var current: UInt64
  /// The ceiling of the limit in force.
  public var maximum: UInt64

  /// Makes a pair of limits.
  public init(current: UInt64, maximum: UInt64) {
    self.current = current
    self.maximum = maximum
  }

  /// Reads the structure.
  public init(decoding bytes: UnsafeRawBufferPointer) {
    current = bytes.loadLittleEndian(at: 0)
    maximum = bytes.loadLittleEndian(at: 8)
  }

  /// Writes the structure.
  public func encode(into bytes: UnsafeMutableRawBufferPointer) {
    bytes.storeLittleEndian(current, at: 0)
    bytes.storeLittleEndian(maximum, at: 8)
  }
}

/// What a process used; the fields that this kernel counts.
///
/// - SeeAlso: Linux `include/uapi/linux/resource.h` `struct rusage`.
public struct Rusage: ABIStructure, Equatable {
  /// The number of bytes: two times and fourteen words.
  public static let size = 144

  /// CPU time in user mode.
  public var userTime = Timeval(seconds: 0, microseconds: 0)
  /// CPU time in kernel mode.
  public var systemTime = Timeval(seconds: 0, microseconds: 0)
  /// The largest resident size, in KiB.
  public var maximumResidentKilobytes: Int64 = 0
  /// Page faults that needed no input.
  public var minorFaults: Int64 = 0
  /// Page faults that waited for input.
  public var majorFaults: Int64 = 0
  /// Times that the process gave up the CPU.
  public var voluntarySwitches: Int64 = 0
  /// Times that it was preempted.
  public var involuntarySwitches: Int64 = 0

  /// Makes a structure of zeros.
  public init() {}

  /// Reads the structure.
  public init(decoding bytes: UnsafeRawBufferPointer) {
    userTime = Timeval(decoding: bytes)
    systemTime = Timeval(decoding: UnsafeRawBufferPointer(rebasing: bytes[16..<32]))
    maximumResidentKilobytes = bytes.loadLittleEndian(at: 32)
    minorFaults = bytes.loadLittleEndian(at: 64)
    majorFaults = bytes.loadLittleEndian(at: 72)
    voluntarySwitches = bytes.loadLittleEndian(at: 128)
    involuntarySwitches = bytes.loadLittleEndian(at: 136)
  }

  /// Writes the structure.
  public func encode(into bytes: UnsafeMutableRawBufferPointer) {
    bytes.zero(0..<Self.size)
    userTime.encode(into: bytes)
    systemTime.encode(into: UnsafeMutableRawBufferPointer(rebasing: bytes[16..<32]))
    bytes.storeLittleEndian(maximumResidentKilobytes, at: 32)
    bytes.storeLittleEndian(minorFaults, at: 64)
    bytes.storeLittleEndian(majorFaults, at: 72)
    bytes.storeLittleEndian(voluntarySwitches, at: 128)
    bytes.storeLittleEndian(involuntarySwitches, at: 136)
  }
}

/// What `sysinfo` reports.
///
/// - SeeAlso: Linux `include/uapi/linux/sysinfo.h` `struct sysinfo`.
public struct Sysinfo: ABIStructure, Equatable {
  /// The number of bytes, four of them padding at the end.
  public static let size = 112

  /// Seconds since boot.
  public var uptime: Int64 = 0
  /// Load averages over 1, 5 and 15 minutes, in units of 1/65536.
  public var loads: (UInt64, UInt64, UInt64) = (0, 0, 0)
  /// Main memory, in units.
  public var totalRAM: UInt64 = 0
  /// Free main memory, in units.
  public var freeRAM: UInt64 = 0
  /// Shared memory, in units.
  public var sharedRAM: UInt64 = 0
  /// Memory in buffers, in units.
  public var bufferRAM: UInt64 = 0
  /// Swap space, in units.
  public var totalSwap: UInt64 = 0
  /// Free swap space, in units.
  public var freeSwap: UInt64 = 0
  /// The number of tasks.
  public var processes: UInt16 = 0
  /// High memory, in units; 0 on 64-bit machines.
  public var totalHigh: UInt64 = 0
  /// Free high memory, in units.
  public var freeHigh: UInt64 = 0
  /// The bytes of one unit.
  public var memoryUnit: UInt32 = 1

  /// Makes a structure of zeros with a unit of one byte.
  public init() {}

  /// Reads the structure.
  public init(decoding bytes: UnsafeRawBufferPointer) {
    uptime = bytes.loadLittleEndian(at: 0)
    loads = (
      bytes.loadLittleEndian(at: 8), bytes.loadLittleEndian(at: 16), bytes.loadLittleEndian(at: 24)
    )
    totalRAM = bytes.loadLittleEndian(at: 32)
    freeRAM = bytes.loadLittleEndian(at: 40)
    sharedRAM = bytes.loadLittleEndian(at: 48)
    bufferRAM = bytes.loadLittleEndian(at: 56)
    totalSwap = bytes.loadLittleEndian(at: 64)
    freeSwap = bytes.loadLittleEndian(at: 72)
    processes = bytes.loadLittleEndian(at: 80)
    totalHigh = bytes.loadLittleEndian(at: 88)
    freeHigh = bytes.loadLittleEndian(at: 96)
    memoryUnit = bytes.loadLittleEndian(at: 104)
  }

  /// Writes the structure.
  public func encode(into bytes: UnsafeMutableRawBufferPointer) {
    bytes.zero(0..<Self.size)
    bytes.storeLittleEndian(uptime, at: 0)
    bytes.storeLittleEndian(loads.0, at: 8)
    bytes.storeLittleEndian(loads.1, at: 16)
    bytes.storeLittleEndian(loads.2, at: 24)
    bytes.storeLittleEndian(totalRAM, at: 32)
    bytes.storeLittleEndian(freeRAM, at: 40)
    bytes.storeLittleEndian(sharedRAM, at: 48)
    bytes.storeLittleEndian(bufferRAM, at: 56)
    bytes.storeLittleEndian(totalSwap, at: 64)
    bytes.storeLittleEndian(freeSwap, at: 72)
    bytes.storeLittleEndian(processes, at: 80)
    bytes.storeLittleEndian(totalHigh, at: 88)
    bytes.storeLittleEndian(freeHigh, at: 96)
    bytes.storeLittleEndian(memoryUnit, at: 104)
  }

  /// Compares all fields.
  public static func == (left: Sysinfo, right: Sysinfo) -> Bool { left.bytes == right.bytes }
}
