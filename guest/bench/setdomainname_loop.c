/* N calls of setdomainname: 11 bytes out of user memory under the names' write lock. */
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <sys/utsname.h>
#include <unistd.h>

int main(int argc, char **argv)
{
    int n = argc > 1 ? atoi(argv[1]) : 500000;
    struct utsname names;
    char name[] = "example.org";

    for (int i = 0; i < n; i++) {
        name[0] = 'a' + i % 26;
        if (setdomainname(name, 11) != 0) {
            perror("setdomainname");
            return 1;
        }
    }
    uname(&names);
    printf("setdomainname_loop %s\n", names.domainname);
    return 0;
}
