// swift-format-ignore-file
import CHostSIMD

// Which handlers a vector instruction with VEX gets.

extension Emitter {
  /// Emits the micro-ops of a vector instruction with VEX.
  ///
  /// - Returns: nil when `i` is none.
  mutating func vexVector(_ i: Instruction) -> TranslationStep? {
    guard i.prefixes.contains(.vex) else { return nil }
    if fusedPacked(i) || fusedShift(i) || fusedScalar(i) { return .one }
    if let done = fusedMultiplyAdd(i) { return done }
    switch i.operation {
    // Moves
    case .movaps, .movapd, .movdqa, .movntps, .movntpd, .movntdq, .movntdqa:
      moveWide(i, isAligned: true)
    case .movups, .movupd, .movdqu, .lddqu:
      moveWide(i, isAligned: false)
    case .movss, .movsd:          moveScalarVEX(i)
    case .movd, .movq:            moveQuadwordVEX(i)
    case .movlps, .movlpd:        moveHalfVEX(i, isHigh: false)
    case .movhps, .movhpd:        moveHalfVEX(i, isHigh: true)
    case .movlhps:                halves(i) { halfRR(host_punpcklqdq, $0, $1, $2) }
    case .movhlps:                halves(i) { halfRR({ (a: V128, b: V128) in host_punpckhqdq(b, a) }, $0, $1, $2) }
    case .vbroadcastss:           broadcast(i, 4)
    case .vbroadcastsd:           broadcast(i, 8)
    case .vpbroadcastb:           broadcast(i, 1)
    case .vpbroadcastw:           broadcast(i, 2)
    case .vbroadcast128:          broadcastHalf(i)
    case .vinsertf128:            insertHalf(i)
    case .vextractf128:           extractHalf(i)
    case .vmaskmovps:             moveByMask(i, loads: maskedLoads4, stores: maskedStores4)
    case .vmaskmovpd:             moveByMask(i, loads: maskedLoads8, stores: maskedStores8)
    case .vgatherdps, .vgatherdpd, .vgatherqps, .vgatherqpd:
      emitCallout(i)
    case .vzeroupper:             emit(zeroUpperHalves)
    case .vzeroall:               emit(zeroVectors)
    case .movmskps:               return signs(i) { wideToGPR(host_movmskps, bits: 4, $0, $1, $2) }
    case .movmskpd:               return signs(i) { wideToGPR(host_movmskpd, bits: 2, $0, $1, $2) }
    case .pmovmskb:               return signs(i) { wideToGPR(host_pmovmskb, bits: 16, $0, $1, $2) }
    // No vector register is written.
    case .comiss, .comisd, .ucomiss, .ucomisd, .cvtss2si, .cvtsd2si, .cvttss2si, .cvttsd2si, .ldmxcsr,
      .stmxcsr, .pextrb, .pextrw, .pextrd, .pextrq, .extractps, .maskmovdqu:
      return laterVector(i) ?? vector(i)
    case .ptest:                  test(i, bits: .max)
    case .vtestps:                test(i, bits: 0x8000_0000_8000_0000)
    case .vtestpd:                test(i, bits: 0x8000_0000_0000_0000)
    // Permutations and blends
    case .vperm2f128:             permuteHalves(i)
    case .vpermq:                 permuteQuads(i)
    case .vpermd:                 permuteDoubles(i)
    case .vpermilps, .vpermilpd:
      if i.operands.2.kind == .immediate { return permuteInHalves(i) }
      guard host.contains(.ssse3) else { emitCallout(i); break }
      if i.operation == .vpermilps {
        halves(i) { halfRR(host_vpermilps, $0, $1, $2) }
      } else {
        halves(i) { halfRR(host_vpermilpd, $0, $1, $2) }
      }
    case .vpblendd:               blendDoublewords(i)
    case .pblendvb:               blendByMask(i) { halfRRR({ host_select($1, $2, $0) }, $0, $1, $2) }
    case .blendvps:               blendByMask(i) { halfRRR({ host_blend($0, $1, host_signs_d($2)) }, $0, $1, $2) }
    case .blendvpd:               blendByMask(i) { halfRRR({ host_blend($0, $1, host_signs_q($2)) }, $0, $1, $2) }
    // Shifts by a count for each element
    case .vpsllvd, .vpsllvq, .vpsrlvd, .vpsrlvq, .vpsravd:
      halves(i, variableShift(i.operation))
    // Comparisons
    case .cmpps:                  comparePacked(i) { halfByPredicate(host_predicateps, $0, $1, $2) }
    case .cmppd:                  comparePacked(i) { halfByPredicate(host_predicatepd, $0, $1, $2) }
    case .cmpss:                  compareScalar(i) { scalarByPredicate(host_predicatess, Float.self, $0, $1, $2) }
    case .cmpsd:                  compareScalar(i) { scalarByPredicate(host_predicatesd, Double.self, $0, $1, $2) }
    // Conversions
    case .cvtsi2ss:               convertFromGPR(i, { scalarFromGPR(host_cvtsi2ssl, $0, $1, $2) }, { scalarFromGPR(host_cvtsi2ssq, $0, $1, $2) })
    case .cvtsi2sd:               convertFromGPR(i, { scalarFromGPR(host_cvtsi2sdl, $0, $1, $2) }, { scalarFromGPR(host_cvtsi2sdq, $0, $1, $2) })
    case .cvtps2pd:               widen(i, step: 8) { vectorUnary({ (a: UInt64) in host_cvtps2pd(zeroExtended(a)) }, $0, $1, $2) }
    case .cvtdq2pd:               widen(i, step: 8) { vectorUnary({ (a: UInt64) in host_cvtdq2pd(zeroExtended(a)) }, $0, $1, $2) }
    case .cvtpd2ps:               narrowed(i, { vectorUnary(host_cvtpd2ps, $0, $1, $2) }, { narrow(host_cvtpd2ps, $0, $1, $2) })
    case .cvtpd2dq:               narrowed(i, { vectorUnary(host_cvtpd2dq, $0, $1, $2) }, { narrow(host_cvtpd2dq, $0, $1, $2) })
    case .cvttpd2dq:              narrowed(i, { vectorUnary(host_cvttpd2dq, $0, $1, $2) }, { narrow(host_cvttpd2dq, $0, $1, $2) })
    case .pmovsxbw, .pmovsxwd, .pmovsxdq, .pmovzxbw, .pmovzxwd, .pmovzxdq, .pmovsxbd, .pmovsxwq, .pmovzxbd,
      .pmovzxwq, .pmovsxbq, .pmovzxbq:
      return extendElements(i)
    case .vcvtph2ps:
      guard host.contains(.f16c) else { emitCallout(i); break }
      widen(i, step: 8) { vectorUnary({ (a: UInt64) in host_vcvtph2ps(zeroExtended(a)) }, $0, $1, $2) }
    case .vcvtps2ph:              convertToHalf(i)
    // Executed one at a time.
    case .pcmpestrm, .pcmpistrm, .pcmpestri, .pcmpistri:
      emitCallout(i)
    default:
      // Not a vector instruction: BMI.
      guard i.operands.0.kind == .xmm else { return nil }
      return byHalves(i)
    }
    return .one
  }

  private func variableShift(_ operation: Operation) -> Handler {
    let isFast = host.contains(.avx2)
    switch operation {
    case .vpsllvd:
      return isFast ? { halfRR(host_vpsllvd, $0, $1, $2) } : { halfRR(shiftLeftEach32, $0, $1, $2) }
    case .vpsllvq:
      return isFast ? { halfRR(host_vpsllvq, $0, $1, $2) } : { halfRR(shiftLeftEach64, $0, $1, $2) }
    case .vpsrlvd:
      return isFast ? { halfRR(host_vpsrlvd, $0, $1, $2) } : { halfRR(shiftRightEach32, $0, $1, $2) }
    case .vpsrlvq:
      return isFast ? { halfRR(host_vpsrlvq, $0, $1, $2) } : { halfRR(shiftRightEach64, $0, $1, $2) }
    default:
      return isFast ? { halfRR(host_vpsravd, $0, $1, $2) } : { halfRR(shiftArithmeticEach32, $0, $1, $2) }
    }
  }

  /// VPMOVSX, VPMOVZX
  private mutating func extendElements(_ i: Instruction) -> TranslationStep {
    guard i.isWide, host.isSuperset(of: .forHalves) else { return byHalves(i) }
    switch i.operation {
    case .pmovsxbw: widen(i, step: 8) { vectorUnary({ (a: UInt64) in host_pmovsxbw(zeroExtended(a)) }, $0, $1, $2) }
    case .pmovzxbw: widen(i, step: 8) { vectorUnary({ (a: UInt64) in host_pmovzxbw(zeroExtended(a)) }, $0, $1, $2) }
    case .pmovsxwd: widen(i, step: 8) { vectorUnary({ (a: UInt64) in host_pmovsxwd(zeroExtended(a)) }, $0, $1, $2) }
    case .pmovzxwd: widen(i, step: 8) { vectorUnary({ (a: UInt64) in host_pmovzxwd(zeroExtended(a)) }, $0, $1, $2) }
    case .pmovsxdq: widen(i, step: 8) { vectorUnary({ (a: UInt64) in host_pmovsxdq(zeroExtended(a)) }, $0, $1, $2) }
    case .pmovzxdq: widen(i, step: 8) { vectorUnary({ (a: UInt64) in host_pmovzxdq(zeroExtended(a)) }, $0, $1, $2) }
    case .pmovsxbd: widen(i, step: 4) { vectorUnary({ (a: UInt32) in host_pmovsxbd(zeroExtended(a)) }, $0, $1, $2) }
    case .pmovzxbd: widen(i, step: 4) { vectorUnary({ (a: UInt32) in host_pmovzxbd(zeroExtended(a)) }, $0, $1, $2) }
    case .pmovsxwq: widen(i, step: 4) { vectorUnary({ (a: UInt32) in host_pmovsxwq(zeroExtended(a)) }, $0, $1, $2) }
    case .pmovzxwq: widen(i, step: 4) { vectorUnary({ (a: UInt32) in host_pmovzxwq(zeroExtended(a)) }, $0, $1, $2) }
    default: return extendByShifting(i, step: 2)
    }
    return .one
  }

  /// The same with the part of the upper half shifted to the bottom of the scratch register.
  private mutating func extendByShifting(_ i: Instruction, step: Int) -> TranslationStep {
    let from = loaded(i, i.operands.1)
    let scratch = Operand.half(Slot.scratchVector, upper: false)
    if from.register != Slot.scratchVector { copy(from: from, to: Slot.scratchVector) }
    for upper in [false, true] {
      if upper {
        let control = ShuffleControl { $0 &+ step < 16 ? $0 &+ step : nil }
        emit(shuffleOne) {
          $0.destination = Self.vector(scratch)
          $0.source = Self.vector(scratch)
          control.write(to: &$0)
        }
      }
      var half = i
      half.prefixes.remove(.vex)
      half.operands.0 = .half(i.operands.0.register, upper: upper)
      half.operands.1 = scratch
      _ = laterVector(half)
    }
    return .one
  }

  /// VCVTPS2PH
  private mutating func convertToHalf(_ i: Instruction) {
    guard host.contains(.f16c) else { return emitCallout(i) }
    let number = i.immediate & 4 != 0 ? 4 : Int(truncatingIfNeeded: i.immediate & 3)
    let isMemory = i.operands.0.kind == .memory
    let to = isMemory ? Slot.vector(Slot.scratchVector) : Self.vector(i.operands.0)
    if isMemory {
      // A store that faults must not raise what the conversion does.
      store(i, i.operands.1.size == 32 ? storeProbes16 : storeProbes8, to)
    }
    emit((i.operands.1.size == 32 ? wideHalfPrecisions : halfPrecisions)[number]) {
      $0.destination = to
      $0.source = Self.vector(i.operands.1)
    }
    guard isMemory else {
      if i.operands.1.size != 32 { clearUpper(i.operands.0.register) }
      return
    }
    store(i, i.operands.1.size == 32 ? convertedStores16 : convertedStores8, to)
  }
}

/// VCVTPS2PH by rounding: nearest, down, up, towards zero, MXCSR's.
private let halfPrecisions: [Handler] = [
  { vectorUnary(host_vcvtps2ph_0, $0, $1, $2) },
  { vectorUnary(host_vcvtps2ph_1, $0, $1, $2) },
  { vectorUnary(host_vcvtps2ph_2, $0, $1, $2) },
  { vectorUnary(host_vcvtps2ph_3, $0, $1, $2) },
  { vectorUnary(host_vcvtps2ph_4, $0, $1, $2) },
]
private let wideHalfPrecisions: [Handler] = [
  { narrow(host_vcvtps2ph_0, $0, $1, $2) },
  { narrow(host_vcvtps2ph_1, $0, $1, $2) },
  { narrow(host_vcvtps2ph_2, $0, $1, $2) },
  { narrow(host_vcvtps2ph_3, $0, $1, $2) },
  { narrow(host_vcvtps2ph_4, $0, $1, $2) },
]
