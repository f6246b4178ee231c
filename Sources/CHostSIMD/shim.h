// Host instructions that Swift has no spelling for. Header only: nothing of it is linked.
#pragma once
#include <stdint.h>

#if defined(__x86_64__)
#include <emmintrin.h>

// The host's MXCSR: its status flags collect what guest arithmetic raised.
static inline uint32_t host_get_mxcsr(void) { return __builtin_ia32_stmxcsr(); }
static inline void host_set_mxcsr(uint32_t value) { __builtin_ia32_ldmxcsr(value); }
#endif
