/*
 * A domain name at an address that no page can have: bits 47 to 63 are not all equal.
 *
 * Build:  cc -O2 -static -o efault_noncanonical efault_noncanonical.c
 * Native: unshare -u ./efault_noncanonical
 * Expect: a name at a non-canonical address: -1 (Bad address)
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

    const char *name = (const char *)0x0000800000000000;

    uname(&before);
    int result = setdomainname(name, 11);
    printf("a name at a non-canonical address: %d", result);
    if (result != 0)
        printf(" (%s)", strerror(errno));
    putchar('\n');
    uname(&after);
    puts(memcmp(&before, &after, sizeof before) == 0 ? "the name is unchanged"
                                                     : "the name has changed");
    return 0;
}
