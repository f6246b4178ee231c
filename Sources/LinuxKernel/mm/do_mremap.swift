import LinuxABI
import X86

extension MM {
  /// Resizes or moves a mapping.
  ///
  /// - Returns: its address.
  /// - Throws: `EINVAL`, `EFAULT`, `ENOMEM`.
  /// - SeeAlso: Linux `mm/mremap.c` `SYSCALL_DEFINE5(mremap)` (v6.12).
  func do_mremap(
    _ address: UInt64,
    oldLength: UInt64,
    newLength: UInt64,
    flags: MremapFlags,
    newAddress: UInt64,
    limits: MappingLimits
  ) throws(Errno) -> UInt64 {
    guard flags.rawValue & ~7 == 0 else { throw .EINVAL }
    let mayMove = flags.contains(.MREMAP_MAYMOVE)
    let keepsOld = flags.contains(.MREMAP_DONTUNMAP)
    guard mayMove || flags.isDisjoint(with: [.MREMAP_FIXED, .MREMAP_DONTUNMAP]) else {
      throw .EINVAL
    }
    guard !keepsOld || oldLength == newLength, address & 4095 == 0 else { throw .EINVAL }
    let old = (oldLength &+ 4095) & ~4095
    let new = (newLength &+ 4095) & ~4095
    guard new != 0 else { throw .EINVAL }
    guard index(containing: address) != nil else { throw .EFAULT }
    if flags.contains(.MREMAP_FIXED) || keepsOld {
      return try mremap_to(address, old, new, newAddress, flags, limits)
    }
    if old >= new {
      if old > new { try do_munmap(address &+ new, old &- new) }
      return address
    }
    let index = try vma_to_resize(address, old, new, keepsOld: false, limits)
    if address &+ old == vmas[index].end, isExpandable(index, by: new &- old) {
      extend(index, end: address &+ new)
      merge_vmas(index, index + 1)
      return address
    }
    guard mayMove else { throw .ENOMEM }
    let target = try get_unmapped_area(hint: 0, length: new)
    return move_vma(address, old, new, to: target, keepsOld: false)
  }

  private func mremap_to(
    _ address: UInt64,
    _ oldLength: UInt64,
    _ new: UInt64,
    _ newAddress: UInt64,
    _ flags: MremapFlags,
    _ limits: MappingLimits
  ) throws(Errno) -> UInt64 {
    var old = oldLength
    let isFixed = flags.contains(.MREMAP_FIXED)
    guard newAddress & 4095 == 0, new <= TASK_SIZE_MAX, newAddress <= TASK_SIZE_MAX &- new,
      !(address &+ old > newAddress && newAddress &+ new > address)
    else { throw .EINVAL }
    guard vmas.count + 2 < Self.max_map_count else { throw .ENOMEM }
    if isFixed {
      guard newAddress >= Self.mmap_min_addr || limits.mayMapLow else { throw .EPERM }
      try do_munmap(newAddress, new)
    }
    if old > new {
      try do_munmap(address &+ new, old &- new)
      old = new
    }
    let keepsOld = flags.contains(.MREMAP_DONTUNMAP)
    _ = try vma_to_resize(address, old, new, keepsOld: keepsOld, limits)
    let target = isFixed ? newAddress : try get_unmapped_area(hint: newAddress, length: new)
    return move_vma(address, old, new, to: target, keepsOld: keepsOld)
  }

  /// The mapping that is to change size.
  private func vma_to_resize(
    _ address: UInt64,
    _ old: UInt64,
    _ new: UInt64,
    keepsOld: Bool,
    _ limits: MappingLimits
  ) throws(Errno) -> Int {
    guard let index = index(containing: address) else { throw .EFAULT }
    let vma = vmas[index]
    if old == 0, !vma.flags.contains(.VM_SHARED) { throw .EINVAL }
    guard old <= vma.end &- address else { throw .EFAULT }
    if new == old && !keepsOld { return index }
    let pages = keepsOld ? new >> 12 : (new &- old) >> 12
    try may_expand_vm(pages, data: vma.isData ? pages : 0, limits)
    if vma.isData, !vma.flags.contains(.VM_NORESERVE) { try vm_enough_memory(pages) }
    return index
  }

  /// True when there is room behind a mapping.
  private func isExpandable(_ index: Int, by bytes: UInt64) -> Bool {
    let end = vmas[index].end
    guard bytes <= TASK_SIZE_MAX &- end else { return false }
    return index + 1 >= vmas.count || vmas[index + 1].startWithGap >= end &+ bytes
  }

  /// Moves pages and mapping to a free range.
  ///
  /// - SeeAlso: Linux `mm/mremap.c` `move_vma`, `move_page_tables`.
  private func move_vma(
    _ address: UInt64,
    _ old: UInt64,
    _ new: UInt64,
    to target: UInt64,
    keepsOld: Bool
  ) -> UInt64 {
    guard let source = index(containing: address) else { return target }
    var vma = vmas[source]
    vma.pageOffset = vma.pageIndex(address)
    vma.start = target
    vma.end = target &+ new
    let moved = min(old, new)
    for_each_pte(address, address &+ moved) { page, entry in
      // Without a table for the new place the page stays behind and is freed with the old mapping.
      guard let place = pte(target &+ (page &- address), create: true) else { return }
      place.pointee = entry.pointee
      entry.pointee = 0
    }
    flush_tlb_range(address, address &+ moved)
    if !keepsOld, old > 0 { unmap_region(address, address &+ old) }
    insert_vma(vma)
    return target
  }
}
