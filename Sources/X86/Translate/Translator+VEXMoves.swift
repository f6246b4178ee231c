import CHostSIMD

// Micro-ops of VEX moves, broadcasts and permutations.

extension Emitter {
  mutating func moveWide(_ i: Instruction, isAligned: Bool) {
    let (to, from) = (i.operands.0, i.operands.1)
    if to.kind == .memory {
      if i.isWide {
        store(i, isAligned ? alignedWideStores : unalignedWideStores, Self.vector(from))
      } else {
        store(i, isAligned ? alignedStores : unalignedStores, Self.vector(from))
      }
    } else if from.kind == .memory {
      if to.size == 32 {
        load(i, isAligned ? alignedWideLoads : unalignedWideLoads, Self.vector(to))
      } else {
        load(i, isAligned ? alignedClearingLoads : unalignedClearingLoads, Self.vector(to))
      }
    } else if to.size == 32 {
      copy(from: from, to: to.register)
    } else {
      emit(copyClearing) {
        $0.destination = Self.vector(to)
        $0.source = Self.vector(from)
      }
    }
  }

  /// VMOVSS, VMOVSD
  mutating func moveScalarVEX(_ i: Instruction) {
    let isSingle = i.operation == .movss
    if i.operands.0.kind == .memory {
      store(i, isSingle ? scalarStores4 : scalarStores8, Self.vector(i.operands.1))
    } else if i.operands.1.kind == .memory {
      load(i, isSingle ? clearingLoads4 : clearingLoads8, Self.vector(i.operands.0))
    } else if isSingle {
      scalar(i, { scalarFusedRR({ (_: Float, b: Float) in b }, $0, $1, $2) }, noOperation)
    } else {
      scalar(i, { scalarFusedRR({ (_: Double, b: Double) in b }, $0, $1, $2) }, noOperation)
    }
  }

  /// VMOVD, VMOVQ
  mutating func moveQuadwordVEX(_ i: Instruction) {
    let (to, from) = (i.operands.0, i.operands.1)
    if to.kind == .xmm && from.kind == .memory {
      load(i, from.size == 4 ? clearingLoads4 : clearingLoads8, Self.vector(to))
      return
    }
    moveQuadword(i)
    if to.kind == .xmm { clearUpper(to.register) }
  }

  /// VMOVLPS, VMOVHPS, VMOVLPD, VMOVHPD
  mutating func moveHalfVEX(_ i: Instruction, isHigh: Bool) {
    if i.operands.0.kind == .memory { return moveHalf(i, isHigh: isHigh) }
    if isHigh {
      halves(i) { halfRR(host_punpcklqdq, $0, $1, $2) }
    } else {
      halves(i) { halfRR({ (a: V128, b: V128) in V128(b[0], a[1]) }, $0, $1, $2) }
    }
  }

  mutating func broadcast(_ i: Instruction, _ size: UInt8) {
    let number = Self.width(size) &+ (i.isWide ? 4 : 0)
    if i.operands.1.kind == .memory {
      let a = address(i)
      emit(broadcastLoads[number]) {
        a.write(to: &$0)
        $0.destination = Self.vector(i.operands.0)
      }
    } else {
      emit(broadcasts[number]) {
        $0.destination = Self.vector(i.operands.0)
        $0.source = Self.vector(i.operands.1)
      }
    }
  }

  /// VBROADCASTF128
  mutating func broadcastHalf(_ i: Instruction) {
    let from = Self.vector(loaded(i, i.operands.1))
    join(Self.vector(i.operands.0), from, from)
  }

  /// VINSERTF128
  mutating func insertHalf(_ i: Instruction) {
    let from = Self.vector(loaded(i, i.operands.2))
    let first = Self.vector(i.operands.1)
    if i.immediate & 1 == 0 {
      join(Self.vector(i.operands.0), from, first &+ Slot.upperHalf)
    } else {
      join(Self.vector(i.operands.0), first, from)
    }
  }

  /// VEXTRACTF128
  mutating func extractHalf(_ i: Instruction) {
    let from = Self.vector(i.operands.1) &+ (i.immediate & 1 == 0 ? 0 : Slot.upperHalf)
    if i.operands.0.kind == .memory { return store(i, unalignedStores, from) }
    emit(copyClearing) {
      $0.destination = Self.vector(i.operands.0)
      $0.source = from
    }
  }

  /// VPERM2F128
  mutating func permuteHalves(_ i: Instruction) {
    let second = Self.vector(loaded(i, i.operands.2))
    let first = Self.vector(i.operands.1)
    func half(_ pattern: Int64) -> UInt8 {
      (pattern & 2 == 0 ? first : second) &+ (pattern & 1 == 0 ? 0 : Slot.upperHalf)
    }
    let to = Self.vector(i.operands.0)
    join(to, half(i.immediate), half(i.immediate >> 4))
    if i.immediate & 0x08 != 0 { emit(clearHalf) { $0.destination = to } }
    if i.immediate & 0x80 != 0 { emit(clearHalf) { $0.destination = to &+ Slot.upperHalf } }
  }

  /// VPERMQ
  mutating func permuteQuads(_ i: Instruction) {
    let from = Self.vector(loaded(i, i.operands.1))
    emit(permuteQuadwords) {
      $0.destination = Self.vector(i.operands.0)
      $0.source = from
      $0.immediate = UInt64(bitPattern: i.immediate) & 0xFF
    }
  }

  /// VPERMD
  mutating func permuteDoubles(_ i: Instruction) {
    let second = Self.vector(loaded(i, i.operands.2))
    emit(permuteDoublewords) {
      $0.destination = Self.vector(i.operands.0)
      $0.source = Self.vector(i.operands.1)
      $0.base = second
    }
  }

  /// VPERMILPS, VPERMILPD with an immediate: PSHUFD does the same.
  mutating func permuteInHalves(_ i: Instruction) -> TranslationStep {
    var shuffle = i
    shuffle.operation = .pshufd
    guard i.operation == .vpermilpd else { return byHalves(shuffle) }
    // Each half has two bits of its own.
    func pattern(_ bits: Int64) -> Int64 {
      (bits & 1 == 0 ? 0x04 : 0x0E) | (bits & 2 == 0 ? 0x40 : 0xE0)
    }
    let from = Self.vector(loaded(i, i.operands.1))
    for upper in i.isWide ? [false, true] : [false] {
      let offset = upper ? Slot.upperHalf : 0
      let numbers = pattern(i.immediate >> (upper ? 2 : 0))
      let control = ShuffleControl(size: 4) { Int(numbers >> Int64($0 &* 2) & 3) }
      emit(shuffleOne) {
        $0.destination = Self.vector(i.operands.0) &+ offset
        $0.source = from &+ offset
        control.write(to: &$0)
      }
    }
    if !i.isWide { clearUpper(i.operands.0.register) }
    return .one
  }

  /// VPBLENDD
  mutating func blendDoublewords(_ i: Instruction) {
    halves(i, { halfRRConstant({ $0 & ~$2 | $1 & $2 }, $0, $1, $2) }) { op, upper in
      let pattern = i.immediate >> (upper ? 4 : 0)
      let mask = ByteMask { pattern >> Int64($0 / 4) & 1 != 0 }
      mask.write(to: &op)
    }
  }

  /// VBLENDVPS and its kin.
  mutating func blendByMask(_ i: Instruction, _ handler: Handler) {
    let mask = Self.vector(i.operands.3)
    halves(i, handler) { op, upper in op.index = mask &+ (upper ? Slot.upperHalf : 0) }
  }

  /// VCMPPS and its kin.
  mutating func comparePacked(_ i: Instruction, _ handler: Handler) {
    halves(i, handler) { op, _ in op.immediate = UInt64(bitPattern: i.immediate) & 31 }
  }

  /// VCMPSS, VCMPSD
  mutating func compareScalar(_ i: Instruction, _ handler: Handler) {
    let second = Self.vector(loaded(i, i.operands.2))
    emit(handler) {
      $0.destination = Self.vector(i.operands.0)
      $0.source = Self.vector(i.operands.1)
      $0.base = second
      $0.immediate = UInt64(bitPattern: i.immediate) & 31
    }
  }

  /// VCVTSI2SS, VCVTSI2SD
  mutating func convertFromGPR(_ i: Instruction, _ double: Handler, _ quad: Handler) {
    let from = source(i, i.operands.2)
    emit(i.operands.2.size == 8 ? quad : double) {
      $0.destination = Self.vector(i.operands.0)
      $0.source = Self.vector(i.operands.1)
      $0.base = from
    }
  }

  /// PTEST, VTESTPS, VTESTPD: `bits` are those of a quadword that count.
  mutating func test(_ i: Instruction, bits: UInt64) {
    let second = Self.vector(loaded(i, i.operands.1))
    emit(bitTests[i.isWide ? 1 : 0]) {
      $0.source = Self.vector(i.operands.0)
      $0.base = second
      $0.immediate = bits
      $0.displacement = bits
    }
  }

  /// VMASKMOVPS and its kin.
  mutating func moveByMask(_ i: Instruction, loads: [Handler], stores: [Handler]) {
    let number = calloutNumber(i)
    let isStore = i.operands.0.kind == .memory
    let isWide = i.operands.1.size == 32
    let a = address(i)
    emit((isStore ? stores : loads)[isWide ? 1 : 0]) {
      a.write(to: &$0)
      $0.source = Self.vector(i.operands.1)
      $0.destination = Self.vector(isStore ? i.operands.2 : i.operands.0)
      $0.immediate = number
    }
  }

  /// VMOVMSKPS and its kin.
  mutating func signs(_ i: Instruction, _ wide: Handler) -> TranslationStep? {
    guard i.isWide else { return vector(i) }
    toGPR(i, wide)
    return .one
  }
}
