import LinuxABI

extension Inode {
  /// The owner's, the group's or the others' bits decide, or a capability.
  ///
  /// - SeeAlso: Linux `fs/namei.c` `generic_permission`, `acl_permission_check`.
  final func generic_permission(_ cred: Cred, _ mask: AccessMask) throws(Errno) {
    let bits: UInt32
    if cred.fsuid == uid {
      bits = mode >> 6
    } else if cred.isInGroup(gid) {
      bits = mode >> 3
    } else {
      bits = mode
    }
    if mask.rawValue & ~bits & 7 == 0 { return }
    let isReadable = mask.isSubset(of: isDirectory ? [.MAY_READ, .MAY_EXEC] : [.MAY_READ])
    if isReadable, cred.isCapable(.CAP_DAC_READ_SEARCH, in: .init_user_ns) { return }
    // Nobody executes what nobody may execute.
    let mayBe = isDirectory || !mask.contains(.MAY_EXEC) || mode & 0o111 != 0
    if mayBe, cred.isCapable(.CAP_DAC_OVERRIDE, in: .init_user_ns) { return }
    throw .EACCES
  }

  /// Whether the caller owns the file, or may act as if.
  ///
  /// - SeeAlso: Linux `fs/inode.c` `inode_owner_or_capable`.
  final func isOwned(by cred: Cred) -> Bool {
    cred.fsuid == uid || cred.isCapable(.CAP_FOWNER, in: .init_user_ns)
  }
}

extension Path {
  /// - SeeAlso: Linux `fs/namei.c` `inode_permission`.
  func permission(_ cred: Cred, _ mask: AccessMask) throws(Errno) {
    let isData = inode.isRegular || inode.isDirectory || inode.isSymlink
    if mask.contains(.MAY_WRITE), mnt.sb.isReadOnly, isData { throw .EROFS }
    try inode.permission(cred, mask)
  }

  /// Whether a name may be made in this directory.
  ///
  /// - SeeAlso: Linux `fs/namei.c` `may_create`.
  func may_create(_ cred: Cred) throws(Errno) {
    if dentry.isUnhashed { throw .ENOENT }
    try permission(cred, [.MAY_WRITE, .MAY_EXEC])
  }

  /// Whether a name may be taken out of this directory.
  ///
  /// - SeeAlso: Linux `fs/namei.c` `may_delete`.
  func may_delete(_ victim: Inode, _ cred: Cred, isDirectory: Bool?) throws(Errno) {
    try permission(cred, [.MAY_WRITE, .MAY_EXEC])
    let isSticky = inode.mode & 0o1000 != 0
    if isSticky, cred.fsuid != victim.uid, cred.fsuid != inode.uid,
      !cred.isCapable(.CAP_FOWNER, in: .init_user_ns)
    {
      throw .EPERM
    }
    guard let isDirectory else { return }
    if isDirectory, !victim.isDirectory { throw .ENOTDIR }
    if !isDirectory, victim.isDirectory { throw .EISDIR }
  }

  /// What a new file in this directory gets.
  ///
  /// - SeeAlso: Linux `fs/inode.c` `inode_init_owner`.
  func newFile(_ task: Task, mode: UInt32, rdev: UInt64 = 0) -> NewFile {
    var mode = mode & ~task.fs.umask
    var gid = task.cred.fsgid
    if inode.mode & 0o2000 != 0 {
      gid = inode.gid
      if mode & Stat.S_IFMT == Stat.S_IFDIR {
        mode |= 0o2000
      } else if mode & 0o2010 == 0o2010, !task.cred.isInGroup(gid),
        !capable(task, .CAP_FSETID)
      {
        mode &= ~0o2000
      }
    }
    return NewFile(mode: mode, uid: task.cred.fsuid, gid: gid, rdev: rdev)
  }
}

extension Cred {
  /// Whether files of a group are the group's own for this user.
  ///
  /// - SeeAlso: Linux `kernel/groups.c` `in_group_p`.
  func isInGroup(_ group: UInt32) -> Bool { fsgid == group || groups.contains(group) }
}
