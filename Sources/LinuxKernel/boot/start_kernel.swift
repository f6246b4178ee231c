import LinuxABI
import X86

extension Kernel {
  /// Powers the machine on: everything up to, but not including, the first program.
  ///
  /// - SeeAlso: Linux `init/main.c` `start_kernel`.
  public func start_kernel() throws(KernelError) {
    try paging_init()  // image, direct map and stacks get their addresses
    sort_main_extable()  // faults in kernel text find their entry by binary search
    try alternative_instructions()  // kernel text becomes what suits this processor
    try sys_call_table_init()  // numbers lead to Swift functions
    try syscall_init()  // SYSCALL leads to entry_SYSCALL_64
    mnt_init()  // the root of the file tree, /dev and /tmp
    print_banner()
  }

  /// Maps the kernel and switches to its page tables.
  private func paging_init() throws(KernelError) {
    guard text.map(in: kernelSpace) else { throw .noMemory(configuration.memorySize) }
    frames.codeChanged = { [cpu] range in cpu.codeChanged(physical: range) }
    cpu.cr3 = kernelSpace.pgd
  }

  private func sort_main_extable() { exceptionTable.sort_extable() }

  private func print_banner() {
    if let banner = text.symbols["linux_banner"].flatMap({ text.host($0, count: 128) }) {
      let bytes = UnsafeRawBufferPointer(start: banner, count: 128).prefix { $0 != 0 && $0 != 10 }
      printk(.notice, String(decoding: bytes, as: UTF8.self))
    }
    printk(.notice, "Command line: \(configuration.commandLine)")
    printk(.info, "Memory: \(frames.freePages * 4)K/\(frames.totalPages * 4)K available")
    printk(
      .info,
      "x86: copy_user_generic: \(uaccessVariant), \(exceptionTable.count) extable entries"
    )
  }

  /// Which way of copying the alternatives have chosen.
  private var uaccessVariant: String {
    if hasFeature(.X86_FEATURE_ERMS) { return "enhanced_fast_string" }
    return hasFeature(.X86_FEATURE_REP_GOOD) ? "string" : "unrolled"
  }
}
