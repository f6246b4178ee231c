/// What `statfs` reports about a file system.
///
/// - SeeAlso: Linux `include/uapi/asm-generic/statfs.h` `struct statfs`.
public struct Statfs: ABIStructure, Equatable {
  /// The number of bytes.
  public static let size = 120

  /// The magic number of the type.
  public var type: Int64 = 0
  /// A good size for one read.
  public var blockSize: Int64 = 4096
  /// Blocks, all of them.
  public var blocks: Int64 = 0
  /// Blocks that are free.
  public var free: Int64 = 0
  /// Blocks that are free for users.
  public var available: Int64 = 0
  /// Files, all that there can be.
  public var files: Int64 = 0
  /// Files that can still be made.
  public var filesFree: Int64 = 0
  /// The identity of the file system.
  public var identity: UInt64 = 0
  /// The longest name.
  public var nameLength: Int64 = 255
  /// The unit of the block counts.
  public var fragmentSize: Int64 = 4096
  /// Mount flags; 0x20 says that they are valid.
  public var flags: Int64 = 0x20

  /// Zeros, and the sizes that most file systems have.
  public init() {}

  /// Reads the structure.
  public init(decoding bytes: UnsafeRawBufferPointer) {
    type = bytes.loadLittleEndian(at: 0)
    blockSize = bytes.loadLittleEndian(at: 8)
    blocks = bytes.loadLittleEndian(at: 16)
    free = bytes.loadLittleEndian(at: 24)
    available = bytes.loadLittleEndian(at: 32)
    files = bytes.loadLittleEndian(at: 40)
    filesFree = bytes.loadLittleEndian(at: 48)
    identity = bytes.loadLittleEndian(at: 56)
    nameLength = bytes.loadLittleEndian(at: 64)
    fragmentSize = bytes.loadLittleEndian(at: 72)
    flags = bytes.loadLittleEndian(at: 80)
  }

  /// Writes the structure.
  public func encode(into bytes: UnsafeMutableRawBufferPointer) {
    bytes.zero(0..<Self.size)
    let fields = [type, blockSize, blocks, free, available, files, filesFree]
    for (index, field) in fields.enumerated() { bytes.storeLittleEndian(field, at: index * 8) }
    bytes.storeLittleEndian(identity, at: 56)
    bytes.storeLittleEndian(nameLength, at: 64)
    bytes.storeLittleEndian(fragmentSize, at: 72)
    bytes.storeLittleEndian(flags, at: 80)
  }
}
