import LinuxABI

/// reboot(2): restarts, halts or switches off the machine, or says what Ctrl-Alt-Del does.
///
/// - SeeAlso: Linux `kernel/reboot.c` `sys_reboot`.
func sys_reboot(_ task: Task, _ args: SyscallArguments) async throws(Errno) -> Int64 {
  let kernel = task.kernel
  let pid_ns = task.nsproxy.pid_ns
  // We only trust the superuser with rebooting the system.
  guard ns_capable(task, pid_ns.user_ns, .CAP_SYS_BOOT) else { throw .EPERM }
  // For safety, we require "magic" arguments.
  guard args.uint32(0) == Reboot.LINUX_REBOOT_MAGIC1, Reboot.isMagic2(args.uint32(1)) else {
    throw .EINVAL
  }
  let command = RebootCommand(rawValue: args.uint32(2))
  if pid_ns !== PIDNamespace.init_pid_ns {
    return try reboot_pid_ns(task, command)
  }

  await kernel.system_transition_mutex.mutex_lock(task)
  switch command {
  case .LINUX_REBOOT_CMD_RESTART:
    kernel.kernel_restart(nil)
    return 0  // Reaches nobody; the mutex stays locked.
  case .LINUX_REBOOT_CMD_CAD_ON:
    kernel.C_A_D = 1
  case .LINUX_REBOOT_CMD_CAD_OFF:
    kernel.C_A_D = 0
  case .LINUX_REBOOT_CMD_HALT:
    kernel.kernel_halt()
    return 0
  case .LINUX_REBOOT_CMD_POWER_OFF:
    kernel.kernel_power_off()
    return 0
  case .LINUX_REBOOT_CMD_RESTART2:
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 255, alignment: 8)
    defer { buffer.deallocate() }
    do {
      let length = try await strncpy_from_user(task, buffer, args.pointer(3))
      kernel.kernel_restart(String(decoding: buffer.prefix(length), as: UTF8.self))
      return 0
    } catch {
      kernel.system_transition_mutex.mutex_unlock(task)
      throw .EFAULT
    }
  case .LINUX_REBOOT_CMD_KEXEC, .LINUX_REBOOT_CMD_SW_SUSPEND, nil:
    // Neither kexec nor hibernation is configured: Linux does not know the commands then.
    kernel.system_transition_mutex.mutex_unlock(task)
    throw .EINVAL
  }
  kernel.system_transition_mutex.mutex_unlock(task)
  return 0
}

/// Rebooting in a process namespace of its own ends the namespace, not the machine.
///
/// - SeeAlso: Linux `kernel/pid_namespace.c` `reboot_pid_ns`.
private func reboot_pid_ns(_ task: Task, _ command: RebootCommand?) throws(Errno) -> Int64 {
  let signal: Signal
  switch command {
  case .LINUX_REBOOT_CMD_RESTART, .LINUX_REBOOT_CMD_RESTART2: signal = .SIGHUP
  case .LINUX_REBOOT_CMD_HALT, .LINUX_REBOOT_CMD_POWER_OFF: signal = .SIGINT
  default: throw .EINVAL
  }
  task.kernel.do_group_exit(task, .signaled(signal))
  return 0
}
