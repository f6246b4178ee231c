/// One of the pieces into which root's power is cut.
///
/// - SeeAlso: Linux `include/uapi/linux/capability.h`.
public enum Capability: UInt8, CaseIterable, Hashable, Sendable {
  // swift-format-ignore
  case CAP_CHOWN = 0, CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH, CAP_FOWNER, CAP_FSETID, CAP_KILL
  // swift-format-ignore
  case CAP_SETGID, CAP_SETUID, CAP_SETPCAP, CAP_LINUX_IMMUTABLE, CAP_NET_BIND_SERVICE
  // swift-format-ignore
  case CAP_NET_BROADCAST, CAP_NET_ADMIN, CAP_NET_RAW, CAP_IPC_LOCK, CAP_IPC_OWNER, CAP_SYS_MODULE
  // swift-format-ignore
  case CAP_SYS_RAWIO, CAP_SYS_CHROOT, CAP_SYS_PTRACE, CAP_SYS_PACCT, CAP_SYS_ADMIN, CAP_SYS_BOOT
  // swift-format-ignore
  case CAP_SYS_NICE, CAP_SYS_RESOURCE, CAP_SYS_TIME, CAP_SYS_TTY_CONFIG, CAP_MKNOD, CAP_LEASE
  // swift-format-ignore
  case CAP_AUDIT_WRITE, CAP_AUDIT_CONTROL, CAP_SETFCAP, CAP_MAC_OVERRIDE, CAP_MAC_ADMIN, CAP_SYSLOG
  // swift-format-ignore
  case CAP_WAKE_ALARM, CAP_BLOCK_SUSPEND, CAP_AUDIT_READ, CAP_PERFMON, CAP_BPF
  // swift-format-ignore
  case CAP_CHECKPOINT_RESTORE

  /// The highest number, as `/proc/sys/kernel/cap_last_cap` shows it.
  public static let CAP_LAST_CAP = Capability.CAP_CHECKPOINT_RESTORE

  /// The C name.
  public var name: String { "\(self)" }

  /// Finds a capability by its name, in any case, with or without `CAP_`.
  public init?(name: String) {
    let wanted = name.uppercased()
    let full = wanted.hasPrefix("CAP_") ? wanted : "CAP_" + wanted
    guard let found = Self.allCases.first(where: { $0.name == full }) else { return nil }
    self = found
  }
}

/// A set of capabilities, one bit for each.
public struct CapabilitySet: OptionSet, Hashable, Sendable {
  /// Bit n stands for capability n.
  public var rawValue: UInt64

  /// Makes a set of bits; bits without a capability are kept, as `capset` keeps them.
  public init(rawValue: UInt64) {
    self.rawValue = rawValue
  }

  /// Makes a set of one capability.
  public init(_ capability: Capability) {
    rawValue = 1 << UInt64(capability.rawValue)
  }

  /// All capabilities that this kernel knows.
  public static let full = CapabilitySet(
    rawValue: (2 << UInt64(Capability.CAP_LAST_CAP.rawValue)) - 1
  )

  /// Whether the set holds one capability.
  public func contains(_ capability: Capability) -> Bool {
    rawValue >> UInt64(capability.rawValue) & 1 != 0
  }
}

/// The first argument of `capget` and `capset`.
public struct CapUserHeader: ABIStructure, Equatable {
  /// The number of bytes.
  public static let size = 8
  /// One data element of 32 capabilities.
  public static let _LINUX_CAPABILITY_VERSION_1: UInt32 = 0x1998_0330
  /// Two data elements; withdrawn, works like version 3.
  public static let _LINUX_CAPABILITY_VERSION_2: UInt32 = 0x2007_1026
  /// Two data elements.
  public static let _LINUX_CAPABILITY_VERSION_3: UInt32 = 0x2008_0522

  /// One of the three versions.
  public var version: UInt32
  /// The thread, 0 for the caller.
  public var pid: Int32

  /// Makes a header.
  public init(version: UInt32, pid: Int32) {
    self.version = version
    self.pid = pid
  }

  /// Reads the header.
  public init(decoding bytes: UnsafeRawBufferPointer) {
    version = bytes.loadLittleEndian(at: 0)
    pid = bytes.loadLittleEndian(at: 4)
  }

  /// Writes the header.
  public func encode(into bytes: UnsafeMutableRawBufferPointer) {
    bytes.storeLittleEndian(version, at: 0)
    bytes.storeLittleEndian(pid, at: 4)
  }
}

/// Thirty-two capabilities of each of the three sets of `capget` and `capset`.
public struct CapUserData: ABIStructure, Equatable {
  /// The number of bytes.
  public static let size = 12

  /// What checks look at.
  public var effective: UInt32
  /// What may become effective.
  public var permitted: UInt32
  /// What survives `execve`.
  public var inheritable: UInt32

  /// Makes an element.
  public init(effective: UInt32 = 0, permitted: UInt32 = 0, inheritable: UInt32 = 0) {
    self.effective = effective
    self.permitted = permitted
    self.inheritable = inheritable
  }

  /// Reads the element.
  public init(decoding bytes: UnsafeRawBufferPointer) {
    effective = bytes.loadLittleEndian(at: 0)
    permitted = bytes.loadLittleEndian(at: 4)
    inheritable = bytes.loadLittleEndian(at: 8)
  }

  /// Writes the element.
  public func encode(into bytes: UnsafeMutableRawBufferPointer) {
    bytes.storeLittleEndian(effective, at: 0)
    bytes.storeLittleEndian(permitted, at: 4)
    bytes.storeLittleEndian(inheritable, at: 8)
  }
}
