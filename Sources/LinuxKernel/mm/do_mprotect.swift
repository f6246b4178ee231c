import LinuxABI
import X86

extension MM {
  /// Changes the permissions of a range.
  ///
  /// What precedes a hole is changed all the same, as in Linux.
  ///
  /// - Throws: `EINVAL`, `ENOMEM` (a hole, or no memory for private writable pages), `EACCES`.
  /// - SeeAlso: Linux `mm/mprotect.c` `do_mprotect_pkey` (v6.12).
  func do_mprotect(_ start: UInt64, _ length: UInt64, protection: UInt64) throws(Errno) {
    let growsDown = protection & 0x0100_0000 != 0
    let growsUp = protection & 0x0200_0000 != 0
    guard !(growsDown && growsUp), start & 4095 == 0 else { throw .EINVAL }
    guard length != 0 else { return }
    let end = start &+ ((length &+ 4095) & ~4095)
    guard end > start else { throw .ENOMEM }
    guard protection & ~0x0300_000F == 0 else { throw .EINVAL }
    var index = index(above: start)
    guard index < vmas.count else { throw .ENOMEM }
    var address = start
    if growsDown {
      guard vmas[index].start < end else { throw .ENOMEM }
      guard vmas[index].flags.contains(.VM_GROWSDOWN) else { throw .EINVAL }
      address = vmas[index].start
    } else {
      guard vmas[index].start <= start else { throw .ENOMEM }
      guard !growsUp else { throw .EINVAL }
    }
    let access = VMFlags(protection: protection)
    while address < end {
      guard index < vmas.count, vmas[index].start <= address else { throw .ENOMEM }
      let flags = vmas[index].flags.subtracting(.VM_ACCESS).union(access)
      guard access.rawValue & ~(flags.rawValue >> 4) & VMFlags.VM_ACCESS.rawValue == 0 else {
        throw .EACCES
      }
      let limit = min(end, vmas[index].end)
      if flags != vmas[index].flags {
        if flags.contains(.VM_WRITE), !vmas[index].flags.contains(.VM_WRITE),
          !flags.contains(.VM_SHARED), !flags.contains(.VM_NORESERVE)
        {
          try vm_enough_memory((limit &- address) >> 12)
        }
        mprotect_fixup(address, limit, flags)
      }
      address = limit
      index = self.index(above: address)
    }
  }

  /// Gives one mapping, or a part of it, new flags.
  private func mprotect_fixup(_ start: UInt64, _ end: UInt64, _ flags: VMFlags) {
    split_vma(at: start)
    split_vma(at: end)
    let index = index(above: start)
    set_flags(index, flags)
    let isShared = flags.contains(.VM_SHARED)
    var changed = false
    for_each_pte(start, end) { _, entry in
      let frame = entry.pointee & PageTableEntry.frameMask
      // A private page that others use stays read-only: the write fault will copy it.
      let writable =
        flags.contains(.VM_WRITE) && (isShared || frames.users(of: frame) == 1)
      let dirty = entry.pointee & PageTableEntry.dirty
      entry.pointee = frame | dirty | protection_bits(flags, frame, writable: writable)
      changed = true
    }
    if changed { flush_tlb_range(start, end) }
    merge_vmas(index, index + 1)
  }
}
