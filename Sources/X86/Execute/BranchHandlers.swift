// Control transfer. Direct branches go from micro-op to micro-op; indirect ones look their target up
// in the jump cache. Intel SDM Vol. 2: JMP, Jcc, CALL, RET.

/// Goes to the target of a direct branch: one subtraction keeps the instruction count and preemption.
@inline(__always) func takeBranch(_ cpu: Raw, _ pc: Raw, _ mem: Raw) {
  let left = cpu.state.pointee.budget &- Int64(pc.op.pointee.count)
  cpu.state.pointee.budget = left
  guard _fastPath(left >= 0) else { return leaveForBudget(cpu, pc, mem) }
  return dispatch(cpu, hostPointer(pc.op.pointee.immediate), mem)
}

@inline(never) func leaveForBudget(_ cpu: Raw, _ pc: Raw, _ mem: Raw) {
  leave(cpu, pc, Exit.budget)
}

/// Goes to an address that is known only now; `popped` is what the instruction has added to RSP.
@inline(__always) func takeIndirect(
  _ cpu: Raw,
  _ pc: Raw,
  _ mem: Raw,
  _ target: UInt64,
  popped: UInt64 = 0
) {
  let left = cpu.state.pointee.budget &- Int64(pc.op.pointee.count)
  cpu.state.pointee.budget = left
  let slot = mem + MemoryContext.jumpOffset(target)
  guard _fastPath(slot.load(as: UInt64.self) == target && left >= 0) else {
    return leaveIndirect(cpu, pc, mem, target, popped)
  }
  let to: Raw = hostPointer(slot.load(fromByteOffset: 8, as: UInt64.self))
  return dispatch(cpu, to, mem)
}

@inline(never) func leaveIndirect(
  _ cpu: Raw,
  _ pc: Raw,
  _ mem: Raw,
  _ target: UInt64,
  _ popped: UInt64
) {
  guard PageWalk.isCanonical(target) else {
    // The branch itself faults, not the fetch behind it.
    cpu.state.pointee.budget &+= Int64(pc.op.pointee.count)
    if popped != 0 { put(cpu, Slot.rsp, get(cpu, Slot.rsp) as UInt64 &- popped) }
    return raise(cpu, pc, mem, UInt64(ExceptionVector.generalProtection.rawValue))
  }
  cpu.state.pointee.rip = target
  leave(cpu, pc, Exit.indirect)
}

/// Behind each direct branch: its target is not translated yet.
func branchStub(_ cpu: Raw, _ pc: Raw, _ mem: Raw) {
  leave(cpu, pc, Exit.chain)
}

/// A stub that was linked to code of another page: right in one address space.
func spaceGuard(_ cpu: Raw, _ pc: Raw, _ mem: Raw) {
  let identity = pc.load(fromByteOffset: MicroOp.identity, as: UInt64.self)
  guard _fastPath(identity == cpu.state.pointee.space) else { return guardMiss(cpu, pc, mem) }
  return dispatch(cpu, hostPointer(pc.op.pointee.immediate), mem)
}

/// The same for the supervisor's half, which all address spaces share.
func supervisorGuard(_ cpu: Raw, _ pc: Raw, _ mem: Raw) {
  let identity = pc.load(fromByteOffset: MicroOp.identity, as: UInt64.self)
  guard _fastPath(identity == cpu.state.pointee.supervisorSpace) else {
    return guardMiss(cpu, pc, mem)
  }
  return dispatch(cpu, hostPointer(pc.op.pointee.immediate), mem)
}

/// The link is another address space's: what does this one know of the target?
@inline(never) private func guardMiss(_ cpu: Raw, _ pc: Raw, _ mem: Raw) {
  let target = pc.op.pointee.displacement
  let slot = mem + MemoryContext.jumpOffset(target)
  guard slot.load(as: UInt64.self) == target else { return leave(cpu, pc, Exit.chain) }
  return dispatch(cpu, hostPointer(slot.load(fromByteOffset: 8, as: UInt64.self)), mem)
}

/// JMP rel, and the end of a block that was cut.
func jump(_ cpu: Raw, _ pc: Raw, _ mem: Raw) {
  return takeBranch(cpu, pc, mem)
}

/// JMP r64
func jumpRegister(_ cpu: Raw, _ pc: Raw, _ mem: Raw) {
  return takeIndirect(cpu, pc, mem, get(cpu, pc.op.pointee.source))
}

/// CALL rel: `displacement` is the return address.
func call(_ cpu: Raw, _ pc: Raw, _ mem: Raw) {
  let rsp: UInt64 = get(cpu, Slot.rsp) &- 8
  let found = Lookup(write: mem, rsp)
  guard found.hits(8) else { return callMiss(cpu, pc, mem) }
  found.host.storeBytes(of: pc.op.pointee.displacement, as: UInt64.self)
  put(cpu, Slot.rsp, rsp)
  return takeBranch(cpu, pc, mem)
}

@inline(never) private func callMiss(_ cpu: Raw, _ pc: Raw, _ mem: Raw) {
  guard let again = pushForBranch(cpu, pc, mem) else { return }
  if again { return dispatch(cpu, pc, mem) }
  return takeBranch(cpu, pc, mem)
}

/// CALL r64: `displacement` is the return address.
func callRegister(_ cpu: Raw, _ pc: Raw, _ mem: Raw) {
  let target: UInt64 = get(cpu, pc.op.pointee.source)
  let rsp: UInt64 = get(cpu, Slot.rsp) &- 8
  let found = Lookup(write: mem, rsp)
  guard found.hits(8) && _fastPath(PageWalk.isCanonical(target)) else {
    return callRegisterMiss(cpu, pc, mem)
  }
  found.host.storeBytes(of: pc.op.pointee.displacement, as: UInt64.self)
  put(cpu, Slot.rsp, rsp)
  return takeIndirect(cpu, pc, mem, target)
}

@inline(never) private func callRegisterMiss(_ cpu: Raw, _ pc: Raw, _ mem: Raw) {
  let target: UInt64 = get(cpu, pc.op.pointee.source)
  guard PageWalk.isCanonical(target) else {
    // The push is checked before the target, but not made.
    let rsp: UInt64 = get(cpu, Slot.rsp) &- 8
    guard let at = resolveMiss(cpu, pc, mem, rsp, Access.write(8)) else { return }
    if at != pc { cancelBounce(cpu, mem) }
    return raise(cpu, pc, mem, UInt64(ExceptionVector.generalProtection.rawValue))
  }
  guard let again = pushForBranch(cpu, pc, mem) else { return }
  if again { return dispatch(cpu, pc, mem) }
  return takeIndirect(cpu, pc, mem, target)
}

/// Pushes the return address of a call that missed the TLB.
///
/// - Returns: true when the entry is filled and the call is to start again, false when the push is
///   done, nil when it faulted.
@inline(never) private func pushForBranch(_ cpu: Raw, _ pc: Raw, _ mem: Raw) -> Bool? {
  let rsp: UInt64 = get(cpu, Slot.rsp) &- 8
  guard let at = resolveMiss(cpu, pc, mem, rsp, Access.write(8)) else { return nil }
  if at == pc { return true }
  cancelBounce(cpu, mem)
  var address = pc.op.pointee.displacement
  guard slowWrite(cpu, pc, rsp, 8, &address) else { return nil }
  put(cpu, Slot.rsp, rsp)
  return false
}

/// RET and RET imm16: `immediate` is what is released beyond the return address.
func ret(_ cpu: Raw, _ pc: Raw, _ mem: Raw) {
  let rsp: UInt64 = get(cpu, Slot.rsp)
  let found = Lookup(read: mem, rsp)
  guard found.hits(8) else { return retMiss(cpu, pc, mem) }
  let target = found.host.loadUnaligned(as: UInt64.self)
  let popped = 8 &+ pc.op.pointee.immediate
  put(cpu, Slot.rsp, rsp &+ popped)
  return takeIndirect(cpu, pc, mem, target, popped: popped)
}

@inline(never) private func retMiss(_ cpu: Raw, _ pc: Raw, _ mem: Raw) {
  let rsp: UInt64 = get(cpu, Slot.rsp)
  guard let at = resolveMiss(cpu, pc, mem, rsp, Access.read(8)) else { return }
  if at == pc { return dispatch(cpu, pc, mem) }
  cancelBounce(cpu, mem)
  var target: UInt64 = 0
  guard slowRead(cpu, pc, rsp, 8, &target) else { return }
  let popped = 8 &+ pc.op.pointee.immediate
  put(cpu, Slot.rsp, rsp &+ popped)
  return takeIndirect(cpu, pc, mem, target, popped: popped)
}

// MARK: - Conditions

/// A condition of Jcc, SETcc and CMOVcc.
protocol ConditionCode {
  /// From the stored flags.
  static func holds(_ s: UnsafeMutablePointer<CPUState>) -> Bool
  /// Of comparing `a` with `b`.
  static func compares<W: Word>(_ a: W, _ b: W) -> Bool
}

enum O: ConditionCode {
  @inline(__always) static func holds(_ s: UnsafeMutablePointer<CPUState>) -> Bool {
    s.pointee.of != 0
  }
  @inline(__always) static func compares<W: Word>(_ a: W, _ b: W) -> Bool {
    a.signed.subtractingReportingOverflow(b.signed).overflow
  }
}
enum B: ConditionCode {
  @inline(__always) static func holds(_ s: UnsafeMutablePointer<CPUState>) -> Bool {
    s.pointee.cf != 0
  }
  @inline(__always) static func compares<W: Word>(_ a: W, _ b: W) -> Bool { a < b }
}
enum E: ConditionCode {
  @inline(__always) static func holds(_ s: UnsafeMutablePointer<CPUState>) -> Bool { s.pointee.zf }
  @inline(__always) static func compares<W: Word>(_ a: W, _ b: W) -> Bool { a == b }
}
enum BE: ConditionCode {
  @inline(__always) static func holds(_ s: UnsafeMutablePointer<CPUState>) -> Bool {
    s.pointee.cf != 0 || s.pointee.zf
  }
  @inline(__always) static func compares<W: Word>(_ a: W, _ b: W) -> Bool { a <= b }
}
enum S: ConditionCode {
  @inline(__always) static func holds(_ s: UnsafeMutablePointer<CPUState>) -> Bool { s.pointee.sf }
  @inline(__always) static func compares<W: Word>(_ a: W, _ b: W) -> Bool { (a &- b).signBit }
}
enum P: ConditionCode {
  @inline(__always) static func holds(_ s: UnsafeMutablePointer<CPUState>) -> Bool { s.pointee.pf }
  @inline(__always) static func compares<W: Word>(_ a: W, _ b: W) -> Bool {
    UInt8(truncatingIfNeeded: a &- b).nonzeroBitCount & 1 == 0
  }
}
enum L: ConditionCode {
  @inline(__always) static func holds(_ s: UnsafeMutablePointer<CPUState>) -> Bool {
    s.pointee.sf != (s.pointee.of != 0)
  }
  @inline(__always) static func compares<W: Word>(_ a: W, _ b: W) -> Bool { a.signed < b.signed }
}
enum LE: ConditionCode {
  @inline(__always) static func holds(_ s: UnsafeMutablePointer<CPUState>) -> Bool {
    s.pointee.zf || s.pointee.sf != (s.pointee.of != 0)
  }
  @inline(__always) static func compares<W: Word>(_ a: W, _ b: W) -> Bool { a.signed <= b.signed }
}
/// The opposite of a condition.
enum Not<C: ConditionCode>: ConditionCode {
  @inline(__always) static func holds(_ s: UnsafeMutablePointer<CPUState>) -> Bool { !C.holds(s) }
  @inline(__always) static func compares<W: Word>(_ a: W, _ b: W) -> Bool { !C.compares(a, b) }
}

/// Jcc
@inline(__always) func jcc<C: ConditionCode>(_: C.Type, _ cpu: Raw, _ pc: Raw, _ mem: Raw) {
  if C.holds(cpu.state) { return takeBranch(cpu, pc, mem) }
  return next(cpu, pc, mem)
}

/// SETcc r8
@inline(__always) func setcc<C: ConditionCode>(_: C.Type, _ cpu: Raw, _ pc: Raw, _ mem: Raw) {
  put(cpu, pc.op.pointee.destination, UInt8(C.holds(cpu.state) ? 1 : 0))
  return next(cpu, pc, mem)
}

/// CMOVcc r, r: the 32-bit form clears the upper half even when the condition fails.
@inline(__always) func cmov<C: ConditionCode, W: Word>(
  _: C.Type,
  _: W.Type,
  _ cpu: Raw,
  _ pc: Raw,
  _ mem: Raw
) {
  let a: W = get(cpu, pc.op.pointee.destination)
  let b: W = get(cpu, pc.op.pointee.source)
  put(cpu, pc.op.pointee.destination, C.holds(cpu.state) ? b : a)
  return next(cpu, pc, mem)
}

/// CMP or TEST with registers, and the Jcc behind it.
@inline(__always) func fusedRR<O: BinaryOperation, C: ConditionCode, W: Word>(
  _: O.Type,
  _: C.Type,
  _: W.Type,
  _ cpu: Raw,
  _ pc: Raw,
  _ mem: Raw
) {
  let a: W = get(cpu, pc.op.pointee.destination)
  let b: W = get(cpu, pc.op.pointee.source)
  return fused(O.self, C.self, a, b, cpu, pc, mem)
}

/// CMP or TEST with an immediate (in `displacement`), and the Jcc behind it.
@inline(__always) func fusedRI<O: BinaryOperation, C: ConditionCode, W: Word>(
  _: O.Type,
  _: C.Type,
  _: W.Type,
  _ cpu: Raw,
  _ pc: Raw,
  _ mem: Raw
) {
  let a: W = get(cpu, pc.op.pointee.destination)
  let b = W(truncatingIfNeeded: pc.op.pointee.displacement)
  return fused(O.self, C.self, a, b, cpu, pc, mem)
}

@inline(__always) private func fused<O: BinaryOperation, C: ConditionCode, W: Word>(
  _: O.Type,
  _: C.Type,
  _ a: W,
  _ b: W,
  _ cpu: Raw,
  _ pc: Raw,
  _ mem: Raw
) {
  _ = O.apply(cpu, a, b, Live.self)
  let holds = O.self == And.self ? C.compares(a & b, 0) : C.compares(a, b)
  if holds { return takeBranch(cpu, pc, mem) }
  return next(cpu, pc, mem)
}

/// An operation on registers that keeps its result, and the JE, JNE, JS or JNS behind it.
@inline(__always) func resultRR<O: BinaryOperation, C: ConditionCode, W: Word>(
  _: O.Type,
  _: C.Type,
  _: W.Type,
  _ cpu: Raw,
  _ pc: Raw,
  _ mem: Raw
) {
  let r = O.apply(
    cpu,
    get(cpu, pc.op.pointee.base) as W,
    get(cpu, pc.op.pointee.source),
    Live.self
  )
  put(cpu, pc.op.pointee.destination, r)
  if C.compares(r, 0) { return takeBranch(cpu, pc, mem) }
  return next(cpu, pc, mem)
}

/// The same with an immediate, in `displacement`.
@inline(__always) func resultRI<O: BinaryOperation, C: ConditionCode, W: Word>(
  _: O.Type,
  _: C.Type,
  _: W.Type,
  _ cpu: Raw,
  _ pc: Raw,
  _ mem: Raw
) {
  let r = O.apply(
    cpu,
    get(cpu, pc.op.pointee.source) as W,
    W(truncatingIfNeeded: pc.op.pointee.displacement),
    Live.self
  )
  put(cpu, pc.op.pointee.destination, r)
  if C.compares(r, 0) { return takeBranch(cpu, pc, mem) }
  return next(cpu, pc, mem)
}

/// INC or DEC, and the JE, JNE, JS or JNS behind it.
@inline(__always) func resultR<O: UnaryOperation, C: ConditionCode, W: Word>(
  _: O.Type,
  _: C.Type,
  _: W.Type,
  _ cpu: Raw,
  _ pc: Raw,
  _ mem: Raw
) {
  let r = O.apply(cpu, get(cpu, pc.op.pointee.source) as W, Live.self)
  put(cpu, pc.op.pointee.destination, r)
  if C.compares(r, 0) { return takeBranch(cpu, pc, mem) }
  return next(cpu, pc, mem)
}
