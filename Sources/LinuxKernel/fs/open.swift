import LinuxABI

/// How a file is to be opened.
///
/// - SeeAlso: Linux `include/uapi/linux/openat2.h` `struct open_how`.
struct OpenHow {
  var flags: OpenFlags
  var mode: UInt32 = 0
  var lookup: LookupFlags = []
}

/// Opens a file and gives it a descriptor.
///
/// - SeeAlso: Linux `fs/open.c` `do_sys_openat2`.
func do_sys_openat2(
  _ task: Task,
  _ descriptor: Int32,
  _ address: UInt64,
  _ how: OpenHow
) async throws(Errno) -> Int64 {
  let how = try how.checked()
  let name = try await getname(task, address)
  // No descriptor, no file: what opening does would be done in vain.
  guard task.files.hasFree(below: task.descriptorLimit) else { throw .EMFILE }
  let file = try await do_filp_open(task, descriptor, name, how)
  return Int64(
    try task.files.install(
      file,
      below: task.descriptorLimit,
      closeOnExec: how.flags.contains(.O_CLOEXEC)
    )
  )
}

extension OpenHow {
  /// - SeeAlso: Linux `fs/open.c` `build_open_flags`.
  fileprivate func checked() throws(Errno) -> OpenHow {
    var how = self
    if how.flags.contains(.O_PATH) {
      how.flags.formIntersection([.O_PATH, .O_DIRECTORY, .O_NOFOLLOW, .O_CLOEXEC])
      how.mode = 0
      return how
    }
    let wantsTmpfile = how.flags.rawValue & 0o20000000 != 0
    if wantsTmpfile {
      guard how.flags.contains(.O_TMPFILE) else { throw .EINVAL }
      guard how.flags.rawValue & OpenFlags.O_ACCMODE != 0 else { throw .EINVAL }
      if how.flags.contains(.O_CREAT) { throw .EINVAL }
    } else if how.flags.isSuperset(of: [.O_DIRECTORY, .O_CREAT]) {
      throw .EINVAL
    }
    how.mode &= 0o7777
    return how
  }

  /// What access the file must allow; the mode 3 is both, for what only `ioctl` uses.
  fileprivate var access: AccessMask {
    var mask: AccessMask =
      switch flags.rawValue & OpenFlags.O_ACCMODE {
      case 0: .MAY_READ
      case 1: .MAY_WRITE
      default: [.MAY_READ, .MAY_WRITE]
      }
    if flags.contains(.O_TRUNC) { mask.insert(.MAY_WRITE) }
    return mask
  }

  /// What `F_GETFL` shows later: not the flags that only say how to open.
  fileprivate var kept: OpenFlags {
    let creation: OpenFlags = [.O_CREAT, .O_EXCL, .O_NOCTTY, .O_TRUNC, .O_CLOEXEC]
    let kept = flags.subtracting(creation)
    return flags.contains(.O_PATH) ? kept : kept.union(.O_LARGEFILE)
  }
}

/// Opens a file.
///
/// - SeeAlso: Linux `fs/namei.c` `path_openat`.
func do_filp_open(
  _ task: Task,
  _ descriptor: Int32,
  _ name: [UInt8],
  _ how: OpenHow
) async throws(Errno) -> File {
  let flags = how.flags
  var lookup = how.lookup
  if flags.contains(.O_TMPFILE) { return try await do_tmpfile(task, descriptor, name, how) }
  let isExclusive = flags.isSuperset(of: [.O_CREAT, .O_EXCL])
  if !flags.contains(.O_NOFOLLOW), !isExclusive { lookup.insert(.LOOKUP_FOLLOW) }
  if flags.contains(.O_DIRECTORY) { lookup.insert(.LOOKUP_DIRECTORY) }
  guard flags.contains(.O_CREAT) else {
    let place = try filename_lookup(task, descriptor, name, lookup)
    return try await do_open(task, place, how, isNew: false)
  }
  var walk = try PathWalk(task, descriptor, name, lookup)
  while true {
    guard let last = try walk.parent() else {
      return try await do_open(task, walk.path, how, isNew: false)
    }
    if last.isSpecial || last.hasTrailingSlash { throw .EISDIR }
    if let place = try walk.lookup(last.name) {
      if place.inode.isSymlink, lookup.contains(.LOOKUP_FOLLOW) {
        try walk.follow(place)
        continue
      }
      return try await do_open(task, place, how, isNew: false)
    }
    let directory = walk.path
    try directory.mnt.want_write()
    try directory.may_create(task.cred)
    let new = directory.newFile(task, mode: Stat.S_IFREG | how.mode)
    let inode = try directory.inode.create(last.name, new)
    let place = Path(mnt: directory.mnt, dentry: directory.dentry.child(last.name, inode))
    return try await do_open(task, place, how, isNew: true)
  }
}

/// - SeeAlso: Linux `fs/namei.c` `do_open`, `may_open`.
private func do_open(
  _ task: Task,
  _ place: Path,
  _ how: OpenHow,
  isNew: Bool
) async throws(Errno) -> File {
  let (inode, flags) = (place.inode, how.flags)
  if flags.contains(.O_PATH) { return DirectoryFile(flags: how.kept, path: place) }
  if !isNew {
    if flags.isSuperset(of: [.O_CREAT, .O_EXCL]) { throw .EEXIST }
    if flags.contains(.O_CREAT), inode.isDirectory { throw .EISDIR }
    if inode.isSymlink { throw .ELOOP }
    if inode.isDirectory, how.access.contains(.MAY_WRITE) { throw .EISDIR }
    if how.access.contains(.MAY_WRITE), inode.isRegular {
      try place.mnt.want_write()
    }
    try place.permission(task.cred, how.access)
    if flags.contains(.O_NOATIME), !inode.isOwned(by: task.cred) { throw .EPERM }
    if how.access.contains(.MAY_WRITE), inode.writecount < 0 { throw .ETXTBSY }
  }
  if inode.isDirectory { return DirectoryFile(flags: how.kept, path: place) }
  var opening = how.kept
  if flags.contains(.O_TRUNC), inode.isRegular, !isNew { opening.insert(.O_TRUNC) }
  let file = try await inode.open(task, place, opening)
  file.flags.remove(.O_TRUNC)
  if flags.contains(.O_TRUNC), inode.isRegular, !isNew { try inode.truncate(0) }
  return file
}

/// - SeeAlso: Linux `fs/namei.c` `do_tmpfile`.
private func do_tmpfile(
  _ task: Task,
  _ descriptor: Int32,
  _ name: [UInt8],
  _ how: OpenHow
) async throws(Errno) -> File {
  let directory = try filename_lookup(task, descriptor, name, [.LOOKUP_FOLLOW, .LOOKUP_DIRECTORY])
  try directory.mnt.want_write()
  try directory.permission(task.cred, [.MAY_WRITE, .MAY_EXEC])
  let new = directory.newFile(task, mode: Stat.S_IFREG | how.mode)
  let inode = try directory.inode.tmpfile(new)
  let dentry = directory.dentry.child(Array("#\(inode.ino)".utf8), inode)
  dentry.d_drop()
  return try await inode.open(task, Path(mnt: directory.mnt, dentry: dentry), how.kept)
}
