import LinuxABI
import X86

extension Kernel {
  /// The kernel itself touched memory that it may not touch.
  ///
  /// - SeeAlso: Linux `arch/x86/mm/fault.c` `page_fault_oops`, `show_fault_oops`.
  func page_fault_oops(_ task: Task, _ exception: CPUException) {
    let error = PageFaultErrorCode(rawValue: exception.errorCode)
    let address = exception.address
    let title =
      address < 4096
      ? "BUG: kernel NULL pointer dereference, address: \(hex16(address))"
      : "BUG: unable to handle page fault for address: \(hex16(address))"
    printk(.alert, title)
    let mode = error.contains(.user) ? "user" : "supervisor"
    let access =
      error.contains(.fetch)
      ? "instruction fetch" : error.contains(.write) ? "write access" : "read access"
    printk(.alert, "#PF: \(mode) \(access) in \(cpu.cpl == 3 ? "user" : "kernel") mode")
    let cause =
      error.contains(.reserved)
      ? "reserved bit violation"
      : error.contains(.present) ? "permissions violation" : "not-present page"
    printk(.alert, "#PF: error_code(0x\(hex(exception.errorCode, 4))) - \(cause)")
    dumpPageTable(address)
    if !error.contains(.user), error.contains(.fetch), address < TASK_SIZE_MAX {
      printk(.critical, "unable to execute userspace code (SMEP?) (uid: \(task.cred.uid))")
    }
    oops(task, "Oops: \(hex(exception.errorCode, 4))", exception, .SIGKILL, event: title)
  }

  /// Any other exception in kernel mode that nothing repairs.
  ///
  /// - SeeAlso: Linux `arch/x86/kernel/dumpstack.c` `die`.
  func die(_ task: Task, _ message: String, _ exception: CPUException) {
    oops(task, message, exception, .SIGSEGV, event: message)
  }

  /// Reports the state of the machine and ends the task; the machine goes on.
  private func oops(
    _ task: Task,
    _ title: String,
    _ exception: CPUException,
    _ signal: Signal,
    event: String
  ) {
    oopsCount += 1
    statistics.oopses &+= 1
    printk(.emergency, "\(title) [#\(oopsCount)]")
    printk(.warning, "CPU: 0 PID: \(task.pid) Comm: \(task.comm) Not tainted")
    show_regs()
    show_stack(task)
    printk(.warning, "---[ end trace \(hex16(0).dropFirst(2)) ]---")
    if let eventHandler { eventHandler(.oops(task: task, message: event)) }
    kill(
      task,
      FatalSignal(
        signal: signal,
        code: SI_KERNEL,
        address: exception.address,
        rip: cpu.rip,
        vector: exception.vector,
        errorCode: exception.errorCode
      )
    )
  }

  /// - SeeAlso: Linux `arch/x86/kernel/process_64.c` `__show_regs`.
  private func show_regs() {
    let selector = hex(UInt32(cpu.cs), 4)
    printk(.warning, "RIP: \(selector):\(symbolize(cpu.rip))")
    printk(.warning, "Code: \(codeBytes())")
    printk(
      .warning,
      "RSP: \(hex(UInt32(cpu.ss), 4)):\(hex16(cpu[.rsp]).dropFirst(2)) "
        + "EFLAGS: \(hex(UInt32(truncatingIfNeeded: cpu.rflags.rawValue), 8))"
    )
    let rows: [[(String, GPR)]] = [
      [("RAX", .rax), ("RBX", .rbx), ("RCX", .rcx)], [("RDX", .rdx), ("RSI", .rsi), ("RDI", .rdi)],
      [("RBP", .rbp), ("R08", .r8), ("R09", .r9)], [("R10", .r10), ("R11", .r11), ("R12", .r12)],
      [("R13", .r13), ("R14", .r14), ("R15", .r15)],
    ]
    for row in rows {
      let words = row.map { "\($0.0): \(hex16(cpu[$0.1]).dropFirst(2))" }
      printk(.warning, words.joined(separator: " "))
    }
    printk(
      .warning,
      "FS:  \(hex16(cpu.fsBase).dropFirst(2))(\(hex(UInt32(cpu.fs), 4))) "
        + "GS:\(hex16(cpu.gsBase).dropFirst(2))(\(hex(UInt32(cpu.gs), 4))) "
        + "knlGS:\(hex16(cpu.kernelGSBase).dropFirst(2))"
    )
    printk(
      .warning,
      "CS:  \(selector) DS: \(hex(UInt32(cpu.ds), 4)) ES: \(hex(UInt32(cpu.es), 4)) "
        + "CR0: \(hex16(cpu.cr0).dropFirst(2))"
    )
    printk(
      .warning,
      "CR2: \(hex16(cpu.cr2).dropFirst(2)) CR3: \(hex16(cpu.cr3).dropFirst(2)) "
        + "CR4: \(hex16(cpu.cr4).dropFirst(2))"
    )
  }

  /// 42 bytes before and 21 after rip, with the first byte of the instruction marked.
  private func codeBytes() -> String {
    var words: [String] = []
    for offset in -42..<22 {
      var byte: UInt8 = 0
      let address = cpu.rip &+ UInt64(bitPattern: Int64(offset))
      let isRead = withUnsafeMutableBytes(of: &byte) { cpu.peek(address, into: $0) } == 1
      let text = isRead ? hex(UInt32(byte), 2) : "??"
      words.append(offset == 0 ? "<\(text)>" : text)
    }
    return words.joined(separator: " ")
  }

  /// Every word of the kernel stack that is an address of kernel or Swift text.
  private func show_stack(_ task: Task) {
    printk(.warning, "Call Trace:")
    printk(.warning, " <TASK>")
    var address = cpu[.rsp] & ~7
    while let slot = task.stack.host(address) {
      let word = slot.load(as: UInt64.self)
      if text.describe(word) != nil || swiftText.symbol(word) != nil {
        printk(.warning, " \(symbolize(word))")
      }
      address &+= 8
    }
    printk(.warning, " </TASK>")
  }

  private func dumpPageTable(_ address: UInt64) {
    let names = ["", "PTE", "PMD", "PUD", "P4D"]
    var line = ""
    for step in PageTable(memory: memory, cr3: cpu.cr3).walk(address) {
      line +=
        (line.isEmpty ? "PGD" : names[step.level]) + " \(String(step.entry.rawValue, radix: 16)) "
    }
    printk(.info, line)
  }

  /// Sixteen digits after `0x`.
  private func hex16(_ value: UInt64) -> String {
    let digits = String(value, radix: 16)
    return "0x" + String(repeating: "0", count: 16 - digits.count) + digits
  }

  private func hex(_ value: UInt32, _ width: Int) -> String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}
