import LinuxABI

/// statfs(2).
func sys_statfs(_ task: Task, _ args: SyscallArguments) async throws(Errno) -> Int64 {
  let place = try await user_path_at(task, AT_FDCWD, args.pointer(0))
  try await copy_struct_to_user(task, args.pointer(1), place.mnt.statfs())
  return 0
}

/// fstatfs(2).
func sys_fstatfs(_ task: Task, _ args: SyscallArguments) async throws(Errno) -> Int64 {
  let file = try task.files.fget_raw(args.int32(0))
  let mount = file.path?.mnt ?? task.kernel.vfs.pipefs
  try await copy_struct_to_user(task, args.pointer(1), mount.statfs())
  return 0
}

extension Mount {
  /// - SeeAlso: Linux `fs/statfs.c` `calculate_f_flags`.
  fileprivate func statfs() -> Statfs {
    var status = sb.statfs()
    let (ST_RDONLY, ST_RELATIME): (Int64, Int64) = (1, 0x1000)
    if isReadOnly || sb.isReadOnly { status.flags |= ST_RDONLY }
    if sb.options.contains("relatime") { status.flags |= ST_RELATIME }
    status.identity = sb.device
    return status
  }
}
