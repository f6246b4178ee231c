/* N calls of uname: into the kernel, 390 bytes to user memory, and back. */
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <sys/utsname.h>

int main(int argc, char **argv)
{
    int n = argc > 1 ? atoi(argv[1]) : 500000;
    struct utsname names;
    unsigned long sum = 0;

    for (int i = 0; i < n; i++) {
        names.sysname[i % 5] = 0;
        if (uname(&names) != 0)
            return 1;
        sum += (unsigned char)names.sysname[i % 5];
    }
    printf("uname_loop %lu\n", sum);
    return 0;
}
