// swift-format-ignore-file

/// AES, PCLMULQDQ and SHA: Intel SDM Vol. 1, 5.12 and 5.13.
extension InstructionTable {
  static let cryptography: [InstructionForm] = [
    // AES
    .init(.aesenc,          "AESENC xmm1, xmm2/m128",                "66 0F 38 DC /r",    "rw r | aes"),
    .init(.aesenclast,      "AESENCLAST xmm1, xmm2/m128",            "66 0F 38 DD /r",    "rw r | aes"),
    .init(.aesdec,          "AESDEC xmm1, xmm2/m128",                "66 0F 38 DE /r",    "rw r | aes"),
    .init(.aesdeclast,      "AESDECLAST xmm1, xmm2/m128",            "66 0F 38 DF /r",    "rw r | aes"),
    .init(.aesimc,          "AESIMC xmm1, xmm2/m128",                "66 0F 38 DB /r",    "w r | aes"),
    .init(.aeskeygenassist, "AESKEYGENASSIST xmm1, xmm2/m128, imm8", "66 0F 3A DF /r ib", "w r r | aes"),
    // Carry-less multiplication
    .init(.pclmulqdq,       "PCLMULQDQ xmm1, xmm2/m128, imm8",       "66 0F 3A 44 /r ib", "rw r r | pclmulqdq"),
    // SHA
    .init(.sha1rnds4,       "SHA1RNDS4 xmm1, xmm2/m128, imm8",       "NP 0F 3A CC /r ib", "rw r r | sha_ni"),
    .init(.sha1nexte,       "SHA1NEXTE xmm1, xmm2/m128",             "NP 0F 38 C8 /r",    "rw r | sha_ni"),
    .init(.sha1msg1,        "SHA1MSG1 xmm1, xmm2/m128",              "NP 0F 38 C9 /r",    "rw r | sha_ni"),
    .init(.sha1msg2,        "SHA1MSG2 xmm1, xmm2/m128",              "NP 0F 38 CA /r",    "rw r | sha_ni"),
    .init(.sha256rnds2,     "SHA256RNDS2 xmm1, xmm2/m128, <XMM0>",   "NP 0F 38 CB /r",    "rw r r | sha_ni"),
    .init(.sha256msg1,      "SHA256MSG1 xmm1, xmm2/m128",            "NP 0F 38 CC /r",    "rw r | sha_ni"),
    .init(.sha256msg2,      "SHA256MSG2 xmm1, xmm2/m128",            "NP 0F 38 CD /r",    "rw r | sha_ni"),
  ]
}
