import LinuxABI
import Testing
import X86

@testable import LinuxKernel

/// Addresses and errors as measured on Linux 6.18 without address-space randomization.
@Suite("Address spaces")
struct MMTests {
  let kernel: Kernel
  let mm: MM
  let limits = MappingLimits()

  init() throws {
    kernel = try Kernel.booted()
    mm = try #require(
      MM(frames: kernel.frames, cpu: kernel.cpu, kernelTables: kernel.kernelSpace.pgd)
    )
    mm.mmap_base = Kernel.mmap_base(8 << 20)
  }

  func map(
    _ address: UInt64,
    _ length: UInt64,
    _ protection: UInt64 = 3,
    _ flags: UInt32 = 0x22
  ) -> Int64 {
    do throws(Errno) {
      return Int64(
        bitPattern: try mm.do_mmap(
          address,
          length: length,
          protection: protection,
          flags: MapFlags(rawValue: flags),
          source: .anonymous,
          limits: limits
        )
      )
    } catch {
      return -Int64(error.rawValue)
    }
  }

  func errno(_ body: () throws -> Void) -> Int32 {
    do {
      try body()
      return 0
    } catch {
      return (error as? Errno)?.rawValue ?? -1
    }
  }

  func touch(_ address: UInt64, isWrite: Bool) -> VMFault? {
    mm.index(containing: address).map { mm.handle_mm_fault($0, address, isWrite: isWrite) }
  }

  @Test("mappings go top down from mmap_base and join their neighbours")
  func placement() {
    #expect(mm.mmap_base == 0x7FFF_F7FF_F000)
    #expect(map(0, 4096) == 0x7FFF_F7FF_E000)
    #expect(map(0, 8192) == 0x7FFF_F7FF_C000)
    #expect(mm.vmas.count == 1)
    #expect(map(0, 4096, 1) == 0x7FFF_F7FF_B000)
    #expect(mm.vmas.count == 2)
    #expect(map(0x10_0000, 4096) == 0x10_0000)
    #expect(map(0x10_0000, 4096) == 0x7FFF_F7FF_A000, "a hint that is taken is no place")
    #expect(map(0, 4096, 3, 0x62) == 0x4000_0000, "MAP_32BIT")
  }

  @Test("a gap is filled from its upper end")
  func gap() throws {
    let start = UInt64(map(0, 16 << 12))
    try mm.do_munmap(start &+ 4 << 12, 4 << 12)
    #expect(mm.vmas.count == 2)
    #expect(map(0, 2 << 12) == Int64(start &+ 6 << 12))
  }

  @Test(
    "mmap refuses as Linux does",
    arguments: [
      (0, 0, 0x22, -22), (0, 4096, 0x20, -22), (0, 4096, 0x23, -22), (0x5001, 4096, 0x32, -22),
      (0, UInt64.max, 0x22, -12), (0, 1 << 47, 0x22, -12), (0, (1 << 47) - 8192, 0x4022, -12),
      (0x7FFF_FFFF_F000, 4096, 0x32, -12), (0x7FFF_FFFF_E000, 8192, 0x32, -12),
      (0, 1 << 46, 0x22, -12), (0, 4096, 0x32, -1), (0, 4096, 0x21, 0x7FFF_F7FF_E000),
    ] as [(UInt64, UInt64, UInt32, Int64)]
  )
  func mmapErrors(address: UInt64, length: UInt64, flags: UInt32, result: Int64) {
    #expect(map(address, length, 3, flags) == result)
  }

  @Test("MAP_FIXED replaces, MAP_FIXED_NOREPLACE does not")
  func fixed() {
    #expect(map(0x20_0000, 3 << 12) == 0x20_0000)
    #expect(touch(0x20_1000, isWrite: true) == .handled)
    #expect(map(0x20_1000, 4096, 3, 0x10_0022) == -17)
    #expect(map(0x20_1000, 4096, 1, 0x32) == 0x20_1000)
    #expect(mm.vmas.map(\.start) == [0x20_0000, 0x20_1000, 0x20_2000])
    #expect(mm.rss == 0)
  }

  @Test(
    "munmap, mprotect, mremap and madvise refuse as Linux does",
    arguments: [
      ("munmap", [1, 4096], 22), ("munmap", [0, 0], 22), ("munmap", [0x7FFF_FFEF_F000, 4096], 22),
      ("munmap", [0, .max], 22), ("mprotect", [0, 4096, 0x10], 22), ("mprotect", [1, 4096, 1], 22),
      ("mprotect", [0, 0, 1], 0), ("mprotect", [0, 4096, 0x300_0000], 22),
      ("mprotect", [0, 4096, 8], 0), ("mprotect", [0, .max, 1], 12),
      ("mprotect", [0, 0x20_0000, 1], 12), ("mprotect", [0x20_0000, 4096, 1], 12),
      ("mremap", [0, 4096, 8192, 0, 0], 12), ("mremap", [0, 4096, 8192, 2, 0], 22),
      ("mremap", [0, 4096, 0, 0, 0], 22), ("mremap", [1, 4096, 4096, 0, 0], 22),
      ("mremap", [0x20_0000, 4096, 4096, 0, 0], 14),
      ("mremap", [0, 0x20_0000, 0x30_0000, 1, 0], 14), ("mremap", [0, 0, 4096, 1, 0], 22),
      ("mremap", [0, 4096, 4096, 8, 0], 22), ("mremap", [0, 4096, 4096, 3, 0], 22),
      ("mremap", [0, 4096, 4096, 3, 1], 22), ("madvise", [0, 4096, 77], 22),
      ("madvise", [1, 4096, 4], 22), ("madvise", [0, 0, 4], 0), ("madvise", [0, .max, 4], 22),
      ("madvise", [0, 4096, 9], 22), ("madvise", [0, 0x20_0000, 4], 12),
    ] as [(String, [UInt64], Int32)]
  )
  func errors(call: String, arguments: [UInt64], expected: Int32) {
    let base: UInt64 = 0x10_0000
    #expect(map(base, 0x10_0000, 3) == Int64(base))
    #expect(map(base - 4096, 4096, 0, 0x32) == Int64(base - 4096))
    let first = base &+ arguments[0]
    let result = errno {
      switch call {
      case "munmap": try mm.do_munmap(first, arguments[1])
      case "mprotect": try mm.do_mprotect(first, arguments[1], protection: arguments[2])
      case "mremap":
        // In the middle, so that growing in place is not possible.
        _ = try mm.do_mremap(
          first,
          oldLength: arguments[1],
          newLength: arguments[2],
          flags: MremapFlags(rawValue: UInt32(arguments[3])),
          newAddress: base &+ arguments[4],
          limits: limits
        )
      default: try mm.do_madvise(first, arguments[1], Int32(arguments[2]))
      }
    }
    #expect(result == expected)
  }

  @Test("brk keeps bytes, and a page's distance from the next mapping")
  func brk() {
    let start: UInt64 = 0x4D_1000
    mm.start_brk = start
    mm.brk = start
    #expect(mm.do_brk(start + 100, limits) == start + 100)
    #expect(mm.do_brk(1, limits) == start + 100)
    #expect(mm.do_brk(.max, limits) == start + 100)
    #expect(mm.do_brk(start, limits) == start)
    #expect(mm.vmas.isEmpty)
    #expect(map(start + 0x10000, 4096, 0, 0x32) == Int64(start + 0x10000))
    #expect(mm.do_brk(start + 0x10000, limits) == start)
    #expect(mm.do_brk(start + 0xF000, limits) == start + 0xF000)
    #expect(mm.do_brk(start + 0xE000, limits) == start + 0xE000)
    var tight = limits
    tight.data = 0x8000
    #expect(mm.do_brk(start + 0xF000, tight) == start + 0xE000)
  }

  @Test("private memory starts as the zero page and is copied on the first write")
  func copyOnWrite() throws {
    #expect(map(0x10_0000, 4096) == 0x10_0000)
    #expect(touch(0x10_0000, isWrite: false) == .handled)
    let entry = try #require(mm.pte(0x10_0000, create: false))
    #expect(entry.pointee & PageTableEntry.frameMask == kernel.frames.zeroPage())
    #expect(entry.pointee & PageTableEntry.writable == 0)
    #expect(touch(0x10_0000, isWrite: true) == .handled)
    #expect(entry.pointee & PageTableEntry.frameMask != kernel.frames.zeroPage())
    #expect(entry.pointee & PageTableEntry.writable != 0)
    #expect(mm.rss == 1)
  }

  @Test("a file's page is shared until it is written, and SIGBUS lies behind its end")
  func filePages() throws {
    let cache = PageCache(
      frames: kernel.frames,
      source: BytesSource([UInt8](repeating: 7, count: 5000))
    )
    let start = try mm.do_mmap(
      0x10_0000,
      length: 4 << 12,
      protection: 3,
      flags: [.MAP_PRIVATE, .MAP_FIXED],
      source: .file(cache, pageOffset: 0, isWritable: false),
      limits: limits
    )
    #expect(touch(start, isWrite: false) == .handled)
    #expect(cache.isResident(0))
    #expect(touch(start, isWrite: true) == .handled)
    #expect(touch(start + 4096, isWrite: true) == .handled)
    #expect(!cache.isResident(1), "a page that is written first needs no copy in the cache")
    let page = try #require(mm.get_user_page(start + 8191, isWrite: false))
    #expect(page.host.load(as: UInt8.self) == 0, "the rest of the last page is zero")
    #expect(touch(start + 8192, isWrite: false) == .VM_FAULT_SIGBUS)
  }

  @Test("mprotect takes access away and gives it back without losing the page")
  func protNone() throws {
    #expect(map(0x10_0000, 3 << 12) == 0x10_0000)
    #expect(touch(0x10_1000, isWrite: true) == .handled)
    try #require(mm.get_user_page(0x10_1000, isWrite: true)).host.storeBytes(of: 42, as: UInt8.self)
    try mm.do_mprotect(0x10_1000, 4096, protection: 0)
    #expect(mm.vmas.count == 3)
    let entry = try #require(mm.pte(0x10_1000, create: false))
    #expect(entry.pointee & PageTableEntry.present == 0)
    try mm.do_mprotect(0x10_1000, 4096, protection: 3)
    #expect(mm.vmas.count == 1)
    let page = try #require(mm.get_user_page(0x10_1000, isWrite: false))
    #expect(page.host.load(as: UInt8.self) == 42)
  }

  @Test("mprotect changes what precedes a hole and reports the hole")
  func mprotectHole() {
    #expect(map(0x10_0000, 4096) == 0x10_0000)
    #expect(errno { try mm.do_mprotect(0x10_0000, 3 << 12, protection: 1) } == 12)
    #expect(mm.vmas[0].flags.contains(.VM_WRITE) == false)
  }

  @Test("mremap moves pages with their contents")
  func mremap() throws {
    #expect(map(0x10_0000, 2 << 12) == 0x10_0000)
    #expect(map(0x10_2000, 4096, 0, 0x32) == 0x10_2000)
    #expect(touch(0x10_1000, isWrite: true) == .handled)
    try #require(mm.get_user_page(0x10_1000, isWrite: true)).host.storeBytes(of: 9, as: UInt8.self)
    let moved = try mm.do_mremap(
      0x10_0000,
      oldLength: 2 << 12,
      newLength: 8 << 12,
      flags: .MREMAP_MAYMOVE,
      newAddress: 0,
      limits: limits
    )
    #expect(moved == 0x7FFF_F7FF_7000)
    #expect(mm.index(containing: 0x10_0000) == nil)
    let page = try #require(mm.get_user_page(moved + 4096, isWrite: false))
    #expect(page.host.load(as: UInt8.self) == 9)
    let grown = try mm.do_mremap(
      moved,
      oldLength: 8 << 12,
      newLength: 2 << 12,
      flags: [],
      newAddress: 0,
      limits: limits
    )
    #expect(grown == moved)
    #expect(mm.total_vm == 3)
  }

  @Test("MADV_DONTNEED makes private memory zero again")
  func dontNeed() throws {
    #expect(map(0x10_0000, 4096) == 0x10_0000)
    try #require(mm.get_user_page(0x10_0000, isWrite: true)).host.storeBytes(of: 9, as: UInt8.self)
    try mm.do_madvise(0x10_0000, 4096, 4)
    #expect(mm.rss == 0)
    let page = try #require(mm.get_user_page(0x10_0000, isWrite: false))
    #expect(page.host.load(as: UInt8.self) == 0)
  }

  @Test("a stack grows to its limit and keeps 256 pages from what lies below")
  func stackGrowth() {
    let top = TASK_SIZE_MAX
    mm.insert_vma(
      VMA(
        start: top - 4096,
        end: top,
        flags: VMFlags([.VM_READ, .VM_WRITE, .VM_GROWSDOWN]).union(.VM_MAYALL)
      )
    )
    #expect(mm.expand_stack(top - 0x10000, limits) != nil)
    #expect(mm.vmas[0].start == top - 0x10000)
    #expect(mm.expand_stack(top - (8 << 20) - 1, limits) == nil)
    #expect(map(top - 0x200000, 4096, 3, 0x32) == Int64(top - 0x200000))
    #expect(mm.expand_stack(top - 0x1FF000 + (256 << 12), limits) != nil)
    #expect(mm.expand_stack(top - 0x1FF000 + (255 << 12), limits) == nil)
  }

  @Test("all frames come back when the address space goes")
  func noLeaks() throws {
    let before = kernel.frames.freePages
    do {
      let other = try #require(
        MM(frames: kernel.frames, cpu: kernel.cpu, kernelTables: kernel.kernelSpace.pgd)
      )
      other.mmap_base = Kernel.mmap_base(8 << 20)
      for index in 0..<20 as Range<UInt64> {
        _ = try other.do_mmap(
          index << 32,
          length: 64 << 12,
          protection: 3,
          flags: [.MAP_PRIVATE, .MAP_ANONYMOUS],
          source: .anonymous,
          limits: limits
        )
      }
      for vma in other.vmas { other.populate(vma.start, vma.end) }
      #expect(other.rss == 20 * 64)
      try other.do_munmap(0x1_0000_0000, 32 << 12)
    }
    #expect(kernel.frames.freePages == before)
  }

  @Test("memory that runs out is an error, not a crash")
  func outOfMemory() {
    #expect(map(0x10_0000, 255 << 20, 3, 0x4022) == 0x10_0000)
    var address: UInt64 = 0x10_0000
    while touch(address, isWrite: true) == .handled { address += 4096 }
    #expect(touch(address, isWrite: true) == .VM_FAULT_OOM)
    #expect(address > 200 << 20)
  }
}
