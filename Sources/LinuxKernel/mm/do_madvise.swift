import LinuxABI
import X86

extension MM {
  /// Applies advice to a range.
  ///
  /// - Throws: `EINVAL`; `ENOMEM` for a hole, after the mapped parts are done.
  /// - SeeAlso: Linux `mm/madvise.c` `do_madvise` (v6.12).
  func do_madvise(_ start: UInt64, _ lengthIn: UInt64, _ advice: Int32) throws(Errno) {
    guard let advice = MadviseAdvice(rawValue: UInt32(bitPattern: advice)),
      advice.rawValue <= MadviseAdvice.MADV_COLLAPSE.rawValue, start & 4095 == 0
    else { throw .EINVAL }
    let length = (lengthIn &+ 4095) & ~4095
    guard lengthIn == 0 || length != 0 else { throw .EINVAL }
    let end = start &+ length
    guard end >= start else { throw .EINVAL }
    guard end > start else { return }
    if advice == .MADV_POPULATE_READ || advice == .MADV_POPULATE_WRITE {
      return try madvise_populate(start, end, isWrite: advice == .MADV_POPULATE_WRITE)
    }
    var address = start
    var hasHole = false
    while address < end {
      let index = index(above: address)
      guard index < vmas.count, vmas[index].start < end else {
        hasHole = true
        break
      }
      if vmas[index].start > address {
        hasHole = true
        address = vmas[index].start
      }
      let limit = min(end, vmas[index].end)
      try advise(address, limit, index, advice)
      address = limit
    }
    if hasHole { throw .ENOMEM }
  }

  private func advise(
    _ start: UInt64,
    _ end: UInt64,
    _ index: Int,
    _ advice: MadviseAdvice
  ) throws(Errno) {
    let vma = vmas[index]
    switch advice {
    case .MADV_DONTNEED, .MADV_DONTNEED_LOCKED:
      if advice == .MADV_DONTNEED, vma.flags.contains(.VM_LOCKED) { throw .EINVAL }
      zap_page_range(start, end)
    case .MADV_FREE:
      // The pages may go at any time; here they go now.
      guard vma.cache == nil else { throw .EINVAL }
      zap_page_range(start, end)
    case .MADV_REMOVE:
      guard let cache = vma.cache, vma.flags.contains([.VM_SHARED, .VM_WRITE]) else {
        throw vma.cache == nil ? .EINVAL : .EACCES
      }
      zap_page_range(start, end)
      cache.punch(vma.pageIndex(start)..<vma.pageIndex(start) &+ (end &- start) >> 12)
    case .MADV_DONTFORK: change_flags(start, end) { $0.insert(.VM_DONTCOPY) }
    case .MADV_DOFORK: change_flags(start, end) { $0.remove(.VM_DONTCOPY) }
    case .MADV_DONTDUMP: change_flags(start, end) { $0.insert(.VM_DONTDUMP) }
    case .MADV_DODUMP: change_flags(start, end) { $0.remove(.VM_DONTDUMP) }
    case .MADV_WIPEONFORK:
      guard vma.cache == nil else { throw .EINVAL }
      change_flags(start, end) { $0.insert(.VM_WIPEONFORK) }
    case .MADV_KEEPONFORK: change_flags(start, end) { $0.remove(.VM_WIPEONFORK) }
    default: break  // Hints about paging and page sizes, which nothing here depends on.
    }
  }

  /// Changes the flags of one mapping, or a part of it; permissions stay.
  func change_flags(_ start: UInt64, _ end: UInt64, _ body: (inout VMFlags) -> Void) {
    split_vma(at: start)
    split_vma(at: end)
    let index = index(above: start)
    var flags = vmas[index].flags
    body(&flags)
    set_flags(index, flags)
    merge_vmas(index, index + 1)
  }

  private func madvise_populate(
    _ start: UInt64,
    _ end: UInt64,
    isWrite: Bool
  ) throws(Errno) {
    var address = start
    while address < end {
      guard let index = index(containing: address) else { throw .ENOMEM }
      let needed: VMFlags = isWrite ? .VM_WRITE : .VM_READ
      guard vmas[index].flags.contains(needed) else { throw .EINVAL }
      switch handle_mm_fault(index, address, isWrite: isWrite) {
      case .handled: address &+= FrameAllocator.PAGE_SIZE
      case .VM_FAULT_SIGBUS: throw .EFAULT
      case .VM_FAULT_OOM: throw .ENOMEM
      }
    }
  }
}
