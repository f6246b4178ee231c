// The stack in every form. Intel SDM Vol. 2: PUSH, POP, PUSHF, POPF, ENTER, LEAVE.

extension VCPU {
  /// The stack pointer.
  @inline(__always) var rsp: UInt64 {
    get { get(cpu, Slot.rsp) }
    set { put(cpu, Slot.rsp, newValue) }
  }

  /// Pushes `value`; nothing is changed when that faults.
  @inline(__always) func push<W: Word>(_ value: W) throws(CPUException) {
    let top = rsp &- UInt64(W.byteCount)
    try write(top, value, stack: true)
    put(cpu, Slot.rsp, top)
  }

  func executePush(_ i: Instruction) throws(CPUException) {
    if i.operandSize == 2 {
      try push(try value(i, i.operands.0, as: UInt16.self))
    } else {
      try push(try value(i, i.operands.0, as: UInt64.self))
    }
  }

  func executePop(_ i: Instruction) throws(CPUException) {
    if i.operandSize == 2 { try pop(i, UInt16.self) } else { try pop(i, UInt64.self) }
  }

  private func pop<W: Word>(_ i: Instruction, _: W.Type) throws(CPUException) {
    let old = rsp
    let popped: W = try read(old, stack: true)
    // An address that is based on RSP uses the incremented one.
    rsp = old &+ UInt64(W.byteCount)
    do throws(CPUException) {
      store(try destination(i, i.operands.0, as: W.self), popped)
    } catch {
      rsp = old
      throw error
    }
  }

  func executePushSegment(_ i: Instruction) throws(CPUException) {
    let selector = segment(i.operands.0.register)
    if i.operandSize == 2 { try push(selector) } else { try push(UInt64(selector)) }
  }

  func executePopSegment(_ i: Instruction) throws(CPUException) {
    let size: UInt64 = i.operandSize == 2 ? 2 : 8
    let selector: UInt16 =
      size == 2
      ? try read(rsp, stack: true)
      : UInt16(truncatingIfNeeded: try read(rsp, stack: true, as: UInt64.self))
    try loadSegment(i.operands.0.register, selector)
    rsp &+= size
  }

  func executePushFlags(_ i: Instruction) throws(CPUException) {
    // VM and RF read as 0.
    let image = cpu.state.pointee.rflags & 0xFC_FFFF
    if i.operandSize == 2 {
      try push(UInt16(truncatingIfNeeded: image))
    } else {
      try push(image)
    }
  }

  func executePopFlags(_ i: Instruction) throws(CPUException) {
    if i.operandSize == 2 {
      let image: UInt16 = try read(rsp, stack: true)
      setFlags(UInt64(image), allowed: 0xFFFF)
      rsp &+= 2
    } else {
      setFlags(try read(rsp, stack: true), allowed: 0xFFFF_FFFF)
      rsp &+= 8
    }
  }

  /// Takes from `image` the RFLAGS bits that software at this privilege may change.
  ///
  /// - Parameter allowed: bits that the operand has.
  func setFlags(_ image: UInt64, allowed: UInt64) {
    let state = cpu.state
    // CF PF AF ZF SF TF DF OF NT AC ID; IF needs CPL <= IOPL, IOPL needs CPL 0.
    var mask: UInt64 = 0x24_4DD5
    if state.pointee.cpl == 0 {
      mask |= 0x3200
    } else if mayTouchInterrupts {
      mask |= 0x200
    }
    mask &= allowed
    state.pointee.rflags = state.pointee.rflags & ~mask | image & mask
  }

  /// CPL is not above IOPL.
  var mayTouchInterrupts: Bool {
    cpu.state.pointee.cpl <= UInt8(truncatingIfNeeded: cpu.state.pointee.otherFlags >> 12 & 3)
  }

  func executeEnter(_ i: Instruction) throws(CPUException) {
    if i.operandSize == 2 { try enter(i, UInt16.self) } else { try enter(i, UInt64.self) }
  }

  /// The display is copied before any register is changed; a fault on the way leaves only bytes below
  /// the stack pointer.
  private func enter<W: Word>(_ i: Instruction, _: W.Type) throws(CPUException) {
    let size = UInt64(W.byteCount)
    let level = i.immediate2 & 31
    let frame: UInt64 = rsp &- size
    try write(frame, get(cpu, Slot.rbp) as W, stack: true)
    var top = frame
    if level > 0 {
      var display: UInt64 = get(cpu, Slot.rbp)
      for _ in 1..<max(level, 1) {
        display &-= size
        top &-= size
        try write(top, try read(display, stack: true, as: W.self), stack: true)
      }
      top &-= size
      try write(top, W(truncatingIfNeeded: frame), stack: true)
    }
    top &-= UInt64(i.immediate & 0xFFFF)
    // The new top of the stack must be writable, though nothing is written there.
    _ = try place(top, W.byteCount, .write, stack: true)
    put(cpu, Slot.rbp, W(truncatingIfNeeded: frame))
    put(cpu, Slot.rsp, top)
  }

  func executeLeave(_ i: Instruction) throws(CPUException) {
    let frame: UInt64 = get(cpu, Slot.rbp)
    if i.operandSize == 2 {
      put(cpu, Slot.rbp, try read(frame, stack: true, as: UInt16.self))
      put(cpu, Slot.rsp, frame &+ 2)
    } else {
      put(cpu, Slot.rbp, try read(frame, stack: true, as: UInt64.self))
      put(cpu, Slot.rsp, frame &+ 8)
    }
  }
}
