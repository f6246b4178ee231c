// swift-format-ignore-file
import CHostSIMD

// Which handlers the instructions of SSE3, SSSE3, SSE4, AES, PCLMULQDQ and SHA get. Where the host
// lacks an instruction that the handler needs, the guest's is executed by `VCPU.executeVector`.

extension Emitter {
  /// Emits the micro-ops of an instruction on XMM registers of SSE3 or later.
  ///
  /// - Returns: nil when `i` is none.
  mutating func laterVector(_ i: Instruction) -> TranslationStep? {
    switch i.operation {
    // SSE3
    case .addsubps: packed(i, .sse3, { vectorRR(host_addsubps, $0, $1, $2) }, { vectorRM(host_addsubps, $0, $1, $2) })
    case .addsubpd: packed(i, .sse3, { vectorRR(host_addsubpd, $0, $1, $2) }, { vectorRM(host_addsubpd, $0, $1, $2) })
    case .haddps: packed(i, .sse3, { vectorRR(host_haddps, $0, $1, $2) }, { vectorRM(host_haddps, $0, $1, $2) })
    case .haddpd: packed(i, .sse3, { vectorRR(host_haddpd, $0, $1, $2) }, { vectorRM(host_haddpd, $0, $1, $2) })
    case .hsubps: packed(i, .sse3, { vectorRR(host_hsubps, $0, $1, $2) }, { vectorRM(host_hsubps, $0, $1, $2) })
    case .hsubpd: packed(i, .sse3, { vectorRR(host_hsubpd, $0, $1, $2) }, { vectorRM(host_hsubpd, $0, $1, $2) })
    case .movddup: unary(i, [], .m64) { vectorUnary(host_movddup, $0, $1, $2) }
    case .movsldup: unary(i, [], .aligned16) { vectorUnary(host_movsldup, $0, $1, $2) }
    case .movshdup: unary(i, [], .aligned16) { vectorUnary(host_movshdup, $0, $1, $2) }
    case .lddqu: moveVector(i, loads: unalignedLoads, stores: unalignedStores)
    // SSSE3
    case .pshufb: packed(i, .ssse3, { vectorRR(host_pshufb, $0, $1, $2) }, { vectorRM(host_pshufb, $0, $1, $2) })
    case .phaddw: packed(i, .ssse3, { vectorRR(host_phaddw, $0, $1, $2) }, { vectorRM(host_phaddw, $0, $1, $2) })
    case .phaddd: packed(i, .ssse3, { vectorRR(host_phaddd, $0, $1, $2) }, { vectorRM(host_phaddd, $0, $1, $2) })
    case .phaddsw: packed(i, .ssse3, { vectorRR(host_phaddsw, $0, $1, $2) }, { vectorRM(host_phaddsw, $0, $1, $2) })
    case .phsubw: packed(i, .ssse3, { vectorRR(host_phsubw, $0, $1, $2) }, { vectorRM(host_phsubw, $0, $1, $2) })
    case .phsubd: packed(i, .ssse3, { vectorRR(host_phsubd, $0, $1, $2) }, { vectorRM(host_phsubd, $0, $1, $2) })
    case .phsubsw: packed(i, .ssse3, { vectorRR(host_phsubsw, $0, $1, $2) }, { vectorRM(host_phsubsw, $0, $1, $2) })
    case .pmaddubsw: packed(i, .ssse3, { vectorRR(host_pmaddubsw, $0, $1, $2) }, { vectorRM(host_pmaddubsw, $0, $1, $2) })
    case .pmulhrsw: packed(i, .ssse3, { vectorRR(host_pmulhrsw, $0, $1, $2) }, { vectorRM(host_pmulhrsw, $0, $1, $2) })
    case .psignb: packed(i, .ssse3, { vectorRR(host_psignb, $0, $1, $2) }, { vectorRM(host_psignb, $0, $1, $2) })
    case .psignw: packed(i, .ssse3, { vectorRR(host_psignw, $0, $1, $2) }, { vectorRM(host_psignw, $0, $1, $2) })
    case .psignd: packed(i, .ssse3, { vectorRR(host_psignd, $0, $1, $2) }, { vectorRM(host_psignd, $0, $1, $2) })
    case .pabsb: unary(i, .ssse3, .aligned16) { vectorUnary(host_pabsb, $0, $1, $2) }
    case .pabsw: unary(i, .ssse3, .aligned16) { vectorUnary(host_pabsw, $0, $1, $2) }
    case .pabsd: unary(i, .ssse3, .aligned16) { vectorUnary(host_pabsd, $0, $1, $2) }
    case .palignr: alignBytes(i)
    // SSE4.1
    case .pmuldq: packed(i, .sse41, { vectorRR(host_pmuldq, $0, $1, $2) }, { vectorRM(host_pmuldq, $0, $1, $2) })
    case .pmulld: packed(i, .sse41, { vectorRR(host_pmulld, $0, $1, $2) }, { vectorRM(host_pmulld, $0, $1, $2) })
    case .pminsb: packed(i, .sse41, { vectorRR(host_pminsb, $0, $1, $2) }, { vectorRM(host_pminsb, $0, $1, $2) })
    case .pminsd: packed(i, .sse41, { vectorRR(host_pminsd, $0, $1, $2) }, { vectorRM(host_pminsd, $0, $1, $2) })
    case .pminuw: packed(i, .sse41, { vectorRR(host_pminuw, $0, $1, $2) }, { vectorRM(host_pminuw, $0, $1, $2) })
    case .pminud: packed(i, .sse41, { vectorRR(host_pminud, $0, $1, $2) }, { vectorRM(host_pminud, $0, $1, $2) })
    case .pmaxsb: packed(i, .sse41, { vectorRR(host_pmaxsb, $0, $1, $2) }, { vectorRM(host_pmaxsb, $0, $1, $2) })
    case .pmaxsd: packed(i, .sse41, { vectorRR(host_pmaxsd, $0, $1, $2) }, { vectorRM(host_pmaxsd, $0, $1, $2) })
    case .pmaxuw: packed(i, .sse41, { vectorRR(host_pmaxuw, $0, $1, $2) }, { vectorRM(host_pmaxuw, $0, $1, $2) })
    case .pmaxud: packed(i, .sse41, { vectorRR(host_pmaxud, $0, $1, $2) }, { vectorRM(host_pmaxud, $0, $1, $2) })
    case .pcmpeqq: packed(i, .sse41, { vectorRR(host_pcmpeqq, $0, $1, $2) }, { vectorRM(host_pcmpeqq, $0, $1, $2) })
    case .packusdw: packed(i, .sse41, { vectorRR(host_packusdw, $0, $1, $2) }, { vectorRM(host_packusdw, $0, $1, $2) })
    case .phminposuw: unary(i, .sse41, .aligned16) { vectorUnary(host_phminposuw, $0, $1, $2) }
    case .pmovsxbw: unary(i, .sse41, .m64) { vectorUnary(host_pmovsxbw, $0, $1, $2) }
    case .pmovsxbd: unary(i, .sse41, .m32) { vectorUnary(host_pmovsxbd, $0, $1, $2) }
    case .pmovsxbq: unary(i, .sse41, .m16) { vectorUnary(host_pmovsxbq, $0, $1, $2) }
    case .pmovsxwd: unary(i, .sse41, .m64) { vectorUnary(host_pmovsxwd, $0, $1, $2) }
    case .pmovsxwq: unary(i, .sse41, .m32) { vectorUnary(host_pmovsxwq, $0, $1, $2) }
    case .pmovsxdq: unary(i, .sse41, .m64) { vectorUnary(host_pmovsxdq, $0, $1, $2) }
    case .pmovzxbw: unary(i, .sse41, .m64) { vectorUnary(host_pmovzxbw, $0, $1, $2) }
    case .pmovzxbd: unary(i, .sse41, .m32) { vectorUnary(host_pmovzxbd, $0, $1, $2) }
    case .pmovzxbq: unary(i, .sse41, .m16) { vectorUnary(host_pmovzxbq, $0, $1, $2) }
    case .pmovzxwd: unary(i, .sse41, .m64) { vectorUnary(host_pmovzxwd, $0, $1, $2) }
    case .pmovzxwq: unary(i, .sse41, .m32) { vectorUnary(host_pmovzxwq, $0, $1, $2) }
    case .pmovzxdq: unary(i, .sse41, .m64) { vectorUnary(host_pmovzxdq, $0, $1, $2) }
    case .mpsadbw: unary(i, .sse41, .aligned16, mpsadbwHandlers[Int(i.immediate & 7)])
    case .ptest: unary(i, [], .aligned16, testVectors)
    case .blendps: blend(i, lane: 4)
    case .blendpd: blend(i, lane: 8)
    case .pblendw: blend(i, lane: 2)
    case .pblendvb: unary(i, [], .aligned16) { vectorByXMM0({ host_select($1, $2, $0) }, $0, $1, $2) }
    case .blendvps: unary(i, [], .aligned16) { vectorByXMM0({ host_blend($0, $1, host_signs_d($2)) }, $0, $1, $2) }
    case .blendvpd: unary(i, [], .aligned16) { vectorByXMM0({ host_blend($0, $1, host_signs_q($2)) }, $0, $1, $2) }
    case .insertps: insertSingle(i)
    case .pinsrb: insert(i, 1) { insertLane(UInt8.self, $0, $1, $2) }
    case .pinsrd: insert(i, 4) { insertLane(UInt32.self, $0, $1, $2) }
    case .pinsrq: insert(i, 8) { insertLane(UInt64.self, $0, $1, $2) }
    case .pextrb: extract(i, 1) { extractLane(UInt8.self, $0, $1, $2) }
    case .extractps, .pextrd: extract(i, 4) { extractLane(UInt32.self, $0, $1, $2) }
    case .pextrq: extract(i, 8) { extractLane(UInt64.self, $0, $1, $2) }
    case .movntdqa: moveVector(i, loads: alignedLoads, stores: alignedStores)
    case .roundps: unary(i, .sse41, .aligned16, roundpsHandlers[Self.roundingIndex(i)])
    case .roundpd: unary(i, .sse41, .aligned16, roundpdHandlers[Self.roundingIndex(i)])
    case .roundss: unary(i, .sse41, .m32, roundssHandlers[Self.roundingIndex(i)])
    case .roundsd: unary(i, .sse41, .m64, roundsdHandlers[Self.roundingIndex(i)])
    case .dpps: byImmediate(i) { vectorRI8(host_dpps, $0, $1, $2) }
    case .dppd: byImmediate(i) { vectorRI8(host_dppd, $0, $1, $2) }
    // SSE4.2
    case .pcmpgtq: packed(i, .sse42, { vectorRR(host_pcmpgtq, $0, $1, $2) }, { vectorRM(host_pcmpgtq, $0, $1, $2) })
    case .crc32: sumCRC(i)
    case .pcmpestrm, .pcmpestri, .pcmpistrm, .pcmpistri: emitCallout(i)
    // AES, PCLMULQDQ
    case .aesenc: packed(i, .aes, { vectorRR(host_aesenc, $0, $1, $2) }, { vectorRM(host_aesenc, $0, $1, $2) })
    case .aesenclast: packed(i, .aes, { vectorRR(host_aesenclast, $0, $1, $2) }, { vectorRM(host_aesenclast, $0, $1, $2) })
    case .aesdec: packed(i, .aes, { vectorRR(host_aesdec, $0, $1, $2) }, { vectorRM(host_aesdec, $0, $1, $2) })
    case .aesdeclast: packed(i, .aes, { vectorRR(host_aesdeclast, $0, $1, $2) }, { vectorRM(host_aesdeclast, $0, $1, $2) })
    case .aesimc: unary(i, .aes, .aligned16) { vectorUnary(host_aesimc, $0, $1, $2) }
    case .aeskeygenassist: keyGeneration(i)
    case .pclmulqdq: unary(i, .pclmulqdq, .aligned16, pclmulqdqHandlers[Int(i.immediate & 1 | i.immediate >> 3 & 2)])
    // SHA, which on AMD's processors does not ask for alignment
    case .sha1rnds4: unary(i, .sha, .any16, sha1rnds4Handlers[Int(i.immediate & 3)])
    case .sha256rnds2: unary(i, .sha, .any16) { vectorByXMM0(host_sha256rnds2, $0, $1, $2) }
    case .sha1nexte: unary(i, .sha, .any16) { vectorRR(host_sha1nexte, $0, $1, $2) }
    case .sha1msg1: unary(i, .sha, .any16) { vectorRR(host_sha1msg1, $0, $1, $2) }
    case .sha1msg2: unary(i, .sha, .any16) { vectorRR(host_sha1msg2, $0, $1, $2) }
    case .sha256msg1: unary(i, .sha, .any16) { vectorRR(host_sha256msg1, $0, $1, $2) }
    case .sha256msg2: unary(i, .sha, .any16) { vectorRR(host_sha256msg2, $0, $1, $2) }
    default: return nil
    }
    return .one
  }
}
