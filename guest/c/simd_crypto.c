/*
 * Cryptography by the processor's own instructions, with the examples of the standards: AES-128
 * (FIPS 197, appendix B), SHA-1 and SHA-256 of "abc" (FIPS 180), and a product of PCLMULQDQ.
 *
 * Build:  cc -O2 -static -o simd_crypto simd_crypto.c
 * Expect: aes-128 3925841d02dc09fbdc118597196a0b32, back 3243f6a8885a308d313198a2e0370734,
 *         sha-1 a9993e364706816aba3e25717850c26c9cd0d89d,
 *         sha-256 ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad, and two products
 */
#include <immintrin.h>
#include <stdint.h>
#include <stdio.h>

#define AES __attribute__((target("aes,sse4.1,pclmul"), noinline))
#define SHA __attribute__((target("sha,sse4.1"), noinline))

static void show(const char *name, const void *p, int n)
{
    printf("%s ", name);
    for (const unsigned char *b = p; n--; b++)
        printf("%02x", *b);
    printf("\n");
}

AES static __m128i expand(__m128i key, __m128i help)
{
    help = _mm_shuffle_epi32(help, 0xFF);
    key = _mm_xor_si128(key, _mm_slli_si128(key, 4));
    key = _mm_xor_si128(key, _mm_slli_si128(key, 4));
    key = _mm_xor_si128(key, _mm_slli_si128(key, 4));
    return _mm_xor_si128(key, help);
}

AES static void aes(void)
{
    static const unsigned char secret[16] = {0x2b, 0x7e, 0x15, 0x16, 0x28, 0xae, 0xd2, 0xa6,
                                             0xab, 0xf7, 0x15, 0x88, 0x09, 0xcf, 0x4f, 0x3c};
    static const unsigned char plain[16] = {0x32, 0x43, 0xf6, 0xa8, 0x88, 0x5a, 0x30, 0x8d,
                                            0x31, 0x31, 0x98, 0xa2, 0xe0, 0x37, 0x07, 0x34};
    __m128i k[11];
    k[0] = _mm_loadu_si128((const __m128i *)secret);
#define ROUND(n, c) k[n] = expand(k[n - 1], _mm_aeskeygenassist_si128(k[n - 1], c))
    ROUND(1, 0x01);
    ROUND(2, 0x02);
    ROUND(3, 0x04);
    ROUND(4, 0x08);
    ROUND(5, 0x10);
    ROUND(6, 0x20);
    ROUND(7, 0x40);
    ROUND(8, 0x80);
    ROUND(9, 0x1b);
    ROUND(10, 0x36);
    __m128i x = _mm_xor_si128(_mm_loadu_si128((const __m128i *)plain), k[0]);
    for (int i = 1; i < 10; i++)
        x = _mm_aesenc_si128(x, k[i]);
    x = _mm_aesenclast_si128(x, k[10]);
    show("aes-128", &x, 16);
    x = _mm_xor_si128(x, k[10]);
    for (int i = 9; i > 0; i--)
        x = _mm_aesdec_si128(x, _mm_aesimc_si128(k[i]));
    x = _mm_aesdeclast_si128(x, k[0]);
    show("back", &x, 16);
    __m128i a = _mm_set_epi64x(0x123456789abcdef0, 0xfedcba9876543210);
    __m128i p = _mm_clmulepi64_si128(a, a, 0x01), q = _mm_clmulepi64_si128(a, k[10], 0x10);
    show("product", &p, 16);
    show("product", &q, 16);
}

/* "abc", padded to one block, as big-endian words. */
static const uint32_t block[16] = {0x61626380, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 24};

static void show_words(const char *name, const uint32_t *w, int n)
{
    printf("%s ", name);
    for (int i = 0; i < n; i++)
        printf("%08x", w[i]);
    printf("\n");
}

SHA static void sha1(void)
{
    __m128i w[20], abcd = _mm_set_epi32(0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476);
    __m128i e = _mm_set_epi32(0xc3d2e1f0, 0, 0, 0), first = abcd, last = e;
    for (int i = 0; i < 4; i++)
        w[i] = _mm_set_epi32(block[4 * i], block[4 * i + 1], block[4 * i + 2], block[4 * i + 3]);
    for (int i = 4; i < 20; i++)
        w[i] = _mm_sha1msg2_epu32(
            _mm_xor_si128(_mm_sha1msg1_epu32(w[i - 4], w[i - 3]), w[i - 2]), w[i - 1]);
    for (int i = 0; i < 20; i++) {
        __m128i before = abcd;
        __m128i now = i == 0 ? _mm_add_epi32(e, w[0]) : _mm_sha1nexte_epu32(e, w[i]);
        switch (i / 5) {
        case 0: abcd = _mm_sha1rnds4_epu32(abcd, now, 0); break;
        case 1: abcd = _mm_sha1rnds4_epu32(abcd, now, 1); break;
        case 2: abcd = _mm_sha1rnds4_epu32(abcd, now, 2); break;
        default: abcd = _mm_sha1rnds4_epu32(abcd, now, 3); break;
        }
        e = before;
    }
    e = _mm_sha1nexte_epu32(e, last);
    abcd = _mm_add_epi32(abcd, first);
    uint32_t r[5] = {_mm_extract_epi32(abcd, 3), _mm_extract_epi32(abcd, 2),
                     _mm_extract_epi32(abcd, 1), _mm_extract_epi32(abcd, 0),
                     _mm_extract_epi32(e, 3)};
    show_words("sha-1", r, 5);
}

static const uint32_t constants[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

SHA static void sha256(void)
{
    __m128i w[16];
    __m128i abef = _mm_set_epi32(0x6a09e667, 0xbb67ae85, 0x510e527f, 0x9b05688c), first = abef;
    __m128i cdgh = _mm_set_epi32(0x3c6ef372, 0xa54ff53a, 0x1f83d9ab, 0x5be0cd19), second = cdgh;
    for (int i = 0; i < 4; i++)
        w[i] = _mm_loadu_si128((const __m128i *)(block + 4 * i));
    for (int i = 4; i < 16; i++) {
        __m128i t = _mm_add_epi32(_mm_sha256msg1_epu32(w[i - 4], w[i - 3]),
                                  _mm_alignr_epi8(w[i - 1], w[i - 2], 4));
        w[i] = _mm_sha256msg2_epu32(t, w[i - 1]);
    }
    for (int i = 0; i < 16; i++) {
        __m128i k = _mm_add_epi32(w[i], _mm_loadu_si128((const __m128i *)(constants + 4 * i)));
        cdgh = _mm_sha256rnds2_epu32(cdgh, abef, k);
        abef = _mm_sha256rnds2_epu32(abef, cdgh, _mm_shuffle_epi32(k, 0x0E));
    }
    abef = _mm_add_epi32(abef, first);
    cdgh = _mm_add_epi32(cdgh, second);
    uint32_t r[8] = {_mm_extract_epi32(abef, 3), _mm_extract_epi32(abef, 2),
                     _mm_extract_epi32(cdgh, 3), _mm_extract_epi32(cdgh, 2),
                     _mm_extract_epi32(abef, 1), _mm_extract_epi32(abef, 0),
                     _mm_extract_epi32(cdgh, 1), _mm_extract_epi32(cdgh, 0)};
    show_words("sha-256", r, 8);
}

int main(void)
{
    aes();
    sha1();
    sha256();
}
