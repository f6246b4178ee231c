// System instructions. Intel SDM Vol. 2: MOV CRn, MOV DRn, SGDT ... SMSW, INVLPG, SWAPGS, RDMSR, WRMSR,
// XGETBV.

extension VCPU {
  /// #GP(0) unless CPL is 0.
  @inline(__always) func requireSupervisor() throws(CPUException) {
    guard cpu.state.pointee.cpl == 0 else { throw CPUException(.generalProtection) }
  }

  /// Exchanges the GS bases.
  func executeSwapGS() throws(CPUException) {
    try requireSupervisor()
    let base: UInt64 = get(cpu, Slot.gsBase)
    put(cpu, Slot.gsBase, kernelGSBase)
    kernelGSBase = base
  }

  // MARK: - Control and debug registers

  func executeMoveControl(_ i: Instruction) throws(CPUException) {
    try requireSupervisor()
    let (to, from) = (i.operands.0, i.operands.1)
    guard to.kind == .control else {
      let value =
        switch from.register {
        case 0: cr0
        case 2: cr2
        case 3: cr3
        case 4: cr4
        case 8: system.cr8
        default: throw CPUException(.invalidOpcode)
        }
      return put(cpu, Emitter.slot(to), value)
    }
    let new: UInt64 = get(cpu, Emitter.slot(from))
    var isValid = true
    switch to.register {
    case 0:
      // PE and PG cannot be left in 64-bit mode; NW needs CD.
      isValid =
        new >> 32 == 0 && new & 0x8000_0001 == 0x8000_0001 && new & 0x6000_0000 != 0x2000_0000
      if isValid { cr0 = new | 0x10 }
    case 2: cr2 = new
    case 3:
      isValid = new >> 52 == 0
      if isValid { cr3 = new }
    case 4:
      isValid = new & ~allowedCR4 == 0 && new & 0x20 != 0
      if isValid { cr4 = new }
    case 8:
      isValid = new < 16
      if isValid { system.cr8 = new }
    default: throw CPUException(.invalidOpcode)
    }
    guard isValid else { throw CPUException(.generalProtection) }
  }

  /// VME PVI TSD DE PSE PAE MCE PGE PCE OSFXSR OSXMMEXCPT, and FSGSBASE, OSXSAVE, SMEP, SMAP where the model has them.
  private var allowedCR4: UInt64 {
    var bits: UInt64 = 0x7FF
    if model.has(.fsgsbase) { bits |= 1 << 16 }
    if model.has(.xsave) { bits |= 1 << 18 }
    if model.has(.smep) { bits |= 1 << 20 }
    if model.has(.smap) { bits |= 1 << 21 }
    return bits
  }

  /// Debug registers are storage: breakpoints belong to the debugger outside.
  func executeMoveDebug(_ i: Instruction) throws(CPUException) {
    let (to, from) = (i.operands.0, i.operands.1)
    let isWrite = to.kind == .debug
    var number = isWrite ? to.register : from.register
    try requireSupervisor()
    if number == 4 || number == 5 {
      // CR4.DE
      guard cr4 & 8 == 0 else { throw CPUException(.invalidOpcode) }
      number &+= 2
    }
    guard number < 8 else { throw CPUException(.invalidOpcode) }
    guard isWrite else {
      let value =
        switch number {
        case 0: system.breakpoints.0
        case 1: system.breakpoints.1
        case 2: system.breakpoints.2
        case 3: system.breakpoints.3
        case 6: system.dr6
        default: system.dr7
        }
      return put(cpu, Emitter.slot(to), value)
    }
    let new: UInt64 = get(cpu, Emitter.slot(from))
    if number >= 6 && new >> 32 != 0 { throw CPUException(.generalProtection) }
    switch number {
    case 0: system.breakpoints.0 = new
    case 1: system.breakpoints.1 = new
    case 2: system.breakpoints.2 = new
    case 3: system.breakpoints.3 = new
    case 6: system.dr6 = new & 0xE00F | 0xFFFF_0FF0
    default: system.dr7 = new & 0xFFFF_2BFF | 0x400
    }
  }

  /// DR6: which debug condition it was; bit 14 (BS) is a single step.
  public var dr6: UInt64 {
    get { system.dr6 }
    set { system.dr6 = newValue }
  }

  // MARK: - Descriptor tables and machine status

  /// SGDT, SIDT, SLDT, STR, SMSW: allowed at every CPL, as UMIP is not there.
  func executeStoreSystem(_ i: Instruction) throws(CPUException) {
    switch i.operation {
    case .sgdt, .sidt:
      let table = i.operation == .sgdt ? system.gdt : system.idt
      let to = try place(address(of: i), 10, .write, stack: isStack(i))
      var image = (UInt64(table.limit) | table.base << 16, table.base >> 48)
      withUnsafeBytes(of: &image) { copy(UnsafeRawBufferPointer(rebasing: $0[0..<10]), to: to) }
      return
    default: break
    }
    let value =
      switch i.operation {
      case .sldt: UInt64(system.ldt)
      case .str: UInt64(system.task)
      default: cr0
      }
    if i.operands.0.kind == .memory {
      try write(address(of: i), UInt16(truncatingIfNeeded: value), stack: isStack(i))
    } else {
      putSized(i, segment: value)
    }
  }

  /// LGDT, LIDT, LLDT, LTR, LMSW, CLTS.
  func executeLoadSystem(_ i: Instruction) throws(CPUException) {
    try requireSupervisor()
    switch i.operation {
    case .lgdt, .lidt:
      let at = address(of: i)
      let limit: UInt16 = try read(at, stack: isStack(i))
      let base: UInt64 = try read(at &+ 2, stack: isStack(i))
      guard PageWalk.isCanonical(base) else { throw CPUException(.generalProtection) }
      if i.operation == .lgdt { system.gdt = (base, limit) } else { system.idt = (base, limit) }
    case .lldt:
      let selector: UInt16 = try value(i, i.operands.0)
      // No descriptor of the fixed table is an LDT.
      guard selector & ~3 == 0 else {
        throw CPUException(.generalProtection, errorCode: UInt32(selector & 0xFFFC))
      }
      system.ldt = selector
    case .ltr:
      let selector: UInt16 = try value(i, i.operands.0)
      guard selector & ~3 == 0x40 else {
        throw CPUException(.generalProtection, errorCode: UInt32(selector & 0xFFFC))
      }
      system.task = selector
    case .lmsw:
      let word: UInt16 = try value(i, i.operands.0)
      // PE can be set but not cleared.
      cr0 = cr0 & ~0xE | UInt64(word) & 0xF
    default: cr0 = cr0 & ~8
    }
  }

  // MARK: - Model-specific registers

  func executeReadMSR() throws(CPUException) {
    try requireSupervisor()
    let value: UInt64
    switch get(cpu, Slot.rcx, as: UInt32.self) {
    case 0x10: value = timeStampCounter
    case 0xC000_0080: value = efer
    case 0xC000_0081: value = star
    case 0xC000_0082: value = lstar
    case 0xC000_0083: value = system.cstar
    case 0xC000_0084: value = fmask
    case 0xC000_0100: value = fsBase
    case 0xC000_0101: value = gsBase
    case 0xC000_0102: value = kernelGSBase
    case 0xC000_0103 where model.has(.rdtscp): value = UInt64(tscAux)
    default: throw CPUException(.generalProtection)
    }
    putPair(value)
  }

  func executeWriteMSR() throws(CPUException) {
    try requireSupervisor()
    let new = pair
    let number: UInt32 = get(cpu, Slot.rcx)
    switch number {
    case 0xC000_0082, 0xC000_0083, 0xC000_0100...0xC000_0102:
      guard PageWalk.isCanonical(new) else { throw CPUException(.generalProtection) }
    default: break
    }
    switch number {
    case 0x10: system.timeOffset = new &- (timeStampCounter &- system.timeOffset)
    case 0xC000_0080:
      // SCE LME LMA NXE; LMA follows LME, which cannot change while paging is on.
      guard new & ~0xD01 == 0, new & 0x100 == efer & 0x100 else {
        throw CPUException(.generalProtection)
      }
      efer = new & ~0x400 | efer & 0x400
    case 0xC000_0081: star = new
    case 0xC000_0082: lstar = new
    case 0xC000_0083: system.cstar = new
    case 0xC000_0084: fmask = new & 0xFFFF_FFFF
    case 0xC000_0100: fsBase = new
    case 0xC000_0101: gsBase = new
    case 0xC000_0102: kernelGSBase = new
    case 0xC000_0103 where model.has(.rdtscp):
      guard new >> 32 == 0 else { throw CPUException(.generalProtection) }
      tscAux = UInt32(truncatingIfNeeded: new)
    default: throw CPUException(.generalProtection)
    }
  }

  // MARK: - Extended control registers

  /// XGETBV: ECX 0 is XCR0, 1 what of it is not in its initial state.
  func executeReadExtendedControl() throws(CPUException) {
    guard hasOSXSAVE else { throw CPUException(.invalidOpcode) }
    switch get(cpu, Slot.rcx, as: UInt32.self) {
    case 0: putPair(xcr0)
    case 1 where model.has(.xsavec): putPair(xcr0 & statesInUse)
    default: throw CPUException(.generalProtection)
    }
  }

  /// XSETBV
  func executeWriteExtendedControl() throws(CPUException) {
    guard hasOSXSAVE else { throw CPUException(.invalidOpcode) }
    try requireSupervisor()
    let new = pair
    // x87 is always there, AVX needs SSE.
    let isValid = new & ~model.xcr0Bits == 0 && new & 1 != 0 && new & 6 != 4
    guard get(cpu, Slot.rcx, as: UInt32.self) == 0, isValid else {
      throw CPUException(.generalProtection)
    }
    xcr0 = new
  }
}
