/*
 * Sets the NIS domain name and reads it back: the whole way into the kernel and out again, twice.
 *
 * Build:  cc -O2 -static -o setdomainname setdomainname.c
 * Args:   [NAME]   (default: example.org)
 * Native: unshare -u ./setdomainname
 * Expect: before: (none)
 *         setdomainname("example.org", 11) = 0
 *         after: example.org
 *         Without CAP_SYS_ADMIN: -1 EPERM, the name stays, status 1. A name of more than 64 bytes:
 *         -1 EINVAL.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

static void print_name(const char *when)
{
    struct utsname names;

    if (uname(&names) == 0)
        printf("%s: %s\n", when, names.domainname);
}

int main(int argc, char **argv)
{
    const char *name = argc > 1 ? argv[1] : "example.org";

    print_name("before");
    int result = setdomainname(name, strlen(name));
    printf("setdomainname(\"%s\", %zu) = %d", name, strlen(name), result);
    if (result != 0)
        printf(" (%s)", strerror(errno));
    putchar('\n');
    print_name("after");
    return result != 0;
}
