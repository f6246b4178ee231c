import LinuxABI

/// The calls on extended attributes with a path that follows links: no file system here has any.
func sys_xattr(_ task: Task, _ args: SyscallArguments) async throws(Errno) -> Int64 {
  _ = try await user_path_at(task, AT_FDCWD, args.pointer(0))
  throw .EOPNOTSUPP
}

/// The same, links not followed.
func sys_lxattr(_ task: Task, _ args: SyscallArguments) async throws(Errno) -> Int64 {
  _ = try await user_path_at(task, AT_FDCWD, args.pointer(0), [])
  throw .EOPNOTSUPP
}

/// The same, of a descriptor.
func sys_fxattr(_ task: Task, _ args: SyscallArguments) throws(Errno) -> Int64 {
  _ = try task.files.fget(args.int32(0))
  throw .EOPNOTSUPP
}

/// listxattr(2): there are none.
func sys_listxattr(_ task: Task, _ args: SyscallArguments) async throws(Errno) -> Int64 {
  _ = try await user_path_at(task, AT_FDCWD, args.pointer(0))
  return 0
}

/// llistxattr(2).
func sys_llistxattr(_ task: Task, _ args: SyscallArguments) async throws(Errno) -> Int64 {
  _ = try await user_path_at(task, AT_FDCWD, args.pointer(0), [])
  return 0
}

/// flistxattr(2).
func sys_flistxattr(_ task: Task, _ args: SyscallArguments) throws(Errno) -> Int64 {
  _ = try task.files.fget(args.int32(0))
  return 0
}
