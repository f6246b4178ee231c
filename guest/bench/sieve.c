/* Primes below 2 million, N times over: byte stores with growing strides. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LIMIT = 2000000 };

int main(int argc, char **argv)
{
    int rounds = argc > 1 ? atoi(argv[1]) : 25;
    static unsigned char composite[LIMIT];
    unsigned long count = 0, last = 0;

    for (int r = 0; r < rounds; r++) {
        memset(composite, 0, sizeof composite);
        for (unsigned i = 2; i * i < LIMIT; i++)
            if (!composite[i])
                for (unsigned j = i * i; j < LIMIT; j += i)
                    composite[j] = 1;
        for (unsigned i = 2; i < LIMIT; i++)
            if (!composite[i]) {
                count++;
                last = i + r;
            }
    }
    printf("sieve %lu %lu\n", count, last);
    return 0;
}
