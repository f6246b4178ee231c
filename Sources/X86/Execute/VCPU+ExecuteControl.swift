// Control transfer that has no handler. Intel SDM Vol. 2: LOOPcc, JRCXZ, far JMP, CALL and RET, IRET,
// INT n, SYSCALL, SYSRET.

extension VCPU {
  /// LOOP, LOOPE, LOOPNE, JRCXZ: the counter has the address size.
  func executeLoop(_ i: Instruction) {
    let isShort = i.addressSize == 4
    var count: UInt64 = get(cpu, Slot.rcx)
    if isShort { count &= 0xFFFF_FFFF }
    let taken: Bool
    if i.operation == .jrcxz {
      taken = count == 0
    } else {
      count &-= 1
      if isShort {
        put(cpu, Slot.rcx, UInt32(truncatingIfNeeded: count))
        count &= 0xFFFF_FFFF
      } else {
        put(cpu, Slot.rcx, count)
      }
      let zf = cpu.state.pointee.zf
      taken =
        count != 0 && (i.operation == .loop || (i.operation == .loope ? zf : !zf))
    }
    if taken { jump(i, cpu.state.pointee.rip &+ UInt64(bitPattern: i.immediate)) }
  }

  /// Near JMP, Jcc, CALL and RET with an operand size of 16 bits: RIP is cut to it.
  func executeNearBranch(_ i: Instruction) throws(CPUException) {
    let following = cpu.state.pointee.rip
    if i.operation == .ret {
      let target: UInt16 = try read(rsp, stack: true)
      rsp &+= 2 &+ (i.operandCount > 0 ? UInt64(bitPattern: i.immediate & 0xFFFF) : 0)
      return jump(i, UInt64(target))
    }
    if i.operation == .jcc && !cpu.state.pointee.condition(i.condition) { return }
    let target =
      i.operands.0.kind == .relative
      ? following &+ UInt64(bitPattern: i.immediate)
      : UInt64(try value(i, i.operands.0, as: UInt16.self))
    if i.operation == .call { try push(UInt16(truncatingIfNeeded: following)) }
    jump(i, target)
  }

  /// Goes to `target`, which 66 cuts to 16 bits.
  private func jump(_ i: Instruction, _ target: UInt64) {
    cpu.state.pointee.rip = i.operandSize == 2 ? target & 0xFFFF : target
  }

  // MARK: - Far transfers

  /// Far JMP and CALL through memory: only code segments of the privilege in force exist.
  func executeFarBranch(_ i: Instruction) throws(CPUException) {
    let at = address(of: i)
    let stack = isStack(i)
    let size = UInt64(i.operandSize)
    let target = try readSized(at, i.operandSize, stack: stack)
    let selector: UInt16 = try read(at &+ size, stack: stack)
    try checkCode(selector, exactly: true)
    guard PageWalk.isCanonical(target) else { throw CPUException(.generalProtection) }
    if i.operation == .callFar {
      let top = rsp
      let back = cpu.state.pointee.rip
      try writeSized(top &- size, UInt64(cs), i.operandSize)
      try writeSized(top &- 2 &* size, back, i.operandSize)
      rsp = top &- 2 &* size
    }
    cs = selector & ~3 | UInt16(cpu.state.pointee.cpl)
    cpu.state.pointee.rip = target
  }

  func executeFarReturn(_ i: Instruction) throws(CPUException) {
    let size = UInt64(i.operandSize)
    let top = rsp
    let target = try readSized(top, i.operandSize, stack: true)
    let selector = UInt16(
      truncatingIfNeeded: try readSized(top &+ size, i.operandSize, stack: true)
    )
    let extra = i.operandCount > 0 ? UInt64(bitPattern: i.immediate & 0xFFFF) : 0
    try checkCode(selector, exactly: false)
    var newTop = top &+ 2 &* size &+ extra
    let isOutward = UInt8(selector & 3) > cpu.state.pointee.cpl
    if isOutward {
      let stackTop = try readSized(newTop, i.operandSize, stack: true)
      let stackSelector = UInt16(
        truncatingIfNeeded: try readSized(newTop &+ size, i.operandSize, stack: true)
      )
      try checkStack(stackSelector, forCPL: 3)
      guard PageWalk.isCanonical(target) else { throw CPUException(.generalProtection) }
      ss = stackSelector
      newTop = stackTop &+ extra
      cpu.state.pointee.cpl = 3
    } else {
      guard PageWalk.isCanonical(target) else { throw CPUException(.generalProtection) }
    }
    cs = selector
    rsp = newTop
    cpu.state.pointee.rip = target
  }

  /// In 64-bit mode all five words are popped, whatever the privilege.
  func executeInterruptReturn(_ i: Instruction) throws(CPUException) {
    let state = cpu.state
    guard state.pointee.otherFlags & RFLAGS.nt.rawValue == 0 else {
      throw CPUException(.generalProtection)
    }
    let size = UInt64(i.operandSize)
    let top = rsp
    let target = try readSized(top, i.operandSize, stack: true)
    let selector = UInt16(
      truncatingIfNeeded: try readSized(top &+ size, i.operandSize, stack: true)
    )
    let image = try readSized(top &+ 2 &* size, i.operandSize, stack: true)
    let newTop = try readSized(top &+ 3 &* size, i.operandSize, stack: true)
    let stackSelector = UInt16(
      truncatingIfNeeded: try readSized(top &+ 4 &* size, i.operandSize, stack: true)
    )
    try checkCode(selector, exactly: false)
    let newCPL = UInt8(truncatingIfNeeded: selector & 3)
    try checkStack(stackSelector, forCPL: newCPL)
    guard PageWalk.isCanonical(target) else { throw CPUException(.generalProtection) }
    setFlags(image, allowed: i.operandSize == 2 ? 0xFFFF : 0xFFFF_FFFF)
    cs = selector
    ss = stackSelector
    rsp = newTop
    state.pointee.cpl = newCPL
    state.pointee.rip = target
  }

  private func readSized(
    _ address: UInt64,
    _ size: UInt8,
    stack: Bool
  ) throws(CPUException) -> UInt64 {
    switch size {
    case 2: UInt64(try read(address, stack: stack, as: UInt16.self))
    case 4: UInt64(try read(address, stack: stack, as: UInt32.self))
    default: try read(address, stack: stack, as: UInt64.self)
    }
  }

  private func writeSized(
    _ address: UInt64,
    _ value: UInt64,
    _ size: UInt8
  ) throws(CPUException) {
    switch size {
    case 2: try write(address, UInt16(truncatingIfNeeded: value), stack: true)
    case 4: try write(address, UInt32(truncatingIfNeeded: value), stack: true)
    default: try write(address, value, stack: true)
    }
  }

  // MARK: - Traps and system calls

  /// INT n, INT3, INT1.
  ///
  /// Linux gives user mode the gates 3 and 4 (Linux arch/x86/kernel/idt.c `def_idts`); the others are
  /// #GP with the gate as error code. INT 80h is one of them: no 32-bit system calls.
  func interrupt(_ i: Instruction) -> CPUException {
    switch i.operation {
    case .int3: return CPUException(.breakpoint, isTrap: true)
    case .int1: return CPUException(.debug, isTrap: true)
    default: break
    }
    let number = UInt8(truncatingIfNeeded: i.immediate)
    if number == 3 || number == 4 || cpu.state.pointee.cpl == 0,
      let vector = ExceptionVector(rawValue: number)
    {
      return CPUException(vector, isTrap: true)
    }
    return CPUException(.generalProtection, errorCode: UInt32(number) << 3 | 2)
  }

  /// SYSCALL: no memory is touched and RSP stays (Intel SDM Vol. 2B, SYSCALL).
  func executeSystemCall() throws(CPUException) {
    let state = cpu.state
    guard state.pointee.efer & 1 != 0 else { throw CPUException(.invalidOpcode) }
    let flags = state.pointee.rflags & ~RFLAGS.rf.rawValue
    put(cpu, Slot.rcx, state.pointee.rip)
    put(cpu, Slot.r11, flags)
    state.pointee.rflags = flags & ~fmask
    let selector = UInt16(truncatingIfNeeded: star &>> 32) & 0xFFFC
    cs = selector
    ss = selector &+ 8
    state.pointee.cpl = 0
    state.pointee.rip = lstar
  }

  /// SYSRET to 64-bit mode; there is no compatibility mode to return to.
  func executeSystemReturn(_ i: Instruction) throws(CPUException) {
    let state = cpu.state
    guard state.pointee.efer & 1 != 0 else { throw CPUException(.invalidOpcode) }
    let target: UInt64 = get(cpu, Slot.rcx)
    guard state.pointee.cpl == 0, i.operandSize == 8, PageWalk.isCanonical(target) else {
      throw CPUException(.generalProtection)
    }
    let selector = UInt16(truncatingIfNeeded: star &>> 48)
    cs = selector &+ 16 | 3
    ss = selector &+ 8 | 3
    // All but RF and VM.
    state.pointee.rflags = get(cpu, Slot.r11, as: UInt64.self) & 0x3C_7FD7 | 2
    state.pointee.cpl = 3
    state.pointee.rip = target
  }
}
