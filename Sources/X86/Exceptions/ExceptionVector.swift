/// Exception and trap vectors (Intel SDM Vol. 3A, table 6-1).
public enum ExceptionVector: UInt8, Sendable {
  case divideError = 0, debug = 1, nonMaskable = 2, breakpoint = 3, overflow = 4, boundRange = 5
  case invalidOpcode = 6, deviceNotAvailable = 7, doubleFault = 8, invalidTSS = 10
  case segmentNotPresent = 11, stackFault = 12, generalProtection = 13, pageFault = 14
  case x87FloatingPoint = 16, alignmentCheck = 17, machineCheck = 18, simdFloatingPoint = 19
}

/// What a page fault pushes (Intel SDM Vol. 3A, figure 4-12).
public struct PageFaultErrorCode: OptionSet, Hashable, Sendable {
  /// The architectural bits.
  public let rawValue: UInt32
  /// Raw bits.
  public init(rawValue: UInt32) { self.rawValue = rawValue }
  /// Protection violation; clear: the page was not present.
  public static let present = PageFaultErrorCode(rawValue: 1 << 0)
  /// The access was a write.
  public static let write = PageFaultErrorCode(rawValue: 1 << 1)
  /// The access was made at CPL 3.
  public static let user = PageFaultErrorCode(rawValue: 1 << 2)
  /// A reserved bit was set in an entry.
  public static let reserved = PageFaultErrorCode(rawValue: 1 << 3)
  /// The access was an instruction fetch.
  public static let fetch = PageFaultErrorCode(rawValue: 1 << 4)
}

/// An exception as the kernel sees it.
///
/// When it is reported, RIP is that of the faulting instruction for faults, and of the next one for
/// traps (INT3, INT1, single step).
public struct CPUException: Error, Equatable, Sendable {
  /// The vector.
  public var vector: ExceptionVector
  /// The error code, 0 where the vector has none.
  public var errorCode: UInt32
  /// CR2 for a page fault, else 0.
  public var address: UInt64
  /// RIP is past the instruction (INT3, INT1, single step).
  public var isTrap: Bool

  /// All fields.
  public init(
    _ vector: ExceptionVector,
    errorCode: UInt32 = 0,
    address: UInt64 = 0,
    isTrap: Bool = false
  ) {
    self.vector = vector
    self.errorCode = errorCode
    self.address = address
    self.isTrap = isTrap
  }
}
