// SSE3, SSSE3, SSE4, AES, PCLMULQDQ and SHA on the host's unit. Included by shim.h.
//
// The functions hold assembler, so they need no compiler flag and become part of any caller, but
// they may run only where `HostFeatures` says that the host has the instruction.
#pragma once

// SSE3. The pairs are added as the hardware adds them: that decides which of two NaNs is kept.
HOST_PACKED(haddps) HOST_PACKED(haddpd) HOST_PACKED(hsubps) HOST_PACKED(hsubpd)
HOST_PACKED(addsubps) HOST_PACKED(addsubpd)

// SSSE3
HOST_PACKED(pshufb)
HOST_PACKED(phaddw) HOST_PACKED(phaddd) HOST_PACKED(phaddsw)
HOST_PACKED(phsubw) HOST_PACKED(phsubd) HOST_PACKED(phsubsw)
HOST_PACKED(pmaddubsw) HOST_PACKED(pmulhrsw)
HOST_PACKED(psignb) HOST_PACKED(psignw) HOST_PACKED(psignd)
HOST_UNARY(pabsb, __m128i, __m128i)
HOST_UNARY(pabsw, __m128i, __m128i)
HOST_UNARY(pabsd, __m128i, __m128i)

// SSE4.1
HOST_PACKED(pmulld) HOST_PACKED(pmuldq) HOST_PACKED(packusdw) HOST_PACKED(pcmpeqq)
HOST_PACKED(pminsb) HOST_PACKED(pminsd) HOST_PACKED(pminuw) HOST_PACKED(pminud)
HOST_PACKED(pmaxsb) HOST_PACKED(pmaxsd) HOST_PACKED(pmaxuw) HOST_PACKED(pmaxud)
HOST_UNARY(phminposuw, __m128i, __m128i)
HOST_UNARY(pmovsxbw, __m128i, __m128i) HOST_UNARY(pmovzxbw, __m128i, __m128i)
HOST_UNARY(pmovsxbd, __m128i, __m128i) HOST_UNARY(pmovzxbd, __m128i, __m128i)
HOST_UNARY(pmovsxbq, __m128i, __m128i) HOST_UNARY(pmovzxbq, __m128i, __m128i)
HOST_UNARY(pmovsxwd, __m128i, __m128i) HOST_UNARY(pmovzxwd, __m128i, __m128i)
HOST_UNARY(pmovsxwq, __m128i, __m128i) HOST_UNARY(pmovzxwq, __m128i, __m128i)
HOST_UNARY(pmovsxdq, __m128i, __m128i) HOST_UNARY(pmovzxdq, __m128i, __m128i)

// An immediate is part of the host instruction: one function for each value.
#define HOST_BINARY_IMMEDIATE(name, n, type) \
  HOST_INLINE type host_##name##_##n(type a, type b) { \
    __asm__(#name " $" #n ", %1, %0" : "+x"(a) : "x"(b)); \
    return a; \
  }
#define HOST_UNARY_IMMEDIATE(name, n, type) \
  HOST_INLINE type host_##name##_##n(type a) { \
    type r; \
    __asm__(#name " $" #n ", %1, %0" : "=x"(r) : "x"(a)); \
    return r; \
  }
// Nearest, down, up, towards zero, and as MXCSR says; the same without the precision exception.
#define HOST_ROUND(name, type) \
  HOST_UNARY_IMMEDIATE(name, 0, type) HOST_UNARY_IMMEDIATE(name, 1, type) \
  HOST_UNARY_IMMEDIATE(name, 2, type) HOST_UNARY_IMMEDIATE(name, 3, type) \
  HOST_UNARY_IMMEDIATE(name, 4, type) HOST_UNARY_IMMEDIATE(name, 8, type) \
  HOST_UNARY_IMMEDIATE(name, 9, type) HOST_UNARY_IMMEDIATE(name, 10, type) \
  HOST_UNARY_IMMEDIATE(name, 11, type) HOST_UNARY_IMMEDIATE(name, 12, type)
HOST_ROUND(roundps, __m128i)
HOST_ROUND(roundpd, __m128i)
HOST_ROUND(roundss, float)
HOST_ROUND(roundsd, double)
HOST_BINARY_IMMEDIATE(mpsadbw, 0, __m128i) HOST_BINARY_IMMEDIATE(mpsadbw, 1, __m128i)
HOST_BINARY_IMMEDIATE(mpsadbw, 2, __m128i) HOST_BINARY_IMMEDIATE(mpsadbw, 3, __m128i)
HOST_BINARY_IMMEDIATE(mpsadbw, 4, __m128i) HOST_BINARY_IMMEDIATE(mpsadbw, 5, __m128i)
HOST_BINARY_IMMEDIATE(mpsadbw, 6, __m128i) HOST_BINARY_IMMEDIATE(mpsadbw, 7, __m128i)

// SSE4.2
HOST_PACKED(pcmpgtq)
#define HOST_CRC32(suffix, from) \
  HOST_INLINE uint64_t host_crc32##suffix(uint64_t crc, from a) { \
    __asm__("crc32" #suffix " %1, %q0" : "+r"(crc) : "r"(a)); \
    return crc; \
  }
HOST_CRC32(b, uint8_t)
HOST_CRC32(q, uint64_t)
// `crc32w` and `crc32l` have no form with a 64-bit destination.
HOST_INLINE uint64_t host_crc32w(uint64_t crc, uint16_t a) {
  uint32_t r = (uint32_t)crc;
  __asm__("crc32w %1, %0" : "+r"(r) : "r"(a));
  return r;
}
HOST_INLINE uint64_t host_crc32l(uint64_t crc, uint32_t a) {
  uint32_t r = (uint32_t)crc;
  __asm__("crc32l %1, %0" : "+r"(r) : "r"(a));
  return r;
}

// AES, PCLMULQDQ
HOST_PACKED(aesenc) HOST_PACKED(aesenclast) HOST_PACKED(aesdec) HOST_PACKED(aesdeclast)
HOST_UNARY(aesimc, __m128i, __m128i)
HOST_UNARY_IMMEDIATE(aeskeygenassist, 0, __m128i)
HOST_BINARY_IMMEDIATE(pclmulqdq, 0, __m128i) HOST_BINARY_IMMEDIATE(pclmulqdq, 1, __m128i)
HOST_BINARY_IMMEDIATE(pclmulqdq, 16, __m128i) HOST_BINARY_IMMEDIATE(pclmulqdq, 17, __m128i)

// SHA
HOST_PACKED(sha1msg1) HOST_PACKED(sha1msg2) HOST_PACKED(sha1nexte)
HOST_PACKED(sha256msg1) HOST_PACKED(sha256msg2)
HOST_BINARY_IMMEDIATE(sha1rnds4, 0, __m128i) HOST_BINARY_IMMEDIATE(sha1rnds4, 1, __m128i)
HOST_BINARY_IMMEDIATE(sha1rnds4, 2, __m128i) HOST_BINARY_IMMEDIATE(sha1rnds4, 3, __m128i)
HOST_INLINE __m128i host_sha256rnds2(__m128i a, __m128i b, __m128i key) {
  register __m128i xmm0 __asm__("xmm0") = key;
  __asm__("sha256rnds2 %%xmm0, %1, %0" : "+x"(a) : "x"(b), "x"(xmm0));
  return a;
}

// PALIGNR: `control` holds, for each result byte, its number in the 32 bytes of `low` and, behind
// it, `high`. PSHUFB takes what is in one of them and zero for the rest.
HOST_INLINE __m128i host_align(__m128i low, __m128i high, __m128i control) {
  __m128i limit = _mm_set1_epi8(0x70);
  __m128i fromLow = host_pshufb(low, _mm_adds_epu8(control, limit));
  control = _mm_sub_epi8(control, _mm_set1_epi8(16));
  return _mm_or_si128(fromLow, host_pshufb(high, _mm_adds_epu8(control, limit)));
}

// What baseline instructions do as well.
HOST_INLINE __m128i host_movddup(__m128i a) { return _mm_unpacklo_epi64(a, a); }
HOST_INLINE __m128i host_movsldup(__m128i a) { return _mm_shuffle_epi32(a, 0xA0); }
HOST_INLINE __m128i host_movshdup(__m128i a) { return _mm_shuffle_epi32(a, 0xF5); }
// The bits of `b` where those of `mask` are set, else those of `a`.
HOST_INLINE __m128i host_blend(__m128i a, __m128i b, __m128i mask) {
  return _mm_or_si128(_mm_and_si128(mask, b), _mm_andnot_si128(mask, a));
}
// The sign bit of each doubleword or quadword in all its bits.
HOST_INLINE __m128i host_signs_d(__m128i a) { return _mm_srai_epi32(a, 31); }
HOST_INLINE __m128i host_signs_q(__m128i a) {
  return _mm_srai_epi32(_mm_shuffle_epi32(a, 0xF5), 31);
}

// What the host has: CPUID, and which register states its kernel switches (XGETBV).
typedef struct {
  uint32_t eax, ebx, ecx, edx;
} HostCPUID;
HOST_INLINE HostCPUID host_cpuid(uint32_t leaf, uint32_t subleaf) {
  HostCPUID r;
  __asm__("cpuid" : "=a"(r.eax), "=b"(r.ebx), "=c"(r.ecx), "=d"(r.edx) : "a"(leaf), "c"(subleaf));
  return r;
}
HOST_INLINE uint64_t host_xgetbv(void) {
  uint32_t low, high;
  __asm__("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
  return (uint64_t)high << 32 | low;
}

// DPPS and DPPD: the immediate's high bits say which products count, the low ones which elements of
// the result get the sum. What does not count is zero before it is multiplied, so it raises nothing.
HOST_INLINE __m128i host_lanes_s(uint32_t bits) {
  __m128i own = _mm_setr_epi32(1, 2, 4, 8);
  return _mm_cmpeq_epi32(_mm_and_si128(_mm_set1_epi32((int)bits), own), own);
}
HOST_INLINE __m128i host_lanes_d(uint32_t bits) {
  __m128i own = _mm_setr_epi32(1, 1, 2, 2);
  return _mm_cmpeq_epi32(_mm_and_si128(_mm_set1_epi32((int)bits), own), own);
}
HOST_INLINE __m128i host_dpps(__m128i a, __m128i b, uint32_t control) {
  __m128i counts = host_lanes_s(control >> 4);
  __m128i r = host_mulps(_mm_and_si128(a, counts), _mm_and_si128(b, counts));
  r = host_addps(r, _mm_shuffle_epi32(r, 0xB1));
  r = host_addps(r, _mm_shuffle_epi32(r, 0x4E));
  return _mm_and_si128(_mm_shuffle_epi32(r, 0), host_lanes_s(control));
}
HOST_INLINE __m128i host_dppd(__m128i a, __m128i b, uint32_t control) {
  __m128i counts = host_lanes_d(control >> 4);
  __m128i r = host_mulpd(_mm_and_si128(a, counts), _mm_and_si128(b, counts));
  r = host_addpd(r, _mm_shuffle_epi32(r, 0x4E));
  return _mm_and_si128(_mm_shuffle_epi32(r, 0x44), host_lanes_d(control));
}

// BMI2
HOST_INLINE uint64_t host_pdep(uint64_t a, uint64_t mask) {
  uint64_t r;
  __asm__("pdep %2, %1, %0" : "=r"(r) : "r"(a), "r"(mask));
  return r;
}
HOST_INLINE uint64_t host_pext(uint64_t a, uint64_t mask) {
  uint64_t r;
  __asm__("pext %2, %1, %0" : "=r"(r) : "r"(a), "r"(mask));
  return r;
}
