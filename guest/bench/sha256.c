/* SHA-256 of N blocks of 64 KiB: rotations and additions on 32 bits. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static uint32_t k[64], state[8];

static uint32_t rotate(uint32_t v, int n) { return v >> n | v << (32 - n); }

/* The constants are the first bits of the roots of the first primes: computed, not copied. */
static void prepare(void)
{
    int count = 0;
    for (int p = 2; count < 64; p++) {
        int prime = 1;
        for (int d = 2; d * d <= p; d++)
            prime &= p % d != 0;
        if (!prime)
            continue;
        long double cube = 1, square = 1;
        for (int i = 0; i < 200; i++) {
            cube -= (cube * cube * cube - p) / (3 * cube * cube);
            square -= (square * square - p) / (2 * square);
        }
        k[count] = (uint32_t)((cube - (int)cube) * 4294967296.0L);
        if (count < 8)
            state[count] = (uint32_t)((square - (int)square) * 4294967296.0L);
        count++;
    }
}

static void block(const unsigned char *p)
{
    uint32_t w[64], v[8];

    for (int i = 0; i < 16; i++)
        w[i] = (uint32_t)p[4 * i] << 24 | p[4 * i + 1] << 16 | p[4 * i + 2] << 8 | p[4 * i + 3];
    for (int i = 16; i < 64; i++)
        w[i] = w[i - 16] + w[i - 7]
            + (rotate(w[i - 15], 7) ^ rotate(w[i - 15], 18) ^ w[i - 15] >> 3)
            + (rotate(w[i - 2], 17) ^ rotate(w[i - 2], 19) ^ w[i - 2] >> 10);
    memcpy(v, state, sizeof v);
    for (int i = 0; i < 64; i++) {
        uint32_t t = v[7] + (rotate(v[4], 6) ^ rotate(v[4], 11) ^ rotate(v[4], 25))
            + ((v[4] & v[5]) ^ (~v[4] & v[6])) + k[i] + w[i];
        uint32_t u = (rotate(v[0], 2) ^ rotate(v[0], 13) ^ rotate(v[0], 22))
            + ((v[0] & v[1]) ^ (v[0] & v[2]) ^ (v[1] & v[2]));
        memmove(v + 1, v, 7 * sizeof *v);
        v[4] += t;
        v[0] = t + u;
    }
    for (int i = 0; i < 8; i++)
        state[i] += v[i];
}

int main(int argc, char **argv)
{
    int rounds = argc > 1 ? atoi(argv[1]) : 300;
    static unsigned char data[65536];
    unsigned char tail[64] = { 0x80 };

    prepare();
    for (unsigned i = 0; i < sizeof data; i++)
        data[i] = i * 7 + (i >> 8);
    for (int r = 0; r < rounds; r++)
        for (unsigned i = 0; i < sizeof data; i += 64)
            block(data + i);
    uint64_t bits = (uint64_t)rounds * sizeof data * 8;
    for (int i = 0; i < 8; i++)
        tail[56 + i] = bits >> (56 - 8 * i);
    block(tail);
    printf("sha256 ");
    for (int i = 0; i < 8; i++)
        printf("%08x", state[i]);
    putchar('\n');
    return 0;
}
