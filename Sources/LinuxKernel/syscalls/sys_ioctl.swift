import LinuxABI

/// ioctl(2): terminals, and what every descriptor understands.
///
/// - SeeAlso: Linux `fs/ioctl.c` `do_vfs_ioctl`, `drivers/tty/tty_ioctl.c`.
func sys_ioctl(_ task: Task, _ args: SyscallArguments) async throws(Errno) -> Int64 {
  let descriptor = args.int32(0)
  let file = try task.files.fget(descriptor)
  let argument = args.pointer(2)
  guard let request = IoctlRequest(rawValue: args.uint32(1)) else {
    return try await file.ioctl(task, args.uint32(1), argument)
  }
  switch request {
  case .FIOCLEX:
    task.files[descriptor]?.closeOnExec = true
  case .FIONCLEX:
    task.files[descriptor]?.closeOnExec = false
  case .FIONBIO:
    let on = try await get_user(task, argument, as: Int32.self) != 0
    if on { file.flags.insert(.O_NONBLOCK) } else { file.flags.remove(.O_NONBLOCK) }
  case .FIONREAD:
    try await put_user(task, try file.bytesAvailable(), argument)
  case .TCGETS:
    try await copy_struct_to_user(task, argument, try file.terminalSettings())
  case .TCSETS, .TCSETSW, .TCSETSF:
    _ = try file.terminalSettings()
    let settings = try await copy_struct_from_user(task, argument, as: KernelTermios.self)
    try file.setTerminalSettings(settings, request)
  case .TIOCGWINSZ:
    try await copy_struct_to_user(task, argument, try file.windowSize())
  case .TIOCGPGRP:
    _ = try file.terminalSettings()
    try await put_user(task, task.processGroup, argument)
  case .TIOCGSID:
    _ = try file.terminalSettings()
    try await put_user(task, task.session, argument)
  default:
    throw .ENOTTY
  }
  return 0
}
