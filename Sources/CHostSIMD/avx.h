// What the VEX forms need beyond SSE2. Included by shim.h. VEX instructions of the host are given
// XMM registers only, so the upper halves of its YMM registers stay clean.
#pragma once

// The 32 predicates of VCMPPS and its kin from the eight of CMPPS (Intel SDM Vol. 2A, table 3-1).
// `quiet` makes a comparison that signals for a QNaN silent: it sees zeros where an operand is a NaN,
// and UNORD has raised what is to be raised. A LT that can change no bit makes a quiet one signal.
#define HOST_PREDICATES(s) \
  HOST_INLINE __m128i host_predicate##s(__m128i a, __m128i b, uint64_t predicate) { \
    __m128i u, x, y, lt, r; \
    switch (predicate & 31) { \
    case 0: return host_cmpeq##s##v(a, b); \
    case 1: return host_cmplt##s##v(a, b); \
    case 2: return host_cmple##s##v(a, b); \
    case 3: return host_cmpunord##s##v(a, b); \
    case 4: return host_cmpneq##s##v(a, b); \
    case 5: return host_cmpnlt##s##v(a, b); \
    case 6: return host_cmpnle##s##v(a, b); \
    case 7: return host_cmpord##s##v(a, b); \
    case 9: return host_cmpnle##s##v(b, a); \
    case 10: return host_cmpnlt##s##v(b, a); \
    case 13: return host_cmple##s##v(b, a); \
    case 14: return host_cmplt##s##v(b, a); \
    default: break; \
    } \
    u = host_cmpunord##s##v(a, b); \
    if ((predicate & 31) >= 17) { \
      x = _mm_andnot_si128(u, a); \
      y = _mm_andnot_si128(u, b); \
      switch (predicate & 31) { \
      case 17: return host_cmplt##s##v(x, y); \
      case 18: return _mm_andnot_si128(u, host_cmple##s##v(x, y)); \
      case 21: return host_cmpnlt##s##v(x, y); \
      case 22: return _mm_or_si128(u, host_cmpnle##s##v(x, y)); \
      case 25: return _mm_or_si128(u, host_cmpnle##s##v(y, x)); \
      case 26: return host_cmpnlt##s##v(y, x); \
      case 29: return _mm_andnot_si128(u, host_cmple##s##v(y, x)); \
      case 30: return host_cmplt##s##v(y, x); \
      default: break; \
      } \
    } \
    r = host_cmpeq##s##v(a, b); \
    switch (predicate & 15) { \
    case 0: break; \
    case 3: r = u; break; \
    case 4: r = host_cmpneq##s##v(a, b); break; \
    case 7: r = host_cmpord##s##v(a, b); break; \
    case 8: r = _mm_or_si128(r, u); break; \
    case 11: r = _mm_and_si128(r, u); break; \
    case 12: r = _mm_andnot_si128(u, host_cmpneq##s##v(a, b)); break; \
    default: r = _mm_or_si128(r, host_cmpneq##s##v(a, b)); break; \
    } \
    if ((predicate & 31) < 16) return r; \
    lt = host_cmplt##s##v(a, b); \
    switch (predicate & 15) { \
    case 0: case 3: case 8: case 11: return _mm_andnot_si128(lt, r); \
    default: return _mm_or_si128(r, lt); \
    } \
  }
#define HOST_COMPARISONS(s) \
  HOST_COMPARISON(cmpeq##s) HOST_COMPARISON(cmplt##s) HOST_COMPARISON(cmple##s) \
  HOST_COMPARISON(cmpunord##s) HOST_COMPARISON(cmpneq##s) HOST_COMPARISON(cmpnlt##s) \
  HOST_COMPARISON(cmpnle##s) HOST_COMPARISON(cmpord##s) HOST_PREDICATES(s)
// The same in whole registers, whatever the type: what is above a scalar does not matter.
#define HOST_COMPARISON(name) \
  HOST_INLINE __m128i host_##name##v(__m128i a, __m128i b) { \
    __asm__(#name " %1, %0" : "+x"(a) : "x"(b)); \
    return a; \
  }
HOST_COMPARISONS(ps) HOST_COMPARISONS(pd) HOST_COMPARISONS(ss) HOST_COMPARISONS(sd)

// FMA: the host's instruction of the same name, because the order of its operands decides which of
// several NaNs is kept.
#define HOST_FMA_FORM(name, type) \
  HOST_INLINE type host_##name(type a, type b, type c) { \
    __asm__(#name " %2, %1, %0" : "+x"(a) : "x"(b), "x"(c)); \
    return a; \
  }
#define HOST_FMA_ORDER(name) \
  HOST_FMA_FORM(name##ps, __m128i) HOST_FMA_FORM(name##pd, __m128i) \
  HOST_FMA_FORM(name##ss, float) HOST_FMA_FORM(name##sd, double)
#define HOST_FMA(name) HOST_FMA_ORDER(name##132) HOST_FMA_ORDER(name##213) HOST_FMA_ORDER(name##231)
HOST_FMA(vfmadd) HOST_FMA(vfmsub) HOST_FMA(vfnmadd) HOST_FMA(vfnmsub)
#define HOST_FMA_PACKED(name) \
  HOST_FMA_FORM(name##132ps, __m128i) HOST_FMA_FORM(name##132pd, __m128i) \
  HOST_FMA_FORM(name##213ps, __m128i) HOST_FMA_FORM(name##213pd, __m128i) \
  HOST_FMA_FORM(name##231ps, __m128i) HOST_FMA_FORM(name##231pd, __m128i)
HOST_FMA_PACKED(vfmaddsub) HOST_FMA_PACKED(vfmsubadd)

// F16C
HOST_UNARY(vcvtph2ps, __m128i, __m128i)
#define HOST_TO_HALF(n) \
  HOST_INLINE __m128i host_vcvtps2ph_##n(__m128i a) { \
    __m128i r; \
    __asm__("vcvtps2ph $" #n ", %1, %0" : "=x"(r) : "x"(a)); \
    return r; \
  }
HOST_TO_HALF(0) HOST_TO_HALF(1) HOST_TO_HALF(2) HOST_TO_HALF(3) HOST_TO_HALF(4)

// AVX2 shifts by a count for each element.
#define HOST_SHIFT(name) \
  HOST_INLINE __m128i host_##name(__m128i a, __m128i b) { \
    __m128i r; \
    __asm__(#name " %2, %1, %0" : "=x"(r) : "x"(a), "x"(b)); \
    return r; \
  }
HOST_SHIFT(vpsllvd) HOST_SHIFT(vpsllvq) HOST_SHIFT(vpsrlvd) HOST_SHIFT(vpsrlvq) HOST_SHIFT(vpsravd)

// VPERMILPS and VPERMILPD with the pattern in a register: PSHUFB with byte numbers made of it.
HOST_INLINE __m128i host_vpermilps(__m128i a, __m128i pattern) {
  __m128i n = _mm_slli_epi32(_mm_and_si128(pattern, _mm_set1_epi32(3)), 2);
  n = _mm_or_si128(n, _mm_slli_epi32(n, 8));
  n = _mm_or_si128(n, _mm_slli_epi32(n, 16));
  return host_pshufb(a, _mm_add_epi8(n, _mm_set1_epi32(0x03020100)));
}
HOST_INLINE __m128i host_vpermilpd(__m128i a, __m128i pattern) {
  __m128i n = _mm_slli_epi64(_mm_and_si128(pattern, _mm_set1_epi64x(2)), 2);
  n = _mm_or_si128(n, _mm_slli_epi64(n, 8));
  n = _mm_or_si128(n, _mm_slli_epi64(n, 16));
  n = _mm_or_si128(n, _mm_slli_epi64(n, 32));
  return host_pshufb(a, _mm_add_epi8(n, _mm_set1_epi64x(0x0706050403020100)));
}
