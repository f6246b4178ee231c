// How one handler gives way to the next. Release builds jump; debug builds, which make no sibling
// calls, return to the loop in `enter`.

/// Goes on at `pc`.
@inline(__always) func dispatch(_ cpu: Raw, _ pc: Raw, _ mem: Raw) {
  #if DEBUG
  cpu.state.pointee.exitPC = pc
  #else
  return pc.op.pointee.handler(cpu, pc, mem)
  #endif
}

/// Goes on at the micro-op after `pc`.
@inline(__always) func next(_ cpu: Raw, _ pc: Raw, _ mem: Raw) {
  dispatch(cpu, pc + MicroOp.size, mem)
}

/// Returns to the run loop: `pc` is where.
@inline(__always) func leave(_ cpu: Raw, _ pc: Raw, _ exit: UInt8) {
  cpu.state.pointee.exit = exit
  cpu.state.pointee.exitPC = pc
}

/// Runs from `pc` until a handler leaves.
@inline(__always) func enter(_ cpu: Raw, _ pc: Raw, _ mem: Raw) {
  cpu.state.pointee.exit = 0
  #if DEBUG
  cpu.state.pointee.exitPC = pc
  while cpu.state.pointee.exit == 0, let pc = cpu.state.pointee.exitPC {
    pc.op.pointee.handler(cpu, pc, mem)
  }
  #else
  pc.op.pointee.handler(cpu, pc, mem)
  #endif
}

/// Leaves with an exception of the instruction of `pc`.
@inline(never) func raise(_ cpu: Raw, _ pc: Raw, _ mem: Raw, _ vector: UInt64) {
  cpu.state.pointee.vector = UInt8(truncatingIfNeeded: vector)
  cpu.state.pointee.errorCode = 0
  cpu.state.pointee.faultAddress = 0
  leave(cpu, pc, Exit.exception)
}
