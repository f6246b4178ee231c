// swift-format-ignore-file

/// SSE and SSE2 conversions: Intel SDM Vol. 1, 5.5.1.6 and 5.6.1.6.
extension InstructionTable {
  static let sseConvert: [InstructionForm] = [
    .init(.cvtsi2ss,  "CVTSI2SS xmm1, r/m32",      "F3 0F 2A /r",      "rw r | sse"),
    .init(.cvtsi2ss,  "CVTSI2SS xmm1, r/m64",      "F3 REX.W + 0F 2A /r", "rw r | sse"),
    .init(.cvttss2si, "CVTTSS2SI r32, xmm1/m32",   "F3 0F 2C /r",         "w r | sse"),
    .init(.cvttss2si, "CVTTSS2SI r64, xmm1/m32",   "F3 REX.W + 0F 2C /r", "w r | sse"),
    .init(.cvtss2si,  "CVTSS2SI r32, xmm1/m32",    "F3 0F 2D /r",         "w r | sse"),
    .init(.cvtss2si,  "CVTSS2SI r64, xmm1/m32",    "F3 REX.W + 0F 2D /r", "w r | sse"),
    .init(.cvtsi2sd,  "CVTSI2SD xmm1, r/m32",      "F2 0F 2A /r",      "rw r | sse2"),
    .init(.cvtsi2sd,  "CVTSI2SD xmm1, r/m64",      "F2 REX.W + 0F 2A /r", "rw r | sse2"),
    .init(.cvttsd2si, "CVTTSD2SI r32, xmm1/m64",   "F2 0F 2C /r",         "w r | sse2"),
    .init(.cvttsd2si, "CVTTSD2SI r64, xmm1/m64",   "F2 REX.W + 0F 2C /r", "w r | sse2"),
    .init(.cvtsd2si,  "CVTSD2SI r32, xmm1/m64",    "F2 0F 2D /r",         "w r | sse2"),
    .init(.cvtsd2si,  "CVTSD2SI r64, xmm1/m64",    "F2 REX.W + 0F 2D /r", "w r | sse2"),
    .init(.cvtps2pd,  "CVTPS2PD xmm1, xmm2/m64",   "NP 0F 5A /r",         "w r | sse2"),
    .init(.cvtpd2ps,  "CVTPD2PS xmm1, xmm2/m128",  "66 0F 5A /r",         "w r | sse2"),
    .init(.cvtss2sd,  "CVTSS2SD xmm1, xmm2/m32",   "F3 0F 5A /r",         "rw r | sse2"),
    .init(.cvtsd2ss,  "CVTSD2SS xmm1, xmm2/m64",   "F2 0F 5A /r",         "rw r | sse2"),
    .init(.cvtdq2ps,  "CVTDQ2PS xmm1, xmm2/m128",  "NP 0F 5B /r",         "w r | sse2"),
    .init(.cvtps2dq,  "CVTPS2DQ xmm1, xmm2/m128",  "66 0F 5B /r",         "w r | sse2"),
    .init(.cvttps2dq, "CVTTPS2DQ xmm1, xmm2/m128", "F3 0F 5B /r",         "w r | sse2"),
    .init(.cvttpd2dq, "CVTTPD2DQ xmm1, xmm2/m128", "66 0F E6 /r",         "w r | sse2"),
    .init(.cvtdq2pd,  "CVTDQ2PD xmm1, xmm2/m64",   "F3 0F E6 /r",         "w r | sse2"),
    .init(.cvtpd2dq,  "CVTPD2DQ xmm1, xmm2/m128",  "F2 0F E6 /r",         "w r | sse2"),
  ]
}
