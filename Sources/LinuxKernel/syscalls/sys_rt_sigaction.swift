import LinuxABI

/// The signals that nothing can be done about, as a mask.
private let unstoppable: UInt64 = 1 << 8 | 1 << 18  // SIGKILL, SIGSTOP

/// rt_sigaction(2).
///
/// - SeeAlso: Linux `kernel/signal.c` `sys_rt_sigaction`, `do_sigaction`.
func sys_rt_sigaction(_ task: Task, _ args: SyscallArguments) async throws(Errno) -> Int64 {
  guard args.uint64(3) == 8 else { throw .EINVAL }
  var new: KernelSigAction?
  if args.pointer(1) != 0 {
    new = try await copy_struct_from_user(task, args.pointer(1), as: KernelSigAction.self)
  }
  let signal = Signal(rawValue: args.int32(0))
  guard signal.isValid, new == nil || !signal.isUnstoppable else { throw .EINVAL }
  let index = Int(signal.rawValue) - 1
  let old = task.sigactions[index]
  if var new {
    let UAPI_SA_FLAGS: UInt64 = 0xdc00_0807
    new.flags = SigActionFlags(rawValue: new.flags.rawValue & UAPI_SA_FLAGS)
    new.mask &= ~unstoppable
    task.sigactions[index] = new
    // What is ignored from now on is not kept for later.
    if task.ignores(signal) { task.pendingSignals &= ~signal.bit }
  }
  if args.pointer(2) != 0 { try await copy_struct_to_user(task, args.pointer(2), old) }
  return 0
}

/// rt_sigprocmask(2).
///
/// - SeeAlso: Linux `kernel/signal.c` `sys_rt_sigprocmask`.
func sys_rt_sigprocmask(_ task: Task, _ args: SyscallArguments) async throws(Errno) -> Int64 {
  guard args.uint64(3) == 8 else { throw .EINVAL }
  let old = task.blockedSignals
  if args.pointer(1) != 0 {
    let bytes = try await copy_bytes_from_user(task, args.pointer(1), count: 8)
    let set = bytes.withUnsafeBytes { $0.loadLittleEndian(at: 0, as: UInt64.self) } & ~unstoppable
    switch args.uint32(0) {
    case 0: task.blockedSignals |= set
    case 1: task.blockedSignals &= ~set
    case 2: task.blockedSignals = set
    default: throw .EINVAL
    }
    task.recalc_sigpending()
  }
  if args.pointer(2) != 0 {
    try await copy_bytes_to_user(task, args.pointer(2), old.littleEndianBytes)
  }
  return 0
}

/// rt_sigpending(2).
func sys_rt_sigpending(_ task: Task, _ args: SyscallArguments) async throws(Errno) -> Int64 {
  guard args.uint64(1) <= 8 else { throw .EINVAL }
  let pending = (task.pendingSignals & task.blockedSignals).littleEndianBytes
  try await copy_bytes_to_user(task, args.pointer(0), Array(pending.prefix(Int(args.uint64(1)))))
  return 0
}

/// sigaltstack(2).
///
/// - SeeAlso: Linux `kernel/signal.c` `do_sigaltstack`.
func sys_sigaltstack(_ task: Task, _ args: SyscallArguments) async throws(Errno) -> Int64 {
  let (SS_ONSTACK, SS_DISABLE, SS_AUTODISARM): (UInt32, UInt32, UInt32) = (1, 2, 1 << 31)
  let MINSIGSTKSZ: UInt64 = 2048
  let old = task.signalStack
  let sp = task.ptRegs[.rsp]
  let isOnStack =
    old.flags & SS_AUTODISARM == 0 && old.size != 0 && sp > old.address
    && sp &- old.address <= old.size
  if args.pointer(0) != 0 {
    let bytes = try await copy_bytes_from_user(task, args.pointer(0), count: 24)
    let new = bytes.withUnsafeBytes { raw in
      (
        address: raw.loadLittleEndian(at: 0, as: UInt64.self),
        flags: raw.loadLittleEndian(at: 8, as: UInt32.self),
        size: raw.loadLittleEndian(at: 16, as: UInt64.self)
      )
    }
    if isOnStack { throw .EPERM }
    let mode = new.flags & ~SS_AUTODISARM
    guard mode == SS_DISABLE || mode == SS_ONSTACK || mode == 0 else { throw .EINVAL }
    if mode == SS_DISABLE {
      task.signalStack = (0, new.flags, 0)
    } else {
      guard new.size >= MINSIGSTKSZ else { throw .ENOMEM }
      task.signalStack = new
    }
  }
  if args.pointer(1) != 0 {
    var bytes = [UInt8](repeating: 0, count: 24)
    let state = old.size == 0 ? SS_DISABLE : isOnStack ? SS_ONSTACK : 0
    bytes.withUnsafeMutableBytes { raw in
      raw.storeLittleEndian(old.address, at: 0)
      raw.storeLittleEndian(state | (old.flags & SS_AUTODISARM), at: 8)
      raw.storeLittleEndian(old.size, at: 16)
    }
    try await copy_bytes_to_user(task, args.pointer(1), bytes)
  }
  return 0
}

extension UInt64 {
  /// The eight bytes, lowest first.
  var littleEndianBytes: [UInt8] { (0..<8).map { UInt8(truncatingIfNeeded: self >> ($0 * 8)) } }
}

extension Signal {
  /// Whether the number is a signal's.
  var isValid: Bool { (1...Signal._NSIG).contains(rawValue) }

  /// The signal's bit in a mask.
  var bit: UInt64 { 1 << UInt64(rawValue - 1) }
}
