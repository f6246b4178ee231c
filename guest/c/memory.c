/*
 * Mappings: made, filled, protected, moved, cut in two and given back; and the program break.
 *
 * Build:  cc -O2 -static -o memory memory.c
 * Expect: the same lines natively
 */
#define _GNU_SOURCE
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#define PAGE 4096
static const int RW = PROT_READ | PROT_WRITE, ANONYMOUS = MAP_PRIVATE | MAP_ANONYMOUS;

static void result(const char *what, int good) { printf("%s: %s\n", what, good ? "ok" : "wrong"); }

static void error(const char *what, int failed) { printf("%s: %s\n", what, failed ? strerror(errno) : "ok"); }

int main(void)
{
    unsigned char *p = mmap(NULL, 16 * PAGE, RW, ANONYMOUS, -1, 0);
    int zero = 1;

    for (int i = 0; i < 16 * PAGE; i += 511)
        zero &= p[i] == 0;
    result("fresh pages are zero", zero);
    result("page aligned", (uintptr_t)p % PAGE == 0);
    for (int i = 0; i < 16; i++)
        p[i * PAGE] = i + 1;

    error("protect", mprotect(p + PAGE, PAGE, PROT_READ) != 0);
    result("readable", p[PAGE] == 2);
    error("protect again", mprotect(p + PAGE, PAGE, RW) != 0);
    error("unmap the middle", munmap(p + 4 * PAGE, 2 * PAGE) != 0);
    result("the rest stays", p[3 * PAGE] == 4 && p[6 * PAGE] == 7);
    error("protect over the hole", mprotect(p + 3 * PAGE, 4 * PAGE, RW) != 0);
    unsigned char *q = mmap(p + 4 * PAGE, PAGE, RW, ANONYMOUS | MAP_FIXED, -1, 0);
    result("fixed into the hole", q == p + 4 * PAGE && *q == 0);
    q = mmap(p + 3 * PAGE, PAGE, RW, ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0);
    error("not over a mapping", q == MAP_FAILED);
    result("untouched", p[3 * PAGE] == 4);

    q = mremap(p + 6 * PAGE, 10 * PAGE, 40 * PAGE, MREMAP_MAYMOVE);
    int kept = q != MAP_FAILED;
    for (int i = 0; kept && i < 10; i++)
        kept &= q[i * PAGE] == i + 7;
    result("grown and moved", kept && q[39 * PAGE] == 0);
    q = mremap(q, 40 * PAGE, 2 * PAGE, 0);
    result("shrunk in place", q != MAP_FAILED && q[PAGE] == 8);

    error("forget", madvise(p, 2 * PAGE, MADV_DONTNEED) != 0);
    result("forgotten", p[0] == 0 && p[PAGE] == 0 && p[2 * PAGE] == 3);

    error("length 0", mmap(NULL, 0, RW, ANONYMOUS, -1, 0) == MAP_FAILED);
    error("neither private nor shared", mmap(NULL, PAGE, RW, MAP_ANONYMOUS, -1, 0) == MAP_FAILED);
    error("misaligned", mmap(p + 1, PAGE, RW, ANONYMOUS | MAP_FIXED, -1, 0) == MAP_FAILED);
    error("bad descriptor", mmap(NULL, PAGE, RW, MAP_PRIVATE, 99, 0) == MAP_FAILED);
    error("too large", mmap(NULL, 1ul << 50, RW, ANONYMOUS | MAP_NORESERVE, -1, 0) == MAP_FAILED);
    error("misaligned unmap", munmap(p + 1, PAGE) != 0);
    error("unmap nothing", munmap(p + 4 * PAGE, PAGE) != 0 || munmap(p + 4 * PAGE, PAGE) != 0);
    error("kernel address", mprotect((void *)0xffff800000000000, PAGE, RW) != 0);

    unsigned char *huge = mmap(NULL, 1ul << 30, PROT_NONE, ANONYMOUS | MAP_NORESERVE, -1, 0);
    error("use a piece of a reservation", mprotect(huge + (1 << 29), PAGE, RW) != 0);
    huge[(1 << 29) + 5] = 1;
    result("used", huge[(1 << 29) + 5] == 1);

    /* brk itself: libraries wrap it in different ways. */
    unsigned long start = syscall(SYS_brk, 0);
    result("grow the break", (unsigned long)syscall(SYS_brk, start + 100000) == start + 100000);
    memset((void *)start, 7, 100000);
    result("filled", ((unsigned char *)start)[99999] == 7);
    result("shrink it", (unsigned long)syscall(SYS_brk, start) == start);
    result("refused", (unsigned long)syscall(SYS_brk, 1) == start);
    return 0;
}
