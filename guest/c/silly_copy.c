/*
 * Calls silly_copy(source, destination, length), which copies user memory to user memory through
 * one word of the kernel's stack. Up to eight bytes that works. A longer copy would overwrite the
 * stack: a kernel that checks refuses it, copies nothing and says so in its log.
 *
 * Build:  cc -O2 -static -o silly_copy silly_copy.c
 * Expect: length 0: result 0, destination "........."
 *         length 1: result 1, destination "s........"
 *         length 8: result 8, destination "sourcewo."
 *         length 9: -1 Bad address, destination "........."
 *         length 1000: -1 Bad address, destination "........."
 *         bad source: -1 Bad address
 *         bad destination: -1 Bad address
 * Native: Linux has no call 339; there every line says "Function not implemented".
 */
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define __NR_silly_copy 339

int main(void)
{
    static const unsigned long lengths[] = { 0, 1, 8, 9, 1000 };
    static char source[1024] = "sourcewords", destination[1024];

    for (unsigned i = 0; i < sizeof lengths / sizeof *lengths; i++) {
        memset(destination, '.', sizeof destination);
        long result = syscall(__NR_silly_copy, source, destination, lengths[i]);
        printf("length %lu: ", lengths[i]);
        if (result < 0)
            printf("-1 %s", strerror(errno));
        else
            printf("result %ld", result);
        printf(", destination \"%.9s\"\n", destination);
    }
    if (syscall(__NR_silly_copy, 0x10L, destination, 4L) < 0)
        printf("bad source: -1 %s\n", strerror(errno));
    if (syscall(__NR_silly_copy, source, 0x10L, 4L) < 0)
        printf("bad destination: -1 %s\n", strerror(errno));
    return 0;
}
