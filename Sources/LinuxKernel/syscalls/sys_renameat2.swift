import LinuxABI

/// rename(2).
func sys_rename(_ task: Task, _ args: SyscallArguments) async throws(Errno) -> Int64 {
  try await do_renameat2(task, AT_FDCWD, args.pointer(0), AT_FDCWD, args.pointer(1), 0)
}

/// renameat(2).
func sys_renameat(_ task: Task, _ args: SyscallArguments) async throws(Errno) -> Int64 {
  try await do_renameat2(
    task,
    args.int32(0),
    args.pointer(1),
    args.int32(2),
    args.pointer(3),
    0
  )
}

/// renameat2(2).
func sys_renameat2(_ task: Task, _ args: SyscallArguments) async throws(Errno) -> Int64 {
  try await do_renameat2(
    task,
    args.int32(0),
    args.pointer(1),
    args.int32(2),
    args.pointer(3),
    args.uint32(4)
  )
}

private let (RENAME_NOREPLACE, RENAME_EXCHANGE, RENAME_WHITEOUT): (UInt32, UInt32, UInt32) = (
  1, 2, 4
)

/// - SeeAlso: Linux `fs/namei.c` `do_renameat2`, `vfs_rename`.
private func do_renameat2(
  _ task: Task,
  _ oldDescriptor: Int32,
  _ oldAddress: UInt64,
  _ newDescriptor: Int32,
  _ newAddress: UInt64,
  _ flags: UInt32
) async throws(Errno) -> Int64 {
  guard flags & ~(RENAME_NOREPLACE | RENAME_EXCHANGE | RENAME_WHITEOUT) == 0 else { throw .EINVAL }
  let isExchange = flags & RENAME_EXCHANGE != 0
  if isExchange, flags & (RENAME_NOREPLACE | RENAME_WHITEOUT) != 0 { throw .EINVAL }
  // SIMPLIFIED: nothing here stacks file systems, so that nothing needs whiteouts.
  if flags & RENAME_WHITEOUT != 0 { throw .EINVAL }
  let oldName = try await getname(task, oldAddress)
  let newName = try await getname(task, newAddress)
  let (oldDirectory, oldLast) = try filename_parentat(task, oldDescriptor, oldName) { _ in .EBUSY }
  let (newDirectory, newLast) = try filename_parentat(task, newDescriptor, newName) { _ in
    flags & RENAME_NOREPLACE != 0 ? .EEXIST : .EBUSY
  }
  guard oldDirectory.mnt === newDirectory.mnt else { throw .EXDEV }
  try oldDirectory.mnt.want_write()
  guard let old = try oldDirectory.dentry.lookup(oldLast.name, task) else { throw .ENOENT }
  let new = try newDirectory.dentry.lookup(newLast.name, task)
  if new != nil, flags & RENAME_NOREPLACE != 0 { throw .EEXIST }
  if isExchange {
    guard let new else { throw .ENOENT }
    if !new.inode.isDirectory, newLast.hasTrailingSlash { throw .ENOTDIR }
  }
  if !old.inode.isDirectory {
    if oldLast.hasTrailingSlash { throw .ENOTDIR }
    if !isExchange, newLast.hasTrailingSlash { throw .ENOTDIR }
  }
  // A directory cannot become its own child, nor replace what it is in.
  if old.isAncestor(of: newDirectory.dentry) { throw .EINVAL }
  if let new, new.isAncestor(of: oldDirectory.dentry) { throw isExchange ? .EINVAL : .ENOTEMPTY }
  try vfs_rename(task, oldDirectory, old, newDirectory, newLast.name, new, isExchange: isExchange)
  return 0
}

private func vfs_rename(
  _ task: Task,
  _ oldDirectory: Path,
  _ old: Dentry,
  _ newDirectory: Path,
  _ newName: FileName,
  _ new: Dentry?,
  isExchange: Bool
) throws(Errno) {
  // Two names of one file: nothing happens.
  if let new, old.inode === new.inode { return }
  try oldDirectory.may_delete(old.inode, task.cred, isDirectory: nil)
  if let new {
    let kind: Bool? = isExchange ? nil : old.inode.isDirectory
    try newDirectory.may_delete(new.inode, task.cred, isDirectory: kind)
  } else {
    try newDirectory.may_create(task.cred)
  }
  // A directory that moves changes its `..`.
  if oldDirectory.dentry !== newDirectory.dentry {
    if old.inode.isDirectory { try old.inode.permission(task.cred, .MAY_WRITE) }
    if isExchange, let new, new.inode.isDirectory {
      try new.inode.permission(task.cred, .MAY_WRITE)
    }
  }
  if old.mounts > 0 || (new?.mounts ?? 0) > 0 { throw .EBUSY }
  let oldName = old.name
  let change = Rename(
    name: oldName,
    inode: old.inode,
    newDirectory: newDirectory.inode,
    newName: newName,
    replaced: new?.inode,
    isExchange: isExchange
  )
  try oldDirectory.inode.rename(change)
  if isExchange {
    // Whoever uses either name looks it up again.
    old.d_drop()
    new?.d_drop()
  } else {
    new?.d_drop()
    old.d_move(newDirectory.dentry, newName)
  }
}
