#define _GNU_SOURCE
#include "NativeExecution.h"

#if defined(__x86_64__) && defined(__linux__)

#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/mman.h>
#include <time.h>
#include <ucontext.h>
#include <unistd.h>

// Shared with Transfer.S.
__attribute__((visibility("hidden"))) uint64_t native_host_stack;
__attribute__((visibility("hidden"))) uint64_t native_host_fs_base;
__attribute__((visibility("hidden"))) uint64_t native_guest_fs_base;
__attribute__((visibility("hidden"))) uint64_t native_guest_gs_base;
__attribute__((visibility("hidden"))) uint64_t native_target;
__attribute__((visibility("hidden"))) uint32_t native_active;
__attribute__((visibility("hidden"))) uint32_t native_has_bases;
__attribute__((visibility("hidden"))) uint32_t native_has_ymm;
// Image for FXRSTOR64: x87 state from the tested state, the rest is loaded again after it.
__attribute__((visibility("hidden"))) uint8_t native_image[512] __attribute__((aligned(16)));
__attribute__((visibility("hidden"))) void native_enter(const NativeState *in);
__attribute__((visibility("hidden"))) void native_signal_entry(int, siginfo_t *, void *);
__attribute__((visibility("hidden"), noreturn)) void native_leave(void);
__attribute__((visibility("hidden"))) void native_handle(int, siginfo_t *, void *);

_Static_assert(offsetof(NativeState, rip) == 128, "Transfer.S");
_Static_assert(offsetof(NativeState, rflags) == 136, "Transfer.S");
_Static_assert(offsetof(NativeState, fsBase) == 144, "Transfer.S");
_Static_assert(offsetof(NativeState, gsBase) == 152, "Transfer.S");
_Static_assert(offsetof(NativeState, xmm) == 160, "Transfer.S");
_Static_assert(offsetof(NativeState, mxcsr) == 416, "Transfer.S");
_Static_assert(offsetof(NativeState, ymmHigh) == 584, "Transfer.S");

static const int caught[] = {SIGSEGV, SIGILL, SIGFPE, SIGTRAP, SIGBUS, SIGALRM};
enum { caught_count = sizeof caught / sizeof caught[0] };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct sigaction previous[caught_count];
static stack_t previous_stack;
static uint8_t signal_stack[256 * 1024] __attribute__((aligned(64)));
static NativeResult *result;

// A run that sees two ticks is endless, and ends with SIGALRM.
static timer_t watchdog;
static uint64_t runs, runs_at_last_tick;

bool native_is_supported(void) { return true; }

bool native_has_avx(void) {
  __builtin_cpu_init();
  return __builtin_cpu_supports("avx");
}

bool native_loads_segment_bases(void) {
  // HWCAP2_FSGSBASE, Linux arch/x86/include/uapi/asm/hwcap2.h.
  return (getauxval(AT_HWCAP2) & 2) != 0;
}

static int protection(bool writable, bool executable) {
  return PROT_READ | (writable ? PROT_WRITE : 0) | (executable ? PROT_EXEC : 0);
}

bool native_map(uint64_t address, size_t size, bool writable, bool executable) {
  void *p = mmap((void *)address, size, protection(writable, executable),
                 MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE | MAP_POPULATE, -1, 0);
  return p == (void *)address;
}

bool native_protect(uint64_t address, size_t size, bool writable, bool executable) {
  return mprotect((void *)address, size, protection(writable, executable)) == 0;
}

void native_begin(void) {
  pthread_mutex_lock(&lock);
  native_has_bases = native_loads_segment_bases();
  native_has_ymm = native_has_avx();
  stack_t stack = {.ss_sp = signal_stack, .ss_size = sizeof signal_stack};
  sigaltstack(&stack, &previous_stack);
  struct sigaction action = {.sa_sigaction = native_signal_entry,
                             .sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER};
  for (int i = 0; i < caught_count; i++) sigaction(caught[i], &action, &previous[i]);
  struct sigevent event = {.sigev_notify = SIGEV_THREAD_ID, .sigev_signo = SIGALRM};
  event._sigev_un._tid = gettid();
  struct itimerspec period = {{0, 300000000}, {0, 300000000}};
  timer_create(CLOCK_MONOTONIC, &event, &watchdog);
  timer_settime(watchdog, 0, &period, NULL);
}

void native_end(void) {
  timer_delete(watchdog);
  for (int i = 0; i < caught_count; i++) sigaction(caught[i], &previous[i], NULL);
  sigaltstack(&previous_stack, NULL);
  pthread_mutex_unlock(&lock);
}

void native_execute(const NativeState *in, NativeResult *out) {
  result = out;
  runs++;
  memcpy(native_image, in->x87, 24);
  memcpy(native_image + 24, &in->mxcsr, 4);
  memcpy(native_image + 32, (const uint8_t *)in->x87 + 32, 128);
  native_enter(in);
}

// The upper halves of the vector registers, which a signal frame has behind the FXSAVE image, in the
// standard format of XSAVE (Linux arch/x86/include/uapi/asm/sigcontext.h, struct _xstate).
static void copy_upper_halves(const uint8_t *image) {
  enum { software = 464, magic = 0x46505853, header = 512, upper = 576, component = 1 << 2 };
  uint32_t found;
  uint64_t present;
  memcpy(&found, image + software, 4);
  memcpy(&present, image + header, 8);
  if (found == magic && (present & component))
    memcpy(result->state.ymmHigh, image + upper, sizeof result->state.ymmHigh);
  else
    memset(result->state.ymmHigh, 0, sizeof result->state.ymmHigh);
}

// Runs on the signal stack, after Transfer.S has made the thread pointer ours again.
void native_handle(int number, siginfo_t *info, void *context) {
  if (number == SIGALRM && info->si_code == SI_TIMER) {
    bool endless = native_active && runs == runs_at_last_tick;
    runs_at_last_tick = runs;
    if (!endless) return;
  }
  if (!native_active) {
    // Not from a run: let the process die of it as if we were not here.
    signal(number, SIG_DFL);
    return;
  }
  static const int order[16] = {REG_RAX, REG_RCX, REG_RDX, REG_RBX, REG_RSP, REG_RBP,
                                REG_RSI, REG_RDI, REG_R8,  REG_R9,  REG_R10, REG_R11,
                                REG_R12, REG_R13, REG_R14, REG_R15};
  const ucontext_t *uc = context;
  const greg_t *regs = uc->uc_mcontext.gregs;
  for (int i = 0; i < 16; i++) result->state.gpr[i] = (uint64_t)regs[order[i]];
  result->state.rip = (uint64_t)regs[REG_RIP];
  result->state.rflags = (uint64_t)regs[REG_EFL];
  memcpy(result->state.xmm, uc->uc_mcontext.fpregs->_xmm, sizeof result->state.xmm);
  result->state.mxcsr = uc->uc_mcontext.fpregs->mxcsr;
  memcpy(result->state.x87, uc->uc_mcontext.fpregs, sizeof result->state.x87);
  if (native_has_ymm) copy_upper_halves((const uint8_t *)uc->uc_mcontext.fpregs);
  result->signal = number;
  result->code = info->si_code;
  result->vector = (uint64_t)regs[REG_TRAPNO];
  result->errorCode = (uint64_t)regs[REG_ERR];
  result->cr2 = (uint64_t)regs[REG_CR2];
  native_leave();
}

#else

bool native_is_supported(void) { return false; }
bool native_has_avx(void) { return false; }
bool native_loads_segment_bases(void) { return false; }
bool native_map(uint64_t address, size_t size, bool writable, bool executable) {
  (void)address, (void)size, (void)writable, (void)executable;
  return false;
}
bool native_protect(uint64_t address, size_t size, bool writable, bool executable) {
  (void)address, (void)size, (void)writable, (void)executable;
  return false;
}
void native_begin(void) {}
void native_end(void) {}
void native_execute(const NativeState *in, NativeResult *out) { (void)in, (void)out; }

#endif
