/// What `fstat` and `newfstatat` report about a file.
///
/// - SeeAlso: Linux `arch/x86/include/uapi/asm/stat.h` `struct stat`.
public struct Stat: ABIStructure, Equatable {
  /// The number of bytes, 24 of them unused at the end.
  public static let size = 144

  /// The device that holds the file.
  public var device: UInt64 = 0
  /// The file's number on the device.
  public var inode: UInt64 = 0
  /// How many names the file has.
  public var links: UInt64 = 1
  /// Type and permissions.
  public var mode: UInt32 = 0
  /// The owner.
  public var user: UInt32 = 0
  /// The owner's group.
  public var group: UInt32 = 0
  /// The device that a device file stands for.
  public var specialDevice: UInt64 = 0
  /// The length in bytes.
  public var length: Int64 = 0
  /// A good size for one read.
  public var blockSize: Int64 = 4096
  /// Space taken, in units of 512 bytes.
  public var blocks: Int64 = 0
  /// The last read.
  public var accessTime = Timespec(seconds: 0, nanoseconds: 0)
  /// The last write.
  public var modificationTime = Timespec(seconds: 0, nanoseconds: 0)
  /// The last change of these attributes.
  public var changeTime = Timespec(seconds: 0, nanoseconds: 0)

  /// Makes a structure of zeros.
  public init() {}

  /// Reads the structure.
  public init(decoding bytes: UnsafeRawBufferPointer) {
    func time(at offset: Int) -> Timespec {
      Timespec(decoding: UnsafeRawBufferPointer(rebasing: bytes[offset..<(offset + Timespec.size)]))
    }
    device = bytes.loadLittleEndian(at: 0)
    inode = bytes.loadLittleEndian(at: 8)
    links = bytes.loadLittleEndian(at: 16)
    mode = bytes.loadLittleEndian(at: 24)
    user = bytes.loadLittleEndian(at: 28)
    group = bytes.loadLittleEndian(at: 32)
    specialDevice = bytes.loadLittleEndian(at: 40)
    length = bytes.loadLittleEndian(at: 48)
    blockSize = bytes.loadLittleEndian(at: 56)
    blocks = bytes.loadLittleEndian(at: 64)
    accessTime = time(at: 72)
    modificationTime = time(at: 88)
    changeTime = time(at: 104)
  }

  /// Writes the structure.
  public func encode(into bytes: UnsafeMutableRawBufferPointer) {
    func store(_ time: Timespec, at offset: Int) {
      bytes.storeLittleEndian(time.seconds, at: offset)
      bytes.storeLittleEndian(time.nanoseconds, at: offset + 8)
    }
    bytes.zero(0..<Self.size)
    bytes.storeLittleEndian(device, at: 0)
    bytes.storeLittleEndian(inode, at: 8)
    bytes.storeLittleEndian(links, at: 16)
    bytes.storeLittleEndian(mode, at: 24)
    bytes.storeLittleEndian(user, at: 28)
    bytes.storeLittleEndian(group, at: 32)
    bytes.storeLittleEndian(specialDevice, at: 40)
    bytes.storeLittleEndian(length, at: 48)
    bytes.storeLittleEndian(blockSize, at: 56)
    bytes.storeLittleEndian(blocks, at: 64)
    store(accessTime, at: 72)
    store(modificationTime, at: 88)
    store(changeTime, at: 104)
  }

  /// The bits of the mode that hold the type.
  public static let S_IFMT: UInt32 = 0o170000
  /// A socket.
  public static let S_IFSOCK: UInt32 = 0o140000
  /// A symbolic link.
  public static let S_IFLNK: UInt32 = 0o120000
  /// An ordinary file.
  public static let S_IFREG: UInt32 = 0o100000
  /// A block device.
  public static let S_IFBLK: UInt32 = 0o060000
  /// A directory.
  public static let S_IFDIR: UInt32 = 0o040000
  /// A character device.
  public static let S_IFCHR: UInt32 = 0o020000
  /// A pipe.
  public static let S_IFIFO: UInt32 = 0o010000
}

/// One piece of a scattered buffer.
///
/// - SeeAlso: Linux `include/uapi/linux/uio.h` `struct iovec`.
public struct IOVec: ABIStructure, Equatable {
  /// The number of bytes.
  public static let size = 16
  /// The most pieces that one call may name.
  public static let UIO_MAXIOV = 1024

  /// Where the piece starts.
  public var base: UInt64
  /// Its bytes.
  public var length: UInt64

  /// Makes a piece.
  public init(base: UInt64, length: UInt64) {
    self.base = base
    self.length = length
  }

  /// Reads the structure.
  public init(decoding bytes: UnsafeRawBufferPointer) {
    base = bytes.loadLittleEndian(at: 0)
    length = bytes.loadLittleEndian(at: 8)
  }

  /// Writes the structure.
  public func encode(into bytes: UnsafeMutableRawBufferPointer) {
    bytes.storeLittleEndian(base, at: 0)
    bytes.storeLittleEndian(length, at: 8)
  }
}
