/// A code of `arch_prctl`.
///
/// - SeeAlso: Linux `arch/x86/include/uapi/asm/prctl.h`.
public enum ArchPrctl: UInt32, CaseIterable, Sendable {
  // swift-format-ignore
  case ARCH_SET_GS = 0x1001, ARCH_SET_FS, ARCH_GET_FS, ARCH_GET_GS
  // swift-format-ignore
  case ARCH_GET_CPUID = 0x1011, ARCH_SET_CPUID
  // swift-format-ignore
  case ARCH_GET_XCOMP_SUPP = 0x1021, ARCH_GET_XCOMP_PERM, ARCH_REQ_XCOMP_PERM
  // swift-format-ignore
  case ARCH_MAP_VDSO_X32 = 0x2001, ARCH_MAP_VDSO_32, ARCH_MAP_VDSO_64
  // swift-format-ignore
  case ARCH_CET_STATUS = 0x3001
  // swift-format-ignore
  case ARCH_GET_UNTAG_MASK = 0x4001, ARCH_ENABLE_TAGGED_ADDR, ARCH_GET_MAX_TAG_BITS
  // swift-format-ignore
  case ARCH_SHSTK_ENABLE = 0x5001, ARCH_SHSTK_DISABLE, ARCH_SHSTK_LOCK, ARCH_SHSTK_UNLOCK
  // swift-format-ignore
  case ARCH_SHSTK_STATUS = 0x5005
}

/// A code of `prctl`.
///
/// - SeeAlso: Linux `include/uapi/linux/prctl.h`.
public enum Prctl: UInt32, CaseIterable, Sendable {
  // swift-format-ignore
  case PR_SET_PDEATHSIG = 1, PR_GET_PDEATHSIG, PR_GET_DUMPABLE, PR_SET_DUMPABLE, PR_GET_UNALIGN
  // swift-format-ignore
  case PR_SET_UNALIGN = 6, PR_GET_KEEPCAPS, PR_SET_KEEPCAPS, PR_GET_FPEMU, PR_SET_FPEMU
  // swift-format-ignore
  case PR_GET_FPEXC = 11, PR_SET_FPEXC, PR_GET_TIMING, PR_SET_TIMING, PR_SET_NAME, PR_GET_NAME
  // swift-format-ignore
  case PR_GET_ENDIAN = 19, PR_SET_ENDIAN, PR_GET_SECCOMP, PR_SET_SECCOMP, PR_CAPBSET_READ
  // swift-format-ignore
  case PR_CAPBSET_DROP = 24, PR_GET_TSC, PR_SET_TSC, PR_GET_SECUREBITS, PR_SET_SECUREBITS
  // swift-format-ignore
  case PR_SET_TIMERSLACK = 29, PR_GET_TIMERSLACK, PR_TASK_PERF_EVENTS_DISABLE
  // swift-format-ignore
  case PR_TASK_PERF_EVENTS_ENABLE = 32, PR_MCE_KILL, PR_MCE_KILL_GET, PR_SET_MM
  // swift-format-ignore
  case PR_SET_CHILD_SUBREAPER = 36, PR_GET_CHILD_SUBREAPER, PR_SET_NO_NEW_PRIVS
  // swift-format-ignore
  case PR_GET_NO_NEW_PRIVS = 39, PR_GET_TID_ADDRESS, PR_SET_THP_DISABLE, PR_GET_THP_DISABLE
  // swift-format-ignore
  case PR_CAP_AMBIENT = 47, PR_GET_SPECULATION_CTRL = 52, PR_SET_SPECULATION_CTRL
  // swift-format-ignore
  case PR_SET_IO_FLUSHER = 57, PR_GET_IO_FLUSHER, PR_SET_SYSCALL_USER_DISPATCH
  // swift-format-ignore
  case PR_SCHED_CORE = 62, PR_SET_MDWE = 65, PR_GET_MDWE, PR_SET_MEMORY_MERGE, PR_GET_MEMORY_MERGE
  /// "Yama".
  case PR_SET_PTRACER = 0x5961_6d61
  /// "SVM\0": names a mapping.
  case PR_SET_VMA = 0x5356_4d41
}

/// The flags of `clone` and `unshare`.
///
/// - SeeAlso: Linux `include/uapi/linux/sched.h`.
public struct CloneFlags: NamedFlags {
  /// The flags above the exit signal's eight bits.
  public var rawValue: UInt64

  /// Makes a set of bits.
  public init(rawValue: UInt64) {
    self.rawValue = rawValue
  }

  /// The members with their names.
  public static var names: [(name: StaticString, flag: CloneFlags)] {
    [
      ("CLONE_VM", .CLONE_VM), ("CLONE_FS", .CLONE_FS), ("CLONE_FILES", .CLONE_FILES),
      ("CLONE_SIGHAND", .CLONE_SIGHAND), ("CLONE_PIDFD", .CLONE_PIDFD),
      ("CLONE_PTRACE", .CLONE_PTRACE), ("CLONE_VFORK", .CLONE_VFORK),
      ("CLONE_PARENT", .CLONE_PARENT), ("CLONE_THREAD", .CLONE_THREAD),
      ("CLONE_NEWNS", .CLONE_NEWNS), ("CLONE_SYSVSEM", .CLONE_SYSVSEM),
      ("CLONE_SETTLS", .CLONE_SETTLS), ("CLONE_PARENT_SETTID", .CLONE_PARENT_SETTID),
      ("CLONE_CHILD_CLEARTID", .CLONE_CHILD_CLEARTID), ("CLONE_DETACHED", .CLONE_DETACHED),
      ("CLONE_UNTRACED", .CLONE_UNTRACED), ("CLONE_CHILD_SETTID", .CLONE_CHILD_SETTID),
      ("CLONE_NEWCGROUP", .CLONE_NEWCGROUP), ("CLONE_NEWUTS", .CLONE_NEWUTS),
      ("CLONE_NEWIPC", .CLONE_NEWIPC), ("CLONE_NEWUSER", .CLONE_NEWUSER),
      ("CLONE_NEWPID", .CLONE_NEWPID), ("CLONE_NEWNET", .CLONE_NEWNET), ("CLONE_IO", .CLONE_IO),
    ]
  }

  // swift-format-ignore
  public static let CLONE_VM = CloneFlags(rawValue: 0x100),
    CLONE_FS = CloneFlags(rawValue: 0x200), CLONE_FILES = CloneFlags(rawValue: 0x400),
    CLONE_SIGHAND = CloneFlags(rawValue: 0x800), CLONE_PIDFD = CloneFlags(rawValue: 0x1000),
    CLONE_PTRACE = CloneFlags(rawValue: 0x2000), CLONE_VFORK = CloneFlags(rawValue: 0x4000),
    CLONE_PARENT = CloneFlags(rawValue: 0x8000), CLONE_THREAD = CloneFlags(rawValue: 0x1_0000),
    CLONE_NEWNS = CloneFlags(rawValue: 0x2_0000), CLONE_SYSVSEM = CloneFlags(rawValue: 0x4_0000),
    CLONE_SETTLS = CloneFlags(rawValue: 0x8_0000),
    CLONE_PARENT_SETTID = CloneFlags(rawValue: 0x10_0000),
    CLONE_CHILD_CLEARTID = CloneFlags(rawValue: 0x20_0000),
    CLONE_DETACHED = CloneFlags(rawValue: 0x40_0000),
    CLONE_UNTRACED = CloneFlags(rawValue: 0x80_0000),
    CLONE_CHILD_SETTID = CloneFlags(rawValue: 0x100_0000),
    CLONE_NEWCGROUP = CloneFlags(rawValue: 0x200_0000),
    CLONE_NEWUTS = CloneFlags(rawValue: 0x400_0000),
    CLONE_NEWIPC = CloneFlags(rawValue: 0x800_0000),
    CLONE_NEWUSER = CloneFlags(rawValue: 0x1000_0000),
    CLONE_NEWPID = CloneFlags(rawValue: 0x2000_0000),
    CLONE_NEWNET = CloneFlags(rawValue: 0x4000_0000), CLONE_IO = CloneFlags(rawValue: 0x8000_0000)
}

/// The flags of `getrandom`.
///
/// - SeeAlso: Linux `include/uapi/linux/random.h`.
public struct GetrandomFlags: NamedFlags {
  /// The bits.
  public var rawValue: UInt32

  /// Makes a set of bits.
  public init(rawValue: UInt32) {
    self.rawValue = rawValue
  }

  /// Do not wait for entropy.
  public static let GRND_NONBLOCK = GetrandomFlags(rawValue: 1)
  /// Use the blocking pool.
  public static let GRND_RANDOM = GetrandomFlags(rawValue: 2)
  /// Take what there is, even before the pool is ready.
  public static let GRND_INSECURE = GetrandomFlags(rawValue: 4)

  /// The members with their names.
  public static var names: [(name: StaticString, flag: GetrandomFlags)] {
    [
      ("GRND_NONBLOCK", .GRND_NONBLOCK), ("GRND_RANDOM", .GRND_RANDOM),
      ("GRND_INSECURE", .GRND_INSECURE),
    ]
  }
}
