/*
 * Runs the kernel's user-access functions on the host's own processor, as ordinary user code.
 *
 * Build and run: scripts/build-kernel --test (an x86-64 Linux host with a C compiler)
 * Expected: "uaccess_test: N cases, all exact", status 0.
 *
 * Without the boot-time patches STAC and CLAC are NOPs, so the functions run in any program. A
 * signal handler takes the kernel's part: it looks a faulting instruction up in __ex_table and goes
 * on at its fixup. Memory ends at a page that nobody may touch, and every length, distance to that
 * page and alignment is tried.
 */
#define _GNU_SOURCE
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <ucontext.h>

struct exception_table_entry {
    int32_t insn, fixup;
    uint32_t data;
};

extern struct exception_table_entry __start___ex_table[], __stop___ex_table[];

extern char copy_user_generic[], copy_user_generic_unrolled[], copy_user_generic_string[];
extern char copy_user_enhanced_fast_string[];
extern char __clear_user[], clear_user_original[], clear_user_rep_good[], clear_user_erms[];
extern char strncpy_from_user[];
extern char __get_user_1[], __get_user_2[], __get_user_4[], __get_user_8[];
extern char __put_user_1[], __put_user_2[], __put_user_4[], __put_user_8[];

static unsigned long cases, failures;

static void handler(int number, siginfo_t *info, void *context)
{
    ucontext_t *uc = context;
    intptr_t rip = uc->uc_mcontext.gregs[REG_RIP];

    for (struct exception_table_entry *e = __start___ex_table; e < __stop___ex_table; e++)
        if ((intptr_t)&e->insn + e->insn == rip) {
            uc->uc_mcontext.gregs[REG_RIP] = (intptr_t)&e->fixup + e->fixup;
            return;
        }
    fprintf(stderr, "uaccess_test: no entry for rip %#lx, address %p\n", (long)rip, info->si_addr);
    _Exit(128 + number);
}

/* Calls a function by the kernel's convention, which lets it overwrite all of these registers. */
static long call3(const void *function, const void *rdi, const void *rsi, long rdx)
{
    long rax;
    __asm__ volatile("call *%[f]"
                     : "=a"(rax), "+D"(rdi), "+S"(rsi), "+d"(rdx)
                     : [f] "r"(function)
                     : "rcx", "r8", "r9", "r10", "r11", "memory", "cc");
    return rax;
}

static long get_user(const void *function, uint64_t address, uint64_t *value)
{
    long rax = address;
    uint64_t rdx = ~0ul;
    __asm__ volatile("call *%[f]" : "+a"(rax), "+d"(rdx) : [f] "r"(function) : "memory", "cc");
    *value = rdx;
    return rax;
}

static long put_user(const void *function, uint64_t address, uint64_t value)
{
    long rax = value;
    __asm__ volatile("call *%[f]" : "+a"(rax), "+c"(address) : [f] "r"(function)
                     : "rbx", "memory", "cc");
    return rax;
}

static void check(int good, const char *what, long a, long b, long c)
{
    cases++;
    if (!good && failures++ < 20)
        fprintf(stderr, "uaccess_test: %s fails: %ld %ld %ld\n", what, a, b, c);
}

enum { PAGE = 4096, MARK = 0xee };

/* `good` pages that may be used, then one that may not. */
static unsigned char *fenced(int good)
{
    unsigned char *p = mmap(NULL, (good + 1) * PAGE, PROT_READ | PROT_WRITE,
                            MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    mprotect(p + good * PAGE, PAGE, PROT_NONE);
    return p;
}

static void copies(const char *name, const void *function, unsigned char *fence,
                   unsigned char *plain)
{
    unsigned char *end = fence + 2 * PAGE;

    for (long length = 0; length <= 200; length += length < 80 ? 1 : 7)
        for (long room = 0; room <= length + 1; room += room < 20 || room > length - 20 ? 1 : 5)
            for (int align = 0; align < 8; align++) {
                long expected = room < length ? length - room : 0, copied = length - expected;

                /* The source ends too early. */
                unsigned char *from = end - room, *to = plain + 64 + align;
                memset(plain, MARK, 512);
                for (long i = 0; i < room; i++)
                    from[i] = i * 7 + length;
                long rest = call3(function, to, from, length);
                int good = rest == expected && !memcmp(to, from, copied) && to[-1] == MARK;
                for (long i = copied; i < 300; i++)
                    good &= to[i] == MARK;
                check(good, name, length, room, rest);

                /* The destination ends too early. */
                from = plain + 64 + align;
                to = end - room;
                for (long i = 0; i < 300; i++)
                    from[i] = i * 5 + length;
                memset(end - 512, MARK, 512);
                rest = call3(function, to, from, length);
                good = rest == expected && !memcmp(to, from, copied) && to[-1] == MARK;
                for (unsigned char *p = to + copied; p < end; p++)
                    good &= *p == MARK;
                check(good, name, -length, room, rest);
            }

    /* Long ones: more than a page. */
    for (long room = 4000; room < 8000; room += 613) {
        memset(plain, MARK, 2 * PAGE);
        for (long i = 0; i < room; i++)
            end[i - room] = i * 3;
        long rest = call3(function, plain, end - room, 8192);
        check(rest == 8192 - room && !memcmp(plain, end - room, room) && plain[room] == MARK, name,
              8192, room, rest);
    }
}

static void clears(const char *name, const void *function, unsigned char *fence)
{
    unsigned char *end = fence + 2 * PAGE;

    for (long length = 0; length <= 100; length++)
        for (long room = 0; room <= length + 9; room++) {
            long expected = room < length ? length - room : 0;
            memset(end - 512, MARK, 512);
            long rest = call3(function, end - room, (void *)length, 0);
            int good = rest == expected && end[-room - 1] == MARK;
            for (long i = 0; i < room; i++)
                good &= end[i - room] == (i < length - expected ? 0 : MARK);
            check(good, name, length, room, rest);
        }
}

static void strings(unsigned char *fence, unsigned char *plain)
{
    unsigned char *end = fence + 2 * PAGE;

    for (long room = 0; room < 40; room++)
        for (long zero = 0; zero < 40; zero++)
            for (long count = 0; count < 40; count++) {
                memset(plain, MARK, 128);
                for (long i = 0; i < room; i++)
                    end[i - room] = i == zero ? 0 : i % 3 ? 0x80 + i : 1;
                long length = call3(strncpy_from_user, plain, end - room, count);
                long expected = count == 0 ? 0
                    : zero < count && zero < room ? zero
                    : count <= room ? count : -14;
                int good = length == expected;
                if (length >= 0)
                    good &= !memcmp(plain, end - room, length) && plain[count] == MARK;
                if (length >= 0 && length < count)
                    good &= plain[length] == 0;
                check(good, "strncpy_from_user", room * 100 + zero, count, length);
            }
    check(call3(strncpy_from_user, plain, end - 1, -5) == 0, "strncpy_from_user", -5, 0, 0);
    static const uint64_t bad[] = { 0x7ffffffff000, 0x7fffffffffff, 0x800000000000,
                                    0xffff800000000000, ~0ul };
    for (int i = 0; i < 5; i++)
        check(call3(strncpy_from_user, plain, (void *)bad[i], 10) == -14, "strncpy limit", i, 0, 0);
}

static void values(unsigned char *fence)
{
    const void *get[] = { __get_user_1, __get_user_2, __get_user_4, __get_user_8 };
    const void *put[] = { __put_user_1, __put_user_2, __put_user_4, __put_user_8 };
    unsigned char *end = fence + 2 * PAGE;
    static const uint64_t bad[] = { 0, 0x7ffffffff000, 0x7fffffffefff, 0x800000000000,
                                    0xffffffff81000000, ~0ul, ~0ul - 8 };
    uint64_t value;

    for (int width = 0; width < 4; width++) {
        long bytes = 1 << width;
        uint64_t mask = bytes == 8 ? ~0ul : (1ul << 8 * bytes) - 1;
        for (long room = 0; room < 20; room++) {
            uint64_t address = (uintptr_t)(end - room), expected = 0;
            for (long i = 0; i < room; i++)
                end[i - room] = 0xf1 + i * 9;
            if (room >= bytes)
                memcpy(&expected, end - room, bytes);
            long error = get_user(get[width], address, &value);
            check(error == (room >= bytes ? 0 : -14) && value == expected, "get_user", bytes, room,
                  error);

            memset(end - 32, MARK, 32);
            error = put_user(put[width], address, 0x1122334455667788);
            uint64_t now = 0;
            memcpy(&now, end - room, room < bytes ? 0 : bytes);
            int good = room >= bytes ? error == 0 && now == (0x1122334455667788 & mask)
                                     : error == -14;
            for (long i = room >= bytes ? bytes : 0; i < room; i++)
                good &= end[i - room] == MARK;
            check(good, "put_user", bytes, room, error);
        }
        for (unsigned i = 0; i < sizeof bad / sizeof *bad; i++) {
            long error = get_user(get[width], bad[i], &value);
            check(error == -14 && value == 0, "get_user limit", bytes, i, error);
            error = put_user(put[width], bad[i], 1);
            check(error == -14, "put_user limit", bytes, i, error);
        }
    }
}

int main(void)
{
    struct sigaction action = { .sa_sigaction = handler, .sa_flags = SA_SIGINFO | SA_NODEFER };
    sigaction(SIGSEGV, &action, NULL);
    sigaction(SIGBUS, &action, NULL);

    unsigned char *fence = fenced(2), *plain = fenced(3);
    copies("copy_user_generic", copy_user_generic, fence, plain);
    copies("copy_user_generic_unrolled", copy_user_generic_unrolled, fence, plain);
    copies("copy_user_generic_string", copy_user_generic_string, fence, plain);
    copies("copy_user_enhanced_fast_string", copy_user_enhanced_fast_string, fence, plain);
    clears("__clear_user", __clear_user, fence);
    clears("clear_user_original", clear_user_original, fence);
    clears("clear_user_rep_good", clear_user_rep_good, fence);
    clears("clear_user_erms", clear_user_erms, fence);
    strings(fence, plain);
    values(fence);

    if (failures) {
        fprintf(stderr, "uaccess_test: %lu of %lu cases fail\n", failures, cases);
        return 1;
    }
    printf("uaccess_test: %lu cases, all exact\n", cases);
    return 0;
}
