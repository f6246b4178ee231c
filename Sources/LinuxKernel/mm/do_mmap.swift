import LinuxABI
import X86

/// What a new mapping is made from.
enum MappingSource {
  /// Zeros.
  case anonymous
  /// A file's pages from a file page on, and whether the file may be written and executed.
  case file(PageCache, pageOffset: UInt64, isWritable: Bool)
}

/// Limits of the caller that apply to new mappings.
struct MappingLimits {
  /// `RLIMIT_AS`, bytes.
  var addressSpace = UInt64.max
  /// `RLIMIT_DATA`, bytes.
  var data = UInt64.max
  /// `RLIMIT_STACK`, bytes.
  var stack: UInt64 = 8 << 20
  /// `CAP_SYS_RAWIO`: may map below `mmap_min_addr`.
  var mayMapLow = false
}

extension Task {
  /// The caller's limits as `mm/` wants them.
  var mappingLimits: MappingLimits {
    MappingLimits(
      addressSpace: rlimits[Int(Resource.RLIMIT_AS.rawValue)].current,
      data: rlimits[Int(Resource.RLIMIT_DATA.rawValue)].current,
      stack: rlimits[Int(Resource.RLIMIT_STACK.rawValue)].current,
      mayMapLow: capable(self, .CAP_SYS_RAWIO)
    )
  }
}

extension MM {
  /// Makes a mapping.
  ///
  /// - Returns: its address.
  /// - Throws: `EINVAL`, `ENOMEM`, `EOVERFLOW`, `EPERM`, `EEXIST`, `EACCES`, in the kernel's order.
  /// - SeeAlso: Linux `mm/mmap.c` `do_mmap` (v6.12).
  func do_mmap(
    _ address: UInt64,
    length: UInt64,
    protection: UInt64,
    flags: MapFlags,
    source: MappingSource,
    limits: MappingLimits,
    alignment: UInt64 = 4096
  ) throws(Errno) -> UInt64 {
    guard length != 0 else { throw .EINVAL }
    let isFixed = !flags.isDisjoint(with: [.MAP_FIXED, .MAP_FIXED_NOREPLACE])
    var hint = address
    if !isFixed, hint & ~4095 != 0, hint < Self.mmap_min_addr { hint = Self.mmap_min_addr }
    let length = (length &+ 4095) & ~4095
    guard length != 0 else { throw .ENOMEM }
    if case .file(_, let pageOffset, _) = source {
      guard !pageOffset.addingReportingOverflow(length >> 12).overflow else { throw .EOVERFLOW }
    }
    guard vmas.count <= Self.max_map_count else { throw .ENOMEM }
    let start: UInt64
    if isFixed {
      guard length <= TASK_SIZE_MAX, hint <= TASK_SIZE_MAX &- length else { throw .ENOMEM }
      guard hint & 4095 == 0 else { throw .EINVAL }
      start = hint
    } else {
      start = try get_unmapped_area(
        hint: hint,
        length: length,
        alignment: alignment,
        low32Bits: flags.contains(.MAP_32BIT)
      )
    }
    guard start >= Self.mmap_min_addr || limits.mayMapLow else { throw .EPERM }
    if flags.contains(.MAP_FIXED_NOREPLACE), overlaps(start, start &+ length) { throw .EEXIST }

    var vma = VMA(start: start, end: start &+ length, flags: VMFlags(protection: protection))
    try choose_backing(&vma, flags, source)
    if flags.contains(.MAP_GROWSDOWN), vma.cache == nil { vma.flags.insert(.VM_GROWSDOWN) }
    if flags.contains(.MAP_NORESERVE) { vma.flags.insert(.VM_NORESERVE) }
    if flags.contains(.MAP_LOCKED) { vma.flags.insert(.VM_LOCKED) }
    try mmap_region(vma, limits)
    if !flags.isDisjoint(with: [.MAP_POPULATE, .MAP_LOCKED]), !flags.contains(.MAP_NONBLOCK) {
      populate(start, start &+ length)
    }
    return start
  }

  /// Sets sharing, permissions to come and the backing.
  private func choose_backing(
    _ vma: inout VMA,
    _ flags: MapFlags,
    _ source: MappingSource
  ) throws(Errno) {
    vma.flags.formUnion(.VM_MAYALL)
    let type = flags.rawValue & MapFlags.MAP_TYPE
    switch source {
    case .anonymous:
      switch type {
      case MapFlags.MAP_SHARED.rawValue:
        vma.flags.insert(.VM_SHARED)
        vma.cache = PageCache(frames: frames, anonymousSize: vma.end &- vma.start)
      case MapFlags.MAP_PRIVATE.rawValue: break
      default: throw .EINVAL
      }
    case .file(let cache, let pageOffset, let isWritable):
      switch type {
      case MapFlags.MAP_SHARED.rawValue, MapFlags.MAP_SHARED_VALIDATE.rawValue:
        vma.flags.insert(.VM_SHARED)
        if !isWritable {
          guard !vma.flags.contains(.VM_WRITE) else { throw .EACCES }
          vma.flags.remove(.VM_MAYWRITE)
        }
      case MapFlags.MAP_PRIVATE.rawValue: break
      default: throw .EINVAL
      }
      vma.cache = cache
      vma.pageOffset = pageOffset
    }
  }

  /// Replaces what is in the way and adds the mapping.
  ///
  /// - SeeAlso: Linux `mm/mmap.c` `mmap_region`.
  func mmap_region(_ vma: VMA, _ limits: MappingLimits) throws(Errno) {
    let pages = (vma.end &- vma.start) >> 12
    let replaced = mappedPages(vma.start, vma.end)
    try may_expand_vm(
      pages &- replaced.all,
      data: vma.isData ? pages : 0,
      replacing: replaced.data,
      limits
    )
    if vma.isData, !vma.flags.contains(.VM_NORESERVE), vma.cache == nil || vma.isData {
      try vm_enough_memory(pages)
    }
    unmap_region(vma.start, vma.end)
    insert_vma(vma)
  }

  /// Checks `RLIMIT_AS` and `RLIMIT_DATA`.
  ///
  /// - SeeAlso: Linux `mm/mmap.c` `may_expand_vm`.
  func may_expand_vm(
    _ pages: UInt64,
    data: UInt64,
    replacing: UInt64 = 0,
    _ limits: MappingLimits
  ) throws(Errno) {
    // `pages` may stand for a negative number when a mapping replaces others.
    guard total_vm &+ pages <= limits.addressSpace >> 12 else { throw .ENOMEM }
    if data > 0 {
      guard data_vm &+ data &- replacing <= limits.data >> 12 else { throw .ENOMEM }
    }
  }

  /// Refuses what could never be there, and no more: heuristic overcommit.
  ///
  /// - SeeAlso: Linux `mm/util.c` `__vm_enough_memory`, `OVERCOMMIT_GUESS`.
  func vm_enough_memory(_ pages: UInt64) throws(Errno) {
    guard pages <= frames.totalPages else { throw .ENOMEM }
  }

  /// Brings in all pages of a range; stops quietly where it cannot.
  func populate(_ start: UInt64, _ end: UInt64) {
    var address = start
    while address < end, let index = index(containing: address) {
      guard !vmas[index].flags.isDisjoint(with: .VM_ACCESS) else { return }
      let isWrite =
        vmas[index].flags.contains(.VM_WRITE) && !vmas[index].flags.contains(.VM_SHARED)
      if !(pte(address, create: false)?.pointee ?? 0).hasFrame {
        guard handle_mm_fault(index, address, isWrite: isWrite) == .handled else { return }
      }
      address &+= FrameAllocator.PAGE_SIZE
    }
  }
}
