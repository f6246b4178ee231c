import LinuxABI

extension MM {
  /// Removes all mappings of a range.
  ///
  /// - Throws: `EINVAL` for a range that is not page-aligned, empty or outside user addresses;
  ///   `ENOMEM` when a mapping would be cut in two and there are too many.
  /// - SeeAlso: Linux `mm/mmap.c` `do_munmap`.
  func do_munmap(_ start: UInt64, _ length: UInt64) throws(Errno) {
    guard start & 4095 == 0, start <= TASK_SIZE_MAX, length <= TASK_SIZE_MAX &- start else {
      throw .EINVAL
    }
    let end = start &+ ((length &+ 4095) & ~4095)
    guard end > start else { throw .EINVAL }
    if let index = index(containing: start), vmas[index].start < start, vmas[index].end > end,
      vmas.count >= Self.max_map_count
    {
      throw .ENOMEM
    }
    unmap_region(start, end)
  }

  /// Removes all mappings of a page-aligned range.
  func unmap_region(_ start: UInt64, _ end: UInt64) {
    guard overlaps(start, end) else { return }
    split_vma(at: start)
    split_vma(at: end)
    let first = index(above: start)
    var last = first
    while last < vmas.count, vmas[last].start < end {
      zap_page_range(vmas[last].start, vmas[last].end)
      last += 1
    }
    remove_vmas(first..<last)
  }
}
