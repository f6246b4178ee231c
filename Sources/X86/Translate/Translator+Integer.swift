// Which handler an instruction gets. The switch has no default: a new operation does not compile
// until it is given one.

/// What translating one instruction (or a fused pair) came to.
struct TranslationStep {
  /// Instructions consumed: 1, or 2 when the next one was fused.
  var instructions = 1
  /// The block has ended.
  var endsBlock = false

  static let one = TranslationStep()
  static let end = TranslationStep(endsBlock: true)
}

extension Emitter {
  /// Emits the micro-ops of `i`.
  ///
  /// - Parameters:
  ///   - live: whether any flag that it writes is needed.
  ///   - following: the next instruction of the block, which may be fused.
  mutating func translate(
    _ i: Instruction,
    live: Bool,
    _ following: VCPU.Decoded?
  ) -> TranslationStep {
    switch i.operation {
    case .cmp, .test:
      return compare(i, following?.instruction)
    case .movnti: mov(i)
    case .mov:
      if let following, moveThenChange(i, following) { return TranslationStep(instructions: 2) }
      mov(i)
    case .movzx, .movsx, .movsxd: moveExtended(i)
    case .lea: lea(i)
    case .add, .or, .adc, .sbb, .and, .sub, .xor, .inc, .dec, .neg, .not, .shl, .shr, .sar, .rol,
      .ror, .imul, .mul:
      if let following, changeThenBranch(i, following.instruction) {
        return TranslationStep(instructions: 2)
      }
      arithmetic(i, live: live)
    case .div, .idiv: divide(i)
    case .push, .pop: stack(i)
    case .leave:
      if i.operandSize == 8 { emit(leaveFrame) { $0.base = Slot.rbp } } else { emitCallout(i) }
    case .xchg: exchange(i)
    case .bswap:
      guard i.operandSize >= 4 else {
        emitCallout(i)
        break
      }
      emit(bswapHandlers[i.operandSize == 8 ? 1 : 0]) {
        $0.destination = Self.slot(i.operands.0)
      }
    case .cdq: emit(signIntoRDXHandlers[1])
    case .cqo: emit(signIntoRDXHandlers[2])
    case .cwd: emit(signIntoRDXHandlers[0])
    case .cbw: emit(extendWord[1])
    case .cwde: emit(extendSign32[1])
    case .cdqe: emit(extendSign64[2])
    case .bt: bitTest(i)
    case .bsf, .bsr, .tzcnt, .lzcnt, .popcnt: bitScan(i)
    case .adcx, .adox: addChain(i)
    case .andn, .bextr, .blsi, .blsmsk, .blsr, .bzhi, .mulx, .pdep, .pext, .rorx, .sarx, .shlx,
      .shrx:
      manipulateBits(i, live: live)
    case .movbe: moveBigEndian(i)
    case .setcc: setcc(i)
    case .cmovcc: cmov(i)
    case .nop, .endbr64, .prefetch, .pause, .lfence, .mfence, .sfence:
      emit(noOperation)
    case .jmp, .jcc, .call, .ret: return branch(i)
    default:
      if let done = x87(i) ?? mmx(i) ?? vexVector(i) ?? laterVector(i) ?? vector(i) { return done }
      emitCallout(i)
      return i.endsBlock ? .end : .one
    }
    return .one
  }

  /// Arithmetic whose first operand may come from another register than it goes to.
  ///
  /// - Parameter first: the slot to read a register destination from instead of its own.
  private mutating func arithmetic(_ i: Instruction, live: Bool, first: UInt8? = nil) {
    switch i.operation {
    case .inc, .dec, .neg, .not: unary(i, live: live, first: first)
    case .shl, .shr, .sar, .rol, .ror: shift(i, live: live, first: first)
    case .imul, .mul: multiply(i, live: live, first: first)
    default: binary(i, live: live, first: first)
    }
  }

  /// An operation on a register and a branch on its result being zero or negative.
  private mutating func changeThenBranch(_ i: Instruction, _ branch: Instruction) -> Bool {
    guard branch.operation == .jcc, branch.operandSize == 8, !i.hasMemoryOperand,
      i.operands.0.size >= 4
    else {
      return false
    }
    let condition: Int
    switch branch.condition {
    case .e: condition = 0
    case .ne: condition = 1
    case .s: condition = 2
    case .ns: condition = 3
    default: return false
    }
    let (to, from) = (i.operands.0, i.operands.1)
    let isImmediate = from.kind == .immediate
    let handlers: [Handler]
    switch i.operation {
    case .add: handlers = isImmediate ? resultAddRI : resultAddRR
    case .sub: handlers = isImmediate ? resultSubRI : resultSubRR
    case .and: handlers = isImmediate ? resultAndRI : resultAndRR
    case .inc: handlers = resultInc
    case .dec: handlers = resultDec
    default: return false
    }
    let target = branchTarget(branch, after: branch.length)
    extendNote(over: branch)
    emitBranch(handlers[condition &* 2 &+ (to.size == 8 ? 1 : 0)], to: target) {
      $0.destination = Self.slot(to)
      if isImmediate || i.operandCount == 1 {
        $0.source = Self.slot(to)
        $0.displacement = UInt64(bitPattern: i.immediate)
      } else {
        $0.base = Self.slot(to)
        $0.source = Self.slot(from)
      }
    }
    return true
  }

  /// Makes the note that of a fused pair: its branch count is that of the second instruction.
  private mutating func extendNote(over second: Instruction) {
    note.retired &+= 1
    note.length &+= second.length
  }

  /// `MOV a, b` and an operation that changes `a`: one micro-op with three operands.
  ///
  /// Neither can fault, so nothing can see the state between them.
  private mutating func moveThenChange(_ move: Instruction, _ next: VCPU.Decoded) -> Bool {
    let i = next.instruction
    let (to, from) = (move.operands.0, move.operands.1)
    guard to.kind == .gpr, from.kind == .gpr, to.size >= 4, i.operands.0 == to,
      !i.hasMemoryOperand
    else { return false }
    switch i.operation {
    case .add, .or, .adc, .sbb, .and, .sub, .xor, .imul:
      // The second operand would have to be read after the move.
      guard i.operandCount == 2, i.operands.1.register != to.register || i.operands.1.kind != .gpr
      else { return false }
    case .shl, .shr, .sar, .rol, .ror:
      let isCL = i.operandCount > 1 && i.operands.1.kind == .gpr
      if isCL && to.register == 1 { return false }
      if !isCL && (i.operandCount > 1 ? i.immediate : 1) & (to.size == 8 ? 63 : 31) == 0 {
        return false
      }
    case .inc, .dec, .neg, .not: break
    default: return false
    }
    arithmetic(i, live: next.flagsAreLive, first: Self.slot(from))
    return true
  }

  private mutating func binary(_ i: Instruction, live: Bool, first: UInt8?) {
    let (to, from) = (i.operands.0, i.operands.1)
    let width = Self.width(to.size)
    let place: Place =
      to.kind == .memory
      ? (from.kind == .immediate ? .mi : .mr)
      : (from.kind == .memory ? .rm : from.kind == .immediate ? .ri : .rr)
    guard let handler = binaryHandler(i.operation, place, width, live: live) else {
      return emitCallout(i)
    }
    let a = i.hasMemoryOperand ? address(i) : Address()
    emit(handler) {
      a.write(to: &$0)
      if to.kind != .memory { $0.destination = Self.slot(to) }
      if from.kind == .immediate {
        $0.immediate = UInt64(bitPattern: i.immediate)
        if to.kind != .memory { $0.source = first ?? Self.slot(to) }
      } else if from.kind != .memory {
        $0.source = Self.slot(from)
        if to.kind != .memory { $0.base = first ?? Self.slot(to) }
      }
    }
  }

  private mutating func compare(_ i: Instruction, _ following: Instruction?) -> TranslationStep {
    let (a, b) = (i.operands.0, i.operands.1)
    guard let following, following.operation == .jcc, following.operandSize == 8, a.size != 2
    else {
      binary(i, live: true, first: nil)
      return .one
    }
    let width = a.size == 1 ? 0 : a.size == 4 ? 1 : 2
    let index = Int(following.condition.rawValue) &* 3 &+ width
    let isTest = i.operation == .test
    let left = source(i, a, scratch: Slot.t0)
    let right = b.kind == .immediate ? 0 : source(i, b, scratch: Slot.t1)
    let target = branchTarget(following, after: following.length)
    extendNote(over: following)
    let handlers =
      b.kind == .immediate
      ? (isTest ? fusedTestRI : fusedCmpRI) : (isTest ? fusedTestRR : fusedCmpRR)
    emitBranch(handlers[index], to: target) {
      $0.destination = left
      $0.source = right
      if b.kind == .immediate { $0.displacement = UInt64(bitPattern: i.immediate) }
    }
    return TranslationStep(instructions: 2)
  }

  private func branchTarget(_ i: Instruction, after extra: UInt8 = 0) -> UInt64 {
    following &+ UInt64(extra) &+ UInt64(bitPattern: i.immediate)
  }

  private mutating func mov(_ i: Instruction) {
    let (to, from) = (i.operands.0, i.operands.1)
    let width = Self.width(to.size)
    switch (to.kind, from.kind) {
    case (.memory, .immediate):
      let a = address(i)
      emit(a.index == Slot.zero ? storeImmediateBased[width] : storeImmediateIndexed[width]) {
        a.write(to: &$0)
        $0.immediate = UInt64(bitPattern: i.immediate)
      }
    case (.memory, _):
      let a = address(i)
      emit(a.index == Slot.zero ? storeBased[width] : storeIndexed[width]) {
        a.write(to: &$0)
        $0.source = Self.slot(from)
      }
    case (_, .memory):
      let a = address(i)
      emit(a.index == Slot.zero ? loadBased[width] : loadIndexed[width]) {
        a.write(to: &$0)
        $0.destination = Self.slot(to)
      }
    case (_, .immediate):
      emit(movRIHandlers[width]) {
        $0.destination = Self.slot(to)
        $0.immediate = UInt64(bitPattern: i.immediate)
      }
    default:
      emit(movRRHandlers[width]) {
        $0.destination = Self.slot(to)
        $0.source = Self.slot(from)
      }
    }
  }

  private mutating func moveExtended(_ i: Instruction) {
    let (to, from) = (i.operands.0, i.operands.1)
    let isSigned = i.operation != .movzx
    let fromWidth = Self.width(from.size)
    if from.size >= to.size {
      guard i.operation == .movsxd, to.size == 2, from.kind == .memory else { return mov(i) }
      // Reads 32 bits and keeps 16.
      var wide = i
      wide.operands.1.size = 4
      let slot = source(wide, wide.operands.1)
      emit(movRRHandlers[1]) {
        $0.destination = Self.slot(to)
        $0.source = slot
      }
      return
    }
    if from.kind == .memory {
      let a = address(i)
      let isBased = a.index == Slot.zero
      let handler: Handler =
        switch (to.size, isSigned) {
        case (2, _): loadWord[isSigned ? 1 : 0]
        case (_, false): isBased ? loadZeroBased[fromWidth] : loadZeroIndexed[fromWidth]
        case (4, true): isBased ? loadSign32Based[fromWidth] : loadSign32Indexed[fromWidth]
        default: isBased ? loadSign64Based[fromWidth] : loadSign64Indexed[fromWidth]
        }
      emit(handler) {
        a.write(to: &$0)
        $0.destination = Self.slot(to)
      }
      return
    }
    let handler: Handler =
      switch (to.size, isSigned) {
      case (2, _): extendWord[isSigned ? 1 : 0]
      case (_, false): extendZero[fromWidth]
      case (4, true): extendSign32[fromWidth]
      default: extendSign64[fromWidth]
      }
    emit(handler) {
      $0.destination = Self.slot(to)
      $0.source = Self.slot(from)
    }
  }

  private mutating func lea(_ i: Instruction) {
    var plain = i
    plain.memory.segment = .none
    let a = address(plain)
    let width = Self.width(i.operands.0.size) &- 1
    // A constant, and the commonest form, need no index.
    emit(a.index == Slot.zero ? leaBased[width] : leaIndexed[width]) {
      a.write(to: &$0)
      $0.destination = Self.slot(i.operands.0)
    }
  }

  private mutating func unary(_ i: Instruction, live: Bool, first: UInt8?) {
    let to = i.operands.0
    let isMemory = to.kind == .memory
    let index = Self.width(to.size) &+ (isMemory ? 4 : 0)
    let handler: Handler =
      switch i.operation {
      case .inc: live ? incLive[index] : incDead[index]
      case .dec: live ? decLive[index] : decDead[index]
      case .neg: live ? negLive[index] : negDead[index]
      default: notDead[index]
      }
    let a = isMemory ? address(i) : Address()
    emit(handler) {
      a.write(to: &$0)
      if !isMemory {
        $0.destination = Self.slot(to)
        $0.source = first ?? Self.slot(to)
      }
    }
  }

  /// Memory destinations are read for writing, changed in a scratch slot, and written back.
  private mutating func shift(_ i: Instruction, live: Bool, first: UInt8?) {
    let to = i.operands.0
    guard to.size >= 4 else { return emitCallout(i) }
    let isCL = i.operandCount > 1 && i.operands.1.kind == .gpr
    let mask: Int64 = to.size == 8 ? 63 : 31
    let count = (i.operandCount > 1 ? i.immediate : 1) & mask
    if !isCL && count == 0 { return emitCallout(i) }
    let index = (isCL ? 2 : 0) &+ (to.size == 8 ? 1 : 0)
    let handler: Handler =
      switch i.operation {
      case .shl: live ? shlLive[index] : shlDead[index]
      case .shr: live ? shrLive[index] : shrDead[index]
      case .sar: live ? sarLive[index] : sarDead[index]
      case .rol: live ? rolLive[index] : rolDead[index]
      default: live ? rorLive[index] : rorDead[index]
      }
    changed(i, to) { emitter, slot in
      emitter.emit(handler) {
        $0.destination = slot
        $0.source = first ?? slot
        $0.immediate = UInt64(bitPattern: count)
      }
    }
  }

  /// Runs `change` on the slot of a read-and-written operand.
  private mutating func changed(
    _ i: Instruction,
    _ operand: Operand,
    _ change: (inout Emitter, UInt8) -> Void
  ) {
    guard operand.kind == .memory else { return change(&self, Self.slot(operand)) }
    let a = address(i)
    let width = Self.width(operand.size)
    emit(loadForWriteHandlers[width]) {
      a.write(to: &$0)
      $0.destination = Slot.t0
    }
    change(&self, Slot.t0)
    emit(storeIndexed[width]) {
      a.write(to: &$0)
      $0.source = Slot.t0
    }
  }

  private mutating func multiply(_ i: Instruction, live: Bool, first: UInt8?) {
    let size = i.operands.0.size
    guard size >= 2 else { return emitCallout(i) }
    let index = Self.width(size) &- 1
    if i.operandCount == 1 {
      let from = source(i, i.operands.0)
      let handler =
        i.operation == .mul
        ? (live ? mulRLive[index] : mulRDead[index])
        : (live ? imulRLive[index] : imulRDead[index])
      emit(handler) { $0.source = from }
      return
    }
    let from = source(i, i.operands.1)
    let isImmediate = i.operandCount == 3
    let handler =
      isImmediate
      ? (live ? imulRRILive[index] : imulRRIDead[index])
      : (live ? imulRRLive[index] : imulRRDead[index])
    emit(handler) {
      $0.destination = Self.slot(i.operands.0)
      $0.base = first ?? Self.slot(i.operands.0)
      $0.source = from
      $0.immediate = UInt64(bitPattern: i.immediate)
    }
  }

  private mutating func divide(_ i: Instruction) {
    let size = i.operands.0.size
    guard size >= 4 else { return emitCallout(i) }
    let from = source(i, i.operands.0)
    let number = calloutNumber(i)
    let index = size == 8 ? 1 : 0
    emit(i.operation == .div ? divRHandlers[index] : idivRHandlers[index]) {
      $0.source = from
      $0.immediate = number
    }
  }

  private mutating func stack(_ i: Instruction) {
    let operand = i.operands.0
    guard i.operandSize == 8 else { return emitCallout(i) }
    switch (i.operation, operand.kind) {
    case (.push, .immediate):
      emit(pushImmediate) {
        $0.immediate = UInt64(bitPattern: i.immediate)
        $0.base = Slot.rsp
      }
    case (.push, .gpr), (.push, .memory):
      let from = source(i, operand)
      emit(pushRegister) {
        $0.source = from
        $0.base = Slot.rsp
      }
    case (.pop, .gpr):
      emit(popRegister) {
        $0.destination = Self.slot(operand)
        $0.base = Slot.rsp
      }
    default: emitCallout(i)
    }
  }

  private mutating func exchange(_ i: Instruction) {
    let (a, b) = (i.operands.0, i.operands.1)
    if a.kind == .memory || b.kind == .memory {
      let at = address(i)
      let register = a.kind == .memory ? b : a
      emit(xchgMRHandlers[Self.width(register.size)]) {
        at.write(to: &$0)
        $0.source = Self.slot(register)
      }
    } else {
      emit(xchgRRHandlers[Self.width(a.size)]) {
        $0.destination = Self.slot(a)
        $0.source = Self.slot(b)
      }
    }
  }

  private mutating func bitTest(_ i: Instruction) {
    let (a, b) = (i.operands.0, i.operands.1)
    // A register bit offset reaches beyond the memory operand.
    guard a.kind != .memory else { return emitCallout(i) }
    let index = Self.width(a.size) &- 1
    emit(b.kind == .immediate ? btRIHandlers[index] : btRRHandlers[index]) {
      $0.destination = Self.slot(a)
      if b.kind == .immediate {
        $0.immediate = UInt64(bitPattern: i.immediate)
      } else {
        $0.source = Self.slot(b)
      }
    }
  }

  private mutating func setcc(_ i: Instruction) {
    let to = i.operands.0
    let handler = setccHandlers[Int(i.condition.rawValue)]
    guard to.kind == .memory else {
      emit(handler) { $0.destination = Self.slot(to) }
      return
    }
    emit(handler) { $0.destination = Slot.t0 }
    let a = address(i)
    emit(storeIndexed[0]) {
      a.write(to: &$0)
      $0.source = Slot.t0
    }
  }

  private mutating func cmov(_ i: Instruction) {
    let from = source(i, i.operands.1)
    let width = Self.width(i.operands.0.size) &- 1
    emit(cmovHandlers[Int(i.condition.rawValue) &* 3 &+ width]) {
      $0.destination = Self.slot(i.operands.0)
      $0.source = from
    }
  }

  private mutating func branch(_ i: Instruction) -> TranslationStep {
    guard i.operandSize == 8 else {
      emitCallout(i)
      return i.operation == .jcc ? .one : .end
    }
    switch (i.operation, i.operands.0.kind) {
    case (.jcc, _):
      emitBranch(jccHandlers[Int(i.condition.rawValue)], to: branchTarget(i))
      return .one
    case (.jmp, .relative):
      emitBranch(jump, to: branchTarget(i))
    case (.jmp, .gpr), (.jmp, .memory):
      let from = source(i, i.operands.0)
      emitIndirect(jumpRegister) { $0.source = from }
    case (.call, .relative):
      let back = following
      emitBranch(call, to: branchTarget(i)) {
        $0.displacement = back
        $0.base = Slot.rsp
      }
    case (.call, .gpr), (.call, .memory):
      let from = source(i, i.operands.0)
      let back = following
      emitIndirect(callRegister) {
        $0.source = from
        $0.displacement = back
        $0.base = Slot.rsp
      }
    case (.ret, _):
      let extra = i.operandCount > 0 ? UInt64(bitPattern: i.immediate & 0xFFFF) : 0
      emitIndirect(ret) {
        $0.immediate = extra
        $0.base = Slot.rsp
      }
    default: emitCallout(i)
    }
    return .end
  }
}
