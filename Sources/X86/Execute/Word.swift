/// An operand width: UInt8, UInt16, UInt32 or UInt64.
protocol Word: FixedWidthInteger, UnsignedInteger, BitwiseCopyable {
  associatedtype Signed: FixedWidthInteger, SignedInteger
  /// The widest type of a product.
  static var byteCount: Int { get }
}

extension UInt8: Word {
  typealias Signed = Int8
  @inline(__always) static var byteCount: Int { 1 }
}
extension UInt16: Word {
  typealias Signed = Int16
  @inline(__always) static var byteCount: Int { 2 }
}
extension UInt32: Word {
  typealias Signed = Int32
  @inline(__always) static var byteCount: Int { 4 }
}
extension UInt64: Word {
  typealias Signed = Int64
  @inline(__always) static var byteCount: Int { 8 }
}

extension Word {
  /// The same bits as a signed number.
  @inline(__always) var signed: Signed { Signed(truncatingIfNeeded: self) }
  /// Sign-extended to 64 bits.
  @inline(__always) var extended: UInt64 {
    UInt64(truncatingIfNeeded: Signed(truncatingIfNeeded: self))
  }
  /// The sign bit.
  @inline(__always) var signBit: Bool { Signed(truncatingIfNeeded: self) < 0 }
}

/// 0 or 1, without the branch that `? :` becomes.
@inline(__always) func bit(_ condition: Bool) -> UInt8 { unsafeBitCast(condition, to: UInt8.self) }

/// Reads a register slot.
@inline(__always) func get<W: Word>(_ cpu: Raw, _ slot: UInt8, as type: W.Type = W.self) -> W {
  cpu.load(fromByteOffset: Int(slot), as: W.self)
}

/// Writes a register slot; 32-bit results clear the upper half (Intel SDM Vol. 1, 3.4.1.1).
@inline(__always) func put<W: Word>(_ cpu: Raw, _ slot: UInt8, _ value: W) {
  if W.byteCount == 4 {
    cpu.storeBytes(of: UInt64(truncatingIfNeeded: value), toByteOffset: Int(slot), as: UInt64.self)
  } else {
    cpu.storeBytes(of: value, toByteOffset: Int(slot), as: W.self)
  }
}

/// The immediate operand.
@inline(__always) func immediate<W: Word>(_ pc: Raw, as type: W.Type = W.self) -> W {
  W(truncatingIfNeeded: pc.op.pointee.immediate)
}
