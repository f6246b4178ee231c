// The host's x87 unit, one operation at a time.
//
// Each function starts from an initialised unit with the guest's control word, so that unmasked
// exceptions give what the hardware gives: `status` tells which were raised; a result is meaningless
// where an unmasked one kept the operation from being carried out. Afterwards the unit is
// initialised again and has the guest's control word with all exceptions masked.
#pragma once
#include <stdint.h>

#if defined(__x86_64__)

// The bytes of an 80-bit floating-point number; the last six are padding.
typedef struct {
  uint64_t significand;
  uint64_t signExponent;
} HostFloat80;

typedef struct {
  HostFloat80 value;
  HostFloat80 second;
  uint16_t status;
} HostX87Result;

typedef struct {
  uint64_t value;
  uint16_t status;
} HostX87Stored;

#define HOST_X87_BEGIN "fninit\n\tfldcw %[control]\n\t"
#define HOST_X87_STATUS "\n\tfnstsw %[status]\n\tfnclex\n\tfldcw %[masked]\n\t"
#define HOST_X87_END "\n\tfninit\n\tfldcw %[masked]"

// ST(0) = op ST(0)
#define HOST_X87_UNARY(name) \
  static inline HostX87Result host_x87_##name(HostFloat80 a, uint16_t control) { \
    HostX87Result r = {{0, 0}, {0, 0}, 0}; \
    uint16_t masked = control | 0x3F; \
    __asm__ volatile(HOST_X87_BEGIN "fldt %[a]\n\t" #name HOST_X87_STATUS \
                     "fstpt %[value]" HOST_X87_END \
                     : [status] "+m"(r.status), [value] "+m"(r.value) \
                     : [a] "m"(a), [control] "m"(control), [masked] "m"(masked)); \
    return r; \
  }
// ST(0) = op ST(0), and something is pushed
#define HOST_X87_PUSHING(name) \
  static inline HostX87Result host_x87_##name(HostFloat80 a, uint16_t control) { \
    HostX87Result r = {{0, 0}, {0, 0}, 0}; \
    uint16_t masked = control | 0x3F; \
    __asm__ volatile(HOST_X87_BEGIN "fldt %[a]\n\t" #name HOST_X87_STATUS \
                     "fstpt %[second]\n\tfstpt %[value]" HOST_X87_END \
                     : [status] "+m"(r.status), [value] "+m"(r.value), [second] "+m"(r.second) \
                     : [a] "m"(a), [control] "m"(control), [masked] "m"(masked)); \
    return r; \
  }
// ST(0) = ST(0) op ST(1), with `a` in ST(0) and `b` in ST(1); or ST(1) = it, popped
#define HOST_X87_BINARY(name, text) \
  static inline HostX87Result host_x87_##name(HostFloat80 a, HostFloat80 b, uint16_t control) { \
    HostX87Result r = {{0, 0}, {0, 0}, 0}; \
    uint16_t masked = control | 0x3F; \
    __asm__ volatile(HOST_X87_BEGIN "fldt %[b]\n\tfldt %[a]\n\t" text HOST_X87_STATUS \
                     "fstpt %[value]" HOST_X87_END \
                     : [status] "+m"(r.status), [value] "+m"(r.value) \
                     : [a] "m"(a), [b] "m"(b), [control] "m"(control), [masked] "m"(masked)); \
    return r; \
  }
#define HOST_X87_LOAD(name, type) \
  static inline HostX87Result host_x87_##name(type a, uint16_t control) { \
    HostX87Result r = {{0, 0}, {0, 0}, 0}; \
    uint16_t masked = control | 0x3F; \
    __asm__ volatile(HOST_X87_BEGIN #name " %[a]" HOST_X87_STATUS "fstpt %[value]" HOST_X87_END \
                     : [status] "+m"(r.status), [value] "+m"(r.value) \
                     : [a] "m"(a), [control] "m"(control), [masked] "m"(masked)); \
    return r; \
  }
#define HOST_X87_STORE(name, type) \
  static inline HostX87Stored host_x87_##name(HostFloat80 a, uint16_t control) { \
    type value = 0; \
    uint16_t status = 0; \
    uint16_t masked = control | 0x3F; \
    __asm__ volatile(HOST_X87_BEGIN "fldt %[a]\n\t" #name " %[value]" HOST_X87_STATUS HOST_X87_END \
                     : [status] "+m"(status), [value] "+m"(value) \
                     : [a] "m"(a), [control] "m"(control), [masked] "m"(masked)); \
    HostX87Stored r = {value, status}; \
    return r; \
  }

HOST_X87_BINARY(fadd, "fadd %%st(1), %%st")
HOST_X87_BINARY(fsub, "fsub %%st(1), %%st")
HOST_X87_BINARY(fmul, "fmul %%st(1), %%st")
HOST_X87_BINARY(fdiv, "fdiv %%st(1), %%st")
HOST_X87_BINARY(fcom, "fcom %%st(1)")
HOST_X87_BINARY(fucom, "fucom %%st(1)")
HOST_X87_BINARY(fscale, "fscale")
HOST_X87_BINARY(fprem, "fprem")
HOST_X87_BINARY(fprem1, "fprem1")
HOST_X87_BINARY(fyl2x, "fyl2x")
HOST_X87_BINARY(fyl2xp1, "fyl2xp1")
HOST_X87_BINARY(fpatan, "fpatan")
HOST_X87_UNARY(fsqrt)
HOST_X87_UNARY(frndint)
HOST_X87_UNARY(f2xm1)
HOST_X87_UNARY(fsin)
HOST_X87_UNARY(fcos)
HOST_X87_PUSHING(fxtract)
HOST_X87_PUSHING(fptan)
HOST_X87_PUSHING(fsincos)
HOST_X87_LOAD(flds, uint32_t)
HOST_X87_LOAD(fldl, uint64_t)
HOST_X87_LOAD(fbld, HostFloat80)
HOST_X87_STORE(fsts, uint32_t)
HOST_X87_STORE(fstl, uint64_t)
HOST_X87_STORE(fists, uint16_t)
HOST_X87_STORE(fistl, uint32_t)
HOST_X87_STORE(fistpll, uint64_t)

static inline HostX87Result host_x87_fbstp(HostFloat80 a, uint16_t control) {
  HostX87Result r = {{0, 0}, {0, 0}, 0};
  uint16_t masked = control | 0x3F;
  __asm__ volatile(HOST_X87_BEGIN "fldt %[a]\n\tfbstp %[value]" HOST_X87_STATUS HOST_X87_END
                   : [status] "+m"(r.status), [value] "+m"(r.value)
                   : [a] "m"(a), [control] "m"(control), [masked] "m"(masked));
  return r;
}

// Gives the unit back as the ABI wants it.
static inline void host_x87_reset(void) { __asm__ volatile("fninit"); }
// The control word of the unit, which must be initialised otherwise; exceptions masked.
static inline void host_x87_set_control(uint16_t control) {
  __asm__ volatile("fnclex\n\tfldcw %0" : : "m"(control));
}
static inline uint16_t host_x87_get_status(void) {
  uint16_t status;
  __asm__ volatile("fnstsw %0" : "=a"(status));
  return status;
}
static inline void host_x87_clear(void) { __asm__ volatile("fnclex"); }
#endif
