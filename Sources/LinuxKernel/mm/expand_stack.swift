import LinuxABI

extension MM {
  /// Lets the stack that lies above `address` grow down to it.
  ///
  /// - Returns: the index of the mapping, which now contains `address`; `nil` when it may not grow.
  /// - SeeAlso: Linux `mm/mmap.c` `expand_downwards`, `acct_stack_growth`.
  func expand_stack(_ address: UInt64, _ limits: MappingLimits) -> Int? {
    let page = address & ~4095
    let index = index(above: address)
    guard index < vmas.count, page >= Self.mmap_min_addr else { return nil }
    let vma = vmas[index]
    guard vma.start > page else { return index }
    guard vma.flags.contains(.VM_GROWSDOWN) else { return nil }
    if index > 0 {
      let below = vmas[index - 1]
      if !below.flags.contains(.VM_GROWSDOWN), !below.flags.isDisjoint(with: .VM_ACCESS),
        page &- below.end < VMA.stack_guard_gap
      {
        return nil
      }
    }
    let pages = (vma.start &- page) >> 12
    guard vma.end &- page <= limits.stack else { return nil }
    do {
      try may_expand_vm(pages, data: 0, limits)
      try vm_enough_memory(pages)
    } catch {
      return nil
    }
    extend(index, start: page)
    return index
  }
}
