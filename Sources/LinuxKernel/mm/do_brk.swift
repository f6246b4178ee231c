import LinuxABI

extension MM {
  /// Moves the end of the heap.
  ///
  /// - Returns: the end of the heap: the one asked for, or the present one when that cannot be.
  /// - SeeAlso: Linux `mm/mmap.c` `SYSCALL_DEFINE1(brk)` (v6.12).
  func do_brk(_ wanted: UInt64, _ limits: MappingLimits) -> UInt64 {
    guard wanted >= start_brk, within_data_limit(wanted, limits) else { return brk }
    guard wanted <= TASK_SIZE_MAX else { return brk }
    let new = (wanted &+ 4095) & ~4095
    let old = (brk &+ 4095) & ~4095
    if new == old {
      brk = wanted
      return brk
    }
    if wanted <= brk {
      unmap_region(new, old)
      brk = wanted
      return brk
    }
    let next = index(above: old)
    if next < vmas.count, new &+ FrameAllocator.PAGE_SIZE > vmas[next].startWithGap { return brk }
    guard new <= TASK_SIZE_MAX, grow(old, new, limits) else { return brk }
    brk = wanted
    return brk
  }

  private func within_data_limit(_ wanted: UInt64, _ limits: MappingLimits) -> Bool {
    guard limits.data != .max else { return true }
    let sum = (wanted &- start_brk).addingReportingOverflow(end_data &- start_data)
    return !sum.overflow && sum.partialValue <= limits.data
  }

  /// Adds zeroed memory at the end of the heap.
  func grow(_ start: UInt64, _ end: UInt64, _ limits: MappingLimits) -> Bool {
    let pages = (end &- start) >> 12
    do {
      try may_expand_vm(pages, data: pages, limits)
      try vm_enough_memory(pages)
    } catch {
      return false
    }
    guard vmas.count <= Self.max_map_count else { return false }
    insert_vma(
      VMA(start: start, end: end, flags: VMFlags([.VM_READ, .VM_WRITE]).union(.VM_MAYALL))
    )
    return true
  }
}
