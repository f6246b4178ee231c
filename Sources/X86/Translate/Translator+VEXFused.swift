// swift-format-ignore-file
import CHostSIMD

// Which fused handlers VEX instructions get: those that compilers and libraries use in loops. All
// others are made of the handlers of 16 bytes (see Translator+VEXForms.swift).

extension Emitter {
  /// Emits packed integer and floating-point instructions of two sources.
  ///
  /// - Returns: false when `i` is none, or the host lacks the instruction.
  mutating func fusedPacked(_ i: Instruction) -> Bool {
    switch i.operation {
    case .addps:
      return fused(i, { fusedRR(host_addps, $0, $1, $2) }, { fusedRM(host_addps, $0, $1, $2) },
                   { fusedWideRR(host_addps, $0, $1, $2) }, { fusedWideRM(host_addps, $0, $1, $2) })
    case .addpd:
      return fused(i, { fusedRR(host_addpd, $0, $1, $2) }, { fusedRM(host_addpd, $0, $1, $2) },
                   { fusedWideRR(host_addpd, $0, $1, $2) }, { fusedWideRM(host_addpd, $0, $1, $2) })
    case .subps:
      return fused(i, { fusedRR(host_subps, $0, $1, $2) }, { fusedRM(host_subps, $0, $1, $2) },
                   { fusedWideRR(host_subps, $0, $1, $2) }, { fusedWideRM(host_subps, $0, $1, $2) })
    case .subpd:
      return fused(i, { fusedRR(host_subpd, $0, $1, $2) }, { fusedRM(host_subpd, $0, $1, $2) },
                   { fusedWideRR(host_subpd, $0, $1, $2) }, { fusedWideRM(host_subpd, $0, $1, $2) })
    case .mulps:
      return fused(i, { fusedRR(host_mulps, $0, $1, $2) }, { fusedRM(host_mulps, $0, $1, $2) },
                   { fusedWideRR(host_mulps, $0, $1, $2) }, { fusedWideRM(host_mulps, $0, $1, $2) })
    case .mulpd:
      return fused(i, { fusedRR(host_mulpd, $0, $1, $2) }, { fusedRM(host_mulpd, $0, $1, $2) },
                   { fusedWideRR(host_mulpd, $0, $1, $2) }, { fusedWideRM(host_mulpd, $0, $1, $2) })
    case .divps:
      return fused(i, { fusedRR(host_divps, $0, $1, $2) }, { fusedRM(host_divps, $0, $1, $2) },
                   { fusedWideRR(host_divps, $0, $1, $2) }, { fusedWideRM(host_divps, $0, $1, $2) })
    case .divpd:
      return fused(i, { fusedRR(host_divpd, $0, $1, $2) }, { fusedRM(host_divpd, $0, $1, $2) },
                   { fusedWideRR(host_divpd, $0, $1, $2) }, { fusedWideRM(host_divpd, $0, $1, $2) })
    case .minps:
      return fused(i, { fusedRR(host_minps, $0, $1, $2) }, { fusedRM(host_minps, $0, $1, $2) },
                   { fusedWideRR(host_minps, $0, $1, $2) }, { fusedWideRM(host_minps, $0, $1, $2) })
    case .minpd:
      return fused(i, { fusedRR(host_minpd, $0, $1, $2) }, { fusedRM(host_minpd, $0, $1, $2) },
                   { fusedWideRR(host_minpd, $0, $1, $2) }, { fusedWideRM(host_minpd, $0, $1, $2) })
    case .maxps:
      return fused(i, { fusedRR(host_maxps, $0, $1, $2) }, { fusedRM(host_maxps, $0, $1, $2) },
                   { fusedWideRR(host_maxps, $0, $1, $2) }, { fusedWideRM(host_maxps, $0, $1, $2) })
    case .maxpd:
      return fused(i, { fusedRR(host_maxpd, $0, $1, $2) }, { fusedRM(host_maxpd, $0, $1, $2) },
                   { fusedWideRR(host_maxpd, $0, $1, $2) }, { fusedWideRM(host_maxpd, $0, $1, $2) })
    case .paddb:
      return fused(i, { fusedRR(host_paddb, $0, $1, $2) }, { fusedRM(host_paddb, $0, $1, $2) },
                   { fusedWideRR(host_paddb, $0, $1, $2) }, { fusedWideRM(host_paddb, $0, $1, $2) })
    case .paddw:
      return fused(i, { fusedRR(host_paddw, $0, $1, $2) }, { fusedRM(host_paddw, $0, $1, $2) },
                   { fusedWideRR(host_paddw, $0, $1, $2) }, { fusedWideRM(host_paddw, $0, $1, $2) })
    case .paddd:
      return fused(i, { fusedRR(host_paddd, $0, $1, $2) }, { fusedRM(host_paddd, $0, $1, $2) },
                   { fusedWideRR(host_paddd, $0, $1, $2) }, { fusedWideRM(host_paddd, $0, $1, $2) })
    case .paddq:
      return fused(i, { fusedRR(host_paddq, $0, $1, $2) }, { fusedRM(host_paddq, $0, $1, $2) },
                   { fusedWideRR(host_paddq, $0, $1, $2) }, { fusedWideRM(host_paddq, $0, $1, $2) })
    case .psubb:
      return fused(i, { fusedRR(host_psubb, $0, $1, $2) }, { fusedRM(host_psubb, $0, $1, $2) },
                   { fusedWideRR(host_psubb, $0, $1, $2) }, { fusedWideRM(host_psubb, $0, $1, $2) })
    case .psubw:
      return fused(i, { fusedRR(host_psubw, $0, $1, $2) }, { fusedRM(host_psubw, $0, $1, $2) },
                   { fusedWideRR(host_psubw, $0, $1, $2) }, { fusedWideRM(host_psubw, $0, $1, $2) })
    case .psubd:
      return fused(i, { fusedRR(host_psubd, $0, $1, $2) }, { fusedRM(host_psubd, $0, $1, $2) },
                   { fusedWideRR(host_psubd, $0, $1, $2) }, { fusedWideRM(host_psubd, $0, $1, $2) })
    case .psubq:
      return fused(i, { fusedRR(host_psubq, $0, $1, $2) }, { fusedRM(host_psubq, $0, $1, $2) },
                   { fusedWideRR(host_psubq, $0, $1, $2) }, { fusedWideRM(host_psubq, $0, $1, $2) })
    case .paddusb:
      return fused(i, { fusedRR(host_paddusb, $0, $1, $2) }, { fusedRM(host_paddusb, $0, $1, $2) },
                   { fusedWideRR(host_paddusb, $0, $1, $2) }, { fusedWideRM(host_paddusb, $0, $1, $2) })
    case .psubusb:
      return fused(i, { fusedRR(host_psubusb, $0, $1, $2) }, { fusedRM(host_psubusb, $0, $1, $2) },
                   { fusedWideRR(host_psubusb, $0, $1, $2) }, { fusedWideRM(host_psubusb, $0, $1, $2) })
    case .pmullw:
      return fused(i, { fusedRR(host_pmullw, $0, $1, $2) }, { fusedRM(host_pmullw, $0, $1, $2) },
                   { fusedWideRR(host_pmullw, $0, $1, $2) }, { fusedWideRM(host_pmullw, $0, $1, $2) })
    case .pmulhw:
      return fused(i, { fusedRR(host_pmulhw, $0, $1, $2) }, { fusedRM(host_pmulhw, $0, $1, $2) },
                   { fusedWideRR(host_pmulhw, $0, $1, $2) }, { fusedWideRM(host_pmulhw, $0, $1, $2) })
    case .pmulhuw:
      return fused(i, { fusedRR(host_pmulhuw, $0, $1, $2) }, { fusedRM(host_pmulhuw, $0, $1, $2) },
                   { fusedWideRR(host_pmulhuw, $0, $1, $2) }, { fusedWideRM(host_pmulhuw, $0, $1, $2) })
    case .pmuludq:
      return fused(i, { fusedRR(host_pmuludq, $0, $1, $2) }, { fusedRM(host_pmuludq, $0, $1, $2) },
                   { fusedWideRR(host_pmuludq, $0, $1, $2) }, { fusedWideRM(host_pmuludq, $0, $1, $2) })
    case .pmaddwd:
      return fused(i, { fusedRR(host_pmaddwd, $0, $1, $2) }, { fusedRM(host_pmaddwd, $0, $1, $2) },
                   { fusedWideRR(host_pmaddwd, $0, $1, $2) }, { fusedWideRM(host_pmaddwd, $0, $1, $2) })
    case .psadbw:
      return fused(i, { fusedRR(host_psadbw, $0, $1, $2) }, { fusedRM(host_psadbw, $0, $1, $2) },
                   { fusedWideRR(host_psadbw, $0, $1, $2) }, { fusedWideRM(host_psadbw, $0, $1, $2) })
    case .pavgb:
      return fused(i, { fusedRR(host_pavgb, $0, $1, $2) }, { fusedRM(host_pavgb, $0, $1, $2) },
                   { fusedWideRR(host_pavgb, $0, $1, $2) }, { fusedWideRM(host_pavgb, $0, $1, $2) })
    case .pminub:
      return fused(i, { fusedRR(host_pminub, $0, $1, $2) }, { fusedRM(host_pminub, $0, $1, $2) },
                   { fusedWideRR(host_pminub, $0, $1, $2) }, { fusedWideRM(host_pminub, $0, $1, $2) })
    case .pmaxub:
      return fused(i, { fusedRR(host_pmaxub, $0, $1, $2) }, { fusedRM(host_pmaxub, $0, $1, $2) },
                   { fusedWideRR(host_pmaxub, $0, $1, $2) }, { fusedWideRM(host_pmaxub, $0, $1, $2) })
    case .pminsw:
      return fused(i, { fusedRR(host_pminsw, $0, $1, $2) }, { fusedRM(host_pminsw, $0, $1, $2) },
                   { fusedWideRR(host_pminsw, $0, $1, $2) }, { fusedWideRM(host_pminsw, $0, $1, $2) })
    case .pmaxsw:
      return fused(i, { fusedRR(host_pmaxsw, $0, $1, $2) }, { fusedRM(host_pmaxsw, $0, $1, $2) },
                   { fusedWideRR(host_pmaxsw, $0, $1, $2) }, { fusedWideRM(host_pmaxsw, $0, $1, $2) })
    case .pcmpeqb:
      return fused(i, { fusedRR(host_pcmpeqb, $0, $1, $2) }, { fusedRM(host_pcmpeqb, $0, $1, $2) },
                   { fusedWideRR(host_pcmpeqb, $0, $1, $2) }, { fusedWideRM(host_pcmpeqb, $0, $1, $2) })
    case .pcmpeqw:
      return fused(i, { fusedRR(host_pcmpeqw, $0, $1, $2) }, { fusedRM(host_pcmpeqw, $0, $1, $2) },
                   { fusedWideRR(host_pcmpeqw, $0, $1, $2) }, { fusedWideRM(host_pcmpeqw, $0, $1, $2) })
    case .pcmpeqd:
      return fused(i, { fusedRR(host_pcmpeqd, $0, $1, $2) }, { fusedRM(host_pcmpeqd, $0, $1, $2) },
                   { fusedWideRR(host_pcmpeqd, $0, $1, $2) }, { fusedWideRM(host_pcmpeqd, $0, $1, $2) })
    case .pcmpgtb:
      return fused(i, { fusedRR(host_pcmpgtb, $0, $1, $2) }, { fusedRM(host_pcmpgtb, $0, $1, $2) },
                   { fusedWideRR(host_pcmpgtb, $0, $1, $2) }, { fusedWideRM(host_pcmpgtb, $0, $1, $2) })
    case .pcmpgtw:
      return fused(i, { fusedRR(host_pcmpgtw, $0, $1, $2) }, { fusedRM(host_pcmpgtw, $0, $1, $2) },
                   { fusedWideRR(host_pcmpgtw, $0, $1, $2) }, { fusedWideRM(host_pcmpgtw, $0, $1, $2) })
    case .pcmpgtd:
      return fused(i, { fusedRR(host_pcmpgtd, $0, $1, $2) }, { fusedRM(host_pcmpgtd, $0, $1, $2) },
                   { fusedWideRR(host_pcmpgtd, $0, $1, $2) }, { fusedWideRM(host_pcmpgtd, $0, $1, $2) })
    case .packuswb:
      return fused(i, { fusedRR(host_packuswb, $0, $1, $2) }, { fusedRM(host_packuswb, $0, $1, $2) },
                   { fusedWideRR(host_packuswb, $0, $1, $2) }, { fusedWideRM(host_packuswb, $0, $1, $2) })
    case .packssdw:
      return fused(i, { fusedRR(host_packssdw, $0, $1, $2) }, { fusedRM(host_packssdw, $0, $1, $2) },
                   { fusedWideRR(host_packssdw, $0, $1, $2) }, { fusedWideRM(host_packssdw, $0, $1, $2) })
    case .packsswb:
      return fused(i, { fusedRR(host_packsswb, $0, $1, $2) }, { fusedRM(host_packsswb, $0, $1, $2) },
                   { fusedWideRR(host_packsswb, $0, $1, $2) }, { fusedWideRM(host_packsswb, $0, $1, $2) })
    case .punpcklbw:
      return fused(i, { fusedRR(host_punpcklbw, $0, $1, $2) }, { fusedRM(host_punpcklbw, $0, $1, $2) },
                   { fusedWideRR(host_punpcklbw, $0, $1, $2) }, { fusedWideRM(host_punpcklbw, $0, $1, $2) })
    case .punpcklwd:
      return fused(i, { fusedRR(host_punpcklwd, $0, $1, $2) }, { fusedRM(host_punpcklwd, $0, $1, $2) },
                   { fusedWideRR(host_punpcklwd, $0, $1, $2) }, { fusedWideRM(host_punpcklwd, $0, $1, $2) })
    case .punpckldq, .unpcklps:
      return fused(i, { fusedRR(host_punpckldq, $0, $1, $2) }, { fusedRM(host_punpckldq, $0, $1, $2) },
                   { fusedWideRR(host_punpckldq, $0, $1, $2) }, { fusedWideRM(host_punpckldq, $0, $1, $2) })
    case .punpcklqdq, .unpcklpd:
      return fused(i, { fusedRR(host_punpcklqdq, $0, $1, $2) }, { fusedRM(host_punpcklqdq, $0, $1, $2) },
                   { fusedWideRR(host_punpcklqdq, $0, $1, $2) }, { fusedWideRM(host_punpcklqdq, $0, $1, $2) })
    case .punpckhbw:
      return fused(i, { fusedRR(host_punpckhbw, $0, $1, $2) }, { fusedRM(host_punpckhbw, $0, $1, $2) },
                   { fusedWideRR(host_punpckhbw, $0, $1, $2) }, { fusedWideRM(host_punpckhbw, $0, $1, $2) })
    case .punpckhwd:
      return fused(i, { fusedRR(host_punpckhwd, $0, $1, $2) }, { fusedRM(host_punpckhwd, $0, $1, $2) },
                   { fusedWideRR(host_punpckhwd, $0, $1, $2) }, { fusedWideRM(host_punpckhwd, $0, $1, $2) })
    case .punpckhdq, .unpckhps:
      return fused(i, { fusedRR(host_punpckhdq, $0, $1, $2) }, { fusedRM(host_punpckhdq, $0, $1, $2) },
                   { fusedWideRR(host_punpckhdq, $0, $1, $2) }, { fusedWideRM(host_punpckhdq, $0, $1, $2) })
    case .punpckhqdq, .unpckhpd:
      return fused(i, { fusedRR(host_punpckhqdq, $0, $1, $2) }, { fusedRM(host_punpckhqdq, $0, $1, $2) },
                   { fusedWideRR(host_punpckhqdq, $0, $1, $2) }, { fusedWideRM(host_punpckhqdq, $0, $1, $2) })
    case .andps, .andpd, .pand:
      return fused(i, { fusedRR(host_pand, $0, $1, $2) }, { fusedRM(host_pand, $0, $1, $2) },
                   { fusedWideRR(host_pand, $0, $1, $2) }, { fusedWideRM(host_pand, $0, $1, $2) })
    case .andnps, .andnpd, .pandn:
      return fused(i, { fusedRR(host_pandn, $0, $1, $2) }, { fusedRM(host_pandn, $0, $1, $2) },
                   { fusedWideRR(host_pandn, $0, $1, $2) }, { fusedWideRM(host_pandn, $0, $1, $2) })
    case .orps, .orpd, .por:
      return fused(i, { fusedRR(host_por, $0, $1, $2) }, { fusedRM(host_por, $0, $1, $2) },
                   { fusedWideRR(host_por, $0, $1, $2) }, { fusedWideRM(host_por, $0, $1, $2) })
    case .xorps, .xorpd, .pxor:
      return fused(i, { fusedRR(host_pxor, $0, $1, $2) }, { fusedRM(host_pxor, $0, $1, $2) },
                   { fusedWideRR(host_pxor, $0, $1, $2) }, { fusedWideRM(host_pxor, $0, $1, $2) })
    case .pshufb:
      return fused(i, .ssse3, { fusedRR(host_pshufb, $0, $1, $2) }, { fusedRM(host_pshufb, $0, $1, $2) },
                   { fusedWideRR(host_pshufb, $0, $1, $2) }, { fusedWideRM(host_pshufb, $0, $1, $2) })
    case .pmaddubsw:
      return fused(i, .ssse3, { fusedRR(host_pmaddubsw, $0, $1, $2) }, { fusedRM(host_pmaddubsw, $0, $1, $2) },
                   { fusedWideRR(host_pmaddubsw, $0, $1, $2) }, { fusedWideRM(host_pmaddubsw, $0, $1, $2) })
    case .pmulhrsw:
      return fused(i, .ssse3, { fusedRR(host_pmulhrsw, $0, $1, $2) }, { fusedRM(host_pmulhrsw, $0, $1, $2) },
                   { fusedWideRR(host_pmulhrsw, $0, $1, $2) }, { fusedWideRM(host_pmulhrsw, $0, $1, $2) })
    case .pmulld:
      return fused(i, .sse41, { fusedRR(host_pmulld, $0, $1, $2) }, { fusedRM(host_pmulld, $0, $1, $2) },
                   { fusedWideRR(host_pmulld, $0, $1, $2) }, { fusedWideRM(host_pmulld, $0, $1, $2) })
    case .pmuldq:
      return fused(i, .sse41, { fusedRR(host_pmuldq, $0, $1, $2) }, { fusedRM(host_pmuldq, $0, $1, $2) },
                   { fusedWideRR(host_pmuldq, $0, $1, $2) }, { fusedWideRM(host_pmuldq, $0, $1, $2) })
    case .pminsd:
      return fused(i, .sse41, { fusedRR(host_pminsd, $0, $1, $2) }, { fusedRM(host_pminsd, $0, $1, $2) },
                   { fusedWideRR(host_pminsd, $0, $1, $2) }, { fusedWideRM(host_pminsd, $0, $1, $2) })
    case .pmaxsd:
      return fused(i, .sse41, { fusedRR(host_pmaxsd, $0, $1, $2) }, { fusedRM(host_pmaxsd, $0, $1, $2) },
                   { fusedWideRR(host_pmaxsd, $0, $1, $2) }, { fusedWideRM(host_pmaxsd, $0, $1, $2) })
    case .pminud:
      return fused(i, .sse41, { fusedRR(host_pminud, $0, $1, $2) }, { fusedRM(host_pminud, $0, $1, $2) },
                   { fusedWideRR(host_pminud, $0, $1, $2) }, { fusedWideRM(host_pminud, $0, $1, $2) })
    case .pmaxud:
      return fused(i, .sse41, { fusedRR(host_pmaxud, $0, $1, $2) }, { fusedRM(host_pmaxud, $0, $1, $2) },
                   { fusedWideRR(host_pmaxud, $0, $1, $2) }, { fusedWideRM(host_pmaxud, $0, $1, $2) })
    case .pcmpeqq:
      return fused(i, .sse41, { fusedRR(host_pcmpeqq, $0, $1, $2) }, { fusedRM(host_pcmpeqq, $0, $1, $2) },
                   { fusedWideRR(host_pcmpeqq, $0, $1, $2) }, { fusedWideRM(host_pcmpeqq, $0, $1, $2) })
    case .packusdw:
      return fused(i, .sse41, { fusedRR(host_packusdw, $0, $1, $2) }, { fusedRM(host_packusdw, $0, $1, $2) },
                   { fusedWideRR(host_packusdw, $0, $1, $2) }, { fusedWideRM(host_packusdw, $0, $1, $2) })
    case .pcmpgtq:
      return fused(i, .sse42, { fusedRR(host_pcmpgtq, $0, $1, $2) }, { fusedRM(host_pcmpgtq, $0, $1, $2) },
                   { fusedWideRR(host_pcmpgtq, $0, $1, $2) }, { fusedWideRM(host_pcmpgtq, $0, $1, $2) })
    case .haddps:
      return fused(i, .sse3, { fusedRR(host_haddps, $0, $1, $2) }, { fusedRM(host_haddps, $0, $1, $2) },
                   { fusedWideRR(host_haddps, $0, $1, $2) }, { fusedWideRM(host_haddps, $0, $1, $2) })
    case .haddpd:
      return fused(i, .sse3, { fusedRR(host_haddpd, $0, $1, $2) }, { fusedRM(host_haddpd, $0, $1, $2) },
                   { fusedWideRR(host_haddpd, $0, $1, $2) }, { fusedWideRM(host_haddpd, $0, $1, $2) })
    case .aesenc:
      return fused(i, .aes, { fusedRR(host_aesenc, $0, $1, $2) }, { fusedRM(host_aesenc, $0, $1, $2) },
                   { fusedWideRR(host_aesenc, $0, $1, $2) }, { fusedWideRM(host_aesenc, $0, $1, $2) })
    case .aesenclast:
      return fused(i, .aes, { fusedRR(host_aesenclast, $0, $1, $2) }, { fusedRM(host_aesenclast, $0, $1, $2) },
                   { fusedWideRR(host_aesenclast, $0, $1, $2) }, { fusedWideRM(host_aesenclast, $0, $1, $2) })
    case .aesdec:
      return fused(i, .aes, { fusedRR(host_aesdec, $0, $1, $2) }, { fusedRM(host_aesdec, $0, $1, $2) },
                   { fusedWideRR(host_aesdec, $0, $1, $2) }, { fusedWideRM(host_aesdec, $0, $1, $2) })
    case .aesdeclast:
      return fused(i, .aes, { fusedRR(host_aesdeclast, $0, $1, $2) }, { fusedRM(host_aesdeclast, $0, $1, $2) },
                   { fusedWideRR(host_aesdeclast, $0, $1, $2) }, { fusedWideRM(host_aesdeclast, $0, $1, $2) })
    default: return false
    }
  }

  /// Emits scalar floating-point instructions.
  ///
  /// - Returns: false when `i` is none.
  mutating func fusedScalar(_ i: Instruction) -> Bool {
    switch i.operation {
    case .addss:
      scalar(i, { scalarFusedRR(host_addss, $0, $1, $2) }, { scalarFusedRM(host_addss, Indexed.self, $0, $1, $2) })
    case .addsd:
      scalar(i, { scalarFusedRR(host_addsd, $0, $1, $2) }, { scalarFusedRM(host_addsd, Indexed.self, $0, $1, $2) })
    case .subss:
      scalar(i, { scalarFusedRR(host_subss, $0, $1, $2) }, { scalarFusedRM(host_subss, Indexed.self, $0, $1, $2) })
    case .subsd:
      scalar(i, { scalarFusedRR(host_subsd, $0, $1, $2) }, { scalarFusedRM(host_subsd, Indexed.self, $0, $1, $2) })
    case .mulss:
      scalar(i, { scalarFusedRR(host_mulss, $0, $1, $2) }, { scalarFusedRM(host_mulss, Indexed.self, $0, $1, $2) })
    case .mulsd:
      scalar(i, { scalarFusedRR(host_mulsd, $0, $1, $2) }, { scalarFusedRM(host_mulsd, Indexed.self, $0, $1, $2) })
    case .divss:
      scalar(i, { scalarFusedRR(host_divss, $0, $1, $2) }, { scalarFusedRM(host_divss, Indexed.self, $0, $1, $2) })
    case .divsd:
      scalar(i, { scalarFusedRR(host_divsd, $0, $1, $2) }, { scalarFusedRM(host_divsd, Indexed.self, $0, $1, $2) })
    case .minss:
      scalar(i, { scalarFusedRR(host_minss, $0, $1, $2) }, { scalarFusedRM(host_minss, Indexed.self, $0, $1, $2) })
    case .minsd:
      scalar(i, { scalarFusedRR(host_minsd, $0, $1, $2) }, { scalarFusedRM(host_minsd, Indexed.self, $0, $1, $2) })
    case .maxss:
      scalar(i, { scalarFusedRR(host_maxss, $0, $1, $2) }, { scalarFusedRM(host_maxss, Indexed.self, $0, $1, $2) })
    case .maxsd:
      scalar(i, { scalarFusedRR(host_maxsd, $0, $1, $2) }, { scalarFusedRM(host_maxsd, Indexed.self, $0, $1, $2) })
    case .sqrtss:
      scalar(i, { scalarFusedRR({ (_: Float, b: Float) in host_sqrtss(b) }, $0, $1, $2) },
            { scalarFusedRM({ (_: Float, b: Float) in host_sqrtss(b) }, Indexed.self, $0, $1, $2) })
    case .sqrtsd:
      scalar(i, { scalarFusedRR({ (_: Double, b: Double) in host_sqrtsd(b) }, $0, $1, $2) },
            { scalarFusedRM({ (_: Double, b: Double) in host_sqrtsd(b) }, Indexed.self, $0, $1, $2) })
    case .cvtss2sd:
      scalar(i, { scalarFusedRR({ (_: Double, b: Float) in host_cvtss2sd(b) }, $0, $1, $2) },
            { scalarFusedRM({ (_: Double, b: Float) in host_cvtss2sd(b) }, Indexed.self, $0, $1, $2) })
    case .cvtsd2ss:
      scalar(i, { scalarFusedRR({ (_: Float, b: Double) in host_cvtsd2ss(b) }, $0, $1, $2) },
            { scalarFusedRM({ (_: Float, b: Double) in host_cvtsd2ss(b) }, Indexed.self, $0, $1, $2) })
    default: return false
    }
    return true
  }

  /// Emits shifts by a count that is in the instruction.
  ///
  /// - Returns: false when `i` is none.
  mutating func fusedShift(_ i: Instruction) -> Bool {
    guard i.operands.2.kind == .immediate else { return false }
    switch i.operation {
    case .psllw:
      fusedByImmediate(i, { fusedRI(host_psllw, $0, $1, $2) }, { fusedWideRI(host_psllw, $0, $1, $2) })
    case .pslld:
      fusedByImmediate(i, { fusedRI(host_pslld, $0, $1, $2) }, { fusedWideRI(host_pslld, $0, $1, $2) })
    case .psllq:
      fusedByImmediate(i, { fusedRI(host_psllq, $0, $1, $2) }, { fusedWideRI(host_psllq, $0, $1, $2) })
    case .psrlw:
      fusedByImmediate(i, { fusedRI(host_psrlw, $0, $1, $2) }, { fusedWideRI(host_psrlw, $0, $1, $2) })
    case .psrld:
      fusedByImmediate(i, { fusedRI(host_psrld, $0, $1, $2) }, { fusedWideRI(host_psrld, $0, $1, $2) })
    case .psrlq:
      fusedByImmediate(i, { fusedRI(host_psrlq, $0, $1, $2) }, { fusedWideRI(host_psrlq, $0, $1, $2) })
    case .psraw:
      fusedByImmediate(i, { fusedRI(host_psraw, $0, $1, $2) }, { fusedWideRI(host_psraw, $0, $1, $2) })
    case .psrad:
      fusedByImmediate(i, { fusedRI(host_psrad, $0, $1, $2) }, { fusedWideRI(host_psrad, $0, $1, $2) })
    default: return false
    }
    return true
  }
}
