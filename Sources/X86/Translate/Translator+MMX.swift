// swift-format-ignore-file
import CHostSIMD

// Which handlers an MMX instruction gets: the check, a load of the operand in memory into the scratch
// vector register, what happens to the x87 state, and then the operation.

extension Emitter {
  /// Emits the micro-ops of an MMX instruction.
  ///
  /// - Returns: nil when `i` is none.
  mutating func mmx(_ i: Instruction) -> TranslationStep? {
    guard i.isMMX else { return nil }
    switch i.operation {
    // Moves
    case .movd, .movq, .movntq:
      moveMMX(i)
    case .movdq2q:
      binaryMMX(i) { mmxUnary({ (a: Int64) in a }, $0, $1, $2) }
    case .movq2dq:
      binaryMMX(i) { vectorUnary({ (a: UInt64) in zeroExtended(a) }, $0, $1, $2) }
    case .maskmovq:
      var implicit = i
      implicit.memory.base = 7
      implicit.memory.index = MemoryOperand.noRegister
      implicit.memory.displacement = 0
      // UNDEFINED: a fault of the store leaves the x87 state changed, as on AMD's processors.
      emit(beginMMX)
      let a = address(implicit)
      emit(storeMaskedMMX) {
        a.write(to: &$0)
        $0.destination = Self.registerSlot(i.operands.0)
        $0.source = Self.registerSlot(i.operands.1)
      }
    case .pmovmskb:
      toGPRFromMMX(i) { vectorToGPR({ (a: Int64) in host_pmovmskb(V128(a, 0)) }, $0, $1, $2) }
    case .pextrw:
      emit(beginMMX)
      emit({ extractLane(UInt16.self, $0, $1, $2) }) {
        $0.destination = Self.slot(i.operands.0)
        $0.source = Self.registerSlot(i.operands.1)
        $0.displacement = UInt64(bitPattern: i.immediate & 3) &* 2
      }
    case .pinsrw:
      emit(checkMMX)
      var from = i.operands.1
      if from.kind == .memory { from.size = 2 }
      let slot = source(i, from)
      emit(markMMXHandler)
      emit(insertWordMMX) {
        $0.destination = Self.registerSlot(i.operands.0)
        $0.source = slot
        $0.displacement = UInt64(bitPattern: i.immediate & 3) &* 2
      }

    // Add, subtract, multiply, compare, logic
    case .paddb:      binaryMMX(i) { mmxRR(host_paddb, $0, $1, $2) }
    case .paddw:      binaryMMX(i) { mmxRR(host_paddw, $0, $1, $2) }
    case .paddd:      binaryMMX(i) { mmxRR(host_paddd, $0, $1, $2) }
    case .paddq:      binaryMMX(i) { mmxRR(host_paddq, $0, $1, $2) }
    case .paddsb:     binaryMMX(i) { mmxRR(host_paddsb, $0, $1, $2) }
    case .paddsw:     binaryMMX(i) { mmxRR(host_paddsw, $0, $1, $2) }
    case .paddusb:    binaryMMX(i) { mmxRR(host_paddusb, $0, $1, $2) }
    case .paddusw:    binaryMMX(i) { mmxRR(host_paddusw, $0, $1, $2) }
    case .psubb:      binaryMMX(i) { mmxRR(host_psubb, $0, $1, $2) }
    case .psubw:      binaryMMX(i) { mmxRR(host_psubw, $0, $1, $2) }
    case .psubd:      binaryMMX(i) { mmxRR(host_psubd, $0, $1, $2) }
    case .psubq:      binaryMMX(i) { mmxRR(host_psubq, $0, $1, $2) }
    case .psubsb:     binaryMMX(i) { mmxRR(host_psubsb, $0, $1, $2) }
    case .psubsw:     binaryMMX(i) { mmxRR(host_psubsw, $0, $1, $2) }
    case .psubusb:    binaryMMX(i) { mmxRR(host_psubusb, $0, $1, $2) }
    case .psubusw:    binaryMMX(i) { mmxRR(host_psubusw, $0, $1, $2) }
    case .pmullw:     binaryMMX(i) { mmxRR(host_pmullw, $0, $1, $2) }
    case .pmulhw:     binaryMMX(i) { mmxRR(host_pmulhw, $0, $1, $2) }
    case .pmulhuw:    binaryMMX(i) { mmxRR(host_pmulhuw, $0, $1, $2) }
    case .pmuludq:    binaryMMX(i) { mmxRR(host_pmuludq, $0, $1, $2) }
    case .pmaddwd:    binaryMMX(i) { mmxRR(host_pmaddwd, $0, $1, $2) }
    case .psadbw:     binaryMMX(i) { mmxRR(host_psadbw, $0, $1, $2) }
    case .pavgb:      binaryMMX(i) { mmxRR(host_pavgb, $0, $1, $2) }
    case .pavgw:      binaryMMX(i) { mmxRR(host_pavgw, $0, $1, $2) }
    case .pminub:     binaryMMX(i) { mmxRR(host_pminub, $0, $1, $2) }
    case .pminsw:     binaryMMX(i) { mmxRR(host_pminsw, $0, $1, $2) }
    case .pmaxub:     binaryMMX(i) { mmxRR(host_pmaxub, $0, $1, $2) }
    case .pmaxsw:     binaryMMX(i) { mmxRR(host_pmaxsw, $0, $1, $2) }
    case .pand:       binaryMMX(i) { mmxRR(host_pand, $0, $1, $2) }
    case .pandn:      binaryMMX(i) { mmxRR(host_pandn, $0, $1, $2) }
    case .por:        binaryMMX(i) { mmxRR(host_por, $0, $1, $2) }
    case .pxor:       binaryMMX(i) { mmxRR(host_pxor, $0, $1, $2) }
    case .pcmpeqb:    binaryMMX(i) { mmxRR(host_pcmpeqb, $0, $1, $2) }
    case .pcmpeqw:    binaryMMX(i) { mmxRR(host_pcmpeqw, $0, $1, $2) }
    case .pcmpeqd:    binaryMMX(i) { mmxRR(host_pcmpeqd, $0, $1, $2) }
    case .pcmpgtb:    binaryMMX(i) { mmxRR(host_pcmpgtb, $0, $1, $2) }
    case .pcmpgtw:    binaryMMX(i) { mmxRR(host_pcmpgtw, $0, $1, $2) }
    case .pcmpgtd:    binaryMMX(i) { mmxRR(host_pcmpgtd, $0, $1, $2) }
    // Shift
    case .psllw: shiftMMX(i, { mmxRR(host_psllw, $0, $1, $2) }, { mmxRI(host_psllw, $0, $1, $2) })
    case .pslld: shiftMMX(i, { mmxRR(host_pslld, $0, $1, $2) }, { mmxRI(host_pslld, $0, $1, $2) })
    case .psllq: shiftMMX(i, { mmxRR(host_psllq, $0, $1, $2) }, { mmxRI(host_psllq, $0, $1, $2) })
    case .psrlw: shiftMMX(i, { mmxRR(host_psrlw, $0, $1, $2) }, { mmxRI(host_psrlw, $0, $1, $2) })
    case .psrld: shiftMMX(i, { mmxRR(host_psrld, $0, $1, $2) }, { mmxRI(host_psrld, $0, $1, $2) })
    case .psrlq: shiftMMX(i, { mmxRR(host_psrlq, $0, $1, $2) }, { mmxRI(host_psrlq, $0, $1, $2) })
    case .psraw: shiftMMX(i, { mmxRR(host_psraw, $0, $1, $2) }, { mmxRI(host_psraw, $0, $1, $2) })
    case .psrad: shiftMMX(i, { mmxRR(host_psrad, $0, $1, $2) }, { mmxRI(host_psrad, $0, $1, $2) })
    // Pack, unpack, shuffle
    case .packsswb:   binaryMMX(i) { mmxPackRR(host_packsswb, $0, $1, $2) }
    case .packssdw:   binaryMMX(i) { mmxPackRR(host_packssdw, $0, $1, $2) }
    case .packuswb:   binaryMMX(i) { mmxPackRR(host_packuswb, $0, $1, $2) }
    case .punpcklbw:  binaryMMX(i) { mmxRR(host_punpcklbw, $0, $1, $2) }
    case .punpcklwd:  binaryMMX(i) { mmxRR(host_punpcklwd, $0, $1, $2) }
    case .punpckldq:  binaryMMX(i) { mmxRR(host_punpckldq, $0, $1, $2) }
    case .punpckhbw:  binaryMMX(i) { mmxHighRR(host_punpcklbw, $0, $1, $2) }
    case .punpckhwd:  binaryMMX(i) { mmxHighRR(host_punpcklwd, $0, $1, $2) }
    case .punpckhdq:  binaryMMX(i) { mmxHighRR(host_punpckldq, $0, $1, $2) }
    // SSSE3
    case .pshufb, .phaddw, .phaddd, .phaddsw, .phsubw, .phsubd, .phsubsw, .psignb, .psignw, .psignd,
      .pabsb, .pabsw, .pabsd, .pmaddubsw, .pmulhrsw, .palignr, .pshufw:
      guard host.contains(.ssse3) else {
        emitCallout(i)
        break
      }
      laterMMX(i)
    default:
      return moreMMX(i)
    }
    return .one
  }

  /// What SSSE3 has added, and PSHUFW: what uses PSHUFB of the host's.
  private mutating func laterMMX(_ i: Instruction) {
    switch i.operation {
    case .pshufb:     binaryMMX(i) { mmxRR({ host_pshufb($0, host_pand($1, V128(repeating: -0x7878787878787879))) }, $0, $1, $2) }
    case .phaddw:     binaryMMX(i) { mmxPackRR(host_phaddw, $0, $1, $2) }
    case .phaddd:     binaryMMX(i) { mmxPackRR(host_phaddd, $0, $1, $2) }
    case .phaddsw:    binaryMMX(i) { mmxPackRR(host_phaddsw, $0, $1, $2) }
    case .phsubw:     binaryMMX(i) { mmxPackRR(host_phsubw, $0, $1, $2) }
    case .phsubd:     binaryMMX(i) { mmxPackRR(host_phsubd, $0, $1, $2) }
    case .phsubsw:    binaryMMX(i) { mmxPackRR(host_phsubsw, $0, $1, $2) }
    case .psignb:     binaryMMX(i) { mmxRR(host_psignb, $0, $1, $2) }
    case .psignw:     binaryMMX(i) { mmxRR(host_psignw, $0, $1, $2) }
    case .psignd:     binaryMMX(i) { mmxRR(host_psignd, $0, $1, $2) }
    case .pmaddubsw:  binaryMMX(i) { mmxRR(host_pmaddubsw, $0, $1, $2) }
    case .pmulhrsw:   binaryMMX(i) { mmxRR(host_pmulhrsw, $0, $1, $2) }
    case .pabsb:      binaryMMX(i) { mmxUnary({ (a: Int64) in host_pabsb(V128(a, 0))[0] }, $0, $1, $2) }
    case .pabsw:      binaryMMX(i) { mmxUnary({ (a: Int64) in host_pabsw(V128(a, 0))[0] }, $0, $1, $2) }
    case .pabsd:      binaryMMX(i) { mmxUnary({ (a: Int64) in host_pabsd(V128(a, 0))[0] }, $0, $1, $2) }
    case .palignr:
      let shift = Int(truncatingIfNeeded: i.immediate & 0xFF)
      let from = beginBinaryMMX(i)
      emit(alignMMX) {
        $0.destination = Self.registerSlot(i.operands.0)
        $0.source = from
        $0.immediate = ShuffleControl { $0 &+ shift < 16 ? $0 &+ shift : nil }.low
      }
    default:
      let pattern = Int(truncatingIfNeeded: i.immediate & 0xFF)
      let from = beginBinaryMMX(i)
      emit(shuffleMMX) {
        $0.destination = Self.registerSlot(i.operands.0)
        $0.source = from
        $0.immediate = ShuffleControl(size: 2) { pattern >> (($0 & 3) &* 2) & 3 }.low
      }
    }
  }

  /// Conversions and EMMS.
  private mutating func moreMMX(_ i: Instruction) -> TranslationStep {
    switch i.operation {
    // Convert
    case .cvtpi2ps:
      binaryMMX(i) { vectorUnary({ (a: Int64) in host_cvtdq2ps(V128(a, 0))[0] }, $0, $1, $2) }
    case .cvtpi2pd:
      binaryMMX(i) { vectorUnary({ (a: Int64) in host_cvtdq2pd(V128(a, 0)) }, $0, $1, $2) }
    case .cvtps2pi:
      binaryMMX(i) { mmxUnary({ (a: Int64) in host_cvtps2dq(V128(a, 0))[0] }, $0, $1, $2) }
    case .cvttps2pi:
      binaryMMX(i) { mmxUnary({ (a: Int64) in host_cvttps2dq(V128(a, 0))[0] }, $0, $1, $2) }
    case .cvtpd2pi:
      binaryMMX(i) { mmxUnary({ (a: V128) in host_cvtpd2dq(a)[0] }, $0, $1, $2) }
    case .cvttpd2pi:
      binaryMMX(i) { mmxUnary({ (a: V128) in host_cvttpd2dq(a)[0] }, $0, $1, $2) }
    // State
    case .emms:
      emit(checkMMX)
      emit(emptyMMX)
    default:
      emitCallout(i)
    }
    return .one
  }

  /// The slot of a vector or MMX register.
  private static func registerSlot(_ operand: Operand) -> UInt8 {
    operand.kind == .mmx ? Slot.mmx(operand.register) : Slot.vector(operand.register)
  }

  /// The check, the load of the second operand if it is in memory, and the change of the x87 state.
  ///
  /// - Returns: where the second operand is then.
  private mutating func beginBinaryMMX(_ i: Instruction) -> UInt8 {
    let from = i.operands.1
    guard from.kind == .memory else {
      emit(beginMMX)
      return Self.registerSlot(from)
    }
    // CVTPI2PS and CVTPI2PD have no MMX register then.
    let isMMX = i.operands.0.kind == .mmx
    if isMMX { emit(checkMMX) }
    let slot = Slot.vector(Slot.scratchVector)
    let a = address(i)
    let handlers =
      switch from.size {
      case 4: scalarLoads4
      case 8: scalarLoads8
      default: alignedLoads
      }
    emit(handlers[a.index == Slot.zero ? 0 : 1]) {
      a.write(to: &$0)
      $0.destination = slot
    }
    if isMMX { emit(markMMXHandler) }
    return slot
  }

  /// destination = f(destination, source), whatever the operands are.
  mutating func binaryMMX(_ i: Instruction, _ handler: Handler) {
    let from = beginBinaryMMX(i)
    emit(handler) {
      $0.destination = Self.registerSlot(i.operands.0)
      $0.source = from
    }
  }

  private mutating func toGPRFromMMX(_ i: Instruction, _ handler: Handler) {
    emit(beginMMX)
    emit(handler) {
      $0.destination = Self.slot(i.operands.0)
      $0.source = Self.registerSlot(i.operands.1)
    }
  }

  private mutating func shiftMMX(_ i: Instruction, _ register: Handler, _ count: Handler) {
    guard i.operands.1.kind == .immediate else { return binaryMMX(i, register) }
    emit(beginMMX)
    emit(count) {
      $0.destination = Self.registerSlot(i.operands.0)
      $0.immediate = UInt64(bitPattern: i.immediate) & 0xFF
    }
  }

  /// MOVD, MOVQ, MOVNTQ
  private mutating func moveMMX(_ i: Instruction) {
    let (to, from) = (i.operands.0, i.operands.1)
    let isQuad = max(to.kind == .mmx ? 0 : to.size, from.kind == .mmx ? 0 : from.size) != 4
    switch (to.kind, from.kind) {
    case (.memory, _):
      emit(checkMMX)
      let a = address(i)
      let handlers = isQuad ? scalarStores8 : scalarStores4
      emit(handlers[a.index == Slot.zero ? 0 : 1]) {
        a.write(to: &$0)
        $0.source = Self.registerSlot(from)
      }
      emit(markMMXHandler)
    case (.mmx, .mmx), (_, .memory):
      binaryMMX(i) { mmxUnary({ (a: Int64) in a }, $0, $1, $2) }
    case (.mmx, _):
      emit(beginMMX)
      let quad: Handler = { gprToMMX(UInt64.self, $0, $1, $2) }
      let double: Handler = { gprToMMX(UInt32.self, $0, $1, $2) }
      emit(isQuad ? quad : double) {
        $0.destination = Self.registerSlot(to)
        $0.source = Self.slot(from)
      }
    default:
      let quad: Handler = { vectorToGPR({ (a: UInt64) in a }, $0, $1, $2) }
      let double: Handler = { vectorToGPR({ (a: UInt32) in a }, $0, $1, $2) }
      toGPRFromMMX(i, isQuad ? quad : double)
    }
  }
}

extension Instruction {
  /// True for everything with an MMX register, the conversions that may have one, and EMMS.
  var isMMX: Bool {
    operands.0.kind == .mmx || operands.1.kind == .mmx || operation == .emms
      || operation == .cvtpi2ps || operation == .cvtpi2pd
  }
}
