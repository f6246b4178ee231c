import LinuxABI

/// access(2).
func sys_access(_ task: Task, _ args: SyscallArguments) async throws(Errno) -> Int64 {
  try await do_faccessat(task, AT_FDCWD, args.pointer(0), args.uint32(1), [])
}

/// faccessat(2).
func sys_faccessat(_ task: Task, _ args: SyscallArguments) async throws(Errno) -> Int64 {
  try await do_faccessat(task, args.int32(0), args.pointer(1), args.uint32(2), [])
}

/// faccessat2(2).
func sys_faccessat2(_ task: Task, _ args: SyscallArguments) async throws(Errno) -> Int64 {
  try await do_faccessat(
    task,
    args.int32(0),
    args.pointer(1),
    args.uint32(2),
    AtFlags(rawValue: args.uint32(3))
  )
}

/// `AT_EACCESS`: the same bit as `AT_REMOVEDIR`.
private let AT_EACCESS = AtFlags.AT_REMOVEDIR

/// - SeeAlso: Linux `fs/open.c` `do_faccessat`.
private func do_faccessat(
  _ task: Task,
  _ descriptor: Int32,
  _ address: UInt64,
  _ mode: UInt32,
  _ flags: AtFlags
) async throws(Errno) -> Int64 {
  guard mode & ~7 == 0 else { throw .EINVAL }
  let known: AtFlags = [AT_EACCESS, .AT_SYMLINK_NOFOLLOW, .AT_EMPTY_PATH]
  guard known.isSuperset(of: flags) else { throw .EINVAL }
  var lookup: LookupFlags = []
  if !flags.contains(.AT_SYMLINK_NOFOLLOW) { lookup.insert(.LOOKUP_FOLLOW) }
  if flags.contains(.AT_EMPTY_PATH) { lookup.insert(.LOOKUP_EMPTY) }
  let name = try await getname(task, address, allowEmpty: lookup.contains(.LOOKUP_EMPTY))
  let cred = flags.contains(AT_EACCESS) ? task.cred : task.cred.real
  let place = try filename_lookup(task, descriptor, name, lookup, cred: cred)
  let mask = AccessMask(rawValue: mode)
  if mask.isEmpty { return 0 }
  if mask.contains(.MAY_WRITE), place.inode.isRegular || place.inode.isDirectory {
    try place.mnt.want_write()
  }
  try place.permission(cred, mask)
  return 0
}

extension Cred {
  /// Who the user really is, with what root would have.
  ///
  /// - SeeAlso: Linux `fs/open.c` `access_override_creds`.
  fileprivate var real: Cred {
    var real = self
    (real.fsuid, real.fsgid) = (uid, gid)
    if securebits & Self.SECBIT_NO_SETUID_FIXUP == 0 {
      real.cap_effective = uid == 0 ? cap_permitted : []
    }
    return real
  }
}
