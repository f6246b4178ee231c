/// The four levels of page tables in guest physical memory, as the kernel and the debugger see them.
public struct PageTable {
  /// Where the tables lie.
  public let memory: PhysicalMemory
  /// Physical address of the top table.
  public let cr3: UInt64

  /// The tables under `cr3`.
  public init(memory: PhysicalMemory, cr3: UInt64) {
    self.memory = memory
    self.cr3 = cr3 & PageTableEntry.frameMask
  }

  /// One step of a walk: level 4 ... 1, physical address of the entry, the entry.
  public struct Step: Equatable, Sendable {
    /// 4 is the top table, 1 the last.
    public let level: Int
    /// Physical address of the entry.
    public let address: UInt64
    /// The entry.
    public let entry: PageTableEntry
  }

  /// All steps that lead to `virtual`; the last one is the leaf or the first entry not present.
  public func walk(_ virtual: UInt64) -> [Step] {
    var steps: [Step] = []
    var table = cr3
    for level in stride(from: 4, through: 1, by: -1) {
      let shift = UInt64(12 &+ 9 &* (level &- 1))
      let address = table &+ (virtual >> shift & 511) &* 8
      guard let p = memory.pointer(address, count: 8) else { break }
      let entry = PageTableEntry(rawValue: p.load(as: UInt64.self))
      steps.append(Step(level: level, address: address, entry: entry))
      if !entry.isPresent || (level < 4 && entry.rawValue & PageTableEntry.large != 0) { break }
      table = entry.frame
    }
    return steps
  }

  /// The physical address of `virtual` and its leaf entry; nil when not mapped.
  public func leaf(of virtual: UInt64) -> (physical: UInt64, entry: PageTableEntry)? {
    guard PageWalk.isCanonical(virtual) else { return nil }
    var table = cr3
    for level in stride(from: 4, through: 1, by: -1) {
      let shift = UInt64(12 &+ 9 &* (level &- 1))
      guard let p = memory.pointer(table &+ (virtual >> shift & 511) &* 8, count: 8) else {
        return nil
      }
      let entry = PageTableEntry(rawValue: p.load(as: UInt64.self))
      guard entry.isPresent else { return nil }
      if level == 1 || (level < 4 && entry.rawValue & PageTableEntry.large != 0) {
        let mask = (UInt64(1) << shift) &- 1
        return (entry.frame & ~mask | virtual & mask, entry)
      }
      table = entry.frame
    }
    return nil
  }
}
