import LinuxABI

/// open(2).
func sys_open(_ task: Task, _ args: SyscallArguments) async throws(Errno) -> Int64 {
  let how = OpenHow(flags: OpenFlags(rawValue: args.uint32(1)), mode: args.uint32(2))
  return try await do_sys_openat2(task, AT_FDCWD, args.pointer(0), how)
}

/// openat(2).
func sys_openat(_ task: Task, _ args: SyscallArguments) async throws(Errno) -> Int64 {
  let how = OpenHow(flags: OpenFlags(rawValue: args.uint32(2)), mode: args.uint32(3))
  return try await do_sys_openat2(task, args.int32(0), args.pointer(1), how)
}

/// creat(2).
func sys_creat(_ task: Task, _ args: SyscallArguments) async throws(Errno) -> Int64 {
  let how = OpenHow(flags: [.O_CREAT, .O_WRONLY, .O_TRUNC], mode: args.uint32(1))
  return try await do_sys_openat2(task, AT_FDCWD, args.pointer(0), how)
}

/// openat2(2).
///
/// - SeeAlso: Linux `fs/open.c` `SYSCALL_DEFINE4(openat2)`.
func sys_openat2(_ task: Task, _ args: SyscallArguments) async throws(Errno) -> Int64 {
  let size = args.uint64(3)
  guard size >= 24 else { throw .EINVAL }
  guard size <= 4096 else { throw .E2BIG }
  let bytes = try await copy_bytes_from_user(task, args.pointer(2), count: Int(size))
  if bytes[24...].contains(where: { $0 != 0 }) { throw .E2BIG }
  let (flags, mode, resolve): (UInt64, UInt64, UInt64) = bytes.withUnsafeBytes {
    ($0.loadLittleEndian(at: 0), $0.loadLittleEndian(at: 8), $0.loadLittleEndian(at: 16))
  }
  let known: UInt64 = 0o37777703  // VALID_OPEN_FLAGS
  guard flags & ~known == 0, resolve & ~0x3f == 0 else { throw .EINVAL }
  let (beneath, inRoot, cached): (UInt64, UInt64, UInt64) = (8, 16, 32)
  if resolve & (beneath | inRoot) == beneath | inRoot { throw .EINVAL }
  let open = OpenFlags(rawValue: UInt32(truncatingIfNeeded: flags))
  let makes = open.contains(.O_CREAT) || flags & 0o20000000 != 0
  guard mode & ~0o7777 == 0, makes || mode == 0 else { throw .EINVAL }
  if open.contains(.O_PATH),
    !open.subtracting([.O_PATH, .O_DIRECTORY, .O_NOFOLLOW, .O_CLOEXEC]).isEmpty
  {
    throw .EINVAL
  }
  // Nothing is ever looked up without waiting, as far as the caller can know.
  if resolve & cached != 0 { throw .EAGAIN }
  var lookup: LookupFlags = []
  if resolve & 1 != 0 { lookup.insert(.LOOKUP_NO_XDEV) }
  if resolve & 2 != 0 { lookup.insert(.LOOKUP_NO_MAGICLINKS) }
  if resolve & 4 != 0 { lookup.formUnion([.LOOKUP_NO_SYMLINKS, .LOOKUP_NO_MAGICLINKS]) }
  if resolve & beneath != 0 { lookup.insert(.LOOKUP_BENEATH) }
  if resolve & inRoot != 0 { lookup.insert(.LOOKUP_IN_ROOT) }
  let how = OpenHow(flags: open, mode: UInt32(mode), lookup: lookup)
  return try await do_sys_openat2(task, args.int32(0), args.pointer(1), how)
}
