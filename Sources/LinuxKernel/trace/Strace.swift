import LinuxABI
import X86

/// Prints system calls and signals in strace's own format.
///
/// Feed it the kernel's events in order. Owns the line that is being printed; writes text to a sink
/// as soon as it is known, so that the program's own output lands where it would with strace.
public final class Strace {
  private let options: StraceOptions
  private let sink: (String) -> Void
  /// The call under way; a task in user mode has none.
  private var call: StraceCall?
  /// Text that waits for the end of the call.
  private var pending = ""

  /// Makes a tracer.
  ///
  /// - Parameters:
  ///   - options: what is printed, and how.
  ///   - sink: takes pieces of text, in order.
  public init(options: StraceOptions = StraceOptions(), sink: @escaping (String) -> Void) {
    self.options = options
    self.sink = sink
  }

  /// Prints the line that a shell's `execve` would.
  ///
  /// The addresses of the lists are those of the new program: nobody knows the shell's.
  private func execve(_ task: Task, path: String) {
    guard options.filter.contains("execve") else { return }
    let memory = task.straceMemory
    let stack = task.ptRegs[.rsp]
    let argc = memory.integer(stack, as: UInt64.self) ?? 0
    let args = SyscallArguments(0, stack &+ 8, stack &+ 16 &+ argc &* 8)
    var call = StraceCall(
      number: Int(SyscallNumber.execve.rawValue),
      args: args,
      options: options,
      memory: memory
    )
    sink(call.execve(path: path))
  }

  /// Prints what an event is worth.
  public func handle(_ event: KernelEvent) {
    switch event {
    case .execve(let task, let path): execve(task, path: path)
    case .syscallEntry(let task, let number, let arguments):
      enter(task, number, arguments)
    case .syscallExit(let task, _, let result):
      // A task that is killed does not see the result.
      let isGone = task.pendingSignals & Signal.SIGKILL.bit != 0 || task.kernel.finalStop != nil
      leave(isGone ? nil : result)
    case .fatalSignal(let task, let signal):
      leave(nil)
      if signal.signal != .SIGKILL { sink(Self.describe(signal, task) + "\n") }
    case .taskExit(let task, let status):
      leave(nil)
      sink(Self.describe(status, task) + "\n")
    default: break
    }
  }

  private func enter(_ task: Task, _ number: Int, _ arguments: SyscallArguments) {
    var entered = StraceCall(
      number: number,
      args: arguments,
      options: options,
      memory: task.straceMemory
    )
    guard options.filter.contains(entered.name) else { return }
    pending = entered.entry()
    call = entered
    // A call that does not exist here is named on the diagnostic output: not within our line.
    if let row = entered.row, row.support != .unsupported { flush() }
  }

  private func leave(_ result: Int64?) {
    guard var leaving = call else { return }
    call = nil
    flush()
    sink(leaving.exit(result))
  }

  private func flush() {
    if !pending.isEmpty { sink(pending) }
    pending = ""
  }

  /// A signal: `--- SIGSEGV {si_signo=SIGSEGV, si_code=SEGV_MAPERR, si_addr=NULL} ---`.
  static func describe(_ signal: FatalSignal, _ task: Task) -> String {
    let name = StraceText.signal(UInt64(signal.signal.rawValue))
    let isFromUser = signal.code <= 0
    let detail =
      isFromUser
      ? "si_pid=\(task.tgid), si_uid=\(task.cred.uid)"
      : "si_addr=\(StraceText.address(signal.address))"
    let code = codeName(signal.signal, signal.code)
    return "--- \(name) {si_signo=\(name), si_code=\(code), \(detail)} ---"
  }

  private static func codeName(_ signal: Signal, _ code: Int32) -> String {
    let names: [(Signal?, Int32, String)] = [
      (nil, SignalCode.SI_USER, "SI_USER"), (nil, SignalCode.SI_KERNEL, "SI_KERNEL"),
      (nil, SignalCode.SI_QUEUE, "SI_QUEUE"), (nil, SignalCode.SI_TIMER, "SI_TIMER"),
      (nil, SignalCode.SI_TKILL, "SI_TKILL"),
      (.SIGSEGV, 1, "SEGV_MAPERR"), (.SIGSEGV, 2, "SEGV_ACCERR"),
      (.SIGBUS, 1, "BUS_ADRALN"), (.SIGBUS, 2, "BUS_ADRERR"), (.SIGBUS, 3, "BUS_OBJERR"),
      (.SIGILL, 1, "ILL_ILLOPC"), (.SIGILL, 2, "ILL_ILLOPN"),
      (.SIGFPE, 1, "FPE_INTDIV"), (.SIGFPE, 2, "FPE_INTOVF"), (.SIGFPE, 3, "FPE_FLTDIV"),
      (.SIGFPE, 4, "FPE_FLTOVF"), (.SIGFPE, 5, "FPE_FLTUND"), (.SIGFPE, 6, "FPE_FLTRES"),
      (.SIGFPE, 7, "FPE_FLTINV"),
      (.SIGTRAP, 1, "TRAP_BRKPT"), (.SIGTRAP, 2, "TRAP_TRACE"),
    ]
    let found = names.first { ($0.0 == nil || $0.0 == signal) && $0.1 == code }
    return found?.2 ?? hexText(UInt64(UInt32(bitPattern: code)))
  }

  /// The last line of a task.
  private static func describe(_ status: ExitStatus, _ task: Task) -> String {
    switch status {
    case .exited(let code): return "+++ exited with \(code) +++"
    case .signaled(let signal):
      let isDumped =
        signal.defaultAction == .coreDump && task.rlimit(Int(Resource.RLIMIT_CORE.rawValue)) != 0
      let name = StraceText.signal(UInt64(signal.rawValue))
      return "+++ killed by \(name)\(isDumped ? " (core dumped)" : "") +++"
    }
  }
}

extension StraceCall {
  /// The line of a successful `execve` whose path is known apart from memory.
  mutating func execve(path: String) -> String {
    let arguments = "\(StraceText.quote(path.utf8)), \(describe(1) ?? ""), \(describe(2) ?? "")"
    let call = "execve(\(arguments)) "
    let padding = String(repeating: " ", count: max(0, options.column - call.count))
    return call + padding + "= 0\n"
  }
}
