import LinuxABI

/// unlink(2).
func sys_unlink(_ task: Task, _ args: SyscallArguments) async throws(Errno) -> Int64 {
  try do_unlinkat(task, AT_FDCWD, try await getname(task, args.pointer(0)))
}

/// unlinkat(2).
func sys_unlinkat(_ task: Task, _ args: SyscallArguments) async throws(Errno) -> Int64 {
  let flags = AtFlags(rawValue: args.uint32(2))
  guard AtFlags.AT_REMOVEDIR.isSuperset(of: flags) else { throw .EINVAL }
  let name = try await getname(task, args.pointer(1))
  if flags.contains(.AT_REMOVEDIR) { return try do_rmdir(task, args.int32(0), name) }
  return try do_unlinkat(task, args.int32(0), name)
}

/// rmdir(2).
func sys_rmdir(_ task: Task, _ args: SyscallArguments) async throws(Errno) -> Int64 {
  try do_rmdir(task, AT_FDCWD, try await getname(task, args.pointer(0)))
}

/// - SeeAlso: Linux `fs/namei.c` `do_unlinkat`.
private func do_unlinkat(
  _ task: Task,
  _ descriptor: Int32,
  _ name: [UInt8]
) throws(Errno) -> Int64 {
  let (directory, last) = try filename_parentat(task, descriptor, name) { _ in .EISDIR }
  try directory.mnt.want_write()
  guard let victim = try directory.dentry.lookup(last.name, task) else { throw .ENOENT }
  if last.hasTrailingSlash { throw victim.inode.isDirectory ? .EISDIR : .ENOTDIR }
  try directory.may_delete(victim.inode, task.cred, isDirectory: false)
  if victim.mounts > 0 { throw .EBUSY }
  try directory.inode.unlink(last.name, victim.inode)
  victim.d_drop()
  return 0
}

/// - SeeAlso: Linux `fs/namei.c` `do_rmdir`.
private func do_rmdir(
  _ task: Task,
  _ descriptor: Int32,
  _ name: [UInt8]
) throws(Errno) -> Int64 {
  let (directory, last) = try filename_parentat(task, descriptor, name) { last in
    guard let last else { return .EBUSY }
    return last.isDotDot ? .ENOTEMPTY : last.isDot ? .EINVAL : .EBUSY
  }
  try directory.mnt.want_write()
  guard let victim = try directory.dentry.lookup(last.name, task) else { throw .ENOENT }
  try directory.may_delete(victim.inode, task.cred, isDirectory: true)
  if victim.mounts > 0 { throw .EBUSY }
  try directory.inode.rmdir(last.name, victim.inode)
  victim.d_drop()
  return 0
}
