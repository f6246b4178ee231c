// Host instructions that Swift has no spelling for. Header only: nothing of it is linked.
//
// Each guest SSE operation is the host instruction of the same name, so that results, NaN payloads,
// rounding and MXCSR's sticky flags are the hardware's own. They are spelled in assembler because a
// compiler may commute, fold or drop floating-point operators; none is `volatile`, because every
// result is stored before the next micro-op starts.
#pragma once
#include <stdint.h>

#if defined(__x86_64__)
#include <emmintrin.h>
#include "x87.h"

// A handler that makes a call is no longer one jump: everything here becomes part of its caller.
#define HOST_INLINE static inline __attribute__((always_inline))

// The host's MXCSR: its status flags collect what guest arithmetic raised.
HOST_INLINE uint32_t host_get_mxcsr(void) { return __builtin_ia32_stmxcsr(); }
HOST_INLINE void host_set_mxcsr(uint32_t value) { __builtin_ia32_ldmxcsr(value); }
// The same from and to memory, for handlers, which must have no stack frame.
HOST_INLINE void host_load_mxcsr(const uint32_t *from) {
  __asm__ volatile("ldmxcsr %0" : : "m"(*from));
}
HOST_INLINE void host_store_mxcsr(uint32_t *to) { __asm__ volatile("stmxcsr %0" : "=m"(*to)); }

// destination = destination op source
#define HOST_BINARY(name, type) \
  HOST_INLINE type host_##name(type a, type b) { \
    __asm__(#name " %1, %0" : "+x"(a) : "x"(b)); \
    return a; \
  }
// destination = op source
#define HOST_UNARY(name, to, from) \
  HOST_INLINE to host_##name(from a) { \
    to r; \
    __asm__(#name " %1, %0" : "=x"(r) : "x"(a)); \
    return r; \
  }
// The four forms of an arithmetic operation, and the two packed ones.
#define HOST_ARITHMETIC(name) \
  HOST_BINARY(name##ps, __m128i) \
  HOST_BINARY(name##pd, __m128i) \
  HOST_BINARY(name##ss, float) \
  HOST_BINARY(name##sd, double)

HOST_ARITHMETIC(add)
HOST_ARITHMETIC(sub)
HOST_ARITHMETIC(mul)
HOST_ARITHMETIC(div)
HOST_ARITHMETIC(min)
HOST_ARITHMETIC(max)
HOST_UNARY(sqrtps, __m128i, __m128i)
HOST_UNARY(sqrtpd, __m128i, __m128i)
HOST_UNARY(sqrtss, float, float)
HOST_UNARY(sqrtsd, double, double)
HOST_UNARY(rcpps, __m128i, __m128i)
HOST_UNARY(rcpss, float, float)
HOST_UNARY(rsqrtps, __m128i, __m128i)
HOST_UNARY(rsqrtss, float, float)

// The eight predicates of CMPPS, CMPPD, CMPSS and CMPSD, in the order of the immediate.
HOST_ARITHMETIC(cmpeq)
HOST_ARITHMETIC(cmplt)
HOST_ARITHMETIC(cmple)
HOST_ARITHMETIC(cmpunord)
HOST_ARITHMETIC(cmpneq)
HOST_ARITHMETIC(cmpnlt)
HOST_ARITHMETIC(cmpnle)
HOST_ARITHMETIC(cmpord)

// Flags of COMISS and its kin, in the form in which the interpreter keeps them.
typedef struct {
  // 0 when ZF is set, else 1.
  uint8_t nonzero;
  // 0 when PF is set, else 1: a byte of that parity.
  uint8_t odd;
  uint8_t carry;
} HostComparison;
#define HOST_COMPARE(name, type) \
  HOST_INLINE HostComparison host_##name(type a, type b) { \
    HostComparison r; \
    __asm__(#name " %4, %3" \
            : "=@ccnz"(r.nonzero), "=@ccnp"(r.odd), "=@ccc"(r.carry) \
            : "x"(a), "x"(b)); \
    return r; \
  }
HOST_COMPARE(comiss, float)
HOST_COMPARE(comisd, double)
HOST_COMPARE(ucomiss, float)
HOST_COMPARE(ucomisd, double)

// Conversions. `l` and `q` name the width of the general-purpose register.
#define HOST_FROM_INTEGER(name, suffix, to, from) \
  HOST_INLINE to host_##name##suffix(from a) { \
    to r = 0; \
    __asm__(#name #suffix " %1, %0" : "+x"(r) : "r"(a)); \
    return r; \
  }
#define HOST_TO_INTEGER(name, to, suffix, from) \
  HOST_INLINE to host_##name##suffix(from a) { \
    to r; \
    __asm__(#name #suffix " %1, %0" : "=r"(r) : "x"(a)); \
    return r; \
  }
HOST_FROM_INTEGER(cvtsi2ss, l, float, uint32_t)
HOST_FROM_INTEGER(cvtsi2ss, q, float, uint64_t)
HOST_FROM_INTEGER(cvtsi2sd, l, double, uint32_t)
HOST_FROM_INTEGER(cvtsi2sd, q, double, uint64_t)
HOST_TO_INTEGER(cvtss2si, uint32_t, l, float)
HOST_TO_INTEGER(cvtss2si, uint64_t, q, float)
HOST_TO_INTEGER(cvtsd2si, uint32_t, l, double)
HOST_TO_INTEGER(cvtsd2si, uint64_t, q, double)
HOST_TO_INTEGER(cvttss2si, uint32_t, l, float)
HOST_TO_INTEGER(cvttss2si, uint64_t, q, float)
HOST_TO_INTEGER(cvttsd2si, uint32_t, l, double)
HOST_TO_INTEGER(cvttsd2si, uint64_t, q, double)
HOST_UNARY(cvtss2sd, double, float)
HOST_UNARY(cvtsd2ss, float, double)
HOST_UNARY(cvtps2pd, __m128i, __m128i)
HOST_UNARY(cvtpd2ps, __m128i, __m128i)
HOST_UNARY(cvtdq2ps, __m128i, __m128i)
HOST_UNARY(cvtdq2pd, __m128i, __m128i)
HOST_UNARY(cvtps2dq, __m128i, __m128i)
HOST_UNARY(cvtpd2dq, __m128i, __m128i)
HOST_UNARY(cvttps2dq, __m128i, __m128i)
HOST_UNARY(cvttpd2dq, __m128i, __m128i)

// Integers and bits.
#define HOST_PACKED(name) HOST_BINARY(name, __m128i)
HOST_PACKED(paddb) HOST_PACKED(paddw) HOST_PACKED(paddd) HOST_PACKED(paddq)
HOST_PACKED(paddsb) HOST_PACKED(paddsw) HOST_PACKED(paddusb) HOST_PACKED(paddusw)
HOST_PACKED(psubb) HOST_PACKED(psubw) HOST_PACKED(psubd) HOST_PACKED(psubq)
HOST_PACKED(psubsb) HOST_PACKED(psubsw) HOST_PACKED(psubusb) HOST_PACKED(psubusw)
HOST_PACKED(pmullw) HOST_PACKED(pmulhw) HOST_PACKED(pmulhuw) HOST_PACKED(pmuludq)
HOST_PACKED(pmaddwd) HOST_PACKED(psadbw) HOST_PACKED(pavgb) HOST_PACKED(pavgw)
HOST_PACKED(pminub) HOST_PACKED(pminsw) HOST_PACKED(pmaxub) HOST_PACKED(pmaxsw)
HOST_PACKED(pand) HOST_PACKED(pandn) HOST_PACKED(por) HOST_PACKED(pxor)
HOST_PACKED(pcmpeqb) HOST_PACKED(pcmpeqw) HOST_PACKED(pcmpeqd)
HOST_PACKED(pcmpgtb) HOST_PACKED(pcmpgtw) HOST_PACKED(pcmpgtd)
HOST_PACKED(psllw) HOST_PACKED(pslld) HOST_PACKED(psllq)
HOST_PACKED(psrlw) HOST_PACKED(psrld) HOST_PACKED(psrlq)
HOST_PACKED(psraw) HOST_PACKED(psrad)
HOST_PACKED(packsswb) HOST_PACKED(packssdw) HOST_PACKED(packuswb)
HOST_PACKED(punpcklbw) HOST_PACKED(punpcklwd) HOST_PACKED(punpckldq) HOST_PACKED(punpcklqdq)
HOST_PACKED(punpckhbw) HOST_PACKED(punpckhwd) HOST_PACKED(punpckhdq) HOST_PACKED(punpckhqdq)
#define HOST_MASK(name) \
  HOST_INLINE uint32_t host_##name(__m128i a) { \
    uint32_t r; \
    __asm__(#name " %1, %0" : "=r"(r) : "x"(a)); \
    return r; \
  }
HOST_MASK(movmskps)
HOST_MASK(movmskpd)
HOST_MASK(pmovmskb)

// The bytes of `a` where the top bit of `mask` is set, else those of `b`.
HOST_INLINE __m128i host_select(__m128i a, __m128i mask, __m128i b) {
  __m128i chosen = _mm_cmpgt_epi8(_mm_setzero_si128(), mask);
  return _mm_or_si128(_mm_and_si128(chosen, a), _mm_andnot_si128(chosen, b));
}

#include "sse4.h"
#include "avx.h"
#endif
