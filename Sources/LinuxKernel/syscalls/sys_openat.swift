import LinuxABI

/// open(2).
func sys_open(_ task: Task, _ args: SyscallArguments) async throws(Errno) -> Int64 {
  try await do_sys_open(task, -100, args.pointer(0), OpenFlags(rawValue: args.uint32(1)))
}

/// openat(2).
func sys_openat(_ task: Task, _ args: SyscallArguments) async throws(Errno) -> Int64 {
  try await do_sys_open(
    task,
    args.int32(0),
    args.pointer(1),
    OpenFlags(rawValue: args.uint32(2))
  )
}

/// - SeeAlso: Linux `fs/open.c` `do_sys_openat2`.
private func do_sys_open(
  _ task: Task,
  _ directory: Int32,
  _ address: UInt64,
  _ flags: OpenFlags
) async throws(Errno) -> Int64 {
  if flags.isSuperset(of: [.O_DIRECTORY, .O_CREAT]) { throw .EINVAL }
  let path = try await getname(task, address)
  let file = try open(task, directory, path, flags)
  return Int64(
    try task.files.install(
      file,
      below: task.descriptorLimit,
      closeOnExec: flags.contains(.O_CLOEXEC)
    )
  )
}

private func open(
  _ task: Task,
  _ directory: Int32,
  _ path: String,
  _ flags: OpenFlags
) throws(Errno) -> File {
  let node: Inode
  do {
    node = try user_path_at(task, directory, path)
  } catch {
    // Nothing can be made: the file systems are read-only.
    throw error == .ENOENT && flags.contains(.O_CREAT) ? .EROFS : error
  }
  if flags.isSuperset(of: [.O_CREAT, .O_EXCL]) { throw .EEXIST }
  let isWriting = flags.rawValue & OpenFlags.O_ACCMODE != 0
  // What F_GETFL shows later: not the flags that only say how to open.
  let creation: OpenFlags = [.O_CREAT, .O_EXCL, .O_NOCTTY, .O_TRUNC, .O_CLOEXEC]
  let kept = flags.subtracting(creation).union(.O_LARGEFILE)
  switch node {
  case .directory(let path):
    if isWriting || flags.contains(.O_CREAT) { throw .EISDIR }
    return DirectoryFile(path: path, flags: kept)
  case .device(let device):
    if flags.contains(.O_DIRECTORY) { throw .ENOTDIR }
    return DeviceFile(device, task.kernel, flags: kept)
  case .terminal:
    if flags.contains(.O_DIRECTORY) { throw .ENOTDIR }
    // The terminal is one of the three descriptors, or there is none.
    for descriptor in Int32(0)...2 {
      guard let file = HostFile(task.kernel.host, descriptor: descriptor) else { continue }
      if (try? file.terminalSettings()) != nil { return file }
    }
    throw .ENXIO
  case .executable:
    if flags.contains(.O_NOFOLLOW) { throw .ELOOP }
    if isWriting { throw .ETXTBSY }
    throw .EACCES
  }
}

/// access(2).
func sys_access(_ task: Task, _ args: SyscallArguments) async throws(Errno) -> Int64 {
  try await do_faccessat(task, -100, args.pointer(0), args.uint32(1), 0)
}

/// faccessat(2).
func sys_faccessat(_ task: Task, _ args: SyscallArguments) async throws(Errno) -> Int64 {
  try await do_faccessat(task, args.int32(0), args.pointer(1), args.uint32(2), 0)
}

/// faccessat2(2).
func sys_faccessat2(_ task: Task, _ args: SyscallArguments) async throws(Errno) -> Int64 {
  try await do_faccessat(task, args.int32(0), args.pointer(1), args.uint32(2), args.uint32(3))
}

private func do_faccessat(
  _ task: Task,
  _ directory: Int32,
  _ address: UInt64,
  _ mode: UInt32,
  _ flags: UInt32
) async throws(Errno) -> Int64 {
  let known: UInt32 = 0x1300  // AT_EACCESS, AT_SYMLINK_NOFOLLOW, AT_EMPTY_PATH
  guard mode & ~7 == 0, flags & ~known == 0 else { throw .EINVAL }
  let node = try user_path_at(task, directory, try await getname(task, address))
  if let error = node.permits(mode) { throw error }
  return 0
}

/// readlink(2).
func sys_readlink(_ task: Task, _ args: SyscallArguments) async throws(Errno) -> Int64 {
  try await do_readlinkat(task, -100, args.pointer(0), args.pointer(1), args.int32(2))
}

/// readlinkat(2).
func sys_readlinkat(_ task: Task, _ args: SyscallArguments) async throws(Errno) -> Int64 {
  try await do_readlinkat(
    task,
    args.int32(0),
    args.pointer(1),
    args.pointer(2),
    args.int32(3)
  )
}

/// - SeeAlso: Linux `fs/stat.c` `do_readlinkat`.
private func do_readlinkat(
  _ task: Task,
  _ directory: Int32,
  _ address: UInt64,
  _ buffer: UInt64,
  _ size: Int32
) async throws(Errno) -> Int64 {
  guard size > 0 else { throw .EINVAL }
  let node = try user_path_at(task, directory, try await getname(task, address))
  guard node == .executable else { throw .EINVAL }
  let target = Array(task.executablePath.utf8.prefix(Int(size)))
  try await copy_bytes_to_user(task, buffer, target)
  return Int64(target.count)
}

/// getcwd(2): the root; the size counts the zero byte.
func sys_getcwd(_ task: Task, _ args: SyscallArguments) async throws(Errno) -> Int64 {
  guard args.uint64(1) >= 2 else { throw .ERANGE }
  try await copy_bytes_to_user(task, args.pointer(0), Array("/\0".utf8))
  return 2
}

/// chdir(2): only the root can be the working directory.
func sys_chdir(_ task: Task, _ args: SyscallArguments) async throws(Errno) -> Int64 {
  guard case .directory(let path) = try Path.walk(try await getname(task, args.pointer(0))) else {
    throw .ENOTDIR
  }
  guard path.isEmpty else { throw .EACCES }
  return 0
}

/// getdents64(2).
func sys_getdents64(_ task: Task, _ args: SyscallArguments) async throws(Errno) -> Int64 {
  guard let directory = try task.files.fget(args.int32(0)) as? DirectoryFile else {
    throw .ENOTDIR
  }
  let bytes = try directory.getdents64(limit: Int(args.uint32(2)))
  try await copy_bytes_to_user(task, args.pointer(1), bytes)
  return Int64(bytes.count)
}
