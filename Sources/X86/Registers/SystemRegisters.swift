/// Registers that only system software sees and that nothing but itself depends on.
struct SystemRegisters {
  /// GDTR and IDTR: base and limit, with what Linux puts there (SGDT and SIDT work in user mode).
  var gdt: (base: UInt64, limit: UInt16) = (0xFFFF_FE00_0000_1000, 0x7F)
  var idt: (base: UInt64, limit: UInt16) = (0xFFFF_FE00_0000_0000, 0xFFF)
  /// Selectors of the LDT and the task-state segment.
  var ldt: UInt16 = 0
  var task: UInt16 = 0x40
  /// DR0 ... DR3.
  var breakpoints: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
  var dr6: UInt64 = 0xFFFF_0FF0
  var dr7: UInt64 = 0x400
  /// Task priority.
  var cr8: UInt64 = 0
  /// IA32_CSTAR: entry of 32-bit system calls, which do not exist here.
  var cstar: UInt64 = 0
  /// Which register states XSAVE manages.
  var xcr0: UInt64 = 1
  /// What WRMSR has added to the time-stamp counter.
  var timeOffset: UInt64 = 0
}
