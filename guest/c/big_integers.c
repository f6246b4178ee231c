/*
 * Arithmetic with thousands of digits: a factorial, a power, pi by a spigot, and a square root.
 *
 * Build:  cc -O2 -static -o big_integers big_integers.c
 * Expect: the same lines natively
 */
#include <stdint.h>
#include <stdio.h>
#include <string.h>

enum { LIMBS = 700 };
static const uint32_t BASE = 1000000000;

struct number {
    uint32_t limb[LIMBS];
    int count;
};

static void multiply(struct number *n, uint32_t factor)
{
    uint64_t carry = 0;
    for (int i = 0; i < n->count; i++) {
        carry += (uint64_t)n->limb[i] * factor;
        n->limb[i] = carry % BASE;
        carry /= BASE;
    }
    while (carry) {
        n->limb[n->count++] = carry % BASE;
        carry /= BASE;
    }
}

static void summary(const char *name, const struct number *n)
{
    uint64_t digits = 0;
    char top[16];
    snprintf(top, sizeof top, "%u", n->limb[n->count - 1]);
    for (int i = 0; i < n->count; i++)
        for (uint32_t v = n->limb[i]; v; v /= 10)
            digits += v % 10;
    printf("%s: %zu digits, starts %s, digit sum %llu\n", name, strlen(top) + 9 * (n->count - 1), top,
           (unsigned long long)digits);
}

int main(void)
{
    static struct number n;

    n.limb[0] = 1;
    n.count = 1;
    for (uint32_t i = 2; i <= 1500; i++)
        multiply(&n, i);
    summary("1500!", &n);

    memset(&n, 0, sizeof n);
    n.limb[0] = 1;
    n.count = 1;
    for (int i = 0; i < 3000; i++)
        multiply(&n, 7);
    summary("7^3000", &n);

    /* Rabinowitz and Wagon's spigot: pi digit by digit, with small integers only. */
    enum { DIGITS = 400, SIZE = DIGITS * 10 / 3 + 1 };
    static int a[SIZE];
    int nines = 0, held = 0, started = 0;
    for (int i = 0; i < SIZE; i++)
        a[i] = 2;
    for (int d = 0; d < DIGITS; d++) {
        int q = 0;
        for (int i = SIZE - 1; i >= 0; i--) {
            int x = 10 * a[i] + q * (i + 1);
            a[i] = x % (2 * i + 1);
            q = x / (2 * i + 1);
        }
        a[0] = q % 10;
        q /= 10;
        if (q == 9)
            nines++;
        else {
            if (started++)
                putchar('0' + held + (q == 10));
            for (; nines; nines--)
                putchar(q == 10 ? '0' : '9');
            held = q == 10 ? 0 : q;
        }
    }
    putchar('\n');

    uint64_t root = 0, square = 2000000000000000000;
    for (uint64_t bit = 1ull << 31; bit; bit >>= 1)
        if ((root | bit) * (root | bit) <= square)
            root |= bit;
    printf("%llu\n", (unsigned long long)root);
    return 0;
}
