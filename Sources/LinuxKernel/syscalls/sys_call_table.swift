/// The system calls that this kernel has, in the order of their numbers.
public let sys_call_table: [SyscallRow] = []
