import LinuxABI
import X86

extension Kernel {
  /// Sends a signal for an exception: it cannot be ignored or blocked.
  ///
  /// - SeeAlso: Linux `kernel/signal.c` `force_sig_info_to_task`.
  func force_sig_fault(_ task: Task, _ signal: FatalSignal) {
    // SIMPLIFIED: handlers are recorded and not run, so every forced signal is fatal.
    kill(task, signal)
  }

  /// Sends a signal to a task; it acts before the task is back in user mode.
  ///
  /// - SeeAlso: Linux `kernel/signal.c` `send_signal_locked`.
  public func send_signal(_ task: Task, _ signal: Signal, code: Int32 = SignalCode.SI_USER) {
    guard (1...Signal._NSIG).contains(signal.rawValue), !task.isDead else { return }
    let bit = UInt64(1) << UInt64(signal.rawValue - 1)
    if task.blockedSignals & bit == 0, task.ignores(signal) { return }
    task.pendingSignals |= bit
    task.pendingCode = code
    task.recalc_sigpending()
    task.waitSlot.wake()
  }

  /// Acts on pending signals, on the way back to user mode.
  ///
  /// - SeeAlso: Linux `kernel/signal.c` `get_signal`.
  func do_signal(_ task: Task) {
    while !task.isDead {
      let deliverable = task.pendingSignals & ~task.blockedSignals
      guard deliverable != 0 else { break }
      let signal = Signal(rawValue: Int32(deliverable.trailingZeroBitCount) + 1)
      task.pendingSignals &= ~(deliverable & (0 &- deliverable))
      if task.ignores(signal) { continue }
      switch DefaultAction(signal) {
      case .ignore, .stop: continue
      case .terminate, .core:
        kill(
          task,
          FatalSignal(
            signal: signal,
            code: task.pendingCode,
            address: 0,
            rip: task.ptRegs[.rip],
            vector: nil,
            errorCode: 0
          )
        )
      }
    }
    task.recalc_sigpending()
  }

  /// Ends a task because of a signal.
  func kill(_ task: Task, _ signal: FatalSignal) {
    guard !task.isDead else { return }
    task.fatalSignal = signal
    if let eventHandler { eventHandler(.fatalSignal(task: task, signal)) }
    do_group_exit(task, .signaled(signal.signal))
  }
}

extension Task {
  /// Sets or clears the flag that makes the return to user mode look at signals.
  ///
  /// - SeeAlso: Linux `kernel/signal.c` `recalc_sigpending`.
  public func recalc_sigpending() {
    if pendingSignals & ~blockedSignals != 0 {
      set_thread_flag(.TIF_SIGPENDING)
    } else {
      clear_thread_flag(.TIF_SIGPENDING)
    }
  }

  /// True when the signal is ignored, by choice or by default.
  func ignores(_ signal: Signal) -> Bool {
    switch sigactions[Int(signal.rawValue) - 1].handler {
    case KernelSigAction.SIG_IGN: true
    case KernelSigAction.SIG_DFL: DefaultAction(signal) == .ignore
    default: false
    }
  }
}

/// What a signal does when nobody asked for anything else.
///
/// - SeeAlso: Linux `include/linux/signal.h` `sig_kernel_ignore` and its relatives.
enum DefaultAction {
  case terminate, core, ignore, stop

  init(_ signal: Signal) {
    switch signal {
    case .SIGQUIT, .SIGILL, .SIGTRAP, .SIGABRT, .SIGBUS, .SIGFPE, .SIGSEGV, .SIGXCPU, .SIGXFSZ,
      .SIGSYS:
      self = .core
    case .SIGCHLD, .SIGCONT, .SIGWINCH, .SIGURG: self = .ignore
    case .SIGSTOP, .SIGTSTP, .SIGTTIN, .SIGTTOU: self = .stop
    default: self = .terminate
    }
  }
}
