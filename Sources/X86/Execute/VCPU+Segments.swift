// Segment registers. There is one fixed descriptor table, the one that Linux gives each processor
// (Linux arch/x86/include/asm/segment.h): only the checks and the selectors are left of segmentation.

/// What a selector of the fixed descriptor table stands for.
struct SegmentDescriptor {
  /// Bits 23 ... 8 of the descriptor's second doubleword, limit bits cleared: type, S, DPL, P, flags.
  var rights: UInt32
  var limit: UInt32

  /// Descriptor privilege level.
  var dpl: UInt8 { UInt8(truncatingIfNeeded: rights >> 13 & 3) }
  var isCode: Bool { rights & 0x1800 == 0x1800 }
  var isReadable: Bool { rights & 0x1000 != 0 && (!isCode || rights & 0x200 != 0) }
  var isWritable: Bool { rights & 0x1A00 == 0x1200 }
  /// 64-bit code.
  var isLong: Bool { rights & 0x200000 != 0 }

  /// The descriptor that `selector` names; nil for null, an empty one, or one outside the table.
  init?(_ selector: UInt16) {
    guard selector & 4 == 0 else { return nil }
    switch selector >> 3 {
    case 1: self.init(rights: 0xC0_9B00, limit: 0xFFFF_FFFF)  // GDT_ENTRY_KERNEL32_CS
    case 2: self.init(rights: 0xA0_9B00, limit: 0xFFFF_FFFF)  // GDT_ENTRY_KERNEL_CS
    case 3: self.init(rights: 0xC0_9300, limit: 0xFFFF_FFFF)  // GDT_ENTRY_KERNEL_DS
    case 4: self.init(rights: 0xC0_FB00, limit: 0xFFFF_FFFF)  // GDT_ENTRY_DEFAULT_USER32_CS
    case 5: self.init(rights: 0xC0_F300, limit: 0xFFFF_FFFF)  // GDT_ENTRY_DEFAULT_USER_DS
    case 6: self.init(rights: 0xA0_FB00, limit: 0xFFFF_FFFF)  // GDT_ENTRY_DEFAULT_USER_CS
    case 8: self.init(rights: 0x00_8B00, limit: 0x206F)  // GDT_ENTRY_TSS
    case 15: self.init(rights: 0x40_F500, limit: 0)  // GDT_ENTRY_CPUNODE
    default: return nil
    }
  }

  private init(rights: UInt32, limit: UInt32) {
    self.rights = rights
    self.limit = limit
  }

  /// Code and data segments, as opposed to system ones.
  var isSegment: Bool { rights & 0x1000 != 0 }

  /// A data access with this selector's RPL at `cpl` is allowed.
  func isVisible(_ selector: UInt16, cpl: UInt8) -> Bool {
    dpl >= max(cpl, UInt8(truncatingIfNeeded: selector & 3))
  }
}

extension VCPU {
  /// #GP that names a selector.
  private func selectorFault(_ selector: UInt16) -> CPUException {
    CPUException(.generalProtection, errorCode: UInt32(selector & 0xFFFC))
  }

  /// A segment register by its number: ES CS SS DS FS GS.
  func segment(_ number: UInt8) -> UInt16 {
    switch number {
    case 0: es
    case 1: cs
    case 2: ss
    case 3: ds
    case 4: fs
    default: gs
    }
  }

  /// MOV Sreg and POP Sreg (Intel SDM Vol. 2B, MOV). Loading FS or GS gives it the descriptor's base,
  /// which is 0 for all of them.
  func loadSegment(_ number: UInt8, _ selector: UInt16) throws(CPUException) {
    let cpl = cpu.state.pointee.cpl
    guard number != 1 && number < 6 else { throw CPUException(.invalidOpcode) }
    if number == 2 {
      try checkStack(selector, forCPL: cpl)
      ss = selector
      return
    }
    if selector & ~3 != 0 {
      guard let d = SegmentDescriptor(selector), d.isReadable, d.isVisible(selector, cpl: cpl)
      else { throw selectorFault(selector) }
    }
    switch number {
    case 0: es = selector
    case 3: ds = selector
    case 4:
      fs = selector
      fsBase = 0
    default:
      gs = selector
      gsBase = 0
    }
  }

  /// SS must be writable data of exactly the privilege; null is allowed at CPL 0.
  func checkStack(_ selector: UInt16, forCPL cpl: UInt8) throws(CPUException) {
    if selector & ~3 == 0 {
      guard cpl == 0 && selector & 3 == 0 else { throw CPUException(.generalProtection) }
      return
    }
    guard let d = SegmentDescriptor(selector), d.isWritable, d.dpl == cpl,
      UInt8(truncatingIfNeeded: selector & 3) == cpl
    else { throw selectorFault(selector) }
  }

  /// A far target must be 64-bit code of the selector's RPL, which is not inside the CPL.
  ///
  /// SIMPLIFIED: there is no compatibility mode, so the 32-bit code segment is #GP too.
  ///
  /// - Parameter exactly: JMP and CALL: stays at this CPL.
  func checkCode(_ selector: UInt16, exactly: Bool) throws(CPUException) {
    guard selector & ~3 != 0 else { throw CPUException(.generalProtection) }
    let cpl = cpu.state.pointee.cpl
    let rpl = UInt8(truncatingIfNeeded: selector & 3)
    guard let d = SegmentDescriptor(selector), d.isCode, d.isLong,
      exactly ? (rpl <= cpl && d.dpl == cpl) : (rpl >= cpl && d.dpl == rpl)
    else { throw selectorFault(selector) }
  }

  func executeMoveSegment(_ i: Instruction) throws(CPUException) {
    let (to, from) = (i.operands.0, i.operands.1)
    if to.kind == .segment {
      try loadSegment(to.register, try value(i, from, as: UInt16.self))
    } else if to.kind == .memory {
      try write(address(of: i), segment(from.register), stack: isStack(i))
    } else {
      putSized(i, segment: UInt64(segment(from.register)))
    }
  }

  /// Gives a register destination of 16, 32 or 64 bits a short value.
  func putSized(_ i: Instruction, segment value: UInt64) {
    let slot = Emitter.slot(i.operands.0)
    switch i.operandSize {
    case 2: put(cpu, slot, UInt16(truncatingIfNeeded: value))
    case 4: put(cpu, slot, UInt32(truncatingIfNeeded: value))
    default: put(cpu, slot, value)
    }
  }

  /// LAR, LSL, VERR, VERW: ZF says whether the selector is good for what is asked.
  func executeSegmentQuery(_ i: Instruction) throws(CPUException) {
    let isLoad = i.operation == .lar || i.operation == .lsl
    let selector: UInt16 = try value(i, isLoad ? i.operands.1 : i.operands.0)
    let state = cpu.state
    var isGood = false
    if selector & ~3 != 0, let d = SegmentDescriptor(selector),
      d.isVisible(selector, cpl: state.pointee.cpl)
    {
      switch i.operation {
      case .lar:
        isGood = true
        // The host's value has limit bits 19 ... 16 in it.
        putSized(i, segment: UInt64(d.rights | d.limit >> 12 & 0xF_0000))
      case .lsl:
        isGood = true
        putSized(i, segment: UInt64(d.limit))
      case .verr: isGood = d.isSegment && d.isReadable
      default: isGood = d.isSegment && d.isWritable
      }
    }
    // The other status flags stay.
    state.pointee.flagZ = isGood ? 0 : 1
  }
}
