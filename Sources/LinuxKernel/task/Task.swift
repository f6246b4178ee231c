import LinuxABI
import X86

/// One thread of a program: Linux's `task_struct`.
///
/// Owns its saved registers and kernel stack; shares the address space, credentials, files and
/// namespaces with others by reference.
public final class Task {
  // SAFETY: a kernel outlives its tasks; counting references on every access would cost a tenth of a
  // system call.
  /// The kernel that runs it; do not use a task when its kernel is gone.
  public unowned(unsafe) let kernel: Kernel
  /// The thread's number.
  public let pid: Int32
  /// The process's number: the pid of its first thread.
  public let tgid: Int32
  /// The parent's `tgid`; 0 for init.
  public var parentPID: Int32 = 0
  /// The address space; `nil` once the task has exited.
  public var mm: MM?
  /// Who it is.
  public var cred: Cred
  /// Which namespaces it sees.
  public var nsproxy: NSProxy
  /// Its open files.
  public var files: FilesStruct
  /// Where it is in the file tree.
  public internal(set) var fs: FSStruct
  /// The file of its program.
  var exe_file: Path?
  /// The name that `ps` shows, at most 15 bytes.
  public var comm = ""
  /// The path of its program, absolute.
  public var executablePath = ""
  /// Resource limits, indexed by `RLIMIT_` number.
  public var rlimits: [RLimit64] = Task.defaultLimits
  /// What to do about each signal; index is the number - 1.
  public var sigactions = [KernelSigAction](repeating: KernelSigAction(), count: 64)
  /// Blocked signals; bit n - 1 is signal n.
  public var blockedSignals: UInt64 = 0
  /// Signals that were sent and not yet acted on; bit n - 1 is signal n.
  public var pendingSignals: UInt64 = 0
  /// Why the last of them was sent: its `si_code`.
  var pendingCode: Int32 = SignalCode.SI_USER
  /// The alternate signal stack: address, flags, size.
  public var signalStack: (address: UInt64, flags: UInt32, size: UInt64) = (0, 2, 0)
  /// What `prctl` sets.
  public var attributes = TaskAttributes()
  /// The `personality` of execution domains.
  public var personality: UInt32 = 0

  // What the C library registers at start.

  /// `set_tid_address`: cleared and woken at exit.
  public var clear_child_tid: UInt64 = 0
  /// `set_robust_list`.
  public var robustList: UInt64 = 0
  /// `rseq`: address, length, signature; address 0 is none.
  public var rseq: (address: UInt64, length: UInt32, signature: UInt32) = (0, 0, 0)

  // The CPU's side.

  /// The registers while the task does not run.
  var registers: RegisterState?
  /// The kernel stack, and on it the user registers of the present entry.
  let stack: KernelStack
  /// Where user copies pass through kernel memory.
  let bounce: KernelBuffer
  /// The Swift function that the task executes for kernel text, by its address.
  var hostFunction: UInt64 = 0
  /// Work that must be done before going back to user mode.
  var flags: ThreadFlags = []
  /// Set when the task has ended.
  public internal(set) var exitStatus: ExitStatus?
  /// The signal that ended it, when one did.
  public internal(set) var fatalSignal: FatalSignal?
  /// Where the task sleeps.
  let waitSlot = WaitSlot()

  init(
    kernel: Kernel,
    pid: Int32,
    tgid: Int32,
    stack: KernelStack,
    bounce: KernelBuffer,
    cred: Cred,
    nsproxy: NSProxy,
    files: FilesStruct,
    fs: FSStruct
  ) {
    self.kernel = kernel
    self.pid = pid
    self.tgid = tgid
    self.stack = stack
    self.bounce = bounce
    self.cred = cred
    self.nsproxy = nsproxy
    self.files = files
    self.fs = fs
  }

  /// The user registers of the present system call or exception.
  public var ptRegs: PtRegsView { stack.ptRegs }

  /// Whether this is its process's first thread.
  public var isLeader: Bool { pid == tgid }

  /// Has ended, or is about to: it must not go back to user mode.
  public var isDead: Bool { exitStatus != nil }
}

/// Reasons to do work on the way back to user mode.
///
/// - SeeAlso: Linux `arch/x86/include/asm/thread_info.h`.
struct ThreadFlags: OptionSet {
  var rawValue: UInt32
  /// Another task should run.
  static let TIF_NEED_RESCHED = ThreadFlags(rawValue: 1 << 3)
  /// A signal is pending.
  static let TIF_SIGPENDING = ThreadFlags(rawValue: 1 << 2)
}

extension Task {
  /// What a fresh login shell has, but for a locked-memory limit that root needs not.
  ///
  /// - SeeAlso: Linux `include/asm-generic/resource.h` `INIT_RLIMITS`.
  static let defaultLimits: [RLimit64] = {
    let infinity = RLimit64.RLIM64_INFINITY
    var limits = [RLimit64](repeating: RLimit64(current: infinity, maximum: infinity), count: 16)
    limits[3] = RLimit64(current: 8 << 20, maximum: infinity)  // STACK
    limits[4] = RLimit64(current: 0, maximum: infinity)  // CORE
    limits[6] = RLimit64(current: 4096, maximum: 4096)  // NPROC
    limits[7] = RLimit64(current: 1024, maximum: 4096)  // NOFILE
    limits[8] = RLimit64(current: 8 << 20, maximum: 8 << 20)  // MEMLOCK
    limits[11] = RLimit64(current: 4096, maximum: 4096)  // SIGPENDING
    limits[12] = RLimit64(current: 819_200, maximum: 819_200)  // MSGQUEUE
    limits[13] = RLimit64(current: 0, maximum: 0)  // NICE
    limits[14] = RLimit64(current: 0, maximum: 0)  // RTPRIO
    return limits
  }()

  /// The soft limit of a resource.
  public func rlimit(_ resource: Int) -> UInt64 { rlimits[resource].current }
}
