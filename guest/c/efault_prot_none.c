/*
 * A domain name in a page that is mapped, but that nobody may touch.
 *
 * Build:  cc -O2 -static -o efault_prot_none efault_prot_none.c
 * Native: unshare -u ./efault_prot_none
 * Expect: a name that may not be read: -1 (Bad address)
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

    char *page = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    const char *name = strcpy(page, "example.org");
    mprotect(page, 4096, PROT_NONE);

    uname(&before);
    int result = setdomainname(name, 11);
    printf("a name that may not be read: %d", result);
    if (result != 0)
        printf(" (%s)", strerror(errno));
    putchar('\n');
    uname(&after);
    puts(memcmp(&before, &after, sizeof before) == 0 ? "the name is unchanged"
                                                     : "the name has changed");
    return 0;
}
