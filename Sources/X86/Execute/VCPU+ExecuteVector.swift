import CHostSIMD

// Vector instructions without a handler: those that the host lacks, and comparisons of strings.

extension VCPU {
  /// Executes `i` when it is an instruction on XMM registers of SSE3 or later, or CRC32.
  ///
  /// - Returns: false when it is none.
  func executeVector(_ i: Instruction) throws(CPUException) -> Bool {
    switch i.operation {
    case .pcmpestri, .pcmpestrm, .pcmpistri, .pcmpistrm: try executeStringComparison(i)
    case .crc32: try executeCRC(i)
    default:
      guard i.operation == .pshufw || portableOperation(i.operation) != nil else { return false }
      if i.operands.0.kind == .mmx {
        try executePortableMMX(i)
        return true
      }
      guard let operation = portableOperation(i.operation) else { return false }
      let b = try vectorOperand(i)
      let slot = vector(cpu, Emitter.vector(i.operands.0))
      let more = PortableInput(
        immediate: Int(truncatingIfNeeded: i.immediate & 0xFF),
        xmm0: vector(cpu, Slot.vector(0)).load(as: V128.self),
        mxcsr: cpu.state.pointee.mxcsr
      )
      let result = operation(slot.load(as: V128.self), b, more)
      try takeSIMDException()
      slot.storeBytes(of: result, as: V128.self)
    }
    return true
  }

  /// The second operand; one in memory is extended with zeros.
  private func vectorOperand(_ i: Instruction) throws(CPUException) -> V128 {
    let operand = i.operands.1
    switch operand.kind {
    case .xmm: return vector(cpu, Emitter.vector(operand)).load(as: V128.self)
    case .memory: break
    // A count, which is in the immediate.
    default: return V128()
    }
    let at = address(of: i)
    let size = Int(operand.size)
    let mayBeMisaligned =
      switch i.operation {
      case .pcmpestri, .pcmpestrm, .pcmpistri, .pcmpistrm: true
      // On AMD's processors.
      case .sha1rnds4, .sha1nexte, .sha1msg1, .sha1msg2, .sha256rnds2, .sha256msg1, .sha256msg2:
        true
      default: size < 16
      }
    guard mayBeMisaligned || at & 15 == 0 else { throw CPUException(.generalProtection) }
    let place = try place(at, size, .read, stack: isStack(i))
    var value = V128()
    withUnsafeMutableBytes(of: &value) { bytes in
      for k in 0..<min(size, 16) { bytes[k] = byte(k, of: place) }
    }
    return value
  }

  /// What SSSE3 added to MMX, and PSHUFW: mostly the low half of the operation on XMM registers.
  private func executePortableMMX(_ i: Instruction) throws(CPUException) {
    if let fault = ExceptionVector(rawValue: UInt8(truncatingIfNeeded: mmxFault(cpu))),
      fault != .divideError
    {
      throw CPUException(fault)
    }
    let (to, from) = (vector(cpu, Slot.mmx(i.operands.0.register)), i.operands.1)
    let b: UInt64 =
      from.kind == .memory
      ? try read(address(of: i), stack: isStack(i))
      : vector(cpu, Slot.mmx(from.register)).load(as: UInt64.self)
    let (low, high) = (Int64(bitPattern: b), to.load(as: Int64.self))
    let more = PortableInput(
      immediate: Int(truncatingIfNeeded: i.immediate & 0xFF),
      xmm0: V128(),
      mxcsr: cpu.state.pointee.mxcsr
    )
    let result: Int64
    switch i.operation {
    case .pshufw:
      result = shuffled(V128(low, 0)) { (more.immediate >> ($0 / 2 &* 2) & 3) &* 2 &+ $0 % 2 }.x
    case .palignr:
      result =
        shuffled(V128(low, high)) { $0 &+ more.immediate < 16 ? $0 &+ more.immediate : nil }.x
    default:
      guard let operation = portableOperation(i.operation) else { return }
      switch i.operation {
      case .phaddw, .phaddd, .phaddsw, .phsubw, .phsubd, .phsubsw:
        let both = V128(high, low)
        result = operation(both, both, more).x
      case .pshufb:
        let control = low & Int64(bitPattern: 0x8787_8787_8787_8787)
        result = operation(V128(high, 0), V128(control, 0), more).x
      default:
        result = operation(V128(high, 0), V128(low, 0), more).x
      }
    }
    cpu.x87.pointee.top = 0
    cpu.x87.pointee.tags = 0xFF
    putMMX(to, result)
  }

  /// #XM for what the host's unit has raised in this instruction and MXCSR does not mask.
  ///
  /// Exceptions are watched when instructions run one by one, and then the host's flags were clear
  /// before this one.
  func takeSIMDException() throws(CPUException) {
    #if arch(x86_64)
    let state = cpu.state
    guard state.pointee.mxcsr & 0x1F80 != 0x1F80 else { return }
    let raised = host_get_mxcsr() & 0x3F
    let unmasked = raised & ~(state.pointee.mxcsr >> 7)
    guard unmasked & 0x3F != 0 else { return }
    let isEarly = unmasked & 0x07 != 0
    state.pointee.mxcsr |= isEarly ? raised & 0x07 : raised
    host_set_mxcsr(state.pointee.mxcsr & 0xFFFF | 0x1F80)
    throw CPUException(.simdFloatingPoint)
    #endif
  }

  private func executeStringComparison(_ i: Instruction) throws(CPUException) {
    let b = try vectorOperand(i)
    let a = vector(cpu, Emitter.vector(i.operands.0)).load(as: V128.self)
    let isExplicit = i.operation == .pcmpestri || i.operation == .pcmpestrm
    let isWide = i.prefixes.contains(.rexW)
    func length(_ slot: UInt8) -> UInt64 {
      isWide
        ? get(cpu, slot, as: UInt64.self).signed.magnitude
        : UInt64(get(cpu, slot, as: UInt32.self).signed.magnitude)
    }
    let result = StringComparison(
      a,
      b,
      control: Int(truncatingIfNeeded: i.immediate & 0x7F),
      lengths: isExplicit ? (length(Slot.rax), length(Slot.rdx)) : nil
    )
    if i.operation == .pcmpestri || i.operation == .pcmpistri {
      put(cpu, Slot.rcx, result.index)
    } else {
      let to = vector(cpu, Slot.vector(0))
      if i.prefixes.contains(.vex) {
        storeClearing(to, result.mask)
      } else {
        to.storeBytes(of: result.mask, as: V128.self)
      }
    }
    cpu.state.pointee.setStatusFlags(result.flags)
  }

  private func executeCRC(_ i: Instruction) throws(CPUException) {
    let slot = Emitter.slot(i.operands.0)
    let crc: UInt32 = get(cpu, slot)
    let from = i.operands.1
    let sum: UInt32
    switch from.size {
    case 1: sum = castagnoli(crc, try value(i, from, as: UInt8.self))
    case 2: sum = castagnoli(crc, try value(i, from, as: UInt16.self))
    case 4: sum = castagnoli(crc, try value(i, from, as: UInt32.self))
    default: sum = castagnoli(crc, try value(i, from, as: UInt64.self))
    }
    put(cpu, slot, UInt64(sum))
  }

  /// CRC-32C, bit by bit from the lowest on; the polynomial is 11EDC6F41.
  private func castagnoli<W: Word>(_ crc: UInt32, _ value: W) -> UInt32 {
    var sum = crc
    for k in 0..<W.bitWidth {
      let bit = UInt32(truncatingIfNeeded: value &>> W(k)) & 1
      sum = sum >> 1 ^ ((sum ^ bit) & 1 != 0 ? 0x82F6_3B78 : 0)
    }
    return sum
  }
}
