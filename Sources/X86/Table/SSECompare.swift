// swift-format-ignore-file

/// SSE and SSE2 logic, comparison and shuffles: Intel SDM Vol. 1, 5.5.1.3 to 5.5.1.5, 5.6.1.3 to 5.6.1.5.
extension InstructionTable {
  static let sseCompare: [InstructionForm] = [
    // Logic
    .init(.andps,    "ANDPS xmm1, xmm2/m128",        "NP 0F 54 /r",    "rw r | sse"),
    .init(.andpd,    "ANDPD xmm1, xmm2/m128",        "66 0F 54 /r",    "rw r | sse2"),
    .init(.andnps,   "ANDNPS xmm1, xmm2/m128",       "NP 0F 55 /r",    "rw r | sse"),
    .init(.andnpd,   "ANDNPD xmm1, xmm2/m128",       "66 0F 55 /r",    "rw r | sse2"),
    .init(.orps,     "ORPS xmm1, xmm2/m128",         "NP 0F 56 /r",    "rw r | sse"),
    .init(.orpd,     "ORPD xmm1, xmm2/m128",         "66 0F 56 /r",    "rw r | sse2"),
    .init(.xorps,    "XORPS xmm1, xmm2/m128",        "NP 0F 57 /r",    "rw r | sse"),
    .init(.xorpd,    "XORPD xmm1, xmm2/m128",        "66 0F 57 /r",    "rw r | sse2"),
    // Comparison
    .init(.cmpps,    "CMPPS xmm1, xmm2/m128, imm8",  "NP 0F C2 /r ib", "rw r r | sse"),
    .init(.cmppd,    "CMPPD xmm1, xmm2/m128, imm8",  "66 0F C2 /r ib", "rw r r | sse2"),
    .init(.cmpss,    "CMPSS xmm1, xmm2/m32, imm8",   "F3 0F C2 /r ib", "rw r r | sse"),
    .init(.cmpsd,    "CMPSD xmm1, xmm2/m64, imm8",   "F2 0F C2 /r ib", "rw r r | sse2"),
    .init(.ucomiss,  "UCOMISS xmm1, xmm2/m32",       "NP 0F 2E /r",    "r r | w=zpc 0=osa | sse"),
    .init(.ucomisd,  "UCOMISD xmm1, xmm2/m64",       "66 0F 2E /r",    "r r | w=zpc 0=osa | sse2"),
    .init(.comiss,   "COMISS xmm1, xmm2/m32",        "NP 0F 2F /r",    "r r | w=zpc 0=osa | sse"),
    .init(.comisd,   "COMISD xmm1, xmm2/m64",        "66 0F 2F /r",    "r r | w=zpc 0=osa | sse2"),
    // Shuffles
    .init(.shufps,   "SHUFPS xmm1, xmm2/m128, imm8", "NP 0F C6 /r ib", "rw r r | sse"),
    .init(.shufpd,   "SHUFPD xmm1, xmm2/m128, imm8", "66 0F C6 /r ib", "rw r r | sse2"),
    .init(.unpcklps, "UNPCKLPS xmm1, xmm2/m128",     "NP 0F 14 /r",    "rw r | sse"),
    .init(.unpcklpd, "UNPCKLPD xmm1, xmm2/m128",     "66 0F 14 /r",    "rw r | sse2"),
    .init(.unpckhps, "UNPCKHPS xmm1, xmm2/m128",     "NP 0F 15 /r",    "rw r | sse"),
    .init(.unpckhpd, "UNPCKHPD xmm1, xmm2/m128",     "66 0F 15 /r",    "rw r | sse2"),
  ]
}
