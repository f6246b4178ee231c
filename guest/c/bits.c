/*
 * Bits and bytes: shifts by every count, rotations, counting, byte order, bit fields, and each
 * integer width with its signs.
 *
 * Build:  cc -O2 -static -o bits bits.c
 * Expect: the same lines natively
 */
#include <stdint.h>
#include <stdio.h>

struct fields {
    unsigned a : 3, b : 7;
    signed c : 5;
    uint64_t d : 40;
    unsigned char e : 1;
};

#define ROTATE(name, type, width) \
    static type name(type v, unsigned n) { return v << n % width | v >> (-n % width & (width - 1)); }
ROTATE(rotate8, uint8_t, 8)
ROTATE(rotate16, uint16_t, 16)
ROTATE(rotate32, uint32_t, 32)
ROTATE(rotate64, uint64_t, 64)

static uint32_t crc(const void *data, size_t size)
{
    const uint8_t *p = data;
    uint32_t c = ~0u;
    while (size--) {
        c ^= *p++;
        for (int i = 0; i < 8; i++)
            c = c >> 1 ^ (c & 1 ? 0xedb88320 : 0);
    }
    return ~c;
}

int main(void)
{
    volatile uint64_t v = 0x8123456789abcdef;
    volatile int64_t s = v;
    volatile uint32_t w = v;
    volatile int32_t sw = v;
    volatile uint16_t h = 0x8001;
    volatile int8_t b = -128;
    uint64_t hash = 0;

    for (unsigned n = 0; n < 64; n++) {
        hash = hash * 31 + (v << n) + (v >> n) + (uint64_t)(s >> n);
        hash = hash * 31 + rotate64(v, n);
        if (n < 32)
            hash = hash * 31 + (w << n) + (w >> n) + (uint32_t)(sw >> n) + rotate32(w, n);
        if (n < 16)
            hash = hash * 31 + (uint16_t)(h << n) + (h >> n) + rotate16(h, n);
        if (n < 8)
            hash = hash * 31 + (uint8_t)(b << n) + (b >> n) + rotate8(b, n);
    }
    printf("%016llx\n", (unsigned long long)hash);
    printf("%d %d %d %d %d\n", __builtin_popcountll(v), __builtin_clzll(v), __builtin_ctzll(v << 9),
           __builtin_ffsll(v << 3), __builtin_parityll(v));
    printf("%016llx %08x %04x\n", (unsigned long long)__builtin_bswap64(v), __builtin_bswap32(w),
           __builtin_bswap16(h));
    printf("%d %d %d\n", (int8_t)h, (int16_t)h, (int)(uint8_t)b);
    printf("%d %d %u %lld\n", b / 3, b % 7, w / 10, (long long)(s % 1000003));

    struct fields f = { 5, 100, -9, 0xabcdef0123, 1 };
    f.a += 7;
    f.c <<= 1;
    f.d *= 3;
    f.e = ~f.e;
    printf("%u %u %d %llx %u\n", f.a, f.b, f.c, (unsigned long long)f.d, f.e);

    uint8_t set[32] = { 0 };
    for (unsigned i = 0; i < 1000; i++)
        set[(i * i % 256) >> 3] |= 1 << (i * i % 256 & 7);
    int count = 0;
    for (unsigned i = 0; i < 256; i++)
        count += set[i >> 3] >> (i & 7) & 1;
    printf("%d %08x %08x\n", count, crc(set, sizeof set), crc("123456789", 9));
    return 0;
}
