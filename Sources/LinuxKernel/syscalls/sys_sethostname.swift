import LinuxABI

/// sethostname(2): changes the node's name in the caller's UTS namespace.
///
/// - SeeAlso: Linux `kernel/sys.c` `sys_sethostname`.
func sys_sethostname(_ task: Task, _ args: SyscallArguments) async throws(Errno) -> Int64 {
  try await set_uts_name(task, .nodename, args.pointer(0), args.int32(1))
}
