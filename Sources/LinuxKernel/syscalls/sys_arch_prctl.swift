import LinuxABI

/// arch_prctl(2): the bases of FS and GS, and whether CPUID works.
///
/// - SeeAlso: Linux `arch/x86/kernel/process_64.c` `do_arch_prctl_64`.
func sys_arch_prctl(_ task: Task, _ args: SyscallArguments) async throws(Errno) -> Int64 {
  let argument = args.pointer(1)
  let cpu = task.kernel.cpu
  switch ArchPrctl(rawValue: args.uint32(0)) {
  case .ARCH_SET_FS:
    guard argument < TASK_SIZE_MAX else { throw .EPERM }
    cpu.fsBase = argument
  case .ARCH_SET_GS:
    guard argument < TASK_SIZE_MAX else { throw .EPERM }
    // In the kernel, SWAPGS has put the program's base aside.
    cpu.kernelGSBase = argument
  case .ARCH_GET_FS:
    try await put_user(task, cpu.fsBase, argument)
  case .ARCH_GET_GS:
    try await put_user(task, cpu.kernelGSBase, argument)
  case .ARCH_GET_CPUID:
    return 1
  case .ARCH_SET_CPUID:
    throw .ENODEV
  default:
    throw .EINVAL
  }
  return 0
}
