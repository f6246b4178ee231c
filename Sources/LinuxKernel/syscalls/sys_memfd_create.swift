import LinuxABI

/// memfd_create(2).
///
/// - SeeAlso: Linux `mm/memfd.c`.
func sys_memfd_create(_ task: Task, _ args: SyscallArguments) async throws(Errno) -> Int64 {
  let (cloexec, allowSealing, noExecSeal, exec): (UInt32, UInt32, UInt32, UInt32) = (1, 2, 8, 16)
  let flags = args.uint32(1)
  guard flags & ~(cloexec | allowSealing | noExecSeal | exec) == 0,
    flags & (noExecSeal | exec) != noExecSeal | exec
  else { throw .EINVAL }
  let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 256, alignment: 8)
  defer { buffer.deallocate() }
  let limit = UnsafeMutableRawBufferPointer(rebasing: buffer[..<250])
  let length = try await strncpy_from_user(task, limit, args.pointer(0))
  if length == 250 { throw .EINVAL }
  let mount = task.kernel.vfs.shmem
  let mode: UInt32 = flags & noExecSeal != 0 ? 0o666 : 0o777
  let new = NewFile(mode: mode, uid: task.cred.fsuid, gid: task.cred.fsgid)
  let inode = TmpfsFile(mount.sb, new)
  inode.nlink = 0
  if flags & (allowSealing | noExecSeal) != 0 { inode.seals = flags & noExecSeal != 0 ? 0x20 : 0 }
  let name = Array("memfd:".utf8) + [UInt8](buffer.prefix(length))
  let file = MemoryFile(
    inode,
    path: Path(mnt: mount, dentry: Dentry(root: inode, name: name)),
    flags: [.O_RDWR, .O_LARGEFILE]
  )
  return Int64(
    try task.files.install(
      file,
      below: task.descriptorLimit,
      closeOnExec: flags & cloexec != 0
    )
  )
}
