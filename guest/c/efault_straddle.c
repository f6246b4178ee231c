/*
 * A domain name that starts in a mapped page and ends in one that is not mapped. The kernel copies
 * the good bytes to a place of its own before it finds out, so the name must not change.
 *
 * Build:  cc -O2 -static -o efault_straddle efault_straddle.c
 * Native: unshare -u ./efault_straddle
 * Expect: a name that straddles two pages: -1 (Bad address)
 *         the name is unchanged
 */
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/utsname.h>
#include <unistd.h>

int main(void)
{
    struct utsname before, after;

    /* Two pages, and the second one goes away again: five bytes of the name are left. */
    char *page = mmap(NULL, 8192, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    char *name = page + 4096 - 5;
    memcpy(name, "example.org", 11);
    munmap(page + 4096, 4096);

    uname(&before);
    int result = setdomainname(name, 11);
    printf("a name that straddles two pages: %d", result);
    if (result != 0)
        printf(" (%s)", strerror(errno));
    putchar('\n');
    uname(&after);
    puts(memcmp(&before, &after, sizeof before) == 0 ? "the name is unchanged"
                                                     : "the name has changed");
    return 0;
}
