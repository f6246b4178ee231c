import X86

/// Selectors, as `SYSCALL` and `SYSRET` form them from `MSR_STAR`.
///
/// - SeeAlso: Linux `arch/x86/include/asm/segment.h`.
enum Selector {
  static let __KERNEL_CS: UInt16 = 0x10
  static let __KERNEL_DS: UInt16 = 0x18
  static let __USER32_CS: UInt16 = 0x23
  static let __USER_DS: UInt16 = 0x2B
  static let __USER_CS: UInt16 = 0x33
}

extension Kernel {
  /// Entries of `sys_call_table`; as many as the entry code lets through.
  static let NR_syscalls = 512

  /// Fills `sys_call_table` in guest memory with the addresses of the Swift functions.
  func sys_call_table_init() throws(KernelError) {
    let table = try text.address(of: "sys_call_table")
    let hole = swiftText.register("__x64_sys_ni_syscall", .sys_ni_syscall)
    text.store(hole, try text.address(of: "ni_syscall"))
    for number in 0..<UInt64(Self.NR_syscalls) { text.store(hole, table &+ number &* 8) }
    for row in sys_call_table where row.number < Self.NR_syscalls {
      let address = swiftText.register(row.name, .syscall(SwiftText.SyscallEntry(row)))
      text.store(address, table &+ UInt64(row.number) &* 8)
    }
    let loop = swiftText.register("exit_to_user_mode_loop", .exit_to_user_mode_loop)
    text.store(loop, try text.address(of: "exit_to_user_mode_loop"))
    kernelFrame = swiftText.register("kernel_thread", .frame)
  }

  /// Tells the CPU where system calls enter, and with which selectors and flags.
  ///
  /// - SeeAlso: Linux `arch/x86/kernel/cpu/common.c` `syscall_init`.
  func syscall_init() throws(KernelError) {
    cpu.star =
      UInt64(Selector.__USER32_CS) << 48 | UInt64(Selector.__KERNEL_CS) << 32
    cpu.lstar = try text.address(of: "entry_SYSCALL_64")
    let cleared: RFLAGS = [
      .cf, .pf, .af, .zf, .sf, .tf, .ifFlag, .df, .of, .iopl, .nt, .rf, .ac, .id,
    ]
    cpu.fmask = cleared.rawValue
    cpu.hostCallRange = SwiftText.base..<SwiftText.end
    // SCE, LME, LMA, NXE.
    cpu.efer = 1 << 0 | 1 << 8 | 1 << 10 | 1 << 11
    // PE, MP, ET, NE, WP, AM, PG.
    cpu.cr0 = 0x8005_0033
    // PAE, PGE, OSFXSR, OSXMMEXCPT, and the two protections where the processor has them.
    var cr4: UInt64 = 0x6A0
    if hasFeature(.X86_FEATURE_FSGSBASE) { cr4 |= 1 << 16 }
    if hasFeature(.X86_FEATURE_SMEP) { cr4 |= 1 << 20 }
    if hasFeature(.X86_FEATURE_SMAP) { cr4 |= 1 << 21 }
    // Linux arch/x86/kernel/fpu/xstate.c `fpu__init_cpu_xstate`.
    if cpu.model.has(.xsave) { cr4 |= 1 << 18 }
    cpu.cr4 = cr4
    if cpu.model.has(.xsave) { cpu.xcr0 = cpu.model.has(.avx) ? 7 : 3 }
    // RDRAND and RDSEED: from where getrandom(2) has its bytes, so that both repeat or neither.
    cpu.entropy = { [host] in
      var word: UInt64 = 0
      withUnsafeMutableBytes(of: &word) { host.entropy($0) }
      return word
    }
    percpu = try text.address(of: "cpu0_area")
    guard let area = text.host(percpu, count: 64) else { throw .badImage("no cpu0_area") }
    percpuHost = area
    cpu.cs = Selector.__KERNEL_CS
    cpu.ss = Selector.__KERNEL_DS
    cpu.gsBase = percpu
    cpu.cpl = 0
  }
}
