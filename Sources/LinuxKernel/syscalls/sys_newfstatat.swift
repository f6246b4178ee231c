import LinuxABI

/// stat(2).
func sys_newstat(_ task: Task, _ args: SyscallArguments) async throws(Errno) -> Int64 {
  try await do_newfstatat(task, -100, args.pointer(0), args.pointer(1), 0)
}

/// lstat(2).
func sys_newlstat(_ task: Task, _ args: SyscallArguments) async throws(Errno) -> Int64 {
  try await do_newfstatat(task, -100, args.pointer(0), args.pointer(1), AT_SYMLINK_NOFOLLOW)
}

/// fstat(2).
func sys_newfstat(_ task: Task, _ args: SyscallArguments) async throws(Errno) -> Int64 {
  let status = try task.files.fget(args.int32(0)).status()
  try await copy_struct_to_user(task, args.pointer(1), status)
  return 0
}

/// newfstatat(2).
func sys_newfstatat(_ task: Task, _ args: SyscallArguments) async throws(Errno) -> Int64 {
  try await do_newfstatat(
    task,
    args.int32(0),
    args.pointer(1),
    args.pointer(2),
    args.uint32(3)
  )
}

private let AT_SYMLINK_NOFOLLOW: UInt32 = 0x100
private let AT_EMPTY_PATH: UInt32 = 0x1000

/// - SeeAlso: Linux `fs/stat.c` `vfs_fstatat`, `vfs_statx`.
private func do_newfstatat(
  _ task: Task,
  _ directory: Int32,
  _ address: UInt64,
  _ buffer: UInt64,
  _ flags: UInt32
) async throws(Errno) -> Int64 {
  let known: UInt32 = AT_SYMLINK_NOFOLLOW | AT_EMPTY_PATH | 0x800  // AT_NO_AUTOMOUNT
  guard flags & ~known == 0 else { throw .EINVAL }
  let path = try await getname(task, address, allowEmpty: flags & AT_EMPTY_PATH != 0)
  var status: Stat
  if path.isEmpty && directory != -100 {
    status = try task.files.fget(directory).status()
  } else {
    let node = try user_path_at(task, directory, path)
    status = node.status
    if node == .executable && flags & AT_SYMLINK_NOFOLLOW == 0 {
      status.mode = Stat.S_IFREG | 0o755
    }
  }
  try await copy_struct_to_user(task, buffer, status)
  return 0
}
