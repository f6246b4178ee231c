import LinuxABI

/// link(2).
func sys_link(_ task: Task, _ args: SyscallArguments) async throws(Errno) -> Int64 {
  try await do_linkat(task, AT_FDCWD, args.pointer(0), AT_FDCWD, args.pointer(1), [])
}

/// linkat(2).
func sys_linkat(_ task: Task, _ args: SyscallArguments) async throws(Errno) -> Int64 {
  try await do_linkat(
    task,
    args.int32(0),
    args.pointer(1),
    args.int32(2),
    args.pointer(3),
    AtFlags(rawValue: args.uint32(4))
  )
}

/// - SeeAlso: Linux `fs/namei.c` `do_linkat`, `vfs_link`.
private func do_linkat(
  _ task: Task,
  _ oldDescriptor: Int32,
  _ oldAddress: UInt64,
  _ newDescriptor: Int32,
  _ newAddress: UInt64,
  _ flags: AtFlags
) async throws(Errno) -> Int64 {
  let known: AtFlags = [.AT_SYMLINK_FOLLOW, .AT_EMPTY_PATH]
  guard known.isSuperset(of: flags) else { throw .EINVAL }
  var lookup: LookupFlags = []
  if flags.contains(.AT_SYMLINK_FOLLOW) { lookup.insert(.LOOKUP_FOLLOW) }
  if flags.contains(.AT_EMPTY_PATH) {
    guard capable(task, .CAP_DAC_READ_SEARCH) else { throw .ENOENT }
    lookup.insert(.LOOKUP_EMPTY)
  }
  let old = try await user_path_at(task, oldDescriptor, oldAddress, lookup)
  let name = try await getname(task, newAddress)
  let new = try filename_create(task, newDescriptor, name)
  guard old.mnt === new.directory.mnt else { throw .EXDEV }
  if old.inode.isDirectory { throw .EPERM }
  let isTmpfile = old.inode.nlink == 0 && old.dentry.name.first == UInt8(ascii: "#")
  if old.inode.nlink == 0, !isTmpfile { throw .ENOENT }
  try new.directory.inode.link(new.name, old.inode)
  return 0
}

/// symlink(2).
func sys_symlink(_ task: Task, _ args: SyscallArguments) async throws(Errno) -> Int64 {
  try await do_symlinkat(task, args.pointer(0), AT_FDCWD, args.pointer(1))
}

/// symlinkat(2).
func sys_symlinkat(_ task: Task, _ args: SyscallArguments) async throws(Errno) -> Int64 {
  try await do_symlinkat(task, args.pointer(0), args.int32(1), args.pointer(2))
}

/// - SeeAlso: Linux `fs/namei.c` `do_symlinkat`.
private func do_symlinkat(
  _ task: Task,
  _ targetAddress: UInt64,
  _ descriptor: Int32,
  _ address: UInt64
) async throws(Errno) -> Int64 {
  let target = try await getname(task, targetAddress)
  let name = try await getname(task, address)
  let place = try filename_create(task, descriptor, name)
  var new = place.directory.newFile(task, mode: Stat.S_IFLNK | 0o777)
  new.mode = Stat.S_IFLNK | 0o777
  _ = try place.directory.inode.symlink(place.name, target, new)
  return 0
}
