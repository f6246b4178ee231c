import LinuxABI
import LinuxKernel
import X86

/// `--trace=kernel`: the kernel's events as text, one line each, indented below their system call.
struct KernelTrace {
  /// Names an address of kernel text or of the program.
  let symbol: (Task, UInt64) -> String
  /// Takes a finished line.
  let write: (String) -> Void

  func callAsFunction(_ event: KernelEvent) {
    switch event {
    case .execve(let task, let path): line(task, 0, "executes \(path)")
    case .syscallEntry(let task, let number, _):
      line(task, 0, "SYSCALL \(number) (\(name(number))): entry_SYSCALL_64, CPL 3 -> 0")
    case .tableCall(let task, let number, let target, let name):
      line(task, 1, "call *sys_call_table+\(hex(UInt64(number) * 8)) -> \(name) at \(hex(target))")
    case .syscallExit(let task, let number, let result):
      line(task, 1, "\(name(number)) returns \(describe(result))")
    case .pageFault(let task, let address, let error, let rip):
      let mode = error.contains(.user) ? "user" : "kernel"
      line(
        task,
        2,
        "#PF at \(hex(address)), error code \(hex(UInt64(error.rawValue))) (\(describe(error))), "
          + "\(mode) rip \(symbol(task, rip))"
      )
    case .faultHandled(let task, let address):
      line(task, 3, "handle_mm_fault: page of \(hex(address)) is there, run the instruction again")
    case .extableFound(let task, let instruction, let fixup, let type):
      line(
        task,
        3,
        "fixup_exception: __ex_table entry for \(symbol(task, instruction)): \(type), fixup "
          + symbol(task, fixup)
      )
    case .fixupResume(let task, let fixup):
      line(task, 3, "resume at \(symbol(task, fixup))")
    case .copyReturned(let task, let function, let notCopied):
      line(task, 2, "\(function): \(notCopied) bytes not copied")
    case .oops(let task, let message):
      line(task, 1, "oops: \(message)")
    case .lock(let task, let operation, let lock):
      line(task, 2, "\(operation)(&\(lock))")
    case .userReturn(let task, let rip):
      line(task, 0, "return to user at \(symbol(task, rip)), CPL 0 -> 3")
    case .fatalSignal(let task, let signal):
      line(
        task,
        0,
        "\(signal.signal) at rip \(symbol(task, signal.rip)), address \(hex(signal.address))"
      )
    case .taskExit(let task, let status):
      switch status {
      case .exited(let code): line(task, 0, "exits with \(code)")
      case .signaled(let signal): line(task, 0, "is killed by \(signal)")
      }
    }
  }

  private func line(_ task: Task, _ depth: Int, _ text: String) {
    write("[pid \(task.pid)] " + String(repeating: "  ", count: depth) + text)
  }

  private func hex(_ value: UInt64) -> String { "0x" + String(value, radix: 16) }

  private func name(_ number: Int) -> String {
    sys_call_table[number: number].map { "\($0.name)" } ?? "unknown"
  }

  private func describe(_ result: Int64) -> String {
    guard let error = Errno(result: result) else { return "\(result)" }
    return "-\(error)"
  }

  private func describe(_ error: PageFaultErrorCode) -> String {
    var words = [error.contains(.present) ? "protection" : "not present"]
    words.append(error.contains(.fetch) ? "fetch" : error.contains(.write) ? "write" : "read")
    words.append(error.contains(.user) ? "user" : "supervisor")
    if error.contains(.reserved) { words.append("reserved bit") }
    return words.joined(separator: ", ")
  }
}
