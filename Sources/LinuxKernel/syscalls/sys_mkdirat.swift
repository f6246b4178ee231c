import LinuxABI

/// mkdir(2).
func sys_mkdir(_ task: Task, _ args: SyscallArguments) async throws(Errno) -> Int64 {
  try await do_mkdirat(task, AT_FDCWD, args.pointer(0), args.uint32(1))
}

/// mkdirat(2).
func sys_mkdirat(_ task: Task, _ args: SyscallArguments) async throws(Errno) -> Int64 {
  try await do_mkdirat(task, args.int32(0), args.pointer(1), args.uint32(2))
}

/// - SeeAlso: Linux `fs/namei.c` `do_mkdirat`.
private func do_mkdirat(
  _ task: Task,
  _ descriptor: Int32,
  _ address: UInt64,
  _ mode: UInt32
) async throws(Errno) -> Int64 {
  let name = try await getname(task, address)
  let place = try filename_create(task, descriptor, name, isDirectory: true)
  let new = place.directory.newFile(task, mode: Stat.S_IFDIR | mode & 0o1777)
  _ = try place.directory.inode.create(place.name, new)
  return 0
}

/// mknod(2).
func sys_mknod(_ task: Task, _ args: SyscallArguments) async throws(Errno) -> Int64 {
  try await do_mknodat(task, AT_FDCWD, args.pointer(0), args.uint32(1), args.uint32(2))
}

/// mknodat(2).
func sys_mknodat(_ task: Task, _ args: SyscallArguments) async throws(Errno) -> Int64 {
  try await do_mknodat(task, args.int32(0), args.pointer(1), args.uint32(2), args.uint32(3))
}

/// - SeeAlso: Linux `fs/namei.c` `do_mknodat`.
private func do_mknodat(
  _ task: Task,
  _ descriptor: Int32,
  _ address: UInt64,
  _ mode: UInt32,
  _ device: UInt32
) async throws(Errno) -> Int64 {
  var type = mode & Stat.S_IFMT
  if type == 0 { type = Stat.S_IFREG }
  switch type {
  case Stat.S_IFREG, Stat.S_IFCHR, Stat.S_IFBLK, Stat.S_IFIFO, Stat.S_IFSOCK: break
  case Stat.S_IFDIR: throw .EPERM
  default: throw .EINVAL
  }
  let name = try await getname(task, address)
  let place = try filename_create(task, descriptor, name)
  let isDevice = type == Stat.S_IFCHR || type == Stat.S_IFBLK
  // A character device of number 0 is a whiteout, which anybody may make.
  if isDevice, type == Stat.S_IFBLK || device != 0, !capable(task, .CAP_MKNOD) { throw .EPERM }
  let major = UInt64(device >> 8 & 0xfff)
  let minor = UInt64(device & 0xff) | UInt64(device >> 12 & 0xfff00)
  let rdev = major << 8 | minor & 0xff | (minor & ~0xff) << 12
  let new = place.directory.newFile(task, mode: type | mode & 0o7777, rdev: isDevice ? rdev : 0)
  _ = try place.directory.inode.create(place.name, new)
  return 0
}
