import LinuxABI

/// setdomainname(2): changes the NIS domain name in the caller's UTS namespace.
///
/// - SeeAlso: Linux `kernel/sys.c` `sys_setdomainname`.
func sys_setdomainname(_ task: Task, _ args: SyscallArguments) async throws(Errno) -> Int64 {
  try await set_uts_name(task, .domainname, args.pointer(0), args.int32(1))
}

/// What `sethostname` and `setdomainname` share.
///
/// The name comes into `tmp` first, so that a bad address leaves the old name whole. With the
/// kernel parameter `uts.copy_under_lock=1`, the default here, that happens under the lock, as up to
/// Linux 4.19; with 0 it happens before, so that no lock is held while a page is fetched.
///
/// - SeeAlso: Linux `kernel/sys.c`.
func set_uts_name(
  _ task: Task,
  _ field: NewUtsname.Offset,
  _ name: UInt64,
  _ len: Int32
) async throws(Errno) -> Int64 {
  let kernel = task.kernel
  guard ns_capable(task, task.nsproxy.uts_ns.user_ns, .CAP_SYS_ADMIN) else { throw .EPERM }
  guard len >= 0, len <= NewUtsname.__NEW_UTS_LEN else { throw .EINVAL }

  let tmp = UnsafeMutableRawBufferPointer.allocate(byteCount: Int(len), alignment: 8)
  defer { tmp.deallocate() }

  if kernel.copiesNamesUnderLock {
    await down_write(kernel.uts_sem, task)
    let notCopied = await copy_from_user(task, tmp, name)
    if notCopied == 0 { store(tmp, in: task.nsproxy.uts_ns.field(field)) }
    up_write(kernel.uts_sem, task)
    if notCopied != 0 { throw .EFAULT }
  } else {
    guard await copy_from_user(task, tmp, name) == 0 else { throw .EFAULT }
    await down_write(kernel.uts_sem, task)
    store(tmp, in: task.nsproxy.uts_ns.field(field))
    up_write(kernel.uts_sem, task)
  }
  return 0
}

extension Kernel {
  /// The kernel parameter `uts.copy_under_lock`.
  fileprivate var copiesNamesUnderLock: Bool {
    if let known = syscallState.copiesNamesUnderLock { return known }
    let value = flag("uts.copy_under_lock", default: true)
    syscallState.copiesNamesUnderLock = value
    return value
  }
}

/// `memcpy` of the name, `memset` of the rest: a shorter name leaves nothing of a longer one.
private func store(_ name: UnsafeMutableRawBufferPointer, in field: UnsafeMutableRawBufferPointer) {
  field.copyBytes(from: name)
  field.zero(name.count..<field.count)
}
