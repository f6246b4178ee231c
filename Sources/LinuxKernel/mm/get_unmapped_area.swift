import LinuxABI

extension MM {
  /// The lowest address that an unprivileged program may map.
  static let mmap_min_addr: UInt64 = 4096
  /// The most mappings of one address space.
  static let max_map_count = 65530

  /// A free range for a mapping without a fixed place.
  ///
  /// - Parameters:
  ///   - hint: where the program would like it; 0 is anywhere.
  ///   - length: bytes, page-aligned, at least a page.
  ///   - alignment: of the start; a power of two, at least a page.
  ///   - low32Bits: `MAP_32BIT`, which means below 2 GiB.
  /// - Returns: its first address.
  /// - Throws: `ENOMEM`.
  /// - SeeAlso: Linux `arch/x86/kernel/sys_x86_64.c` `arch_get_unmapped_area_topdown`.
  func get_unmapped_area(
    hint: UInt64,
    length: UInt64,
    alignment: UInt64 = 4096,
    low32Bits: Bool = false
  ) throws(Errno) -> UInt64 {
    guard length <= TASK_SIZE_MAX else { throw .ENOMEM }
    if low32Bits {
      guard let found = bottomUp(length, 0x4000_0000, 0x8000_0000, alignment) else { throw .ENOMEM }
      return found
    }
    let wanted = hint & ~4095
    if wanted != 0, isFree(wanted, length) { return wanted }
    if let found = topDown(length, mmap_base, alignment) { return found }
    // Above the usual place there may be room: between it and the stack.
    let bottom = (TASK_SIZE_MAX / 3 &+ 4095) & ~4095
    guard let found = bottomUp(length, bottom, TASK_SIZE_MAX, alignment) else { throw .ENOMEM }
    return found
  }

  /// True when a hint can be taken as it is.
  private func isFree(_ address: UInt64, _ length: UInt64) -> Bool {
    guard address >= Self.mmap_min_addr, address <= TASK_SIZE_MAX &- length else { return false }
    let index = index(above: address)
    if index < vmas.count, vmas[index].startWithGap < address &+ length { return false }
    return true
  }

  /// The highest gap of `length` bytes that ends at or below `limit`.
  private func topDown(_ length: UInt64, _ limit: UInt64, _ alignment: UInt64) -> UInt64? {
    var index = index(above: limit &- 1)
    var high = limit
    if index < vmas.count { high = min(high, vmas[index].startWithGap) }
    while true {
      let low = index > 0 ? vmas[index - 1].end : Self.mmap_min_addr
      if high >= length {
        let start = (high &- length) & ~(alignment &- 1)
        if start >= max(low, Self.mmap_min_addr) { return start }
      }
      guard index > 0 else { return nil }
      index -= 1
      high = min(high, vmas[index].startWithGap)
    }
  }

  /// The lowest gap of `length` bytes in a range.
  private func bottomUp(
    _ length: UInt64,
    _ bottom: UInt64,
    _ limit: UInt64,
    _ alignment: UInt64
  ) -> UInt64? {
    var low = bottom
    var index = index(above: bottom)
    while true {
      low = (low &+ alignment &- 1) & ~(alignment &- 1)
      let high = index < vmas.count ? min(vmas[index].startWithGap, limit) : limit
      if low <= high, high &- low >= length { return low }
      guard index < vmas.count, vmas[index].end < limit else { return nil }
      low = max(low, vmas[index].end)
      index += 1
    }
  }
}
