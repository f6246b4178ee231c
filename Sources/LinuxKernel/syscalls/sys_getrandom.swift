import LinuxABI

/// getrandom(2).
///
/// - SeeAlso: Linux `drivers/char/random.c` `sys_getrandom`.
func sys_getrandom(_ task: Task, _ args: SyscallArguments) async throws(Errno) -> Int64 {
  let flags = GetrandomFlags(rawValue: args.uint32(2))
  let known: GetrandomFlags = [.GRND_NONBLOCK, .GRND_RANDOM, .GRND_INSECURE]
  guard known.isSuperset(of: flags), !flags.isSuperset(of: [.GRND_RANDOM, .GRND_INSECURE]) else {
    throw .EINVAL
  }
  let pieces = try iov_iter(args.pointer(0), args.uint64(1))
  return try await vfs_read(task, DeviceFile(.random, task.kernel, flags: []), pieces)
}
