// Micro-ops of VEX instructions by the shape of their operands.

extension Instruction {
  /// Works on YMM registers: only those, and memory for them, have 32 bytes.
  var isWide: Bool {
    operands.0.size == 32 || operands.1.size == 32
  }
}

extension Operand {
  /// A half of a YMM register as an operand of 16 bytes: only the translator makes these.
  ///
  /// `Emitter.vector` knows the top bit of the number as the upper half.
  static func half(_ register: UInt8, upper: Bool) -> Operand {
    Operand(kind: .xmm, register: register | (upper ? 0x80 : 0), size: 16)
  }
}

extension Emitter {
  // MARK: - Fused

  /// destination = f(first, second); the second may be in memory.
  ///
  /// - Returns: true.
  mutating func fused(
    _ i: Instruction,
    _ register: Handler,
    _ memory: Handler,
    _ wideRegister: Handler,
    _ wideMemory: Handler
  ) -> Bool {
    if i.isWide {
      three(i, wideRegister, wideMemory)
    } else {
      three(i, register, memory)
    }
    return true
  }

  /// The same with handlers that need more of the host than every x86-64 processor has.
  ///
  /// - Returns: false when the host lacks it.
  mutating func fused(
    _ i: Instruction,
    _ needs: HostFeatures,
    _ register: Handler,
    _ memory: Handler,
    _ wideRegister: Handler,
    _ wideMemory: Handler
  ) -> Bool {
    guard host.isSuperset(of: needs) else { return false }
    return fused(i, register, memory, wideRegister, wideMemory)
  }

  /// Scalars: destination = first with f(lowest elements).
  mutating func scalar(_ i: Instruction, _ register: Handler, _ memory: Handler) {
    three(i, register, memory)
  }

  private mutating func three(_ i: Instruction, _ register: Handler, _ memory: Handler) {
    let (to, first, second) = (i.operands.0, i.operands.1, i.operands.2)
    guard second.kind == .memory else {
      emit(register) {
        $0.destination = Self.vector(to)
        $0.source = Self.vector(first)
        $0.base = Self.vector(second)
      }
      return
    }
    let a = address(i)
    emit(memory) {
      a.write(to: &$0)
      $0.destination = Self.vector(to)
      $0.source = Self.vector(first)
    }
  }

  /// destination = f(first, count in the instruction).
  mutating func fusedByImmediate(_ i: Instruction, _ register: Handler, _ wide: Handler) {
    emit(i.isWide ? wide : register) {
      $0.destination = Self.vector(i.operands.0)
      $0.source = Self.vector(i.operands.1)
      $0.immediate = UInt64(bitPattern: i.immediate) & 0xFF
    }
  }

  /// FMA, packed.
  mutating func multiplyAdd(
    _ i: Instruction,
    _ register: Handler,
    _ memory: Handler,
    _ wideRegister: Handler,
    _ wideMemory: Handler
  ) {
    guard host.contains(.fma) else { return emitCallout(i) }
    _ = fused(i, register, memory, wideRegister, wideMemory)
  }

  /// FMA, scalar.
  mutating func multiplyAdd(_ i: Instruction, _ register: Handler, _ memory: Handler) {
    guard host.contains(.fma) else { return emitCallout(i) }
    three(i, register, memory)
  }

  // MARK: - By halves

  /// Emits a VEX instruction as SSE instructions on halves.
  ///
  /// What works within 16 bytes is the SSE instruction of the name, done for each half: the first
  /// source is copied to the destination, unless the instruction has only one.
  mutating func byHalves(_ i: Instruction) -> TranslationStep {
    if !host.isSuperset(of: .forHalves) && portableOperation(i.operation) != nil {
      emitCallout(i)
      return .one
    }
    var source = i.operandCount > 2 && !isUnary(i) ? i.operands.2 : i.operands.1
    let isBinary = i.operandCount > 2 && !isUnary(i)
    let to = i.operands.0
    let hasCount = source.kind == .immediate
    source = loaded(i, source)
    if isBinary && !hasCount && isVector(source) && source.register == to.register
      && (source.register != i.operands.1.register || isShift(i.operation))
    {
      // The copy of the first source, or the lower result, would overwrite the second.
      copy(from: source, to: Slot.scratchVector)
      source.register = Slot.scratchVector
    }
    if isBinary && to.register != i.operands.1.register {
      copy(from: i.operands.1, to: to.register)
    }
    for upper in i.isWide ? [false, true] : [false] {
      var half = i
      half.prefixes.remove(.vex)
      half.operands.0 = .half(to.register, upper: upper)
      half.operands.1 = source
      if isVector(source) {
        // A count for all elements is in the lower half.
        half.operands.1 = .half(source.register, upper: upper && !isShift(i.operation))
      }
      if i.operands.3.kind == .immediate || i.operands.2.kind == .immediate {
        half.operands.2 = Operand(kind: .immediate, register: 0, size: 1)
      } else {
        half.operands.2 = .none
      }
      half.operands.3 = .none
      half.immediate = Self.immediate(i, upper: upper)
      sse(half)
    }
    if !i.isWide { clearUpper(to.register) }
    return .one
  }

  /// Has one source, beside an immediate.
  private func isUnary(_ i: Instruction) -> Bool {
    guard i.operands.2.kind == .immediate else { return false }
    switch i.operation {
    case .psllw, .pslld, .psllq, .psrlw, .psrld, .psrlq, .psraw, .psrad, .pslldq, .psrldq:
      return false
    default: return true
    }
  }

  private func isVector(_ operand: Operand) -> Bool { operand.kind == .xmm }

  private func isShift(_ operation: Operation) -> Bool {
    switch operation {
    case .psllw, .pslld, .psllq, .psrlw, .psrld, .psrlq, .psraw, .psrad: true
    default: false
    }
  }

  /// The part of an immediate that is meant for one half.
  static func immediate(_ i: Instruction, upper: Bool) -> Int64 {
    switch i.operation {
    case .blendps where upper: i.immediate >> 4
    case .blendpd where upper: i.immediate >> 2
    case .shufpd where upper: i.immediate >> 2
    case .mpsadbw where upper: i.immediate >> 3
    // What is in memory is the only element.
    case .insertps where i.operands.2.kind == .memory: i.immediate & 0x3F
    default: i.immediate
    }
  }

  /// How many bytes of the source become 16 of the destination, where that is fewer.
  static func widenedPart(_ operation: Operation) -> Int? {
    switch operation {
    case .pmovsxbw, .pmovsxwd, .pmovsxdq, .pmovzxbw, .pmovzxwd, .pmovzxdq: 8
    case .pmovsxbd, .pmovsxwq, .pmovzxbd, .pmovzxwq: 4
    case .pmovsxbq, .pmovzxbq: 2
    default: nil
    }
  }

  /// An SSE instruction on halves.
  private mutating func sse(_ half: Instruction) {
    if laterVector(half) == nil && vector(half) == nil { emitCallout(half) }
  }

  // MARK: - Parts

  /// The operand in a register: what is in memory is loaded into a scratch one.
  mutating func loaded(_ i: Instruction, _ operand: Operand) -> Operand {
    guard operand.kind == .memory else { return operand }
    switch i.operation {
    case .pinsrb, .pinsrw, .pinsrd, .pinsrq, .cvtsi2ss, .cvtsi2sd:
      let slot = source(i, operand)
      return Operand(kind: .gpr, register: slot / 8, size: max(operand.size, 4))
    default: break
    }
    let slot = Slot.vector(Slot.scratchVector)
    switch operand.size {
    case 32: load(i, unalignedWideLoads, slot)
    case 16: load(i, unalignedLoads, slot)
    case 8: load(i, scalarLoads8, slot)
    case 4: load(i, scalarLoads4, slot)
    default:
      let from = source(i, operand)
      emit({ gprToVector({ (a: UInt64) in zeroExtended(a) }, $0, $1, $2) }) {
        $0.destination = slot
        $0.source = from
      }
    }
    return Operand(
      kind: .xmm,
      register: Slot.scratchVector,
      size: operand.size == 32 ? 32 : 16
    )
  }

  mutating func clearUpper(_ register: UInt8) {
    emit(clearUpperHalf) { $0.destination = Slot.vector(register) }
  }

  /// Copies a whole vector register of 16 or 32 bytes.
  mutating func copy(from: Operand, to: UInt8) {
    let source = Self.vector(from)
    guard from.size == 32 else {
      emit({ vectorUnary({ (a: V128) in a }, $0, $1, $2) }) {
        $0.destination = Slot.vector(to)
        $0.source = source
      }
      return
    }
    join(Slot.vector(to), source, source &+ Slot.upperHalf)
  }

  /// The destination from any two halves.
  mutating func join(_ to: UInt8, _ low: UInt8, _ high: UInt8) {
    emit(joinHalves) {
      $0.destination = to
      $0.source = low
      $0.base = high
    }
  }

  /// destination = f(first, second[, third]), by a handler of 16 bytes.
  mutating func halves(
    _ i: Instruction,
    _ handler: Handler,
    _ configure: (inout MicroOp, Bool) -> Void = { _, _ in }
  ) {
    let second = Self.vector(loaded(i, i.operands.2))
    for upper in i.isWide ? [false, true] : [false] {
      let offset = upper ? Slot.upperHalf : 0
      emit(handler) {
        $0.destination = Self.vector(i.operands.0) &+ offset
        $0.source = Self.vector(i.operands.1) &+ offset
        $0.base = second &+ offset
        configure(&$0, upper)
      }
    }
    if !i.isWide { clearUpper(i.operands.0.register) }
  }

  /// destination = f(source) where a half of the destination comes from a smaller part of the source.
  ///
  /// - Parameters:
  ///   - handler: reads just that part.
  ///   - step: how far the part of the upper half is from the other one.
  mutating func widen(_ i: Instruction, step: UInt8, _ handler: Handler) {
    let from = Self.vector(loaded(i, i.operands.1))
    let to = Self.vector(i.operands.0)
    if i.isWide {
      // First, because the source may be the destination.
      emit(handler) {
        $0.destination = to &+ Slot.upperHalf
        $0.source = from &+ step / 4
      }
    }
    emit(handler) {
      $0.destination = to
      $0.source = from
    }
    if !i.isWide { clearUpper(i.operands.0.register) }
  }

  /// destination = f(source) of 16 bytes, or by `wide` of 32.
  mutating func narrowed(_ i: Instruction, _ handler: Handler, _ wide: Handler) {
    let from = Self.vector(loaded(i, i.operands.1))
    emit(i.isWide ? wide : handler) {
      $0.destination = Self.vector(i.operands.0)
      $0.source = from
    }
    if !i.isWide { clearUpper(i.operands.0.register) }
  }
}
