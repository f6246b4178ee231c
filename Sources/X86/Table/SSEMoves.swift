// swift-format-ignore-file

/// SSE and SSE2 moves: Intel SDM Vol. 1, 5.5.1.1, 5.6.1.1, 5.6.3, 5.6.4.
extension InstructionTable {
  static let sseMoves: [InstructionForm] = [
    // Whole registers
    .init(.movups,     "MOVUPS xmm1, xmm2/m128", "NP 0F 10 /r",         "w r | sse"),
    .init(.movups,     "MOVUPS xmm2/m128, xmm1", "NP 0F 11 /r",         "w r | sse"),
    .init(.movupd,     "MOVUPD xmm1, xmm2/m128", "66 0F 10 /r",         "w r | sse2"),
    .init(.movupd,     "MOVUPD xmm2/m128, xmm1", "66 0F 11 /r",         "w r | sse2"),
    .init(.movaps,     "MOVAPS xmm1, xmm2/m128", "NP 0F 28 /r",         "w r | sse"),
    .init(.movaps,     "MOVAPS xmm2/m128, xmm1", "NP 0F 29 /r",         "w r | sse"),
    .init(.movapd,     "MOVAPD xmm1, xmm2/m128", "66 0F 28 /r",         "w r | sse2"),
    .init(.movapd,     "MOVAPD xmm2/m128, xmm1", "66 0F 29 /r",         "w r | sse2"),
    .init(.movdqa,     "MOVDQA xmm1, xmm2/m128", "66 0F 6F /r",         "w r | sse2"),
    .init(.movdqa,     "MOVDQA xmm2/m128, xmm1", "66 0F 7F /r",         "w r | sse2"),
    .init(.movdqu,     "MOVDQU xmm1, xmm2/m128", "F3 0F 6F /r",         "w r | sse2"),
    .init(.movdqu,     "MOVDQU xmm2/m128, xmm1", "F3 0F 7F /r",         "w r | sse2"),
    // Scalars
    .init(.movss,      "MOVSS xmm1, xmm2",       "F3 0F 10 /r",         "rw r | sse"),
    .init(.movss,      "MOVSS xmm1, m32",        "F3 0F 10 /r",         "w r | sse"),
    .init(.movss,      "MOVSS xmm2/m32, xmm1",   "F3 0F 11 /r",         "rw r | sse"),
    .init(.movsd,      "MOVSD xmm1, xmm2",       "F2 0F 10 /r",         "rw r | sse2"),
    .init(.movsd,      "MOVSD xmm1, m64",        "F2 0F 10 /r",         "w r | sse2"),
    .init(.movsd,      "MOVSD xmm2/m64, xmm1",   "F2 0F 11 /r",         "rw r | sse2"),
    // Halves
    .init(.movlps,     "MOVLPS xmm1, m64",       "NP 0F 12 /r",         "rw r | sse"),
    .init(.movlps,     "MOVLPS m64, xmm1",       "NP 0F 13 /r",         "w r | sse"),
    .init(.movlpd,     "MOVLPD xmm1, m64",       "66 0F 12 /r",         "rw r | sse2"),
    .init(.movlpd,     "MOVLPD m64, xmm1",       "66 0F 13 /r",         "w r | sse2"),
    .init(.movhps,     "MOVHPS xmm1, m64",       "NP 0F 16 /r",         "rw r | sse"),
    .init(.movhps,     "MOVHPS m64, xmm1",       "NP 0F 17 /r",         "w r | sse"),
    .init(.movhpd,     "MOVHPD xmm1, m64",       "66 0F 16 /r",         "rw r | sse2"),
    .init(.movhpd,     "MOVHPD m64, xmm1",       "66 0F 17 /r",         "w r | sse2"),
    .init(.movhlps,    "MOVHLPS xmm1, xmm2",     "NP 0F 12 /r",         "rw r | sse"),
    .init(.movlhps,    "MOVLHPS xmm1, xmm2",     "NP 0F 16 /r",         "rw r | sse"),
    // Between register files
    .init(.movd,       "MOVD xmm1, r/m32",       "66 0F 6E /r",      "w r | sse2"),
    .init(.movq,       "MOVQ xmm1, r/m64",       "66 REX.W + 0F 6E /r", "w r | sse2"),
    .init(.movd,       "MOVD r/m32, xmm1",       "66 0F 7E /r",      "w r | sse2"),
    .init(.movq,       "MOVQ r/m64, xmm1",       "66 REX.W + 0F 7E /r", "w r | sse2"),
    .init(.movq,       "MOVQ xmm1, xmm2/m64",    "F3 0F 7E /r",         "w r | sse2"),
    .init(.movq,       "MOVQ xmm2/m64, xmm1",    "66 0F D6 /r",         "w r | sse2"),
    .init(.movmskps,   "MOVMSKPS r32, xmm2",     "NP 0F 50 /r",         "w r | sse"),
    .init(.movmskpd,   "MOVMSKPD r32, xmm2",     "66 0F 50 /r",         "w r | sse2"),
    // Past the cache
    .init(.movntps,    "MOVNTPS m128, xmm1",     "NP 0F 2B /r",         "w r | sse"),
    .init(.movntpd,    "MOVNTPD m128, xmm1",     "66 0F 2B /r",         "w r | sse2"),
    .init(.movntdq,    "MOVNTDQ m128, xmm1",     "66 0F E7 /r",         "w r | sse2"),
    .init(.maskmovdqu, "MASKMOVDQU xmm1, xmm2",  "66 0F F7 /r",         "r r | sse2"),
  ]
}
