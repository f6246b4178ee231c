// Micro-ops of SSE3 and later by the shape of their operands.

extension Emitter {
  /// `packed` where the handlers need more of the host than every x86-64 processor has.
  mutating func packed(
    _ i: Instruction,
    _ needs: HostFeatures,
    _ register: Handler,
    _ memory: Handler
  ) {
    guard host.isSuperset(of: needs) else { return emitCallout(i) }
    packed(i, register, memory)
  }

  /// `unary` where the handler needs more of the host than every x86-64 processor has.
  mutating func unary(
    _ i: Instruction,
    _ needs: HostFeatures,
    _ size: VectorOperandSize,
    _ handler: Handler
  ) {
    guard host.isSuperset(of: needs) else { return emitCallout(i) }
    unary(i, size, handler)
  }

  /// destination = f(destination, source, immediate).
  mutating func byImmediate(_ i: Instruction, _ handler: Handler) {
    let from = vectorSource(i, i.operands.1, .aligned16)
    emit(handler) {
      $0.destination = Self.vector(i.operands.0)
      $0.source = from
      $0.immediate = UInt64(bitPattern: i.immediate) & 0xFF
    }
  }

  /// PALIGNR: the number of each result byte among the 32 of source and destination.
  mutating func alignBytes(_ i: Instruction) {
    guard host.contains(.ssse3) else { return emitCallout(i) }
    let shift = Int(truncatingIfNeeded: i.immediate & 0xFF)
    let from = vectorSource(i, i.operands.1, .aligned16)
    // From 32 on all are zero.
    let control = ShuffleControl { min($0 &+ shift, 48) }
    emit(alignVectors) {
      $0.destination = Self.vector(i.operands.0)
      $0.source = from
      control.write(to: &$0)
    }
  }

  /// BLENDPS, BLENDPD, PBLENDW: a mask of bits from the immediate's bits for lanes.
  mutating func blend(_ i: Instruction, lane: Int) {
    let pattern = Int(truncatingIfNeeded: i.immediate & 0xFF)
    let from = vectorSource(i, i.operands.1, .aligned16)
    let mask = ByteMask { pattern >> ($0 / lane) & 1 != 0 }
    emit(blendVectors) {
      $0.destination = Self.vector(i.operands.0)
      $0.source = from
      mask.write(to: &$0)
    }
  }

  /// INSERTPS: one element from the source or memory, then those that are cleared.
  mutating func insertSingle(_ i: Instruction) {
    let pattern = UInt64(bitPattern: i.immediate)
    let to = Self.vector(i.operands.0)
    let from: UInt8
    if i.operands.1.kind == .memory {
      from = source(i, i.operands.1)
    } else {
      from = Slot.t0
      emit({ extractLane(UInt32.self, $0, $1, $2) }) {
        $0.destination = Slot.t0
        $0.source = Self.vector(i.operands.1)
        $0.displacement = (pattern >> 6 & 3) &* 4
      }
    }
    emit({ insertLane(UInt32.self, $0, $1, $2) }) {
      $0.destination = to
      $0.source = from
      $0.displacement = (pattern >> 4 & 3) &* 4
    }
    guard pattern & 15 != 0 else { return }
    let mask = ByteMask { pattern >> UInt64($0 / 4) & 1 == 0 }
    emit(maskVector) {
      $0.destination = to
      mask.write(to: &$0)
    }
  }

  /// Which of the ten handlers of ROUNDPS and its kin: four directions and MXCSR's own, then the same
  /// without the precision exception.
  static func roundingIndex(_ i: Instruction) -> Int {
    let direction = i.immediate & 4 != 0 ? 4 : Int(truncatingIfNeeded: i.immediate & 3)
    return direction &+ (i.immediate & 8 != 0 ? 5 : 0)
  }

  /// CRC32
  mutating func sumCRC(_ i: Instruction) {
    guard host.contains(.sse42) else { return emitCallout(i) }
    let from = source(i, i.operands.1)
    emit(crc32Handlers[Self.width(i.operands.1.size)]) {
      $0.destination = Self.slot(i.operands.0)
      $0.source = from
    }
  }

  /// AESKEYGENASSIST: the round constant goes into the second and the fourth doubleword.
  mutating func keyGeneration(_ i: Instruction) {
    guard host.contains(.aes) else { return emitCallout(i) }
    let from = vectorSource(i, i.operands.1, .aligned16)
    let constant = (UInt64(bitPattern: i.immediate) & 0xFF) << 32
    emit(generateKey) {
      $0.destination = Self.vector(i.operands.0)
      $0.source = from
      $0.immediate = constant
      $0.displacement = constant
    }
  }
}
