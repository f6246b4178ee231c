import LinuxABI

/// chmod(2).
func sys_chmod(_ task: Task, _ args: SyscallArguments) async throws(Errno) -> Int64 {
  let place = try await user_path_at(task, AT_FDCWD, args.pointer(0))
  return try chmod_common(task, place, args.uint32(1))
}

/// fchmod(2).
func sys_fchmod(_ task: Task, _ args: SyscallArguments) throws(Errno) -> Int64 {
  guard let place = try task.files.fget(args.int32(0)).path else { return 0 }
  return try chmod_common(task, place, args.uint32(1))
}

/// fchmodat(2).
func sys_fchmodat(_ task: Task, _ args: SyscallArguments) async throws(Errno) -> Int64 {
  let place = try await user_path_at(task, args.int32(0), args.pointer(1))
  return try chmod_common(task, place, args.uint32(2))
}

/// - SeeAlso: Linux `fs/open.c` `chmod_common`, `fs/attr.c` `setattr_prepare`.
private func chmod_common(_ task: Task, _ place: Path, _ mode: UInt32) throws(Errno) -> Int64 {
  try place.mnt.want_write()
  guard place.inode.isOwned(by: task.cred) else { throw .EPERM }
  if place.inode.isSymlink { throw .EOPNOTSUPP }
  var mode = mode & 0o7777
  if !task.cred.isInGroup(place.inode.gid), !capable(task, .CAP_FSETID) { mode &= ~0o2000 }
  try place.inode.setattr(AttributeChange(mode: mode))
  return 0
}

/// chown(2).
func sys_chown(_ task: Task, _ args: SyscallArguments) async throws(Errno) -> Int64 {
  let place = try await user_path_at(task, AT_FDCWD, args.pointer(0))
  return try chown_common(task, place, args.uint32(1), args.uint32(2))
}

/// lchown(2).
func sys_lchown(_ task: Task, _ args: SyscallArguments) async throws(Errno) -> Int64 {
  let place = try await user_path_at(task, AT_FDCWD, args.pointer(0), [])
  return try chown_common(task, place, args.uint32(1), args.uint32(2))
}

/// fchown(2).
func sys_fchown(_ task: Task, _ args: SyscallArguments) throws(Errno) -> Int64 {
  guard let place = try task.files.fget(args.int32(0)).path else { return 0 }
  return try chown_common(task, place, args.uint32(1), args.uint32(2))
}

/// fchownat(2).
func sys_fchownat(_ task: Task, _ args: SyscallArguments) async throws(Errno) -> Int64 {
  let flags = AtFlags(rawValue: args.uint32(4))
  let known: AtFlags = [.AT_SYMLINK_NOFOLLOW, .AT_EMPTY_PATH]
  guard known.isSuperset(of: flags) else { throw .EINVAL }
  var lookup: LookupFlags = flags.contains(.AT_SYMLINK_NOFOLLOW) ? [] : .LOOKUP_FOLLOW
  if flags.contains(.AT_EMPTY_PATH) { lookup.insert(.LOOKUP_EMPTY) }
  let place = try await user_path_at(task, args.int32(0), args.pointer(1), lookup)
  return try chown_common(task, place, args.uint32(2), args.uint32(3))
}

/// - SeeAlso: Linux `fs/open.c` `chown_common`, `fs/attr.c` `chown_ok`, `chgrp_ok`.
private func chown_common(
  _ task: Task,
  _ place: Path,
  _ user: UInt32,
  _ group: UInt32
) throws(Errno) -> Int64 {
  try place.mnt.want_write()
  let (inode, cred) = (place.inode, task.cred)
  var change = AttributeChange()
  if user != .max { change.uid = user }
  if group != .max { change.gid = group }
  let isPrivileged = capable(task, .CAP_CHOWN)
  if let uid = change.uid, !(cred.fsuid == inode.uid && uid == inode.uid), !isPrivileged {
    throw .EPERM
  }
  if let gid = change.gid, !isPrivileged,
    !(cred.fsuid == inode.uid && (cred.isInGroup(gid) || gid == inode.gid))
  {
    throw .EPERM
  }
  if !inode.isDirectory, inode.mode & 0o6000 != 0 {
    var mode = inode.mode & 0o7777 & ~0o4000
    if mode & 0o2010 == 0o2010 { mode &= ~0o2000 }
    change.mode = mode
  }
  try inode.setattr(change)
  return 0
}
