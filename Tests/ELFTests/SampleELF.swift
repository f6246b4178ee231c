/// Builds a small ELF file in memory, so that a test can break one field at a time.
struct SampleELF {
  var bytes: [UInt8]

  static let entry: UInt64 = 0x40_1000
  static let symbolCount = 8

  /// Two segments, an interpreter path, `.text`, `.symtab` and `.strtab`.
  init() {
    bytes = [UInt8](repeating: 0, count: 0x1100)
    bytes.replaceSubrange(0..<7, with: [0x7f, 0x45, 0x4c, 0x46, 2, 1, 1])
    store16(2, at: 16)
    store16(62, at: 18)
    store32(1, at: 20)
    store64(Self.entry, at: 24)
    store64(64, at: 32)
    store64(0x600, at: 40)
    store16(64, at: 52)
    store16(56, at: 54)
    store16(3, at: 56)
    store16(64, at: 58)
    store16(5, at: 60)
    store16(4, at: 62)
    programHeader(0, kind: 1, flags: 5, offset: 0x1000, address: 0x40_1000, size: 0x100, 0x100)
    programHeader(1, kind: 1, flags: 6, offset: 0, address: 0x40_3000, size: 0x10, 0x2000)
    programHeader(2, kind: 3, flags: 4, offset: 0x200, address: 0x40_0200, size: 8, 8)
    bytes.replaceSubrange(0x200..<0x208, with: Array("/lib/ld\0".utf8))

    section(1, name: 1, kind: 1, flags: 6, address: 0x40_1000, offset: 0x1000, size: 0x100)
    section(
      2,
      name: 7,
      kind: 2,
      offset: 0x300,
      size: UInt64(Self.symbolCount) * 24,
      link: 3
    )
    section(3, name: 15, kind: 3, offset: 0x500, size: 0x40)
    section(4, name: 15, kind: 3, offset: 0x580, size: 0x40)
    bytes.replaceSubrange(0x580..<(0x580 + 23), with: Array("\0.text\0.symtab\0.strtab\0".utf8))
    let names = "\0outer\0inner\0label\0alias\0file.c\0tail\0number\0"
    bytes.replaceSubrange(0x500..<(0x500 + names.utf8.count), with: Array(names.utf8))
    symbol(1, name: 1, info: 0x12, section: 1, value: 0x40_1000, size: 0x40)  // outer
    symbol(2, name: 7, info: 0x02, section: 1, value: 0x40_1010, size: 0x8)  // inner
    symbol(3, name: 13, info: 0x00, section: 1, value: 0x40_1020, size: 0)  // label
    symbol(4, name: 19, info: 0x22, section: 1, value: 0x40_1000, size: 0)  // alias
    symbol(5, name: 25, info: 0x04, section: 0xfff1, value: 0, size: 0)  // file.c
    symbol(6, name: 32, info: 0x10, section: 1, value: 0x40_1050, size: 0)  // tail
    symbol(7, name: 37, info: 0x00, section: 0xfff1, value: 338, size: 0)  // number
  }

  mutating func store16(_ value: UInt16, at offset: Int) {
    for index in 0..<2 { bytes[offset + index] = UInt8(truncatingIfNeeded: value >> (8 * index)) }
  }

  mutating func store32(_ value: UInt32, at offset: Int) {
    for index in 0..<4 { bytes[offset + index] = UInt8(truncatingIfNeeded: value >> (8 * index)) }
  }

  mutating func store64(_ value: UInt64, at offset: Int) {
    for index in 0..<8 { bytes[offset + index] = UInt8(truncatingIfNeeded: value >> (8 * index)) }
  }

  mutating func programHeader(
    _ index: Int,
    kind: UInt32,
    flags: UInt32,
    offset: UInt64,
    address: UInt64,
    size: UInt64,
    _ memorySize: UInt64
  ) {
    let at = 64 + 56 * index
    store32(kind, at: at)
    store32(flags, at: at + 4)
    store64(offset, at: at + 8)
    store64(address, at: at + 16)
    store64(size, at: at + 32)
    store64(memorySize, at: at + 40)
    store64(0x1000, at: at + 48)
  }

  mutating func section(
    _ index: Int,
    name: UInt32,
    kind: UInt32,
    flags: UInt64 = 0,
    address: UInt64 = 0,
    offset: UInt64,
    size: UInt64,
    link: UInt32 = 0
  ) {
    let at = 0x600 + 64 * index
    store32(name, at: at)
    store32(kind, at: at + 4)
    store64(flags, at: at + 8)
    store64(address, at: at + 16)
    store64(offset, at: at + 24)
    store64(size, at: at + 32)
    store32(link, at: at + 40)
  }

  mutating func symbol(
    _ index: Int,
    name: UInt32,
    info: UInt8,
    section: UInt16,
    value: UInt64,
    size: UInt64
  ) {
    let at = 0x300 + 24 * index
    store32(name, at: at)
    bytes[at + 4] = info
    store16(section, at: at + 6)
    store64(value, at: at + 8)
    store64(size, at: at + 16)
  }
}
