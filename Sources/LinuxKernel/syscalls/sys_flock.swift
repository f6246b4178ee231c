import LinuxABI

/// flock(2).
///
/// - SeeAlso: Linux `fs/locks.c` `SYSCALL_DEFINE2(flock)`.
func sys_flock(_ task: Task, _ args: SyscallArguments) async throws(Errno) -> Int64 {
  let (LOCK_SH, LOCK_EX, LOCK_NB, LOCK_UN): (UInt32, UInt32, UInt32, UInt32) = (1, 2, 4, 8)
  let command = args.uint32(1)
  let kind = command & ~LOCK_NB
  guard [LOCK_SH, LOCK_EX, LOCK_UN].contains(kind) else { throw .EINVAL }
  let file = try task.files.fget(args.int32(0))
  guard let locks = file.inode?.locks else { return 0 }
  if kind == LOCK_UN {
    locks.release(file)
    return 0
  }
  guard file.isReadable || file.isWritable else { throw .EBADF }
  while !locks.flock(file, isExclusive: kind == LOCK_EX) {
    if command & LOCK_NB != 0 { throw .EAGAIN }
    if task.signal_pending { throw .ERESTARTSYS }
    await locks.queue.sleep(task, .all, "flock")
  }
  return 0
}

extension FcntlCommand {
  /// Whether the command is about locks.
  var isLock: Bool {
    switch self {
    case .F_GETLK, .F_SETLK, .F_SETLKW, .F_OFD_GETLK, .F_OFD_SETLK, .F_OFD_SETLKW: true
    default: false
    }
  }
}

/// Commands of `fcntl` on ranges of bytes.
///
/// - SeeAlso: Linux `fs/locks.c` `fcntl_setlk`, `fcntl_getlk`.
func fcntl_lock(
  _ task: Task,
  _ file: File,
  _ command: FcntlCommand,
  _ address: UInt64
) async throws(Errno) -> Int64 {
  // struct flock: short type, short whence, off_t start, off_t len, pid_t pid
  var bytes = try await copy_bytes_from_user(task, address, count: 32)
  let (type, whence): (Int16, Int16) = bytes.withUnsafeBytes {
    ($0.loadLittleEndian(at: 0), $0.loadLittleEndian(at: 2))
  }
  let (start, length): (Int64, Int64) = bytes.withUnsafeBytes {
    ($0.loadLittleEndian(at: 8), $0.loadLittleEndian(at: 16))
  }
  let isOFD = command.rawValue >= FcntlCommand.F_OFD_GETLK.rawValue
  let pid: Int32 = bytes.withUnsafeBytes { $0.loadLittleEndian(at: 24) }
  if isOFD, pid != 0 { throw .EINVAL }
  let (F_RDLCK, F_WRLCK, F_UNLCK): (Int16, Int16, Int16) = (0, 1, 2)
  guard let inode = file.inode else { throw .EBADF }
  var base: Int64
  switch whence {
  case 0: base = 0
  case 1: base = file.position
  case 2: base = inode.size
  default: throw .EINVAL
  }
  let sum = base.addingReportingOverflow(start)
  if sum.overflow { throw .EOVERFLOW }
  base = sum.partialValue
  var end = Int64.max
  if length > 0 {
    let last = base.addingReportingOverflow(length)
    if last.overflow { throw .EOVERFLOW }
    end = last.partialValue
  } else if length < 0 {
    end = base
    base += length
  }
  guard base >= 0 else { throw .EINVAL }
  guard [F_RDLCK, F_WRLCK, F_UNLCK].contains(type) else { throw .EINVAL }
  let lock = FileLocks.RangeLock(
    owner: isOFD ? ObjectIdentifier(file) : ObjectIdentifier(task.files),
    pid: isOFD ? -1 : task.tgid,
    isExclusive: type == F_WRLCK,
    range: base..<max(base, end)
  )
  if command == .F_GETLK || command == .F_OFD_GETLK {
    if type == F_UNLCK { throw .EINVAL }
    let found = inode.locks.conflict(with: lock)
    bytes.withUnsafeMutableBytes { raw in
      guard let found else { return raw.storeLittleEndian(F_UNLCK, at: 0) }
      raw.storeLittleEndian(found.isExclusive ? F_WRLCK : F_RDLCK, at: 0)
      raw.storeLittleEndian(Int16(0), at: 2)
      raw.storeLittleEndian(found.range.lowerBound, at: 8)
      let isToEnd = found.range.upperBound == .max
      raw.storeLittleEndian(isToEnd ? 0 : Int64(found.range.count), at: 16)
      raw.storeLittleEndian(found.pid, at: 24)
    }
    try await copy_bytes_to_user(task, address, bytes)
    return 0
  }
  if type == F_RDLCK, !file.isReadable { throw .EBADF }
  if type == F_WRLCK, !file.isWritable { throw .EBADF }
  let waits = command == .F_SETLKW || command == .F_OFD_SETLKW
  while type != F_UNLCK, inode.locks.conflict(with: lock) != nil {
    if !waits { throw .EAGAIN }
    if task.signal_pending { throw .ERESTARTSYS }
    await inode.locks.queue.sleep(task, .all, "file lock")
  }
  inode.locks.set(lock, unlock: type == F_UNLCK)
  return 0
}
