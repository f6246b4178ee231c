/*
 * Deep and wide recursion: the stack grows by several megabytes, page by page.
 *
 * Build:  cc -O2 -static -o recursion recursion.c
 * Expect: the same lines natively
 */
#include <stdint.h>
#include <stdio.h>

static uint64_t down(unsigned depth, uint64_t value)
{
    volatile unsigned char frame[64];
    for (unsigned i = 0; i < sizeof frame; i++)
        frame[i] = value + i;
    if (depth == 0)
        return value;
    uint64_t below = down(depth - 1, value * 31 + depth);
    for (unsigned i = 0; i < sizeof frame; i++)
        if (frame[i] != (unsigned char)(value + i))
            return ~0ull;
    return below + frame[depth % sizeof frame];
}

static unsigned ackermann(unsigned m, unsigned n)
{
    return m == 0 ? n + 1 : n == 0 ? ackermann(m - 1, 1) : ackermann(m - 1, ackermann(m, n - 1));
}

static unsigned hanoi(unsigned n, char from, char to, char by)
{
    return n == 0 ? 0 : hanoi(n - 1, from, by, to) + 1 + hanoi(n - 1, by, to, from);
}

static int even(unsigned n);
static int odd(unsigned n) { return n == 0 ? 0 : even(n - 1); }
static int even(unsigned n) { return n == 0 ? 1 : odd(n - 1); }

static unsigned queens(unsigned n, unsigned columns, unsigned left, unsigned right)
{
    unsigned all = (1u << n) - 1, count = 0;
    if (columns == all)
        return 1;
    for (unsigned free = all & ~(columns | left | right); free; free &= free - 1) {
        unsigned bit = free & -free;
        count += queens(n, columns | bit, (left | bit) << 1, (right | bit) >> 1);
    }
    return count;
}

int main(void)
{
    printf("%llx\n", (unsigned long long)down(30000, 1));
    printf("%u\n", ackermann(2, 300));
    printf("%u\n", ackermann(3, 6));
    printf("%u\n", hanoi(16, 'a', 'b', 'c'));
    printf("%d %d\n", even(10000), odd(10000));
    printf("%u\n", queens(8, 0, 0, 0));
    return 0;
}
