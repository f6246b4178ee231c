import LinuxABI

/// getdents64(2).
func sys_getdents64(_ task: Task, _ args: SyscallArguments) async throws(Errno) -> Int64 {
  try await getdents(task, args, isOld: false)
}

/// getdents(2).
func sys_getdents(_ task: Task, _ args: SyscallArguments) async throws(Errno) -> Int64 {
  try await getdents(task, args, isOld: true)
}

private func getdents(
  _ task: Task,
  _ args: SyscallArguments,
  isOld: Bool
) async throws(Errno) -> Int64 {
  guard let directory = try task.files.fget(args.int32(0)) as? DirectoryFile else {
    throw .ENOTDIR
  }
  let before = directory.position
  // More than this no list of ours takes, and the buffer may be called huge.
  let limit = Int(min(args.uint32(2), 1 << 20))
  let bytes = try directory.getdents(task, limit: limit, isOld: isOld)
  do {
    try await copy_bytes_to_user(task, args.pointer(1), bytes)
  } catch {
    directory.position = before
    throw error
  }
  return Int64(bytes.count)
}
