import X86

/// What became of a page fault inside a mapping that allows the access.
///
/// - SeeAlso: Linux `include/linux/mm_types.h` `vm_fault_reason`.
enum VMFault: Equatable {
  /// The page is there: run the instruction again.
  case handled
  /// The mapping reaches past the end of its file.
  case VM_FAULT_SIGBUS
  /// No memory is left.
  case VM_FAULT_OOM
}

extension MM {
  /// Brings a page in, or makes it writable.
  ///
  /// - Precondition: the mapping at `index` contains `address` and allows the access.
  /// - SeeAlso: Linux `mm/memory.c` `handle_mm_fault`.
  func handle_mm_fault(_ index: Int, _ address: UInt64, isWrite: Bool) -> VMFault {
    let page = address & ~4095
    guard let entry = pte(page, create: true) else { return .VM_FAULT_OOM }
    minorFaults &+= 1
    if entry.pointee & PageTableEntry.present == 0 {
      if vmas[index].cache != nil { return do_fault(index, page, entry, isWrite: isWrite) }
      return do_anonymous_page(index, entry, isWrite: isWrite)
    }
    if isWrite, entry.pointee & PageTableEntry.writable == 0 {
      return do_wp_page(index, page, entry)
    }
    // The entry allows the access already: a stale translation.
    flush_tlb_range(page, page &+ FrameAllocator.PAGE_SIZE)
    return .handled
  }

  /// First access to private memory that no file backs: the zero page, or a fresh one to write to.
  private func do_anonymous_page(
    _ index: Int,
    _ entry: UnsafeMutablePointer<UInt64>,
    isWrite: Bool
  ) -> VMFault {
    if isWrite {
      guard let frame = frames.allocate() else { return .VM_FAULT_OOM }
      set_pte(entry, frame, vmas[index].flags, writable: true)
    } else {
      guard let zero = frames.zeroPage() else { return .VM_FAULT_OOM }
      frames.get(zero)
      set_pte(entry, zero, vmas[index].flags, writable: false)
    }
    return .handled
  }

  /// First access to a page of a file.
  private func do_fault(
    _ index: Int,
    _ page: UInt64,
    _ entry: UnsafeMutablePointer<UInt64>,
    isWrite: Bool
  ) -> VMFault {
    let vma = vmas[index]
    guard let cache = vma.cache else { return .VM_FAULT_SIGBUS }
    let fileIndex = vma.pageIndex(page)
    guard fileIndex < (cache.size &+ 4095) >> 12 else { return .VM_FAULT_SIGBUS }
    let isShared = vma.flags.contains(.VM_SHARED)
    if isWrite, !isShared {
      guard let frame = frames.allocate() else { return .VM_FAULT_OOM }
      cache.fill(fileIndex, frame)
      set_pte(entry, frame, vma.flags, writable: true)
      return .handled
    }
    guard let frame = cache.frame(fileIndex) else { return .VM_FAULT_OOM }
    frames.get(frame)
    set_pte(entry, frame, vma.flags, writable: isShared && vma.flags.contains(.VM_WRITE))
    return .handled
  }

  /// A write to a page that is shared with the zero page, a file or a relative: copy on write.
  private func do_wp_page(
    _ index: Int,
    _ page: UInt64,
    _ entry: UnsafeMutablePointer<UInt64>
  ) -> VMFault {
    let old = entry.pointee & PageTableEntry.frameMask
    let flags = vmas[index].flags
    if flags.contains(.VM_SHARED) || frames.users(of: old) == 1 {
      entry.pointee |= PageTableEntry.writable
    } else {
      guard let copy = frames.allocate() else { return .VM_FAULT_OOM }
      if old != frames.zeroPage() {
        frames.host(copy).copyMemory(from: frames.host(old), byteCount: 4096)
      }
      frames.put(old)
      rss &-= 1
      set_pte(entry, copy, flags, writable: true)
    }
    flush_tlb_range(page, page &+ FrameAllocator.PAGE_SIZE)
    return .handled
  }

  /// Maps a frame with a mapping's permissions.
  private func set_pte(
    _ entry: UnsafeMutablePointer<UInt64>,
    _ frame: UInt64,
    _ flags: VMFlags,
    writable: Bool
  ) {
    entry.pointee = frame | protection_bits(flags, frame, writable: writable)
    rss &+= 1
    hiwater_rss = max(hiwater_rss, rss)
  }

  /// The bits of an entry other than the frame.
  func protection_bits(_ flags: VMFlags, _ frame: UInt64, writable: Bool) -> UInt64 {
    guard !flags.isDisjoint(with: .VM_ACCESS) else { return UInt64.protNone }
    var value = PageTableEntry.present | PageTableEntry.user | PageTableEntry.accessed
    if writable { value |= PageTableEntry.writable }
    if flags.contains(.VM_EXEC) {
      frames.markExecutable(frame)
    } else {
      value |= PageTableEntry.noExecute
    }
    return value
  }

  /// Brings in and gives the host address of user memory, for the kernel's own set-up of a program.
  ///
  /// - Returns: the host address of `address` and the bytes up to the end of its page.
  func get_user_page(
    _ address: UInt64,
    isWrite: Bool
  ) -> (host: UnsafeMutableRawPointer, count: Int)? {
    guard let index = index(containing: address) else { return nil }
    let page = address & ~4095
    let needed = isWrite ? PageTableEntry.present | PageTableEntry.writable : PageTableEntry.present
    if (pte(page, create: false)?.pointee ?? 0) & needed != needed {
      guard handle_mm_fault(index, address, isWrite: isWrite) == .handled else { return nil }
    }
    guard let entry = pte(page, create: false)?.pointee, entry & needed == needed else {
      return nil
    }
    let offset = Int(address & 4095)
    return (frames.host(entry & PageTableEntry.frameMask) + offset, 4096 - offset)
  }

  /// Writes user memory on behalf of the kernel, without regard to the mapping's permissions.
  ///
  /// - Returns: false when a page is missing.
  /// - SeeAlso: Linux `mm/memory.c` `access_remote_vm`.
  func access_process_vm(write bytes: UnsafeRawBufferPointer, _ address: UInt64) -> Bool {
    var done = 0
    while done < bytes.count {
      guard let page = get_user_page(address &+ UInt64(done), isWrite: true) else { return false }
      let count = min(page.count, bytes.count - done)
      UnsafeMutableRawBufferPointer(start: page.host, count: count)
        .copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[done..<done + count]))
      done += count
    }
    return true
  }
}

extension UInt64 {
  /// Software bit of an entry that is not present: its frame belongs to a `PROT_NONE` mapping.
  ///
  /// - SeeAlso: Linux `arch/x86/include/asm/pgtable_types.h` `_PAGE_PROTNONE`.
  static let protNone: UInt64 = 1 << 8

  /// As a page-table entry: maps a frame, accessible or not.
  var hasFrame: Bool { self & (PageTableEntry.present | UInt64.protNone) != 0 }
}
