/*
 * Prints what the kernel says about itself, one name a line.
 *
 * Build:  cc -O2 -static -o uname uname.c
 * Expect: six lines; the names are the machine's own, so they differ from machine to machine
 */
#define _GNU_SOURCE
#include <stdio.h>
#include <sys/utsname.h>

int main(void)
{
    struct utsname names;

    if (uname(&names) != 0) {
        perror("uname");
        return 1;
    }
    printf("sysname     %s\n", names.sysname);
    printf("nodename    %s\n", names.nodename);
    printf("release     %s\n", names.release);
    printf("version     %s\n", names.version);
    printf("machine     %s\n", names.machine);
    printf("domainname  %s\n", names.domainname);
    return 0;
}
