/// The tag of an entry of the auxiliary vector, the list that `execve` leaves above `envp`.
///
/// - SeeAlso: Linux `include/uapi/linux/auxvec.h`, `arch/x86/include/uapi/asm/auxvec.h`.
public enum AuxiliaryVector: UInt64, CaseIterable, Sendable {
  /// End of the list.
  case AT_NULL = 0
  /// An entry to skip.
  case AT_IGNORE = 1
  /// The open descriptor of the program.
  case AT_EXECFD = 2
  /// The address of the program headers.
  case AT_PHDR = 3
  /// The size of one program header.
  case AT_PHENT = 4
  /// The number of program headers.
  case AT_PHNUM = 5
  /// The size of a page.
  case AT_PAGESZ = 6
  /// The load address of the interpreter, or 0.
  case AT_BASE = 7
  /// Always 0.
  case AT_FLAGS = 8
  /// The program's own entry point.
  case AT_ENTRY = 9
  /// Set for a program that is not ELF.
  case AT_NOTELF = 10
  /// The real user.
  case AT_UID = 11
  /// The effective user.
  case AT_EUID = 12
  /// The real group.
  case AT_GID = 13
  /// The effective group.
  case AT_EGID = 14
  /// The address of the text `x86_64`.
  case AT_PLATFORM = 15
  /// CPUID leaf 1, EDX.
  case AT_HWCAP = 16
  /// Clock ticks a second, as `times` counts them.
  case AT_CLKTCK = 17
  /// 1 when the program gained privileges.
  case AT_SECURE = 23
  /// The address of the text that names the real platform.
  case AT_BASE_PLATFORM = 24
  /// The address of 16 random bytes.
  case AT_RANDOM = 25
  /// More features; on x86 bit 1 is FSGSBASE in user mode.
  case AT_HWCAP2 = 26
  /// The bytes of `struct rseq` that the kernel fills.
  case AT_RSEQ_FEATURE_SIZE = 27
  /// The alignment that `struct rseq` needs.
  case AT_RSEQ_ALIGN = 28
  /// The address of the path that was executed.
  case AT_EXECFN = 31
  /// The 32-bit system call entry.
  case AT_SYSINFO = 32
  /// The address of the vDSO.
  case AT_SYSINFO_EHDR = 33
  /// The smallest alternate signal stack.
  case AT_MINSIGSTKSZ = 51
}
