/* The library's memcpy, memset, strlen, strchr and memcmp on blocks of many sizes. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int main(int argc, char **argv)
{
    int rounds = argc > 1 ? atoi(argv[1]) : 5000;
    static char a[70000], b[70000];
    /* Through volatile pointers, so that the compiler does not take the calls away. */
    void *(*volatile copy)(void *, const void *, size_t) = memcpy;
    size_t (*volatile length)(const char *) = strlen;
    char *(*volatile find)(const char *, int) = strchr;
    int (*volatile compare)(const void *, const void *, size_t) = memcmp;
    void *(*volatile fill)(void *, int, size_t) = memset;
    unsigned long sum = 0;

    memset(a, 'a', sizeof a - 1);
    for (int r = 0; r < rounds; r++)
        for (size_t size = 1; size < 65536; size = size * 2 + r % 3) {
            copy(b + r % 16, a + r % 5, size);
            b[r % 16 + size] = 0;
            sum += length(b + r % 16);
            b[r % 16 + size / 2] = 'z';
            sum += find(b + r % 16, 'z') - b;
            sum += compare(a, b + r % 16, size) != 0;
            fill(b, r, size / 4);
        }
    printf("memstr %lu\n", sum);
    return 0;
}
