/*
 * Integers of 128 bits and the corners of those of 64: carries, wide products and quotients.
 *
 * Build:  cc -O2 -static -o int128 int128.c
 * Expect: the same lines natively
 */
#include <stdint.h>
#include <stdio.h>

typedef unsigned __int128 u128;
typedef __int128 i128;

static void show(const char *name, u128 value)
{
    printf("%s %016llx%016llx\n", name, (unsigned long long)(value >> 64),
           (unsigned long long)value);
}

static void decimal(u128 value)
{
    char text[41], *p = text + 40;
    *p = 0;
    do
        *--p = '0' + (int)(value % 10);
    while (value /= 10);
    puts(p);
}

int main(void)
{
    volatile uint64_t ones = ~0ull, seven = 7;
    volatile int64_t minimum = INT64_MIN;
    u128 big = (u128)ones * ones;

    show("product", big);
    show("sum", big + ones);
    show("difference", (u128)seven - ones);
    show("left", big << 37);
    show("right", big >> 91);
    show("signed right", (u128)((i128)minimum * 3 >> 70));
    show("signed product", (u128)((i128)minimum * (int64_t)ones));
    show("quotient", big / seven);
    show("remainder", big % (ones - 58));
    show("signed quotient", (u128)(-(i128)big / (i128)seven));
    show("and", big & ((u128)seven << 64 | ones));
    decimal(~(u128)0);
    decimal((u128)ones * 1000000007 + 998244353);

    u128 factorial = 1;
    for (int i = 2; i <= 34; i++)
        factorial *= i;
    decimal(factorial);

    uint64_t a = 0x123456789abcdef0, hash = 14695981039346656037u;
    for (int i = 0; i < 10000; i++) {
        u128 wide = (u128)a * 0x9e3779b97f4a7c15u + i;
        a = (uint64_t)wide ^ (uint64_t)(wide >> 64);
        hash = (hash ^ (a >> (i % 57))) * 1099511628211u;
        hash += (uint64_t)(((u128)hash << 64 | a) % (a | 1));
    }
    printf("%016llx\n", (unsigned long long)hash);

    unsigned long long result;
    printf("%d", __builtin_add_overflow(ones, seven, &result));
    printf(" %llu", result);
    long long sresult;
    printf(" %d", __builtin_mul_overflow((long long)minimum, -1LL, &sresult));
    printf(" %d", __builtin_sub_overflow(0LL, (long long)minimum, &sresult));
    printf(" %d\n", __builtin_add_overflow(5LL, -7LL, &sresult));
    return 0;
}
