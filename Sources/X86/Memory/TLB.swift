/// Software translation look-aside buffer: what handlers use to go from a guest address to a host one.
///
/// Direct mapped, one per privilege situation (user, supervisor, supervisor with AC set), so a tag
/// match says at once: right page, right permission, right privilege, no page crossing.
enum TLB {
  static let entryCount = 1024
  static let entrySize = 32
  static let readTag = 0
  static let writeTag = 8
  static let addend = 24

  /// Offset of the entry for `address`.
  @inline(__always) static func offset(_ address: UInt64) -> Int {
    Int(truncatingIfNeeded: (address >> 12 & UInt64(entryCount &- 1)) &* UInt64(entrySize))
  }

  /// A tag that no address which selects the entry at `offset` can match: page 0 belongs to entry 0,
  /// so zero (fresh memory) is empty for every other entry.
  @inline(__always) static func emptyTag(_ offset: Int) -> UInt64 { offset == 0 ? 0x1000 : 0 }
}

/// What is specific to one privilege situation: its TLB, then its jump cache.
enum MemoryContext {
  /// Offset of the jump cache: pairs of guest address and micro-op.
  static let jumpCache = TLB.entryCount * TLB.entrySize
  static let jumpCacheCount = 4096
  /// Bytes.
  static let size = jumpCache + jumpCacheCount * 16

  @inline(__always) static func jumpOffset(_ rip: UInt64) -> Int {
    jumpCache
      &+ Int(truncatingIfNeeded: ((rip ^ rip >> 12) & UInt64(jumpCacheCount &- 1)) &* 16)
  }

  /// Makes zeroed memory an empty context.
  static func prepare(_ mem: Raw) {
    mem.storeBytes(of: 0x1000, toByteOffset: TLB.readTag, as: UInt64.self)
    mem.storeBytes(of: 0x1000, toByteOffset: TLB.writeTag, as: UInt64.self)
    mem.storeBytes(of: 1, toByteOffset: jumpOffset(0), as: UInt64.self)
  }

  /// Empties the TLB.
  static func flushTLB(_ mem: Raw) {
    mem.initializeMemory(as: UInt8.self, repeating: 0, count: TLB.entryCount * TLB.entrySize)
    mem.storeBytes(of: 0x1000, toByteOffset: TLB.readTag, as: UInt64.self)
    mem.storeBytes(of: 0x1000, toByteOffset: TLB.writeTag, as: UInt64.self)
  }

  /// Empties the jump cache. Zero is empty but for address 0, whose entry gets an address that
  /// selects another one.
  static func flushJumps(_ mem: Raw) {
    (mem + jumpCache).initializeMemory(as: UInt8.self, repeating: 0, count: jumpCacheCount * 16)
    mem.storeBytes(of: 1, toByteOffset: jumpOffset(0), as: UInt64.self)
  }

  /// Drops a jump target, if it is there.
  static func forgetJump(_ mem: Raw, _ rip: UInt64) {
    let offset = jumpOffset(rip)
    guard mem.load(fromByteOffset: offset, as: UInt64.self) == rip else { return }
    let empty: UInt64 = offset == jumpOffset(0) ? 1 : 0
    mem.storeBytes(of: empty, toByteOffset: offset, as: UInt64.self)
  }

  /// Drops the page of `address`.
  static func invalidate(_ mem: Raw, _ address: UInt64) {
    let offset = TLB.offset(address)
    mem.storeBytes(
      of: TLB.emptyTag(offset),
      toByteOffset: offset + TLB.readTag,
      as: UInt64.self
    )
    mem.storeBytes(
      of: TLB.emptyTag(offset),
      toByteOffset: offset + TLB.writeTag,
      as: UInt64.self
    )
  }
}

/// The address of a memory operand.
@inline(__always) func effectiveAddress(_ cpu: Raw, _ pc: Raw) -> UInt64 {
  let base = cpu.load(fromByteOffset: Int(pc.op.pointee.base), as: UInt64.self)
  let index = cpu.load(fromByteOffset: Int(pc.op.pointee.index), as: UInt64.self)
  return base &+ index &<< UInt64(pc.op.pointee.scale) &+ pc.op.pointee.displacement
}

/// The address of a memory operand that has no index.
@inline(__always) func baseAddress(_ cpu: Raw, _ pc: Raw) -> UInt64 {
  cpu.load(fromByteOffset: Int(pc.op.pointee.base), as: UInt64.self)
    &+ pc.op.pointee.displacement
}

/// What the TLB says of one access.
struct Lookup {
  let entry: Raw
  let address: UInt64
  let tag: UInt64

  /// For a read.
  @inline(__always) init(read mem: Raw, _ address: UInt64) {
    entry = mem + TLB.offset(address)
    self.address = address
    tag = entry.load(fromByteOffset: TLB.readTag, as: UInt64.self)
  }

  /// For a write, or a read and a write.
  @inline(__always) init(write mem: Raw, _ address: UInt64) {
    entry = mem + TLB.offset(address)
    self.address = address
    tag = entry.load(fromByteOffset: TLB.writeTag, as: UInt64.self)
  }

  /// True when all `size` bytes are in the page and may be accessed.
  @inline(__always) func hits(_ size: Int) -> Bool {
    _fastPath(address &- tag <= UInt64(truncatingIfNeeded: 4096 &- size))
  }

  /// Host address; only after `hits`.
  @inline(__always) var host: Raw {
    let addend = entry.load(fromByteOffset: TLB.addend, as: UInt64.self)
    return hostPointer(addend &+ address)
  }
}
