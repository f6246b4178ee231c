// Moves, flags and hints that have no handler. Intel SDM Vol. 2: BSWAP, XLAT, MOVNTI, LAHF,
// SAHF, CLFLUSH, CLFLUSHOPT, CLWB, RDTSC, RDTSCP.

extension VCPU {
  /// UNDEFINED: BSWAP r16 gives 0.
  func executeByteSwap(_ i: Instruction) {
    let slot = Emitter.slot(i.operands.0)
    switch i.operands.0.size {
    case 2: put(cpu, slot, UInt16(0))
    case 4: put(cpu, slot, get(cpu, slot, as: UInt32.self).byteSwapped)
    default: put(cpu, slot, get(cpu, slot, as: UInt64.self).byteSwapped)
    }
  }

  func executeTranslate(_ i: Instruction) throws(CPUException) {
    var at = get(cpu, Slot.rbx, as: UInt64.self) &+ UInt64(get(cpu, Slot.rax, as: UInt8.self))
    if i.addressSize == 4 { at &= 0xFFFF_FFFF }
    put(cpu, Slot.rax, try read(at &+ segmentBase(i.memory.segment), as: UInt8.self))
  }

  func executeFlagControl(_ i: Instruction) throws(CPUException) {
    let state = cpu.state
    switch i.operation {
    case .clc: state.pointee.cf = 0
    case .stc: state.pointee.cf = 1
    case .cmc: state.pointee.cf ^= 1
    case .cld: state.pointee.df = 0
    case .std: state.pointee.df = 1
    case .lahf:
      put(cpu, Slot.ah, UInt8(truncatingIfNeeded: state.pointee.statusFlags & 0xD5 | 2))
    case .sahf:
      let image = UInt64(get(cpu, Slot.ah, as: UInt8.self))
      state.pointee.setStatusFlags(image & 0xD5 | UInt64(state.pointee.of) << 11)
    case .cli, .sti:
      guard mayTouchInterrupts else { throw CPUException(.generalProtection) }
      let mask = RFLAGS.ifFlag.rawValue
      if i.operation == .sti {
        state.pointee.otherFlags |= mask
      } else {
        state.pointee.otherFlags &= ~mask
      }
    default:
      // CLAC, STAC
      guard state.pointee.cpl == 0 else { throw CPUException(.invalidOpcode) }
      let mask = RFLAGS.ac.rawValue
      if i.operation == .stac {
        state.pointee.otherFlags |= mask
      } else {
        state.pointee.otherFlags &= ~mask
      }
    }
  }

  /// Faults as a load of one byte does.
  func executeFlush(_ i: Instruction) throws(CPUException) {
    _ = try place(address(of: i), 1, .read, stack: isStack(i))
  }

  /// The time-stamp counter counts instructions, so it is the same in every run.
  var timeStampCounter: UInt64 {
    let inSlice = UInt64(bitPattern: sliceBudget &- cpu.state.pointee.budget)
    return retired &+ inSlice &+ UInt64(calloutRetired) &+ system.timeOffset
  }

  func executeReadTimeStamp(_ i: Instruction) throws(CPUException) {
    // CR4.TSD
    if cpu.state.pointee.cr4 & 4 != 0 && cpu.state.pointee.cpl != 0 {
      throw CPUException(.generalProtection)
    }
    putPair(timeStampCounter)
    if i.operation == .rdtscp { put(cpu, Slot.rcx, tscAux) }
  }

  /// EDX:EAX, upper halves cleared.
  @inline(__always) func putPair(_ value: UInt64) {
    put(cpu, Slot.rax, UInt32(truncatingIfNeeded: value))
    put(cpu, Slot.rdx, UInt32(truncatingIfNeeded: value &>> 32))
  }

  /// EDX:EAX.
  @inline(__always) var pair: UInt64 {
    UInt64(get(cpu, Slot.rax, as: UInt32.self)) | UInt64(get(cpu, Slot.rdx, as: UInt32.self)) &<< 32
  }

  func executeIdentification() {
    let r = model.cpuid(
      leaf: get(cpu, Slot.rax),
      subleaf: get(cpu, Slot.rcx),
      hasOSXSAVE: hasOSXSAVE,
      xcr0: xcr0
    )
    put(cpu, Slot.rax, r.eax)
    put(cpu, Slot.rbx, r.ebx)
    put(cpu, Slot.rcx, r.ecx)
    put(cpu, Slot.rdx, r.edx)
  }

  /// IN, OUT: no device answers; an absent one reads as all ones.
  func executePort(_ i: Instruction) throws(CPUException) {
    guard mayTouchInterrupts else { throw CPUException(.generalProtection) }
    guard i.operation == .in else { return }
    switch i.operands.0.size {
    case 1: put(cpu, Slot.rax, UInt8.max)
    case 2: put(cpu, Slot.rax, UInt16.max)
    default: put(cpu, Slot.rax, UInt32.max)
    }
  }
}
