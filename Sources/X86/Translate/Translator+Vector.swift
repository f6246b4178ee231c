// swift-format-ignore-file
import CHostSIMD

// Which handlers an SSE instruction gets. The switch has no default: a new operation does not compile
// until it is given some, or is named as one of the integer unit's.

extension Emitter {
  /// Emits the micro-ops of an SSE instruction.
  ///
  /// - Returns: nil when `i` is none.
  mutating func vector(_ i: Instruction) -> TranslationStep? {
    switch i.operation {
    // Moves
    case .movaps, .movapd, .movdqa, .movntps, .movntpd, .movntdq:
      moveVector(i, loads: alignedLoads, stores: alignedStores)
    case .movups, .movupd, .movdqu:
      moveVector(i, loads: unalignedLoads, stores: unalignedStores)
    case .movss:            moveScalar(i, 4)
    case .movsd:            moveScalar(i, 8)
    case .movd, .movq:      moveQuadword(i)
    case .movlps, .movlpd:  moveHalf(i, isHigh: false)
    case .movhps, .movhpd:  moveHalf(i, isHigh: true)
    case .movhlps:          registers(i) { X86.moveScalar(UInt64.self, from: 8, to: 0, $0, $1, $2) }
    case .movlhps:          registers(i) { X86.moveScalar(UInt64.self, from: 0, to: 8, $0, $1, $2) }
    case .maskmovdqu:       moveMasked(i)
    case .movmskps:         toGPR(i) { vectorToGPR(host_movmskps, $0, $1, $2) }
    case .movmskpd:         toGPR(i) { vectorToGPR(host_movmskpd, $0, $1, $2) }
    case .pmovmskb:         toGPR(i) { vectorToGPR(host_pmovmskb, $0, $1, $2) }
    case .pextrw:           extract(i, 2) { extractLane(UInt16.self, $0, $1, $2) }
    case .pinsrw:           insert(i, 2) { insertLane(UInt16.self, $0, $1, $2) }

    // Floating-point arithmetic and logic
    case .addps:       packed(i, { vectorRR(host_addps, $0, $1, $2) }, { vectorRM(host_addps, $0, $1, $2) })
    case .addpd:       packed(i, { vectorRR(host_addpd, $0, $1, $2) }, { vectorRM(host_addpd, $0, $1, $2) })
    case .addss:
      scalar(
        i, { vectorRR(host_addss, $0, $1, $2) },
        { scalarRM(host_addss, Based.self, $0, $1, $2) },
        { scalarRM(host_addss, Indexed.self, $0, $1, $2) })
    case .addsd:
      scalar(
        i, { vectorRR(host_addsd, $0, $1, $2) },
        { scalarRM(host_addsd, Based.self, $0, $1, $2) },
        { scalarRM(host_addsd, Indexed.self, $0, $1, $2) })
    case .subps:       packed(i, { vectorRR(host_subps, $0, $1, $2) }, { vectorRM(host_subps, $0, $1, $2) })
    case .subpd:       packed(i, { vectorRR(host_subpd, $0, $1, $2) }, { vectorRM(host_subpd, $0, $1, $2) })
    case .subss:
      scalar(
        i, { vectorRR(host_subss, $0, $1, $2) },
        { scalarRM(host_subss, Based.self, $0, $1, $2) },
        { scalarRM(host_subss, Indexed.self, $0, $1, $2) })
    case .subsd:
      scalar(
        i, { vectorRR(host_subsd, $0, $1, $2) },
        { scalarRM(host_subsd, Based.self, $0, $1, $2) },
        { scalarRM(host_subsd, Indexed.self, $0, $1, $2) })
    case .mulps:       packed(i, { vectorRR(host_mulps, $0, $1, $2) }, { vectorRM(host_mulps, $0, $1, $2) })
    case .mulpd:       packed(i, { vectorRR(host_mulpd, $0, $1, $2) }, { vectorRM(host_mulpd, $0, $1, $2) })
    case .mulss:
      scalar(
        i, { vectorRR(host_mulss, $0, $1, $2) },
        { scalarRM(host_mulss, Based.self, $0, $1, $2) },
        { scalarRM(host_mulss, Indexed.self, $0, $1, $2) })
    case .mulsd:
      scalar(
        i, { vectorRR(host_mulsd, $0, $1, $2) },
        { scalarRM(host_mulsd, Based.self, $0, $1, $2) },
        { scalarRM(host_mulsd, Indexed.self, $0, $1, $2) })
    case .divps:       packed(i, { vectorRR(host_divps, $0, $1, $2) }, { vectorRM(host_divps, $0, $1, $2) })
    case .divpd:       packed(i, { vectorRR(host_divpd, $0, $1, $2) }, { vectorRM(host_divpd, $0, $1, $2) })
    case .divss:
      scalar(
        i, { vectorRR(host_divss, $0, $1, $2) },
        { scalarRM(host_divss, Based.self, $0, $1, $2) },
        { scalarRM(host_divss, Indexed.self, $0, $1, $2) })
    case .divsd:
      scalar(
        i, { vectorRR(host_divsd, $0, $1, $2) },
        { scalarRM(host_divsd, Based.self, $0, $1, $2) },
        { scalarRM(host_divsd, Indexed.self, $0, $1, $2) })
    case .minps:       packed(i, { vectorRR(host_minps, $0, $1, $2) }, { vectorRM(host_minps, $0, $1, $2) })
    case .minpd:       packed(i, { vectorRR(host_minpd, $0, $1, $2) }, { vectorRM(host_minpd, $0, $1, $2) })
    case .minss:
      scalar(
        i, { vectorRR(host_minss, $0, $1, $2) },
        { scalarRM(host_minss, Based.self, $0, $1, $2) },
        { scalarRM(host_minss, Indexed.self, $0, $1, $2) })
    case .minsd:
      scalar(
        i, { vectorRR(host_minsd, $0, $1, $2) },
        { scalarRM(host_minsd, Based.self, $0, $1, $2) },
        { scalarRM(host_minsd, Indexed.self, $0, $1, $2) })
    case .maxps:       packed(i, { vectorRR(host_maxps, $0, $1, $2) }, { vectorRM(host_maxps, $0, $1, $2) })
    case .maxpd:       packed(i, { vectorRR(host_maxpd, $0, $1, $2) }, { vectorRM(host_maxpd, $0, $1, $2) })
    case .maxss:
      scalar(
        i, { vectorRR(host_maxss, $0, $1, $2) },
        { scalarRM(host_maxss, Based.self, $0, $1, $2) },
        { scalarRM(host_maxss, Indexed.self, $0, $1, $2) })
    case .maxsd:
      scalar(
        i, { vectorRR(host_maxsd, $0, $1, $2) },
        { scalarRM(host_maxsd, Based.self, $0, $1, $2) },
        { scalarRM(host_maxsd, Indexed.self, $0, $1, $2) })
    case .sqrtps:     unary(i, .aligned16) { vectorUnary(host_sqrtps, $0, $1, $2) }
    case .sqrtpd:     unary(i, .aligned16) { vectorUnary(host_sqrtpd, $0, $1, $2) }
    case .rcpps:      unary(i, .aligned16) { vectorUnary(host_rcpps, $0, $1, $2) }
    case .rsqrtps:    unary(i, .aligned16) { vectorUnary(host_rsqrtps, $0, $1, $2) }
    case .sqrtss:     unary(i, .m32) { vectorUnary(host_sqrtss, $0, $1, $2) }
    case .rcpss:      unary(i, .m32) { vectorUnary(host_rcpss, $0, $1, $2) }
    case .rsqrtss:    unary(i, .m32) { vectorUnary(host_rsqrtss, $0, $1, $2) }
    case .sqrtsd:     unary(i, .m64) { vectorUnary(host_sqrtsd, $0, $1, $2) }
    case .andps, .andpd, .pand:   packed(i, { vectorRR(host_pand, $0, $1, $2) }, { vectorRM(host_pand, $0, $1, $2) })
    case .andnps, .andnpd, .pandn: packed(i, { vectorRR(host_pandn, $0, $1, $2) }, { vectorRM(host_pandn, $0, $1, $2) })
    case .orps, .orpd, .por:      packed(i, { vectorRR(host_por, $0, $1, $2) }, { vectorRM(host_por, $0, $1, $2) })
    case .xorps, .xorpd, .pxor:   packed(i, { vectorRR(host_pxor, $0, $1, $2) }, { vectorRM(host_pxor, $0, $1, $2) })
    // Comparisons
    case .cmpps:    unary(i, .aligned16, cmppsHandlers[Int(i.immediate & 7)])
    case .cmppd:    unary(i, .aligned16, cmppdHandlers[Int(i.immediate & 7)])
    case .cmpss:    unary(i, .m32, cmpssHandlers[Int(i.immediate & 7)])
    case .cmpsd:    unary(i, .m64, cmpsdHandlers[Int(i.immediate & 7)])
    case .comiss:   packed(i, { compareRR(host_comiss, $0, $1, $2) }, { compareRM(host_comiss, $0, $1, $2) })
    case .comisd:   packed(i, { compareRR(host_comisd, $0, $1, $2) }, { compareRM(host_comisd, $0, $1, $2) })
    case .ucomiss:  packed(i, { compareRR(host_ucomiss, $0, $1, $2) }, { compareRM(host_ucomiss, $0, $1, $2) })
    case .ucomisd:  packed(i, { compareRR(host_ucomisd, $0, $1, $2) }, { compareRM(host_ucomisd, $0, $1, $2) })
    // Conversions
    case .cvtsi2ss:    fromGPR(i, { gprToVector(host_cvtsi2ssl, $0, $1, $2) },
                            { gprToVector(host_cvtsi2ssq, $0, $1, $2) })
    case .cvtsi2sd:    fromGPR(i, { gprToVector(host_cvtsi2sdl, $0, $1, $2) },
                            { gprToVector(host_cvtsi2sdq, $0, $1, $2) })
    case .cvtss2si:    toInteger(i, .m32, { vectorToGPR(host_cvtss2sil, $0, $1, $2) },
                              { vectorToGPR(host_cvtss2siq, $0, $1, $2) })
    case .cvtsd2si:    toInteger(i, .m64, { vectorToGPR(host_cvtsd2sil, $0, $1, $2) },
                              { vectorToGPR(host_cvtsd2siq, $0, $1, $2) })
    case .cvttss2si:   toInteger(i, .m32, { vectorToGPR(host_cvttss2sil, $0, $1, $2) },
                              { vectorToGPR(host_cvttss2siq, $0, $1, $2) })
    case .cvttsd2si:   toInteger(i, .m64, { vectorToGPR(host_cvttsd2sil, $0, $1, $2) },
                              { vectorToGPR(host_cvttsd2siq, $0, $1, $2) })
    case .cvtss2sd:   unary(i, .m32) { vectorUnary(host_cvtss2sd, $0, $1, $2) }
    case .cvtsd2ss:   unary(i, .m64) { vectorUnary(host_cvtsd2ss, $0, $1, $2) }
    case .cvtps2pd:   unary(i, .m64) { vectorUnary(host_cvtps2pd, $0, $1, $2) }
    case .cvtpd2ps:   unary(i, .aligned16) { vectorUnary(host_cvtpd2ps, $0, $1, $2) }
    case .cvtdq2ps:   unary(i, .aligned16) { vectorUnary(host_cvtdq2ps, $0, $1, $2) }
    case .cvtdq2pd:   unary(i, .m64) { vectorUnary(host_cvtdq2pd, $0, $1, $2) }
    case .cvtps2dq:   unary(i, .aligned16) { vectorUnary(host_cvtps2dq, $0, $1, $2) }
    case .cvtpd2dq:   unary(i, .aligned16) { vectorUnary(host_cvtpd2dq, $0, $1, $2) }
    case .cvttps2dq:  unary(i, .aligned16) { vectorUnary(host_cvttps2dq, $0, $1, $2) }
    case .cvttpd2dq:  unary(i, .aligned16) { vectorUnary(host_cvttpd2dq, $0, $1, $2) }
    // Integers
    case .paddb:       packed(i, { vectorRR(host_paddb, $0, $1, $2) }, { vectorRM(host_paddb, $0, $1, $2) })
    case .paddw:       packed(i, { vectorRR(host_paddw, $0, $1, $2) }, { vectorRM(host_paddw, $0, $1, $2) })
    case .paddd:       packed(i, { vectorRR(host_paddd, $0, $1, $2) }, { vectorRM(host_paddd, $0, $1, $2) })
    case .paddq:       packed(i, { vectorRR(host_paddq, $0, $1, $2) }, { vectorRM(host_paddq, $0, $1, $2) })
    case .paddsb:      packed(i, { vectorRR(host_paddsb, $0, $1, $2) }, { vectorRM(host_paddsb, $0, $1, $2) })
    case .paddsw:      packed(i, { vectorRR(host_paddsw, $0, $1, $2) }, { vectorRM(host_paddsw, $0, $1, $2) })
    case .paddusb:     packed(i, { vectorRR(host_paddusb, $0, $1, $2) }, { vectorRM(host_paddusb, $0, $1, $2) })
    case .paddusw:     packed(i, { vectorRR(host_paddusw, $0, $1, $2) }, { vectorRM(host_paddusw, $0, $1, $2) })
    case .psubb:       packed(i, { vectorRR(host_psubb, $0, $1, $2) }, { vectorRM(host_psubb, $0, $1, $2) })
    case .psubw:       packed(i, { vectorRR(host_psubw, $0, $1, $2) }, { vectorRM(host_psubw, $0, $1, $2) })
    case .psubd:       packed(i, { vectorRR(host_psubd, $0, $1, $2) }, { vectorRM(host_psubd, $0, $1, $2) })
    case .psubq:       packed(i, { vectorRR(host_psubq, $0, $1, $2) }, { vectorRM(host_psubq, $0, $1, $2) })
    case .psubsb:      packed(i, { vectorRR(host_psubsb, $0, $1, $2) }, { vectorRM(host_psubsb, $0, $1, $2) })
    case .psubsw:      packed(i, { vectorRR(host_psubsw, $0, $1, $2) }, { vectorRM(host_psubsw, $0, $1, $2) })
    case .psubusb:     packed(i, { vectorRR(host_psubusb, $0, $1, $2) }, { vectorRM(host_psubusb, $0, $1, $2) })
    case .psubusw:     packed(i, { vectorRR(host_psubusw, $0, $1, $2) }, { vectorRM(host_psubusw, $0, $1, $2) })
    case .pmullw:      packed(i, { vectorRR(host_pmullw, $0, $1, $2) }, { vectorRM(host_pmullw, $0, $1, $2) })
    case .pmulhw:      packed(i, { vectorRR(host_pmulhw, $0, $1, $2) }, { vectorRM(host_pmulhw, $0, $1, $2) })
    case .pmulhuw:     packed(i, { vectorRR(host_pmulhuw, $0, $1, $2) }, { vectorRM(host_pmulhuw, $0, $1, $2) })
    case .pmuludq:     packed(i, { vectorRR(host_pmuludq, $0, $1, $2) }, { vectorRM(host_pmuludq, $0, $1, $2) })
    case .pmaddwd:     packed(i, { vectorRR(host_pmaddwd, $0, $1, $2) }, { vectorRM(host_pmaddwd, $0, $1, $2) })
    case .psadbw:      packed(i, { vectorRR(host_psadbw, $0, $1, $2) }, { vectorRM(host_psadbw, $0, $1, $2) })
    case .pavgb:       packed(i, { vectorRR(host_pavgb, $0, $1, $2) }, { vectorRM(host_pavgb, $0, $1, $2) })
    case .pavgw:       packed(i, { vectorRR(host_pavgw, $0, $1, $2) }, { vectorRM(host_pavgw, $0, $1, $2) })
    case .pminub:      packed(i, { vectorRR(host_pminub, $0, $1, $2) }, { vectorRM(host_pminub, $0, $1, $2) })
    case .pminsw:      packed(i, { vectorRR(host_pminsw, $0, $1, $2) }, { vectorRM(host_pminsw, $0, $1, $2) })
    case .pmaxub:      packed(i, { vectorRR(host_pmaxub, $0, $1, $2) }, { vectorRM(host_pmaxub, $0, $1, $2) })
    case .pmaxsw:      packed(i, { vectorRR(host_pmaxsw, $0, $1, $2) }, { vectorRM(host_pmaxsw, $0, $1, $2) })
    case .pcmpeqb:     packed(i, { vectorRR(host_pcmpeqb, $0, $1, $2) }, { vectorRM(host_pcmpeqb, $0, $1, $2) })
    case .pcmpeqw:     packed(i, { vectorRR(host_pcmpeqw, $0, $1, $2) }, { vectorRM(host_pcmpeqw, $0, $1, $2) })
    case .pcmpeqd:     packed(i, { vectorRR(host_pcmpeqd, $0, $1, $2) }, { vectorRM(host_pcmpeqd, $0, $1, $2) })
    case .pcmpgtb:     packed(i, { vectorRR(host_pcmpgtb, $0, $1, $2) }, { vectorRM(host_pcmpgtb, $0, $1, $2) })
    case .pcmpgtw:     packed(i, { vectorRR(host_pcmpgtw, $0, $1, $2) }, { vectorRM(host_pcmpgtw, $0, $1, $2) })
    case .pcmpgtd:     packed(i, { vectorRR(host_pcmpgtd, $0, $1, $2) }, { vectorRM(host_pcmpgtd, $0, $1, $2) })
    case .psllw:       shift(i, { vectorRR(host_psllw, $0, $1, $2) }, { vectorRM(host_psllw, $0, $1, $2) },
                          { vectorRI(host_psllw, $0, $1, $2) })
    case .pslld:       shift(i, { vectorRR(host_pslld, $0, $1, $2) }, { vectorRM(host_pslld, $0, $1, $2) },
                          { vectorRI(host_pslld, $0, $1, $2) })
    case .psllq:       shift(i, { vectorRR(host_psllq, $0, $1, $2) }, { vectorRM(host_psllq, $0, $1, $2) },
                          { vectorRI(host_psllq, $0, $1, $2) })
    case .psrlw:       shift(i, { vectorRR(host_psrlw, $0, $1, $2) }, { vectorRM(host_psrlw, $0, $1, $2) },
                          { vectorRI(host_psrlw, $0, $1, $2) })
    case .psrld:       shift(i, { vectorRR(host_psrld, $0, $1, $2) }, { vectorRM(host_psrld, $0, $1, $2) },
                          { vectorRI(host_psrld, $0, $1, $2) })
    case .psrlq:       shift(i, { vectorRR(host_psrlq, $0, $1, $2) }, { vectorRM(host_psrlq, $0, $1, $2) },
                          { vectorRI(host_psrlq, $0, $1, $2) })
    case .psraw:       shift(i, { vectorRR(host_psraw, $0, $1, $2) }, { vectorRM(host_psraw, $0, $1, $2) },
                          { vectorRI(host_psraw, $0, $1, $2) })
    case .psrad:       shift(i, { vectorRR(host_psrad, $0, $1, $2) }, { vectorRM(host_psrad, $0, $1, $2) },
                          { vectorRI(host_psrad, $0, $1, $2) })
    // Shuffles
    case .packsswb:    packed(i, { vectorRR(host_packsswb, $0, $1, $2) }, { vectorRM(host_packsswb, $0, $1, $2) })
    case .packssdw:    packed(i, { vectorRR(host_packssdw, $0, $1, $2) }, { vectorRM(host_packssdw, $0, $1, $2) })
    case .packuswb:    packed(i, { vectorRR(host_packuswb, $0, $1, $2) }, { vectorRM(host_packuswb, $0, $1, $2) })
    case .punpcklbw:   packed(i, { vectorRR(host_punpcklbw, $0, $1, $2) }, { vectorRM(host_punpcklbw, $0, $1, $2) })
    case .punpcklwd:   packed(i, { vectorRR(host_punpcklwd, $0, $1, $2) }, { vectorRM(host_punpcklwd, $0, $1, $2) })
    case .punpckldq:   packed(i, { vectorRR(host_punpckldq, $0, $1, $2) }, { vectorRM(host_punpckldq, $0, $1, $2) })
    case .punpcklqdq:  packed(i, { vectorRR(host_punpcklqdq, $0, $1, $2) }, { vectorRM(host_punpcklqdq, $0, $1, $2) })
    case .punpckhbw:   packed(i, { vectorRR(host_punpckhbw, $0, $1, $2) }, { vectorRM(host_punpckhbw, $0, $1, $2) })
    case .punpckhwd:   packed(i, { vectorRR(host_punpckhwd, $0, $1, $2) }, { vectorRM(host_punpckhwd, $0, $1, $2) })
    case .punpckhdq:   packed(i, { vectorRR(host_punpckhdq, $0, $1, $2) }, { vectorRM(host_punpckhdq, $0, $1, $2) })
    case .punpckhqdq:  packed(i, { vectorRR(host_punpckhqdq, $0, $1, $2) }, { vectorRM(host_punpckhqdq, $0, $1, $2) })
    case .unpcklps:    packed(i, { vectorRR(host_punpckldq, $0, $1, $2) }, { vectorRM(host_punpckldq, $0, $1, $2) })
    case .unpckhps:    packed(i, { vectorRR(host_punpckhdq, $0, $1, $2) }, { vectorRM(host_punpckhdq, $0, $1, $2) })
    case .unpcklpd:    packed(i, { vectorRR(host_punpcklqdq, $0, $1, $2) }, { vectorRM(host_punpcklqdq, $0, $1, $2) })
    case .unpckhpd:    packed(i, { vectorRR(host_punpckhqdq, $0, $1, $2) }, { vectorRM(host_punpckhqdq, $0, $1, $2) })
    case .pslldq, .psrldq, .pshufd, .pshuflw, .pshufhw, .shufps, .shufpd:
      shuffle(i)
    // State
    case .ldmxcsr:
      let from = source(i, i.operands.0)
      let number = calloutNumber(i)
      emit(loadMXCSRRegister) {
        $0.source = from
        $0.immediate = number
      }
    case .stmxcsr:
      let a = address(i)
      emit(storeMXCSRRegister) { a.write(to: &$0) }
    case .fxsave, .fxrstor:
      emitCallout(i)
    // With VEX there is another translator; XSAVE is executed one at a time.
    case .vbroadcastss, .vbroadcastsd, .vbroadcast128, .vpbroadcastb, .vpbroadcastw, .vmaskmovps,
      .vmaskmovpd, .vgatherdps, .vgatherdpd, .vgatherqps, .vgatherqpd, .vzeroupper, .vzeroall,
      .vtestps, .vtestpd, .vpermilps, .vpermilpd, .vperm2f128, .vinsertf128, .vextractf128,
      .vcvtph2ps, .vcvtps2ph, .vpsrlvd, .vpsrlvq, .vpsravd, .vpsllvd, .vpsllvq, .vpermd, .vpermq,
      .vpblendd, .vfmaddsub132ps, .vfmaddsub132pd, .vfmsubadd132ps, .vfmsubadd132pd, .vfmadd132ps,
      .vfmadd132pd, .vfmadd132ss, .vfmadd132sd, .vfmsub132ps, .vfmsub132pd, .vfmsub132ss,
      .vfmsub132sd, .vfnmadd132ps, .vfnmadd132pd, .vfnmadd132ss, .vfnmadd132sd, .vfnmsub132ps,
      .vfnmsub132pd, .vfnmsub132ss, .vfnmsub132sd, .vfmaddsub213ps, .vfmaddsub213pd,
      .vfmsubadd213ps, .vfmsubadd213pd, .vfmadd213ps, .vfmadd213pd, .vfmadd213ss, .vfmadd213sd,
      .vfmsub213ps, .vfmsub213pd, .vfmsub213ss, .vfmsub213sd, .vfnmadd213ps, .vfnmadd213pd,
      .vfnmadd213ss, .vfnmadd213sd, .vfnmsub213ps, .vfnmsub213pd, .vfnmsub213ss, .vfnmsub213sd,
      .vfmaddsub231ps, .vfmaddsub231pd, .vfmsubadd231ps, .vfmsubadd231pd, .vfmadd231ps,
      .vfmadd231pd, .vfmadd231ss, .vfmadd231sd, .vfmsub231ps, .vfmsub231pd, .vfmsub231ss,
      .vfmsub231sd, .vfnmadd231ps, .vfnmadd231pd, .vfnmadd231ss, .vfnmadd231sd, .vfnmsub231ps,
      .vfnmsub231pd, .vfnmsub231ss, .vfnmsub231sd, .xsetbv, .xsave, .xsaveopt, .xsavec, .xrstor:
      return nil
    // Not SSE
    case .mov, .movzx, .movsx, .movsxd, .movbe, .lea, .xchg, .bswap, .push, .pop, .pushf, .popf,
      .cmovcc, .cbw, .cwde, .cdqe, .cwd, .cdq, .cqo, .xlat, .movnti, .enter, .leave, .movSegment,
      .pushSegment, .popSegment, .lss, .lfs, .lgs, .movControl, .movDebug, .add, .adc, .sub, .sbb,
      .cmp, .inc, .dec, .neg, .mul, .imul, .div, .idiv, .xadd, .cmpxchg, .cmpxchg8b, .cmpxchg16b,
      .and, .or, .xor, .not, .test, .rol, .ror, .rcl, .rcr, .shl, .shr, .sar, .shld, .shrd, .bt,
      .bts, .btr, .btc, .bsf, .bsr, .setcc, .popcnt, .jmp, .jcc, .jrcxz, .loop, .loope, .loopne,
      .call, .ret, .retFar, .jmpFar, .callFar, .iret, .int, .int1, .int3, .syscall, .sysret,
      .sysenter, .sysexit, .movs, .cmps, .scas, .lods, .stos, .ins, .outs, .clc, .stc, .cmc, .cld,
      .std, .cli, .sti, .lahf, .sahf, .clac, .stac, .nop, .pause, .ud0, .ud1, .ud2, .cpuid, .rdtsc,
      .rdtscp, .lfence, .mfence, .sfence, .clflush, .prefetch, .fwait, .hlt, .in, .out, .endbr64,
      .swapgs, .rdmsr, .wrmsr, .lgdt, .lidt, .lldt, .ltr, .sgdt, .sidt, .sldt, .str, .lmsw, .smsw,
      .clts, .invlpg, .invd, .wbinvd, .lar, .lsl, .verr, .verw, .rdpmc, .xgetbv, .adcx, .adox,
      .tzcnt, .lzcnt, .clflushopt, .clwb, .rdrand, .rdseed, .rdpid, .rdfsbase, .rdgsbase, .wrfsbase,
      .wrgsbase, .andn, .bextr, .blsi, .blsmsk, .blsr, .bzhi, .mulx, .pdep, .pext, .rorx, .sarx, .shlx,
      .shrx:
      return nil
    // SSE3 and later, x87 and MMX have translators of their own.
    case .movddup, .movsldup, .movshdup, .lddqu, .addsubps, .addsubpd, .haddps, .haddpd, .hsubps,
      .hsubpd, .pshufb, .phaddw, .phaddd, .phaddsw, .phsubw, .phsubd, .phsubsw, .pmaddubsw,
      .pmulhrsw, .psignb, .psignw, .psignd, .pabsb, .pabsw, .pabsd, .palignr, .pmuldq, .pmulld,
      .pminsb, .pminsd, .pminuw, .pminud, .pmaxsb, .pmaxsd, .pmaxuw, .pmaxud, .pcmpeqq, .packusdw,
      .phminposuw, .mpsadbw, .ptest, .pmovsxbw, .pmovsxbd, .pmovsxbq, .pmovsxwd, .pmovsxwq,
      .pmovsxdq, .pmovzxbw, .pmovzxbd, .pmovzxbq, .pmovzxwd, .pmovzxwq, .pmovzxdq, .blendps,
      .blendpd, .pblendw, .pblendvb, .blendvps, .blendvpd, .insertps, .pinsrb, .pinsrd, .pinsrq,
      .extractps, .pextrb, .pextrd, .pextrq, .movntdqa, .roundps, .roundpd, .roundss, .roundsd,
      .dpps, .dppd, .pcmpgtq, .pcmpestrm, .pcmpestri, .pcmpistrm, .pcmpistri, .crc32, .aesenc,
      .aesenclast, .aesdec, .aesdeclast, .aesimc, .aeskeygenassist, .pclmulqdq, .sha1rnds4,
      .sha1nexte, .sha1msg1, .sha1msg2, .sha256rnds2, .sha256msg1, .sha256msg2:
      return nil
    case .emms, .pshufw, .maskmovq, .movntq, .movdq2q, .movq2dq, .cvtpi2ps, .cvtps2pi, .cvttps2pi,
      .cvtpi2pd, .cvtpd2pi, .cvttpd2pi, .fld, .fst, .fstp, .fild, .fist, .fistp, .fisttp, .fbld,
      .fbstp, .fxch, .fcmovb, .fcmove, .fcmovbe, .fcmovu, .fcmovnb, .fcmovne, .fcmovnbe, .fcmovnu,
      .fld1, .fldl2t, .fldl2e, .fldpi, .fldlg2, .fldln2, .fldz, .fadd, .faddp, .fiadd, .fmul,
      .fmulp, .fimul, .fsub, .fsubp, .fisub, .fsubr, .fsubrp, .fisubr, .fdiv, .fdivp, .fidiv,
      .fdivr, .fdivrp, .fidivr, .fcom, .ficom, .fcomp, .ficomp, .fcompp, .fucom, .fucomp,
      .fucompp, .fcomi, .fcomip, .fucomi, .fucomip, .ftst, .fxam, .fchs, .fabs, .fxtract, .fprem1,
      .fprem, .fsqrt, .frndint, .fscale, .f2xm1, .fyl2x, .fptan, .fpatan, .fyl2xp1, .fsincos,
      .fsin, .fcos, .fninit, .fnclex, .fldcw, .fnstcw, .fnstsw, .fldenv, .fnstenv, .frstor,
      .fnsave, .fdecstp, .fincstp, .ffree, .fnop, .fstpnce, .fneni, .ffreep:
      return nil
    }
    return .one
  }
}
