// Micro-ops of SSE instructions by the shape of their operands.

extension Emitter {
  /// What a vector instruction reads when its source is in memory.
  enum VectorOperandSize {
    case m16, m32, m64
    /// 16 bytes that must be aligned.
    case aligned16
    /// 16 bytes.
    case any16
  }

  /// The slot of a vector register operand.
  static func vector(_ operand: Operand) -> UInt8 {
    // See `Operand.half`.
    Slot.vector(operand.register) &+ (operand.register >> 7) &* Slot.upperHalf
  }

  /// The handler for the address form of `a`: `handlers` has the based one, then the indexed one.
  func form(_ a: Address, _ handlers: [Handler]) -> Handler {
    handlers[a.index == Slot.zero ? 0 : 1]
  }

  /// Loads a memory operand into vector register `slot`, zero-extended.
  private mutating func loadVector(_ i: Instruction, _ size: VectorOperandSize, into slot: UInt8) {
    let a = address(i)
    let handlers =
      switch size {
      case .m16: scalarLoads2
      case .m32: scalarLoads4
      case .m64: scalarLoads8
      case .aligned16: alignedLoads
      case .any16: unalignedLoads
      }
    emit(form(a, handlers)) {
      a.write(to: &$0)
      $0.destination = slot
    }
  }

  /// The vector register that holds `operand`: the scratch one when it is in memory.
  mutating func vectorSource(
    _ i: Instruction,
    _ operand: Operand,
    _ size: VectorOperandSize
  ) -> UInt8 {
    guard operand.kind == .memory else { return Self.vector(operand) }
    let slot = Slot.vector(Slot.scratchVector)
    loadVector(i, size, into: slot)
    return slot
  }

  /// Emits a load of the memory operand into the register `slot`, a `Slot.vector`.
  mutating func load(_ i: Instruction, _ handlers: [Handler], _ slot: UInt8) {
    let a = address(i)
    emit(form(a, handlers)) {
      a.write(to: &$0)
      $0.destination = slot
    }
  }

  /// Emits a store of the register `slot` to the memory operand.
  mutating func store(_ i: Instruction, _ handlers: [Handler], _ slot: UInt8) {
    let a = address(i)
    emit(form(a, handlers)) {
      a.write(to: &$0)
      $0.source = slot
    }
  }

  // MARK: - Arithmetic

  /// destination = f(destination, source), both vector registers.
  mutating func registers(_ i: Instruction, _ handler: Handler) {
    emit(handler) {
      $0.destination = Self.vector(i.operands.0)
      $0.source = Self.vector(i.operands.1)
    }
  }

  /// The same with a source that may be in memory, whatever its address.
  mutating func packed(_ i: Instruction, _ register: Handler, _ memory: Handler) {
    guard i.operands.1.kind == .memory else { return registers(i, register) }
    load(i, [memory, memory], Self.vector(i.operands.0))
  }

  /// The same with a handler for each form of the address.
  mutating func scalar(_ i: Instruction, _ register: Handler, _ based: Handler, _ indexed: Handler)
  {
    guard i.operands.1.kind == .memory else { return registers(i, register) }
    load(i, [based, indexed], Self.vector(i.operands.0))
  }

  /// A handler between registers; a source in memory is loaded first.
  mutating func unary(_ i: Instruction, _ size: VectorOperandSize, _ handler: Handler) {
    let from = vectorSource(i, i.operands.1, size)
    emit(handler) {
      $0.destination = Self.vector(i.operands.0)
      $0.source = from
    }
  }

  /// A count in a register, in memory or in the instruction.
  mutating func shift(_ i: Instruction, _ register: Handler, _ memory: Handler, _ count: Handler) {
    guard i.operands.1.kind == .immediate else { return packed(i, register, memory) }
    emit(count) {
      $0.destination = Self.vector(i.operands.0)
      $0.immediate = UInt64(bitPattern: i.immediate) & 0xFF
    }
  }

  // MARK: - Between register files

  /// General-purpose register = f(vector register).
  mutating func toGPR(_ i: Instruction, _ handler: Handler) {
    emit(handler) {
      $0.destination = Self.slot(i.operands.0)
      $0.source = Self.vector(i.operands.1)
    }
  }

  /// CVTSD2SI and its kin.
  mutating func toInteger(
    _ i: Instruction,
    _ size: VectorOperandSize,
    _ double: Handler,
    _ quad: Handler
  ) {
    let from = vectorSource(i, i.operands.1, size)
    emit(i.operands.0.size == 8 ? quad : double) {
      $0.destination = Self.slot(i.operands.0)
      $0.source = from
    }
  }

  /// CVTSI2SD and its kin.
  mutating func fromGPR(_ i: Instruction, _ double: Handler, _ quad: Handler) {
    let from = source(i, i.operands.1)
    emit(i.operands.1.size == 8 ? quad : double) {
      $0.destination = Self.vector(i.operands.0)
      $0.source = from
    }
  }

  /// PEXTRW and its kin: element of `size` bytes of a vector register; in memory it is as long.
  mutating func extract(_ i: Instruction, _ size: Int, _ handler: Handler) {
    let to = i.operands.0
    let isMemory = to.kind == .memory
    let last = Int64(16 / size &- 1)
    emit(handler) {
      $0.destination = isMemory ? Slot.t0 : Self.slot(to)
      $0.source = Self.vector(i.operands.1)
      $0.displacement = UInt64(bitPattern: (i.immediate & last) &* Int64(size))
    }
    guard isMemory else { return }
    let a = address(i)
    let width = Self.width(UInt8(truncatingIfNeeded: size))
    emit(form(a, [storeBased[width], storeIndexed[width]])) {
      a.write(to: &$0)
      $0.source = Slot.t0
    }
  }

  /// PINSRW and its kin.
  mutating func insert(_ i: Instruction, _ size: Int, _ handler: Handler) {
    var from = i.operands.1
    if from.kind == .memory { from.size = UInt8(truncatingIfNeeded: size) }
    let slot = source(i, from)
    let last = Int64(16 / size &- 1)
    emit(handler) {
      $0.destination = Self.vector(i.operands.0)
      $0.source = slot
      $0.displacement = UInt64(bitPattern: (i.immediate & last) &* Int64(size))
    }
  }

  // MARK: - Moves

  mutating func moveVector(_ i: Instruction, loads: [Handler], stores: [Handler]) {
    let (to, from) = (i.operands.0, i.operands.1)
    if to.kind == .memory {
      store(i, stores, Self.vector(from))
    } else if from.kind == .memory {
      load(i, loads, Self.vector(to))
    } else {
      registers(i) { vectorUnary({ (a: V128) in a }, $0, $1, $2) }
    }
  }

  /// MOVSS, MOVSD
  mutating func moveScalar(_ i: Instruction, _ size: Int) {
    let (to, from) = (i.operands.0, i.operands.1)
    let isSingle = size == 4
    if to.kind == .memory {
      store(i, isSingle ? scalarStores4 : scalarStores8, Self.vector(from))
    } else if from.kind == .memory {
      load(i, isSingle ? scalarLoads4 : scalarLoads8, Self.vector(to))
    } else if isSingle {
      registers(i) { X86.moveScalar(UInt32.self, $0, $1, $2) }
    } else {
      registers(i) { X86.moveScalar(UInt64.self, $0, $1, $2) }
    }
  }

  /// MOVD, MOVQ
  mutating func moveQuadword(_ i: Instruction) {
    let (to, from) = (i.operands.0, i.operands.1)
    let isQuad = max(to.kind == .xmm ? 0 : to.size, from.kind == .xmm ? 0 : from.size) != 4
    switch (to.kind, from.kind) {
    case (.memory, _):
      store(i, isQuad ? scalarStores8 : scalarStores4, Self.vector(from))
    case (_, .memory):
      load(i, isQuad ? scalarLoads8 : scalarLoads4, Self.vector(to))
    case (.xmm, .xmm):
      registers(i) { vectorUnary({ (a: UInt64) in zeroExtended(a) }, $0, $1, $2) }
    case (.xmm, _):
      let quad: Handler = { gprToVector({ (a: UInt64) in zeroExtended(a) }, $0, $1, $2) }
      let double: Handler = { gprToVector({ (a: UInt32) in zeroExtended(a) }, $0, $1, $2) }
      emit(isQuad ? quad : double) {
        $0.destination = Self.vector(to)
        $0.source = Self.slot(from)
      }
    default:
      let quad: Handler = { vectorToGPR({ (a: UInt64) in a }, $0, $1, $2) }
      let double: Handler = { vectorToGPR({ (a: UInt32) in a }, $0, $1, $2) }
      toGPR(i, isQuad ? quad : double)
    }
  }

  /// MOVLPS, MOVHPS
  mutating func moveHalf(_ i: Instruction, isHigh: Bool) {
    if i.operands.0.kind == .memory {
      store(i, isHigh ? highStores : scalarStores8, Self.vector(i.operands.1))
    } else {
      load(i, isHigh ? highLoads : lowLoads, Self.vector(i.operands.0))
    }
  }

  /// MASKMOVDQU: the address is in RDI.
  mutating func moveMasked(_ i: Instruction) {
    var implicit = i
    implicit.memory.base = 7
    implicit.memory.index = MemoryOperand.noRegister
    implicit.memory.displacement = 0
    let a = address(implicit)
    emit(storeMasked) {
      a.write(to: &$0)
      $0.destination = Self.vector(i.operands.0)
      $0.source = Self.vector(i.operands.1)
    }
  }

  // MARK: - Shuffles

  /// The instructions whose pattern is an immediate.
  mutating func shuffle(_ i: Instruction) {
    guard host.contains(.ssse3) else { return emitCallout(i) }
    let pattern = Int(truncatingIfNeeded: i.immediate & 0xFF)
    func pick(_ n: Int) -> Int { pattern >> (n &* 2) & 3 }
    let to = i.operands.0
    var from = to
    var handler: Handler = shuffleOne
    let control: ShuffleControl
    switch i.operation {
    case .pslldq:
      control = ShuffleControl { $0 >= pattern ? $0 &- pattern : nil }
    case .psrldq:
      control = ShuffleControl { $0 &+ pattern < 16 ? $0 &+ pattern : nil }
    case .pshufd:
      from = i.operands.1
      control = ShuffleControl(size: 4) { pick($0) }
    case .pshuflw:
      from = i.operands.1
      control = ShuffleControl(size: 2) { $0 < 4 ? pick($0) : $0 }
    case .pshufhw:
      from = i.operands.1
      control = ShuffleControl(size: 2) { $0 < 4 ? $0 : 4 &+ pick($0 &- 4) }
    case .shufps:
      from = i.operands.1
      handler = shuffleTwo
      control = ShuffleControl(size: 4) { pick($0) }
    default:
      from = i.operands.1
      handler = shuffleTwo
      control = ShuffleControl(size: 8) { pattern >> $0 & 1 }
    }
    let slot = vectorSource(i, from, .aligned16)
    emit(handler) {
      $0.destination = Self.vector(to)
      $0.source = slot
      control.write(to: &$0)
    }
  }
}
