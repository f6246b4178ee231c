/// A C structure that crosses the border between a program and the kernel.
///
/// A conforming type owns the values of the fields; it does not own memory. The layout is the one
/// that a 64-bit x86 program sees: little-endian, padding written as zero.
public protocol ABIStructure: Sendable {
  /// The number of bytes that the C structure takes, padding included.
  static var size: Int { get }

  /// Reads the fields.
  ///
  /// - Precondition: `bytes` holds at least ``size`` bytes; the alignment does not matter.
  init(decoding bytes: UnsafeRawBufferPointer)

  /// Writes every field and every padding byte.
  ///
  /// - Precondition: `bytes` has room for at least ``size`` bytes.
  func encode(into bytes: UnsafeMutableRawBufferPointer)
}

extension ABIStructure {
  /// Reads the fields from the first ``size`` bytes of an array, or fails if it is shorter.
  public init?(bytes: [UInt8]) {
    guard bytes.count >= Self.size else { return nil }
    self = bytes.withUnsafeBytes { Self(decoding: $0) }
  }

  /// The structure as an array of ``size`` bytes.
  public var bytes: [UInt8] {
    [UInt8](unsafeUninitializedCapacity: Self.size) { buffer, count in
      let raw = UnsafeMutableRawBufferPointer(buffer)
      raw.initializeMemory(as: UInt8.self, repeating: 0)
      encode(into: raw)
      count = Self.size
    }
  }
}

extension UnsafeRawBufferPointer {
  /// Reads a little-endian integer at a byte offset of any alignment.
  @inlinable
  public func loadLittleEndian<T: FixedWidthInteger & BitwiseCopyable>(
    at offset: Int,
    as type: T.Type = T.self
  ) -> T {
    precondition(offset >= 0 && offset &+ MemoryLayout<T>.size <= count, "read outside the buffer")
    return T(littleEndian: loadUnaligned(fromByteOffset: offset, as: T.self))
  }
}

extension UnsafeMutableRawBufferPointer {
  /// Reads a little-endian integer at a byte offset of any alignment.
  @inlinable
  public func loadLittleEndian<T: FixedWidthInteger & BitwiseCopyable>(
    at offset: Int,
    as type: T.Type = T.self
  ) -> T {
    UnsafeRawBufferPointer(self).loadLittleEndian(at: offset, as: type)
  }

  /// Writes an integer in little-endian order at a byte offset of any alignment.
  @inlinable
  public func storeLittleEndian<T: FixedWidthInteger & BitwiseCopyable>(
    _ value: T,
    at offset: Int
  ) {
    precondition(offset >= 0 && offset &+ MemoryLayout<T>.size <= count, "write outside the buffer")
    storeBytes(of: value.littleEndian, toByteOffset: offset, as: T.self)
  }

  /// Sets a run of bytes to zero: padding, or the tail of a fixed-size array.
  @inlinable
  public func zero(_ range: Range<Int>) {
    precondition(range.lowerBound >= 0 && range.upperBound <= count, "write outside the buffer")
    for index in range { self[index] = 0 }
  }
}
