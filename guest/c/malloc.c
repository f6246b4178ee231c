/*
 * The heap: blocks of all sizes, allocated, grown, shrunk and freed in a random order, each filled
 * with a pattern that is checked before it goes.
 *
 * Build:  cc -O2 -static -o malloc malloc.c
 * Expect: 200000 steps, 0 bad, checksum 9e0f36f716a988c7 (the same on every libc)
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SLOTS = 1000, STEPS = 200000 };

static uint64_t state = 1;

static uint32_t next(void)
{
    state = state * 6364136223846793005u + 1442695040888963407u;
    return state >> 33;
}

static size_t random_size(void)
{
    switch (next() % 16) {
    case 0: return next() % 300000;     /* these go past the limit for mmap */
    case 1: case 2: return next() % 20000;
    default: return next() % 300;
    }
}

int main(void)
{
    static unsigned char *block[SLOTS];
    static size_t size[SLOTS];
    unsigned long bad = 0;
    uint64_t checksum = 0;

    for (int step = 0; step < STEPS; step++) {
        unsigned slot = next() % SLOTS;
        unsigned char pattern = slot * 31 + size[slot];
        for (size_t i = 0; i < size[slot]; i += 61)
            bad += block[slot][i] != pattern;
        checksum = checksum * 31 + size[slot];

        size_t wanted = random_size();
        switch (next() % 4) {
        case 0:
            free(block[slot]);
            block[slot] = NULL;
            wanted = 0;
            break;
        case 1: {
            size_t kept = wanted < size[slot] ? wanted : size[slot];
            block[slot] = realloc(block[slot], wanted + 1);
            for (size_t i = 0; i < kept; i += 61)
                bad += block[slot][i] != pattern;
            break;
        }
        case 2:
            free(block[slot]);
            block[slot] = calloc(wanted + 1, 1);
            for (size_t i = 0; i < wanted; i += 61)
                bad += block[slot][i] != 0;
            break;
        default:
            free(block[slot]);
            block[slot] = aligned_alloc(64, (wanted + 64) / 64 * 64);
            bad += (uintptr_t)block[slot] % 64 != 0;
        }
        size[slot] = wanted;
        if (block[slot])
            memset(block[slot], slot * 31 + wanted, wanted);
    }
    for (int slot = 0; slot < SLOTS; slot++)
        free(block[slot]);
    printf("%d steps, %lu bad, checksum %016llx\n", STEPS, bad, (unsigned long long)checksum);
    return bad != 0;
}
