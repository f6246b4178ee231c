// swift-format-ignore-file

/// SSE and SSE2 floating-point arithmetic: Intel SDM Vol. 1, 5.5.1.2 and 5.6.1.2.
extension InstructionTable {
  static let sseArithmetic: [InstructionForm] = [
    .init(.addps,   "ADDPS xmm1, xmm2/m128",   "NP 0F 58 /r", "rw r | sse"),
    .init(.addpd,   "ADDPD xmm1, xmm2/m128",   "66 0F 58 /r", "rw r | sse2"),
    .init(.addss,   "ADDSS xmm1, xmm2/m32",    "F3 0F 58 /r", "rw r | sse"),
    .init(.addsd,   "ADDSD xmm1, xmm2/m64",    "F2 0F 58 /r", "rw r | sse2"),
    .init(.mulps,   "MULPS xmm1, xmm2/m128",   "NP 0F 59 /r", "rw r | sse"),
    .init(.mulpd,   "MULPD xmm1, xmm2/m128",   "66 0F 59 /r", "rw r | sse2"),
    .init(.mulss,   "MULSS xmm1, xmm2/m32",    "F3 0F 59 /r", "rw r | sse"),
    .init(.mulsd,   "MULSD xmm1, xmm2/m64",    "F2 0F 59 /r", "rw r | sse2"),
    .init(.subps,   "SUBPS xmm1, xmm2/m128",   "NP 0F 5C /r", "rw r | sse"),
    .init(.subpd,   "SUBPD xmm1, xmm2/m128",   "66 0F 5C /r", "rw r | sse2"),
    .init(.subss,   "SUBSS xmm1, xmm2/m32",    "F3 0F 5C /r", "rw r | sse"),
    .init(.subsd,   "SUBSD xmm1, xmm2/m64",    "F2 0F 5C /r", "rw r | sse2"),
    .init(.minps,   "MINPS xmm1, xmm2/m128",   "NP 0F 5D /r", "rw r | sse"),
    .init(.minpd,   "MINPD xmm1, xmm2/m128",   "66 0F 5D /r", "rw r | sse2"),
    .init(.minss,   "MINSS xmm1, xmm2/m32",    "F3 0F 5D /r", "rw r | sse"),
    .init(.minsd,   "MINSD xmm1, xmm2/m64",    "F2 0F 5D /r", "rw r | sse2"),
    .init(.divps,   "DIVPS xmm1, xmm2/m128",   "NP 0F 5E /r", "rw r | sse"),
    .init(.divpd,   "DIVPD xmm1, xmm2/m128",   "66 0F 5E /r", "rw r | sse2"),
    .init(.divss,   "DIVSS xmm1, xmm2/m32",    "F3 0F 5E /r", "rw r | sse"),
    .init(.divsd,   "DIVSD xmm1, xmm2/m64",    "F2 0F 5E /r", "rw r | sse2"),
    .init(.maxps,   "MAXPS xmm1, xmm2/m128",   "NP 0F 5F /r", "rw r | sse"),
    .init(.maxpd,   "MAXPD xmm1, xmm2/m128",   "66 0F 5F /r", "rw r | sse2"),
    .init(.maxss,   "MAXSS xmm1, xmm2/m32",    "F3 0F 5F /r", "rw r | sse"),
    .init(.maxsd,   "MAXSD xmm1, xmm2/m64",    "F2 0F 5F /r", "rw r | sse2"),
    .init(.sqrtps,  "SQRTPS xmm1, xmm2/m128",  "NP 0F 51 /r", "w r | sse"),
    .init(.sqrtpd,  "SQRTPD xmm1, xmm2/m128",  "66 0F 51 /r", "w r | sse2"),
    .init(.sqrtss,  "SQRTSS xmm1, xmm2/m32",   "F3 0F 51 /r", "rw r | sse"),
    .init(.sqrtsd,  "SQRTSD xmm1, xmm2/m64",   "F2 0F 51 /r", "rw r | sse2"),
    .init(.rsqrtps, "RSQRTPS xmm1, xmm2/m128", "NP 0F 52 /r", "w r | sse"),
    .init(.rsqrtss, "RSQRTSS xmm1, xmm2/m32",  "F3 0F 52 /r", "rw r | sse"),
    .init(.rcpps,   "RCPPS xmm1, xmm2/m128",   "NP 0F 53 /r", "w r | sse"),
    .init(.rcpss,   "RCPSS xmm1, xmm2/m32",    "F3 0F 53 /r", "rw r | sse"),
  ]
}
