/// The bytes of a file, read with bounds checks and never copied.
///
/// It owns its memory, or keeps alive whatever does. Nobody writes to the bytes after `init`.
public final class ELFBytes: @unchecked Sendable {
  // SAFETY: sendable because the memory is never written and outlives this object.
  private let buffer: UnsafeRawBufferPointer
  private let ownsMemory: Bool
  private let owner: (any Sendable)?

  /// Copies the bytes of an array.
  public init(_ bytes: [UInt8]) {
    let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 16)
    copy.copyBytes(from: bytes)
    buffer = UnsafeRawBufferPointer(copy)
    ownsMemory = true
    owner = nil
  }

  /// Looks at memory that belongs to somebody else, such as a mapped file.
  ///
  /// - Precondition: the memory stays readable and unchanged as long as this object or `owner`
  ///   lives.
  public init(unowned memory: UnsafeRawBufferPointer, owner: (any Sendable)? = nil) {
    buffer = memory
    ownsMemory = false
    self.owner = owner
  }

  deinit {
    if ownsMemory { buffer.deallocate() }
  }

  /// The number of bytes.
  public var count: UInt64 { UInt64(buffer.count) }

  /// A little-endian integer, or nothing if it does not lie in the file.
  func load<T: FixedWidthInteger & BitwiseCopyable>(_ type: T.Type, at offset: UInt64) -> T? {
    guard let bytes = slice(at: offset, count: UInt64(MemoryLayout<T>.size)) else { return nil }
    return T(littleEndian: bytes.loadUnaligned(as: T.self))
  }

  /// A part of the file, or nothing if it does not lie in the file as a whole.
  ///
  /// The memory is valid as long as this object lives.
  public func slice(at offset: UInt64, count: UInt64) -> UnsafeRawBufferPointer? {
    guard offset <= self.count, count <= self.count - offset else { return nil }
    // SAFETY: both fit in Int, because they are at most the buffer's own count.
    return UnsafeRawBufferPointer(rebasing: buffer[Int(offset)..<Int(offset + count)])
  }

  /// The bytes from an offset up to the next zero, within a limit; nothing if there is no zero.
  func string(at offset: UInt64, limit: UInt64) -> UnsafeRawBufferPointer? {
    guard offset <= count, limit <= count, offset < limit else { return nil }
    var end = Int(offset)
    while end < Int(limit), buffer[end] != 0 { end += 1 }
    guard end < Int(limit) else { return nil }
    return UnsafeRawBufferPointer(rebasing: buffer[Int(offset)..<end])
  }
}
