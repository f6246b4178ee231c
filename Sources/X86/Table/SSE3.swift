// swift-format-ignore-file

/// SSE3 and SSSE3 on XMM registers: Intel SDM Vol. 1, 5.7 and 5.8. FISTTP is with the x87 rows.
extension InstructionTable {
  static let sse3: [InstructionForm] = [
    // Moves
    .init(.movddup,   "MOVDDUP xmm1, xmm2/m64",        "F2 0F 12 /r",       "w r | pni"),
    .init(.movsldup,  "MOVSLDUP xmm1, xmm2/m128",      "F3 0F 12 /r",       "w r | pni"),
    .init(.movshdup,  "MOVSHDUP xmm1, xmm2/m128",      "F3 0F 16 /r",       "w r | pni"),
    .init(.lddqu,     "LDDQU xmm1, m128",              "F2 0F F0 /r",       "w r | pni"),
    // Floating point
    .init(.addsubpd,  "ADDSUBPD xmm1, xmm2/m128",      "66 0F D0 /r",       "rw r | pni"),
    .init(.addsubps,  "ADDSUBPS xmm1, xmm2/m128",      "F2 0F D0 /r",       "rw r | pni"),
    .init(.haddpd,    "HADDPD xmm1, xmm2/m128",        "66 0F 7C /r",       "rw r | pni"),
    .init(.haddps,    "HADDPS xmm1, xmm2/m128",        "F2 0F 7C /r",       "rw r | pni"),
    .init(.hsubpd,    "HSUBPD xmm1, xmm2/m128",        "66 0F 7D /r",       "rw r | pni"),
    .init(.hsubps,    "HSUBPS xmm1, xmm2/m128",        "F2 0F 7D /r",       "rw r | pni"),
    // Integers: SSSE3
    .init(.pshufb,    "PSHUFB xmm1, xmm2/m128",        "66 0F 38 00 /r",    "rw r | ssse3"),
    .init(.phaddw,    "PHADDW xmm1, xmm2/m128",        "66 0F 38 01 /r",    "rw r | ssse3"),
    .init(.phaddd,    "PHADDD xmm1, xmm2/m128",        "66 0F 38 02 /r",    "rw r | ssse3"),
    .init(.phaddsw,   "PHADDSW xmm1, xmm2/m128",       "66 0F 38 03 /r",    "rw r | ssse3"),
    .init(.pmaddubsw, "PMADDUBSW xmm1, xmm2/m128",     "66 0F 38 04 /r",    "rw r | ssse3"),
    .init(.phsubw,    "PHSUBW xmm1, xmm2/m128",        "66 0F 38 05 /r",    "rw r | ssse3"),
    .init(.phsubd,    "PHSUBD xmm1, xmm2/m128",        "66 0F 38 06 /r",    "rw r | ssse3"),
    .init(.phsubsw,   "PHSUBSW xmm1, xmm2/m128",       "66 0F 38 07 /r",    "rw r | ssse3"),
    .init(.psignb,    "PSIGNB xmm1, xmm2/m128",        "66 0F 38 08 /r",    "rw r | ssse3"),
    .init(.psignw,    "PSIGNW xmm1, xmm2/m128",        "66 0F 38 09 /r",    "rw r | ssse3"),
    .init(.psignd,    "PSIGND xmm1, xmm2/m128",        "66 0F 38 0A /r",    "rw r | ssse3"),
    .init(.pmulhrsw,  "PMULHRSW xmm1, xmm2/m128",      "66 0F 38 0B /r",    "rw r | ssse3"),
    .init(.pabsb,     "PABSB xmm1, xmm2/m128",         "66 0F 38 1C /r",    "w r | ssse3"),
    .init(.pabsw,     "PABSW xmm1, xmm2/m128",         "66 0F 38 1D /r",    "w r | ssse3"),
    .init(.pabsd,     "PABSD xmm1, xmm2/m128",         "66 0F 38 1E /r",    "w r | ssse3"),
    .init(.palignr,   "PALIGNR xmm1, xmm2/m128, imm8", "66 0F 3A 0F /r ib", "rw r r | ssse3"),
  ]
}
