import LinuxABI

/// stat(2).
func sys_newstat(_ task: Task, _ args: SyscallArguments) async throws(Errno) -> Int64 {
  let status = try await vfs_statx(task, AT_FDCWD, args.pointer(0), [])
  try await copy_struct_to_user(task, args.pointer(1), status.status)
  return 0
}

/// lstat(2).
func sys_newlstat(_ task: Task, _ args: SyscallArguments) async throws(Errno) -> Int64 {
  let status = try await vfs_statx(task, AT_FDCWD, args.pointer(0), .AT_SYMLINK_NOFOLLOW)
  try await copy_struct_to_user(task, args.pointer(1), status.status)
  return 0
}

/// fstat(2).
func sys_newfstat(_ task: Task, _ args: SyscallArguments) async throws(Errno) -> Int64 {
  let status = try task.files.fget_raw(args.int32(0)).status(task)
  try await copy_struct_to_user(task, args.pointer(1), status)
  return 0
}

/// newfstatat(2).
func sys_newfstatat(_ task: Task, _ args: SyscallArguments) async throws(Errno) -> Int64 {
  let flags = AtFlags(rawValue: args.uint32(3))
  let status = try await vfs_statx(task, args.int32(0), args.pointer(1), flags)
  try await copy_struct_to_user(task, args.pointer(2), status.status)
  return 0
}

/// The attributes of a file, and when it was made if that is known.
///
/// - SeeAlso: Linux `fs/stat.c` `vfs_statx`.
func vfs_statx(
  _ task: Task,
  _ descriptor: Int32,
  _ address: UInt64,
  _ flags: AtFlags
) async throws(Errno) -> (status: Stat, inode: Inode?) {
  let known: AtFlags = [
    .AT_SYMLINK_NOFOLLOW, .AT_NO_AUTOMOUNT, .AT_EMPTY_PATH, .AT_STATX_FORCE_SYNC,
    .AT_STATX_DONT_SYNC,
  ]
  guard known.isSuperset(of: flags) else { throw .EINVAL }
  let allowEmpty = flags.contains(.AT_EMPTY_PATH)
  // An empty path, or since 6.11 none at all, is the descriptor itself.
  let name =
    address == 0 && allowEmpty ? [] : try await getname(task, address, allowEmpty: allowEmpty)
  if name.isEmpty, descriptor != AT_FDCWD {
    let file = try task.files.fget_raw(descriptor)
    return (try file.status(task), file.inode)
  }
  let follow: LookupFlags = flags.contains(.AT_SYMLINK_NOFOLLOW) ? [] : .LOOKUP_FOLLOW
  let place = try filename_lookup(task, descriptor, name, follow)
  return (try place.inode.getattr(task), place.inode)
}

/// statx(2).
///
/// - SeeAlso: Linux `fs/stat.c` `do_statx`.
func sys_statx(_ task: Task, _ args: SyscallArguments) async throws(Errno) -> Int64 {
  let (flags, mask) = (AtFlags(rawValue: args.uint32(2)), args.uint32(3))
  guard mask & 0x8000_0000 == 0 else { throw .EINVAL }
  guard !flags.isSuperset(of: [.AT_STATX_FORCE_SYNC, .AT_STATX_DONT_SYNC]) else { throw .EINVAL }
  let (status, inode) = try await vfs_statx(task, args.int32(0), args.pointer(1), flags)
  var bytes = [UInt8](repeating: 0, count: 256)
  let isRoot = task.fs.root?.inode === inode
  bytes.withUnsafeMutableBytes { raw in
    var known: UInt32 = 0x7ff  // STATX_BASIC_STATS
    func store(_ time: Timespec, _ offset: Int) {
      raw.storeLittleEndian(time.seconds, at: offset)
      raw.storeLittleEndian(UInt32(truncatingIfNeeded: time.nanoseconds), at: offset + 8)
    }
    if mask & 0x800 != 0, let made = inode?.btime {
      known |= 0x800
      store(made, 80)
    }
    known |= mask & 0x1000  // STATX_MNT_ID
    raw.storeLittleEndian(known, at: 0)
    raw.storeLittleEndian(UInt32(truncatingIfNeeded: status.blockSize), at: 4)
    raw.storeLittleEndian(UInt32(truncatingIfNeeded: status.links), at: 16)
    raw.storeLittleEndian(status.user, at: 20)
    raw.storeLittleEndian(status.group, at: 24)
    raw.storeLittleEndian(UInt16(truncatingIfNeeded: status.mode), at: 28)
    raw.storeLittleEndian(status.inode, at: 32)
    raw.storeLittleEndian(UInt64(bitPattern: status.length), at: 40)
    raw.storeLittleEndian(UInt64(bitPattern: status.blocks), at: 48)
    let STATX_ATTR_MOUNT_ROOT: UInt64 = 0x2000
    raw.storeLittleEndian(isRoot ? STATX_ATTR_MOUNT_ROOT : 0, at: 8)
    raw.storeLittleEndian(STATX_ATTR_MOUNT_ROOT, at: 56)
    store(status.accessTime, 64)
    store(status.changeTime, 96)
    store(status.modificationTime, 112)
    for (device, offset) in [(status.specialDevice, 128), (status.device, 136)] {
      let major = (device >> 8 & 0xfff) | (device >> 32 & ~0xfff)
      let minor = (device & 0xff) | (device >> 12 & 0xffff_ff00)
      raw.storeLittleEndian(UInt32(truncatingIfNeeded: major), at: offset)
      raw.storeLittleEndian(UInt32(truncatingIfNeeded: minor), at: offset + 4)
    }
    if known & 0x1000 != 0 { raw.storeLittleEndian(UInt64(1), at: 144) }
  }
  try await copy_bytes_to_user(task, args.pointer(4), bytes)
  return 0
}
