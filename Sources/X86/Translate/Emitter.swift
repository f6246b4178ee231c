/// Appends the micro-ops of one block to the code cache.
struct Emitter {
  let cache: CodeCache
  /// Note of the instruction that is being translated.
  var note: MicroOpNote
  /// Direct branches of this block, each to get a stub behind it: micro-op and guest target.
  var branches: [(branch: Raw, target: UInt64)] = []

  /// What handlers may use of the host.
  var host: HostFeatures { cache.host }

  /// The address of the byte after the instruction.
  var following: UInt64 { note.rip &+ UInt64(note.length) }

  /// Appends a micro-op; `configure` sets its operands.
  @inline(__always) @discardableResult
  mutating func emit(_ handler: Handler, _ configure: (inout MicroOp) -> Void = { _ in }) -> Raw {
    var op = MicroOp(handler)
    configure(&op)
    return cache.append(op, note)
  }

  /// Appends a direct branch to `target`.
  mutating func emitBranch(
    _ handler: Handler,
    to target: UInt64,
    _ configure: (inout MicroOp) -> Void = { _ in }
  ) {
    let count = UInt8(truncatingIfNeeded: note.retired &+ 1)
    let pc = emit(handler) {
      $0.count = count
      configure(&$0)
    }
    branches.append((pc, target))
  }

  /// Appends an indirect branch.
  mutating func emitIndirect(
    _ handler: Handler,
    _ configure: (inout MicroOp) -> Void = { _ in }
  ) {
    let count = UInt8(truncatingIfNeeded: note.retired &+ 1)
    emit(handler) {
      $0.count = count
      configure(&$0)
    }
  }

  /// Hands the instruction to `VCPU.execute`.
  mutating func emitCallout(_ instruction: Instruction) {
    let number = calloutNumber(instruction)
    emit(callOut) { $0.immediate = number }
  }

  /// Registers an instruction for `VCPU.execute`.
  func calloutNumber(_ instruction: Instruction) -> UInt64 {
    cache.callouts.append(instruction)
    return UInt64(cache.callouts.count &- 1)
  }

  /// Appends the stubs, and makes each branch go to its own.
  mutating func finish() {
    for (branch, target) in branches {
      let stub = emit(branchStub) { $0.displacement = target }
      branch.op.pointee.immediate = UInt64(UInt(bitPattern: stub))
      cache.join(branch, stub)
    }
    branches.removeAll()
  }

  // MARK: - Operands

  /// The slot of a register operand.
  static func slot(_ operand: Operand) -> UInt8 {
    operand.kind == .gprHigh8 ? operand.register &* 8 &+ 1 : operand.register &* 8
  }

  /// The address fields of a memory operand; what one micro-op cannot add goes to `Slot.t2` first.
  mutating func address(_ i: Instruction) -> Address {
    let m = i.memory
    var a = Address()
    a.displacement = UInt64(bitPattern: m.displacement)
    if m.base == MemoryOperand.rip {
      a.displacement &+= following
    } else if m.base != MemoryOperand.noRegister {
      a.base = Slot.gpr(m.base)
    }
    if m.index != MemoryOperand.noRegister {
      a.index = Slot.gpr(m.index)
      a.scale = m.scale
    }
    if i.addressSize == 4 {
      // The sum wraps at 32 bits before the segment base is added.
      let whole = a
      emit(leaIndexed[1]) {
        whole.write(to: &$0)
        $0.destination = Slot.t2
      }
      a = Address()
      a.base = Slot.t2
    }
    guard m.segment != .none else { return a }
    let segment = m.segment == .fs ? Slot.fsBase : Slot.gsBase
    if a.index == Slot.zero {
      // Not as the base: RSP and RBP there stand for accesses through the stack segment.
      a.index = a.base
      a.scale = 0
      a.base = segment
    } else if a.base == Slot.zero && a.scale == 0 {
      a.base = segment
    } else {
      let whole = a
      emit(leaIndexed[2]) {
        whole.write(to: &$0)
        $0.destination = Slot.t2
      }
      a = Address()
      a.base = Slot.t2
      a.index = segment
    }
    return a
  }

  /// Loads operand `operand` of `size` bytes into a scratch slot when it is in memory; the slot that
  /// holds it.
  mutating func source(_ i: Instruction, _ operand: Operand, scratch: UInt8 = Slot.t0) -> UInt8 {
    guard operand.kind == .memory else { return Self.slot(operand) }
    let a = address(i)
    let width = Self.width(operand.size)
    emit(a.index == Slot.zero ? loadBased[width] : loadIndexed[width]) {
      a.write(to: &$0)
      $0.destination = scratch
    }
    return scratch
  }

  /// 0 ... 3 for 1, 2, 4 and 8 bytes.
  static func width(_ size: UInt8) -> Int {
    switch size {
    case 1: 0
    case 2: 1
    case 4: 2
    default: 3
    }
  }
}

/// Address fields of a micro-op.
struct Address {
  var base: UInt8 = Slot.zero
  var index: UInt8 = Slot.zero
  var scale: UInt8 = 0
  var displacement: UInt64 = 0

  @inline(__always) func write(to op: inout MicroOp) {
    op.base = base
    op.index = index
    op.scale = scale
    op.displacement = displacement
  }
}
