import LinuxABI

/// mincore(2): one byte a page, 1 for those in memory.
///
/// - SeeAlso: Linux `mm/mincore.c`.
func sys_mincore(_ task: Task, _ args: SyscallArguments) async throws(Errno) -> Int64 {
  let (start, length, vector) = (args[0], args[1], args[2])
  guard start & 4095 == 0 else { throw .EINVAL }
  guard access_ok(start, length) else { throw .ENOMEM }
  let pages = (length &+ 4095) >> 12
  guard access_ok(vector, pages) else { throw .EFAULT }
  guard let mm = task.mm else { throw .ENOMEM }
  var done: UInt64 = 0
  while done < pages {
    let count = min(pages &- done, 4096)
    let bytes = try mm.resident(start &+ done << 12, pages: Int(count))
    try await copy_bytes_to_user(task, vector &+ done, bytes)
    done &+= count
  }
  return 0
}

extension MM {
  /// For each page whether it is in memory.
  func resident(_ start: UInt64, pages: Int) throws(Errno) -> [UInt8] {
    var result = [UInt8](repeating: 0, count: pages)
    for page in 0..<pages {
      let address = start &+ UInt64(page) << 12
      guard let index = index(containing: address) else { throw .ENOMEM }
      let isPresent = (pte(address, create: false)?.pointee ?? 0).hasFrame
      let isCached = vmas[index].cache?.isResident(vmas[index].pageIndex(address)) ?? false
      result[page] = isPresent || isCached ? 1 : 0
    }
    return result
  }
}

/// msync(2): there is nothing to write back to.
///
/// - SeeAlso: Linux `mm/msync.c`.
func sys_msync(_ task: Task, _ args: SyscallArguments) throws(Errno) -> Int64 {
  let (start, flags) = (args[0], args.uint32(2))
  // MS_ASYNC 1, MS_INVALIDATE 2, MS_SYNC 4.
  guard flags & ~7 == 0, start & 4095 == 0, flags & 5 != 5 else { throw .EINVAL }
  let length = (args[1] &+ 4095) & ~4095
  let end = start &+ length
  guard end >= start else { throw .ENOMEM }
  guard end > start, let mm = task.mm else { return 0 }
  var address = start
  while address < end {
    guard let index = mm.index(containing: address) else { throw .ENOMEM }
    // MS_INVALIDATE fails where pages are locked into memory.
    if flags & 2 != 0, mm.vmas[index].flags.contains(.VM_LOCKED) { throw .EBUSY }
    address = mm.vmas[index].end
  }
  return 0
}
