/// An entry of any of the four levels (Intel SDM Vol. 3A, 4.5).
///
/// When `isPresent` is false the other 63 bits belong to the kernel (Linux keeps swap entries there).
public struct PageTableEntry: RawRepresentable, Equatable, Sendable {
  /// The 64 bits.
  public var rawValue: UInt64
  /// Raw bits.
  @inline(__always) public init(rawValue: UInt64) { self.rawValue = rawValue }

  /// Bit 0, P.
  public static let present: UInt64 = 1 << 0
  /// Bit 1, R/W.
  public static let writable: UInt64 = 1 << 1
  /// Bit 2, U/S.
  public static let user: UInt64 = 1 << 2
  /// Bit 5, A.
  public static let accessed: UInt64 = 1 << 5
  /// Bit 6, D.
  public static let dirty: UInt64 = 1 << 6
  /// Bit 7, PS (in a directory entry).
  public static let large: UInt64 = 1 << 7
  /// Bit 8, G.
  public static let global: UInt64 = 1 << 8
  /// Bit 63, XD.
  public static let noExecute: UInt64 = 1 << 63
  /// Bits 12 ... 51.
  public static let frameMask: UInt64 = 0x000F_FFFF_FFFF_F000

  /// P.
  public var isPresent: Bool { rawValue & Self.present != 0 }
  /// R/W.
  public var isWritable: Bool { rawValue & Self.writable != 0 }
  /// U/S.
  public var isUser: Bool { rawValue & Self.user != 0 }
  /// Not XD.
  public var isExecutable: Bool { rawValue & Self.noExecute == 0 }
  /// A.
  public var isAccessed: Bool { rawValue & Self.accessed != 0 }
  /// D.
  public var isDirty: Bool { rawValue & Self.dirty != 0 }
  /// Physical address of the frame.
  public var frame: UInt64 { rawValue & Self.frameMask }
}
