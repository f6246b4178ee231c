import LinuxABI
import X86

/// Something worth telling a tracer, in the order in which it happens.
///
/// Emitted only while `Kernel.eventHandler` is set; otherwise each place costs one nil test.
public enum KernelEvent {
  /// A task has a new program, and has not executed anything of it.
  case execve(task: Task, path: String)
  /// `SYSCALL` reached the table: the number is in range and `handler` is about to be called.
  case syscallEntry(task: Task, number: Int, arguments: SyscallArguments)
  /// The `call *sys_call_table(,%rax,8)` landed in this Swift function.
  case tableCall(task: Task, number: Int, target: UInt64, name: String)
  /// The body returned; `result` is what rax gets.
  case syscallExit(task: Task, number: Int, result: Int64)
  /// A page fault, before it is handled.
  case pageFault(task: Task, address: UInt64, error: PageFaultErrorCode, rip: UInt64)
  /// The page is there now; the instruction runs again.
  case faultHandled(task: Task, address: UInt64)
  /// The exception table has an entry for the faulting instruction.
  case extableFound(task: Task, instruction: UInt64, fixup: UInt64, type: ExtableType)
  /// Kernel text goes on at the fixup.
  case fixupResume(task: Task, fixup: UInt64)
  /// A user copy is finished.
  case copyReturned(task: Task, function: String, notCopied: Int)
  /// The kernel itself did something wrong.
  case oops(task: Task, message: String)
  /// A lock operation such as `down_write(&uts_sem)`.
  case lock(task: Task, operation: String, lock: String)
  /// Kernel text is about to go back to user mode.
  case userReturn(task: Task, rip: UInt64)
  /// A signal ends the task.
  case fatalSignal(task: Task, FatalSignal)
  /// A task is gone.
  case taskExit(task: Task, status: ExitStatus)
}

/// What happened, counted.
public struct KernelStatistics: Equatable, Sendable {
  /// System calls that reached the table.
  public var syscalls: UInt64 = 0
  /// Page faults, handled or not.
  public var pageFaults: UInt64 = 0
  /// Kernel-mode faults that the exception table resolved.
  public var fixups: UInt64 = 0
  /// Kernel oopses.
  public var oopses: UInt64 = 0
  /// Switches from one task to another.
  public var contextSwitches: UInt64 = 0

  /// All zero.
  public init() {}
}
