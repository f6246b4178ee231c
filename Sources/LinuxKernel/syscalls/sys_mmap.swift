import LinuxABI

/// mmap(2).
///
/// - SeeAlso: Linux `arch/x86/kernel/sys_x86_64.c` `SYSCALL_DEFINE6(mmap)`, `mm/mmap.c`
///   `ksys_mmap_pgoff`.
func sys_mmap(_ task: Task, _ args: SyscallArguments) throws(Errno) -> Int64 {
  let (length, protection, offset) = (args[1], args[2], args[5])
  let flags = MapFlags(rawValue: args.uint32(3))
  guard offset & 4095 == 0 else { throw .EINVAL }
  guard let mm = task.mm else { throw .ENOMEM }
  if flags.contains(.MAP_ANONYMOUS) {
    // There are no huge pages to be had.
    if flags.contains(.MAP_HUGETLB) { throw .ENOMEM }
    guard length == 0 || !overflows(offset, length) else { throw .EOVERFLOW }
    let address = try mm.do_mmap(
      args[0],
      length: length,
      protection: protection,
      flags: flags,
      source: .anonymous,
      limits: task.mappingLimits
    )
    return Int64(bitPattern: address)
  }
  let file = try task.files.fget(args.int32(4))
  guard length != 0, !flags.contains(.MAP_HUGETLB) else { throw .EINVAL }
  guard !overflows(offset, length) else { throw .EOVERFLOW }
  guard file.isReadable else { throw .EACCES }
  let isShared = flags.rawValue & MapFlags.MAP_TYPE != MapFlags.MAP_PRIVATE.rawValue
  if isShared, protection & 2 != 0, !file.isWritable { throw .EACCES }
  guard let cache = file.mapping else { throw .ENODEV }
  let address = try mm.do_mmap(
    args[0],
    length: length,
    protection: protection,
    flags: flags,
    source: .file(cache, pageOffset: offset >> 12, isWritable: file.isWritable),
    limits: task.mappingLimits
  )
  mm.set_file(address, file)
  return Int64(bitPattern: address)
}

/// Whether a file page number would not fit into 52 bits.
private func overflows(_ offset: UInt64, _ length: UInt64) -> Bool {
  (offset >> 12).addingReportingOverflow((length &+ 4095) >> 12).overflow
}

/// munmap(2).
func sys_munmap(_ task: Task, _ args: SyscallArguments) throws(Errno) -> Int64 {
  try task.mm?.do_munmap(args[0], args[1])
  return 0
}

/// mprotect(2).
func sys_mprotect(_ task: Task, _ args: SyscallArguments) throws(Errno) -> Int64 {
  try task.mm?.do_mprotect(args[0], args[1], protection: args[2])
  return 0
}

/// brk(2): the new end of the heap, or the old one; never an error.
func sys_brk(_ task: Task, _ args: SyscallArguments) throws(Errno) -> Int64 {
  guard let mm = task.mm else { throw .EINTR }
  return Int64(bitPattern: mm.do_brk(args[0], task.mappingLimits))
}

/// mremap(2).
func sys_mremap(_ task: Task, _ args: SyscallArguments) throws(Errno) -> Int64 {
  guard let mm = task.mm else { throw .EFAULT }
  guard args[3] <= UInt64(UInt32.max) else { throw .EINVAL }
  let address = try mm.do_mremap(
    args[0],
    oldLength: args[1],
    newLength: args[2],
    flags: MremapFlags(rawValue: args.uint32(3)),
    newAddress: args[4],
    limits: task.mappingLimits
  )
  return Int64(bitPattern: address)
}

/// madvise(2).
func sys_madvise(_ task: Task, _ args: SyscallArguments) throws(Errno) -> Int64 {
  try task.mm?.do_madvise(args[0], args[1], args.int32(2))
  return 0
}
