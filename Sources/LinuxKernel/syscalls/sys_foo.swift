import LinuxABI

/// foo(2): the size of a kernel stack, in bytes. Not in Linux: an example of adding a call.
func sys_foo(_ task: Task, _ args: SyscallArguments) throws(Errno) -> Int64 {
  Int64(KernelStack.THREAD_SIZE)
}
