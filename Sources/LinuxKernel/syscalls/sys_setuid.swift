import LinuxABI

// A user or group of -1 is no user: single calls refuse it, the others leave the field alone.
private let unchanged = UInt32.max

/// setuid(2).
///
/// - SeeAlso: Linux `kernel/sys.c` `__sys_setuid`.
func sys_setuid(_ task: Task, _ args: SyscallArguments) throws(Errno) -> Int64 {
  let uid = args.uint32(0)
  guard uid != unchanged else { throw .EINVAL }
  var new = task.cred
  if ns_capable(task, new.user_ns, .CAP_SETUID) {
    new.uid = uid
    new.suid = uid
  } else if uid != new.uid && uid != new.suid {
    throw .EPERM
  }
  new.euid = uid
  task.commitUsers(new)
  return 0
}

/// setreuid(2).
///
/// - SeeAlso: Linux `kernel/sys.c` `__sys_setreuid`.
func sys_setreuid(_ task: Task, _ args: SyscallArguments) throws(Errno) -> Int64 {
  let (ruid, euid) = (args.uint32(0), args.uint32(1))
  let old = task.cred
  var new = old
  let isPrivileged = ns_capable(task, old.user_ns, .CAP_SETUID)
  if ruid != unchanged {
    guard ruid == old.uid || ruid == old.euid || isPrivileged else { throw .EPERM }
    new.uid = ruid
  }
  if euid != unchanged {
    guard euid == old.uid || euid == old.euid || euid == old.suid || isPrivileged else {
      throw .EPERM
    }
    new.euid = euid
  }
  if ruid != unchanged || (euid != unchanged && euid != old.uid) { new.suid = new.euid }
  task.commitUsers(new)
  return 0
}

/// setresuid(2).
///
/// - SeeAlso: Linux `kernel/sys.c` `__sys_setresuid`.
func sys_setresuid(_ task: Task, _ args: SyscallArguments) throws(Errno) -> Int64 {
  let old = task.cred
  var new = old
  let own = [old.uid, old.euid, old.suid, unchanged]
  let wanted = [args.uint32(0), args.uint32(1), args.uint32(2)]
  if !wanted.allSatisfy(own.contains) && !ns_capable(task, old.user_ns, .CAP_SETUID) {
    throw .EPERM
  }
  if wanted[0] != unchanged { new.uid = wanted[0] }
  if wanted[1] != unchanged { new.euid = wanted[1] }
  if wanted[2] != unchanged { new.suid = wanted[2] }
  task.commitUsers(new)
  return 0
}

/// setfsuid(2): answers the old user, whether or not it changed.
///
/// - SeeAlso: Linux `kernel/sys.c` `__sys_setfsuid`.
func sys_setfsuid(_ task: Task, _ args: SyscallArguments) throws(Errno) -> Int64 {
  let (uid, old) = (args.uint32(0), task.cred)
  let own = [old.uid, old.euid, old.suid, old.fsuid]
  if uid != unchanged && (own.contains(uid) || ns_capable(task, old.user_ns, .CAP_SETUID)) {
    task.cred.fsuid = uid
  }
  return Int64(old.fsuid)
}

/// setgid(2).
func sys_setgid(_ task: Task, _ args: SyscallArguments) throws(Errno) -> Int64 {
  let gid = args.uint32(0)
  guard gid != unchanged else { throw .EINVAL }
  var new = task.cred
  if ns_capable(task, new.user_ns, .CAP_SETGID) {
    new.gid = gid
    new.sgid = gid
  } else if gid != new.gid && gid != new.sgid {
    throw .EPERM
  }
  new.egid = gid
  new.fsgid = gid
  task.cred = new
  return 0
}

/// setregid(2).
func sys_setregid(_ task: Task, _ args: SyscallArguments) throws(Errno) -> Int64 {
  let (rgid, egid) = (args.uint32(0), args.uint32(1))
  let old = task.cred
  var new = old
  let isPrivileged = ns_capable(task, old.user_ns, .CAP_SETGID)
  if rgid != unchanged {
    guard rgid == old.gid || rgid == old.egid || isPrivileged else { throw .EPERM }
    new.gid = rgid
  }
  if egid != unchanged {
    guard egid == old.gid || egid == old.egid || egid == old.sgid || isPrivileged else {
      throw .EPERM
    }
    new.egid = egid
  }
  if rgid != unchanged || (egid != unchanged && egid != old.gid) { new.sgid = new.egid }
  new.fsgid = new.egid
  task.cred = new
  return 0
}

/// setresgid(2).
func sys_setresgid(_ task: Task, _ args: SyscallArguments) throws(Errno) -> Int64 {
  let old = task.cred
  var new = old
  let own = [old.gid, old.egid, old.sgid, unchanged]
  let wanted = [args.uint32(0), args.uint32(1), args.uint32(2)]
  if !wanted.allSatisfy(own.contains) && !ns_capable(task, old.user_ns, .CAP_SETGID) {
    throw .EPERM
  }
  if wanted[0] != unchanged { new.gid = wanted[0] }
  if wanted[1] != unchanged { new.egid = wanted[1] }
  if wanted[2] != unchanged { new.sgid = wanted[2] }
  new.fsgid = new.egid
  task.cred = new
  return 0
}

/// setfsgid(2).
func sys_setfsgid(_ task: Task, _ args: SyscallArguments) throws(Errno) -> Int64 {
  let (gid, old) = (args.uint32(0), task.cred)
  let own = [old.gid, old.egid, old.sgid, old.fsgid]
  if gid != unchanged && (own.contains(gid) || ns_capable(task, old.user_ns, .CAP_SETGID)) {
    task.cred.fsgid = gid
  }
  return Int64(old.fsgid)
}

extension Task {
  /// Takes over credentials whose users changed.
  fileprivate func commitUsers(_ credentials: Cred) {
    var new = credentials
    new.fsuid = new.euid
    new.cap_emulate_setxuid(cred)
    cred = new
  }
}
