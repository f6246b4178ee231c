import LinuxABI

/// getuid(2).
func sys_getuid(_ task: Task, _ args: SyscallArguments) throws(Errno) -> Int64 {
  Int64(task.cred.uid)
}

/// geteuid(2).
func sys_geteuid(_ task: Task, _ args: SyscallArguments) throws(Errno) -> Int64 {
  Int64(task.cred.euid)
}

/// getgid(2).
func sys_getgid(_ task: Task, _ args: SyscallArguments) throws(Errno) -> Int64 {
  Int64(task.cred.gid)
}

/// getegid(2).
func sys_getegid(_ task: Task, _ args: SyscallArguments) throws(Errno) -> Int64 {
  Int64(task.cred.egid)
}

/// getresuid(2).
func sys_getresuid(_ task: Task, _ args: SyscallArguments) async throws(Errno) -> Int64 {
  try await put_user(task, task.cred.uid, args.pointer(0))
  try await put_user(task, task.cred.euid, args.pointer(1))
  try await put_user(task, task.cred.suid, args.pointer(2))
  return 0
}

/// getresgid(2).
func sys_getresgid(_ task: Task, _ args: SyscallArguments) async throws(Errno) -> Int64 {
  try await put_user(task, task.cred.gid, args.pointer(0))
  try await put_user(task, task.cred.egid, args.pointer(1))
  try await put_user(task, task.cred.sgid, args.pointer(2))
  return 0
}

/// getgroups(2).
func sys_getgroups(_ task: Task, _ args: SyscallArguments) async throws(Errno) -> Int64 {
  let (size, groups) = (args.int32(0), task.cred.groups)
  guard size >= 0 else { throw .EINVAL }
  if size > 0 {
    guard groups.count <= size else { throw .EINVAL }
    try await copy_bytes_to_user(task, args.pointer(1), groups.flatMap(\.littleEndianBytes))
  }
  return Int64(groups.count)
}

/// setgroups(2).
func sys_setgroups(_ task: Task, _ args: SyscallArguments) async throws(Errno) -> Int64 {
  guard ns_capable(task, task.cred.user_ns, .CAP_SETGID) else { throw .EPERM }
  let size = args.uint32(0)
  guard size <= 65536 else { throw .EINVAL }
  let bytes = try await copy_bytes_from_user(task, args.pointer(1), count: Int(size) * 4)
  task.cred.groups = bytes.withUnsafeBytes { raw in
    stride(from: 0, to: raw.count, by: 4).map { raw.loadLittleEndian(at: $0) }
  }
  return 0
}

extension UInt32 {
  /// The four bytes, lowest first.
  var littleEndianBytes: [UInt8] {
    [0, 8, 16, 24].map { UInt8(truncatingIfNeeded: self >> $0) }
  }
}
