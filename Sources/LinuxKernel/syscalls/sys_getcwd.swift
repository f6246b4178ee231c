import LinuxABI

/// getcwd(2): the size counts the zero byte.
///
/// - SeeAlso: Linux `fs/d_path.c` `SYSCALL_DEFINE2(getcwd)`.
func sys_getcwd(_ task: Task, _ args: SyscallArguments) async throws(Errno) -> Int64 {
  guard let pwd = task.fs.pwd, !pwd.dentry.isUnhashed else { throw .ENOENT }
  var (bytes, isReachable) = task.kernel.d_path(pwd, from: task.fs.root)
  if !isReachable { bytes = Array("(unreachable)".utf8) + bytes }
  bytes.append(0)
  guard bytes.count <= 4096 else { throw .ENAMETOOLONG }
  guard UInt64(bytes.count) <= args.uint64(1) else { throw .ERANGE }
  try await copy_bytes_to_user(task, args.pointer(0), bytes)
  return Int64(bytes.count)
}

/// chdir(2).
func sys_chdir(_ task: Task, _ args: SyscallArguments) async throws(Errno) -> Int64 {
  let lookup: LookupFlags = [.LOOKUP_FOLLOW, .LOOKUP_DIRECTORY]
  let place = try await user_path_at(task, AT_FDCWD, args.pointer(0), lookup)
  try place.permission(task.cred, .MAY_EXEC)
  task.fs.pwd = place
  return 0
}

/// fchdir(2).
func sys_fchdir(_ task: Task, _ args: SyscallArguments) throws(Errno) -> Int64 {
  guard let place = try task.files.fget_raw(args.int32(0)).path, place.inode.isDirectory else {
    throw .ENOTDIR
  }
  try place.permission(task.cred, .MAY_EXEC)
  task.fs.pwd = place
  return 0
}

/// chroot(2).
func sys_chroot(_ task: Task, _ args: SyscallArguments) async throws(Errno) -> Int64 {
  let lookup: LookupFlags = [.LOOKUP_FOLLOW, .LOOKUP_DIRECTORY]
  let place = try await user_path_at(task, AT_FDCWD, args.pointer(0), lookup)
  try place.permission(task.cred, .MAY_EXEC)
  guard ns_capable(task, task.cred.user_ns, .CAP_SYS_CHROOT) else { throw .EPERM }
  task.fs.root = place
  return 0
}
