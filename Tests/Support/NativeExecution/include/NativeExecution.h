// Runs instruction bytes on the host processor and reports everything that they did.
//
// Only tests use this. It works on x86-64 Linux; elsewhere `native_is_supported` answers false and
// the other functions do nothing.

#ifndef NATIVE_EXECUTION_H
#define NATIVE_EXECUTION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// The user-mode state of a processor. `Transfer.S` knows the offsets.
typedef struct {
  uint64_t gpr[16];  ///< In hardware order: rax rcx rdx rbx rsp rbp rsi rdi r8 ... r15.
  uint64_t rip;
  uint64_t rflags;
  uint64_t fsBase;
  uint64_t gsBase;
  uint64_t xmm[32];  ///< Low and high half of xmm0, xmm1, ...
  uint32_t mxcsr;
  uint32_t reserved;
  uint64_t x87[20];  ///< The first 160 bytes of an image of FXSAVE64: the x87 state.
  uint64_t ymmHigh[32];  ///< The upper halves of ymm0, ymm1, ...; zeros without AVX.
} NativeState;

/// How a run ended. Every run ends in a signal; the usual one is SIGTRAP, from an INT3.
typedef struct {
  NativeState state;
  int32_t signal;
  int32_t code;        ///< `si_code`.
  uint64_t vector;     ///< The exception vector.
  uint64_t errorCode;  ///< The exception's error code.
  uint64_t cr2;        ///< The address, of a page fault.
} NativeResult;

/// True when this host can run the bytes.
bool native_is_supported(void);

/// True when the host has AVX, and with it `ymmHigh`.
bool native_has_avx(void);

/// True when `fsBase` and `gsBase` are loaded (the kernel lets user code write them).
bool native_loads_segment_bases(void);

/// Maps `size` bytes at exactly `address`, never over something else.
bool native_map(uint64_t address, size_t size, bool writable, bool executable);

/// Changes the protection of pages mapped by `native_map`; neither flag set leaves them readable.
bool native_protect(uint64_t address, size_t size, bool writable, bool executable);

/// Takes the one native processor for the calling thread: lock, signal handlers, signal stack.
void native_begin(void);

/// Gives it back, and the process its own signal handlers.
void native_end(void);

/// Loads `in`, jumps to its `rip` and comes back at the first signal.
///
/// Only between `native_begin` and `native_end`, on the same thread.
void native_execute(const NativeState *in, NativeResult *out);

#endif
