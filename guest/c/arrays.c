/*
 * Large arrays: many megabytes of zeros that appear as they are touched, initialised data, strides
 * that miss every cache, and a transposition.
 *
 * Build:  cc -O2 -static -o arrays arrays.c
 * Expect: the same lines natively
 */
#include <stdint.h>
#include <stdio.h>
#include <string.h>

static uint32_t big[4 << 20]; /* 16 MiB of .bss */
static uint8_t table[256] = { [0] = 1, [17] = 2, [255] = 3 };
static double matrix[300][300], turned[300][300];
static char words[][8] = { "alpha", "beta", "gamma", "delta" };

int main(void)
{
    uint64_t sum = 0;

    for (size_t i = 0; i < sizeof big / sizeof *big; i += 1021)
        sum += big[i];
    printf("zeros: %llu\n", (unsigned long long)sum);
    for (size_t i = 0, at = 0; i < 100000; i++, at = (at + 1048573) % (4 << 20))
        big[at] += i;
    for (size_t i = 0; i < sizeof big / sizeof *big; i += 3)
        sum = sum * 31 + big[i];
    printf("strides: %016llx\n", (unsigned long long)sum);

    printf("table: %d %d %d %d\n", table[0], table[1], table[17], table[255]);
    for (int i = 0; i < 300; i++)
        for (int j = 0; j < 300; j++)
            matrix[i][j] = i * 1.5 - j * 0.25;
    for (int i = 0; i < 300; i++)
        for (int j = 0; j < 300; j++)
            turned[j][i] = matrix[i][j];
    double trace = 0, all = 0;
    for (int i = 0; i < 300; i++) {
        trace += turned[i][i];
        for (int j = 0; j < 300; j++)
            all += turned[i][j] * matrix[j][i];
    }
    printf("matrix: %.3f %.3f\n", trace, all);

    int local[5000];
    for (int i = 0; i < 5000; i++)
        local[i] = i ^ (i << 3);
    memmove(local + 100, local, 4000 * sizeof *local);
    printf("local: %d %d %d\n", local[99], local[100], local[4099]);
    for (int i = 0; i < 4; i++)
        printf("%s%c", words[i], i == 3 ? '\n' : ' ');
    return 0;
}
