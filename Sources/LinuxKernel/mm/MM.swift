import X86

/// An address space: Linux's `mm_struct`.
///
/// Owns its list of mappings and the user half of its page tables; the kernel half is shared by all.
public final class MM {
  let frames: FrameAllocator
  let cpu: VCPU
  /// Physical address of the top page table: CR3.
  let pgd: UInt64
  /// The same of the kernel's own, for when this one goes.
  private let kernelTables: UInt64
  /// Sorted by address, without overlaps.
  var vmas: [VMA] = []
  /// Index of the mapping that was looked up last.
  private var lastFound = 0
  /// The last table of entries that was reached, and the 2 MiB for which it stands.
  private var lastTable: UnsafeMutablePointer<UInt64>?
  private var lastTableIndex = UInt64.max
  /// Page-table frames, in pages.
  private(set) var tablePages: UInt64 = 0

  // Layout, as `/proc/PID/stat` shows it.

  /// The program's text.
  public internal(set) var start_code: UInt64 = 0
  /// See `start_code`.
  public internal(set) var end_code: UInt64 = 0
  /// The program's data.
  public internal(set) var start_data: UInt64 = 0
  /// See `start_data`.
  public internal(set) var end_data: UInt64 = 0
  /// Where the heap starts.
  public internal(set) var start_brk: UInt64 = 0
  /// Where it ends, byte-exact.
  public internal(set) var brk: UInt64 = 0
  /// Where `execve` left rsp.
  public internal(set) var start_stack: UInt64 = 0
  /// Argument and environment strings.
  public internal(set) var arg_start: UInt64 = 0
  /// See `arg_start`.
  public internal(set) var arg_end: UInt64 = 0
  /// See `arg_start`.
  public internal(set) var env_start: UInt64 = 0
  /// See `arg_start`.
  public internal(set) var env_end: UInt64 = 0
  /// The auxiliary vector, as `/proc/PID/auxv` shows it.
  public internal(set) var saved_auxv: [UInt64] = []
  /// Mappings without a given place go below this address.
  var mmap_base: UInt64 = 0

  /// Pages in all mappings.
  public internal(set) var total_vm: UInt64 = 0
  /// Pages in private writable mappings.
  public internal(set) var data_vm: UInt64 = 0
  /// Pages present.
  public internal(set) var rss: UInt64 = 0
  /// The most that `rss` ever was.
  public internal(set) var hiwater_rss: UInt64 = 0
  /// Page faults that found or made a page.
  public internal(set) var minorFaults: UInt64 = 0

  /// An empty address space over the shared kernel half.
  init?(frames: FrameAllocator, cpu: VCPU, kernelTables: UInt64) {
    guard let top = frames.allocate() else { return nil }
    self.frames = frames
    self.cpu = cpu
    self.kernelTables = kernelTables
    pgd = top
    let half = 2048
    (frames.host(top) + half).copyMemory(from: frames.host(kernelTables) + half, byteCount: half)
  }

  deinit {
    if cpu.cr3 == pgd { cpu.switchAddressSpace(to: kernelTables) }
    cpu.forgetAddressSpace(pgd)
    exit_mmap()
  }

  // MARK: - Looking mappings up

  /// Index of the first mapping that ends above `address`; `vmas.count` when there is none.
  func index(above address: UInt64) -> Int {
    let hint = lastFound
    if hint < vmas.count, vmas[hint].end > address, vmas[hint].start <= address { return hint }
    var low = 0
    var high = vmas.count
    while low < high {
      let middle = (low &+ high) >> 1
      if vmas[middle].end > address { high = middle } else { low = middle &+ 1 }
    }
    lastFound = low
    return low
  }

  /// The first mapping that ends above `address`; it need not contain it.
  ///
  /// - SeeAlso: Linux `mm/mmap.c` `find_vma`.
  func find_vma(_ address: UInt64) -> VMA? {
    let index = index(above: address)
    return index < vmas.count ? vmas[index] : nil
  }

  /// Index of the mapping that contains `address`.
  func index(containing address: UInt64) -> Int? {
    let index = index(above: address)
    return index < vmas.count && vmas[index].start <= address ? index : nil
  }

  /// True when a mapping overlaps the range.
  func overlaps(_ start: UInt64, _ end: UInt64) -> Bool {
    let index = index(above: start)
    return index < vmas.count && vmas[index].start < end
  }

  /// Pages in the mappings that overlap a range.
  func mappedPages(_ start: UInt64, _ end: UInt64) -> (all: UInt64, data: UInt64) {
    var all: UInt64 = 0
    var data: UInt64 = 0
    var index = index(above: start)
    while index < vmas.count, vmas[index].start < end {
      let pages = (min(end, vmas[index].end) &- max(start, vmas[index].start)) >> 12
      all &+= pages
      if vmas[index].isData { data &+= pages }
      index += 1
    }
    return (all, data)
  }

  // MARK: - Changing the list

  /// Cuts the mapping that contains `address` in two, so that `address` is a border.
  func split_vma(at address: UInt64) {
    guard let index = index(containing: address), vmas[index].start < address else { return }
    var upper = vmas[index]
    upper.pageOffset = upper.pageIndex(address)
    upper.start = address
    vmas[index].end = address
    vmas.insert(upper, at: index + 1)
  }

  /// Adds a mapping where there is none, and joins it with its neighbours.
  func insert_vma(_ vma: VMA) {
    let at = index(above: vma.start)
    vmas.insert(vma, at: at)
    account(vma, &+)
    merge_vmas(at, at + 1)
  }

  /// Takes a range out of the list; the caller has split at both ends.
  func remove_vmas(_ range: Range<Int>) {
    for index in range { account(vmas[index], &-) }
    vmas.removeSubrange(range)
  }

  /// Joins mappings in `first - 1 ... last` that continue each other.
  func merge_vmas(_ first: Int, _ last: Int) {
    var index = min(last, vmas.count - 1)
    while index > 0, index >= first {
      if vmas[index - 1].continues(into: vmas[index]) {
        vmas[index - 1].end = vmas[index].end
        vmas.remove(at: index)
      }
      index -= 1
    }
  }

  private func account(_ vma: VMA, _ apply: (UInt64, UInt64) -> UInt64) {
    let pages = (vma.end &- vma.start) >> 12
    total_vm = apply(total_vm, pages)
    if vma.isData { data_vm = apply(data_vm, pages) }
  }

  /// Changes the permissions of one mapping in the list.
  func set_flags(_ index: Int, _ flags: VMFlags) {
    account(vmas[index], &-)
    vmas[index].flags = flags
    account(vmas[index], &+)
  }

  /// Moves a border of a mapping outwards.
  func extend(_ index: Int, start: UInt64? = nil, end: UInt64? = nil) {
    account(vmas[index], &-)
    if let start {
      vmas[index].pageOffset &-= (vmas[index].start &- start) >> 12
      vmas[index].start = start
    }
    if let end { vmas[index].end = end }
    account(vmas[index], &+)
  }

  // MARK: - Page tables

  /// The last-level entry for `address`, or `nil` where no table is (and `create` is false, or
  /// memory is full).
  func pte(_ address: UInt64, create: Bool) -> UnsafeMutablePointer<UInt64>? {
    let tableIndex = address >> 21
    if tableIndex == lastTableIndex, let table = lastTable {
      return table + Int(address >> 12 & 511)
    }
    var table = entries(pgd)
    for shift in [UInt64(39), 30, 21] {
      let slot = table + Int(address >> shift & 511)
      if slot.pointee & PageTableEntry.present == 0 {
        guard create, let frame = frames.allocate() else { return nil }
        tablePages &+= 1
        slot.pointee =
          frame | PageTableEntry.present | PageTableEntry.writable | PageTableEntry.user
          | PageTableEntry.accessed
      }
      table = entries(slot.pointee & PageTableEntry.frameMask)
    }
    lastTable = table
    lastTableIndex = tableIndex
    return table + Int(address >> 12 & 511)
  }

  private func entries(_ frame: UInt64) -> UnsafeMutablePointer<UInt64> {
    frames.host(frame).assumingMemoryBound(to: UInt64.self)
  }

  /// Calls `body` for each entry of the range that holds a frame; empty tables are skipped whole.
  func for_each_pte(
    _ start: UInt64,
    _ end: UInt64,
    _ body: (UInt64, UnsafeMutablePointer<UInt64>) -> Void
  ) {
    var address = start
    while address < end {
      let top = entries(pgd)[Int(address >> 39 & 511)]
      guard top & PageTableEntry.present != 0 else {
        address = (address >> 39 &+ 1) << 39
        continue
      }
      let upper = entries(top & PageTableEntry.frameMask)[Int(address >> 30 & 511)]
      guard upper & PageTableEntry.present != 0 else {
        address = (address >> 30 &+ 1) << 30
        continue
      }
      let middle = entries(upper & PageTableEntry.frameMask)[Int(address >> 21 & 511)]
      let limit = min(end, (address >> 21 &+ 1) << 21)
      if middle & PageTableEntry.present != 0 {
        let table = entries(middle & PageTableEntry.frameMask)
        while address < limit {
          let entry = table + Int(address >> 12 & 511)
          if entry.pointee.hasFrame { body(address, entry) }
          address &+= FrameAllocator.PAGE_SIZE
        }
      }
      address = limit
    }
  }

  /// Drops translations of a range after its entries changed.
  func flush_tlb_range(_ start: UInt64, _ end: UInt64) {
    if (end &- start) >> 12 > 64 {
      cpu.flushTLB(of: pgd)
      return
    }
    var address = start
    while address < end {
      cpu.invalidatePage(address, in: pgd)
      address &+= FrameAllocator.PAGE_SIZE
    }
  }

  /// Unmaps the pages of a range and gives their frames back.
  ///
  /// - SeeAlso: Linux `mm/memory.c` `zap_page_range`.
  func zap_page_range(_ start: UInt64, _ end: UInt64) {
    var zapped = false
    for_each_pte(start, end) { _, entry in
      let frame = entry.pointee & PageTableEntry.frameMask
      entry.pointee = 0
      frames.put(frame)
      rss &-= 1
      zapped = true
    }
    if zapped { flush_tlb_range(start, end) }
  }

  /// Frees the page tables, when everything that they mapped is gone.
  private func exit_mmap() {
    for vma in vmas { zap_page_range(vma.start, vma.end) }
    vmas = []
    free(table: pgd, level: 4, count: 256)
  }

  private func free(table: UInt64, level: Int, count: Int) {
    if level > 1 {
      for index in 0..<count {
        let entry = entries(table)[index]
        if entry & PageTableEntry.present != 0 {
          free(table: entry & PageTableEntry.frameMask, level: level - 1, count: 512)
        }
      }
    }
    frames.put(table)
  }
}
