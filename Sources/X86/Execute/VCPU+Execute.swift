// Instructions that no handler covers: executed one at a time on the decoded form. Slower, but plain;
// everything that changes privilege, control registers or long state is here.

extension VCPU {
  /// Executes `i`, which lies at `rip`; `self.rip` is already the address of the next instruction.
  func execute(_ i: Instruction, at rip: UInt64) throws(CPUException) -> Flow {
    switch i.operation {
    // Data transfer
    case .push: try executePush(i)
    case .pop: try executePop(i)
    case .pushf: try executePushFlags(i)
    case .popf:
      try executePopFlags(i)
      return .jump
    case .pushSegment: try executePushSegment(i)
    case .popSegment: try executePopSegment(i)
    case .movSegment: try executeMoveSegment(i)
    case .bswap: executeByteSwap(i)
    case .xlat: try executeTranslate(i)
    case .enter: try executeEnter(i)
    case .leave: try executeLeave(i)
    // Arithmetic
    case .mul, .imul: try executeMultiply(i)
    case .div, .idiv: try executeDivide(i)
    case .xadd: try executeExchangeAdd(i)
    case .cmpxchg: try executeCompareExchange(i)
    case .cmpxchg8b: try executeCompareExchange8B(i)
    case .cmpxchg16b: try executeCompareExchange16B(i)
    // Shift and rotate
    case .rol, .ror, .rcl, .rcr, .shl, .shr, .sar: try executeShift(i)
    case .shld, .shrd: try executeDoubleShift(i)
    // Bit and byte
    case .bt, .bts, .btr, .btc: try executeBitTest(i)
    case .setcc: try executeSetCondition(i)
    // Control transfer
    case .jmp, .jcc, .call, .ret:
      try executeNearBranch(i)
      return .jump
    case .jrcxz, .loop, .loope, .loopne:
      executeLoop(i)
      return .jump
    case .jmpFar, .callFar:
      try executeFarBranch(i)
      return .jump
    case .retFar:
      try executeFarReturn(i)
      return .jump
    case .iret:
      try executeInterruptReturn(i)
      return .jump
    case .int, .int1, .int3: throw interrupt(i)
    case .syscall:
      try executeSystemCall()
      return .jump
    case .sysret:
      try executeSystemReturn(i)
      return .jump
    // String
    case .movs, .cmps, .scas, .lods, .stos, .ins, .outs: return try executeString(i, at: rip)
    // Flags
    case .clc, .stc, .cmc, .cld, .std, .cli: try executeFlagControl(i)
    case .sti, .clac, .stac:
      try executeFlagControl(i)
      return .jump
    case .lahf, .sahf:
      guard model.has(.lahf) else { throw CPUException(.invalidOpcode) }
      try executeFlagControl(i)
    // Miscellaneous
    case .nop, .pause, .prefetch, .endbr64, .lfence, .mfence, .sfence: break
    case .cpuid: executeIdentification()
    case .rdtsc, .rdtscp: try executeReadTimeStamp(i)
    case .clflush, .clflushopt, .clwb: try executeFlush(i)
    case .rdrand, .rdseed: executeRandom(i)
    case .rdpid: executeReadProcessorID(i)
    case .rdfsbase, .rdgsbase, .wrfsbase, .wrgsbase: try executeSegmentBase(i)
    case .hlt:
      try requireSupervisor()
      return .halt
    case .in, .out: try executePort(i)
    // System
    case .swapgs: try executeSwapGS()
    case .rdmsr: try executeReadMSR()
    case .wrmsr:
      try executeWriteMSR()
      return .jump
    case .movControl:
      try executeMoveControl(i)
      return .jump
    case .movDebug:
      try executeMoveDebug(i)
      return .jump
    case .sgdt, .sidt, .sldt, .str, .smsw: try executeStoreSystem(i)
    case .lgdt, .lidt, .lldt, .ltr, .lmsw, .clts:
      try executeLoadSystem(i)
      return .jump
    case .invlpg:
      try requireSupervisor()
      invalidatePage(address(of: i))
      return .jump
    case .invd, .wbinvd: try requireSupervisor()
    case .lar, .lsl, .verr, .verw: try executeSegmentQuery(i)
    // No counter exists, and CR4.PCE opens none.
    case .rdpmc: throw CPUException(.generalProtection)
    case .xgetbv: try executeReadExtendedControl()
    case .xsetbv:
      try executeWriteExtendedControl()
      return .jump
    // As on AMD's processors: SYSENTER does not exist in 64-bit mode.
    case .sysenter: throw CPUException(.invalidOpcode)
    case .sysexit: throw CPUException(cpl == 0 ? .invalidOpcode : .generalProtection)
    // SSE state
    case .ldmxcsr:
      try executeLoadMXCSR(i)
      return .jump
    case .fxsave: try executeSaveState(i)
    case .xsave, .xsaveopt, .xsavec: try executeSaveExtendedState(i)
    case .xrstor:
      try executeRestoreExtendedState(i)
      return .jump
    case .fxrstor:
      try executeRestoreState(i)
      return .jump
    // x87, vectors without a handler, or UD0, UD1, UD2, and what is not there yet.
    default:
      if try executeX87(i, at: rip) { break }
      if i.prefixes.contains(.vex), try executeVEX(i) { break }
      guard try executeVector(i) else { throw CPUException(.invalidOpcode) }
    }
    return .next
  }
}
