/*
 * A domain name at an address of the kernel. The range check refuses it before anything is read:
 * without it the kernel would read its own memory and show it to the program.
 *
 * Build:  cc -O2 -static -o efault_kernel_pointer efault_kernel_pointer.c
 * Native: unshare -u ./efault_kernel_pointer
 * Expect: a name in the kernel: -1 (Bad address)
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

    const char *name = (const char *)0xffffffff81000000;

    uname(&before);
    int result = setdomainname(name, 11);
    printf("a name in the kernel: %d", result);
    if (result != 0)
        printf(" (%s)", strerror(errno));
    putchar('\n');
    uname(&after);
    puts(memcmp(&before, &after, sizeof before) == 0 ? "the name is unchanged"
                                                     : "the name has changed");
    return 0;
}
