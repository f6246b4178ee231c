/*
 * The vector instructions of x86-64-v2: SSE3, SSSE3, SSE4.1 and SSE4.2 by their intrinsics, over the
 * same pseudo-random vectors everywhere: a checksum of the results for each group.
 *
 * Build:  cc -O2 -static -o simd_sse4 simd_sse4.c
 * Expect: the same lines natively
 */
#include <immintrin.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#define V2 __attribute__((target("sse4.2"), noinline))

static uint64_t state = 88172645463325252ull;

static uint64_t next(void)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return state;
}

/* In two steps: the order of arguments is the compiler's choice. */
static __m128i vector(void)
{
    uint64_t w[2];
    w[0] = next();
    w[1] = next();
    return _mm_loadu_si128((const __m128i *)w);
}

static uint64_t sum;

static void add(const void *p, int n)
{
    const unsigned char *b = p;
    while (n--)
        sum = (sum ^ *b++) * 1099511628211ull;
}

static void report(const char *name)
{
    printf("%-12s %016llx\n", name, (unsigned long long)sum);
    sum = 14695981039346656037ull;
}

#define KEEP(x)                    \
    do {                           \
        __m128i kept = (x);        \
        add(&kept, sizeof kept);   \
    } while (0)
#define KEEPS(x) KEEP(_mm_castps_si128(x))
#define KEEPD(x) KEEP(_mm_castpd_si128(x))

/* Singles and doubles of a sane size, some of them special. */
static void numbers(float *f, double *d)
{
    static const double special[] = {0.0, -0.0, 0.5, -1.5, 2.5, 1e300, -1e-300, 4503599627370497.5};
    for (int i = 0; i < 4; i++)
        f[i] = next() & 4 ? (float)(int32_t)next() / 4096 : (float)special[next() & 7];
    for (int i = 0; i < 2; i++)
        d[i] = next() & 4 ? (double)(int64_t)next() / (1ll << 40) : special[next() & 7];
}

V2 static void integers(void)
{
    for (int i = 0; i < 500; i++) {
        __m128i a = vector(), b = vector();
        KEEP(_mm_shuffle_epi8(a, b));
        KEEP(_mm_hadd_epi16(a, b));
        KEEP(_mm_hadd_epi32(a, b));
        KEEP(_mm_hadds_epi16(a, b));
        KEEP(_mm_hsub_epi16(a, b));
        KEEP(_mm_hsub_epi32(a, b));
        KEEP(_mm_hsubs_epi16(a, b));
        KEEP(_mm_maddubs_epi16(a, b));
        KEEP(_mm_mulhrs_epi16(a, b));
        KEEP(_mm_sign_epi8(a, b));
        KEEP(_mm_sign_epi16(a, b));
        KEEP(_mm_sign_epi32(a, b));
        KEEP(_mm_abs_epi8(a));
        KEEP(_mm_abs_epi16(a));
        KEEP(_mm_abs_epi32(a));
        KEEP(_mm_alignr_epi8(a, b, 5));
        KEEP(_mm_alignr_epi8(a, b, 21));
    }
    report("ssse3");
    for (int i = 0; i < 500; i++) {
        __m128i a = vector(), b = vector();
        __m128i m = vector();
        KEEP(_mm_mul_epi32(a, b));
        KEEP(_mm_mullo_epi32(a, b));
        KEEP(_mm_min_epi8(a, b));
        KEEP(_mm_max_epi8(a, b));
        KEEP(_mm_min_epu16(a, b));
        KEEP(_mm_max_epu16(a, b));
        KEEP(_mm_min_epi32(a, b));
        KEEP(_mm_max_epi32(a, b));
        KEEP(_mm_min_epu32(a, b));
        KEEP(_mm_max_epu32(a, b));
        KEEP(_mm_packus_epi32(a, b));
        KEEP(_mm_cmpeq_epi64(a, _mm_blend_epi16(a, b, 0x21)));
        KEEP(_mm_cmpgt_epi64(a, b));
        KEEP(_mm_minpos_epu16(a));
        KEEP(_mm_mpsadbw_epu8(a, b, 6));
        KEEP(_mm_blendv_epi8(a, b, m));
        KEEPS(_mm_blendv_ps(_mm_castsi128_ps(a), _mm_castsi128_ps(b), _mm_castsi128_ps(m)));
        KEEPD(_mm_blendv_pd(_mm_castsi128_pd(a), _mm_castsi128_pd(b), _mm_castsi128_pd(m)));
        KEEP(_mm_cvtepi8_epi16(a));
        KEEP(_mm_cvtepi8_epi32(a));
        KEEP(_mm_cvtepi8_epi64(a));
        KEEP(_mm_cvtepu8_epi16(a));
        KEEP(_mm_cvtepu8_epi32(a));
        KEEP(_mm_cvtepu8_epi64(a));
        KEEP(_mm_cvtepi16_epi32(a));
        KEEP(_mm_cvtepi16_epi64(a));
        KEEP(_mm_cvtepu16_epi32(a));
        KEEP(_mm_cvtepu16_epi64(a));
        KEEP(_mm_cvtepi32_epi64(a));
        KEEP(_mm_cvtepu32_epi64(a));
        KEEP(_mm_insert_epi8(a, _mm_extract_epi8(b, 13), 2));
        KEEP(_mm_insert_epi32(a, _mm_extract_epi32(b, 3), 1));
        KEEP(_mm_insert_epi64(a, _mm_extract_epi64(b, 1), 0));
        int bits[3] = {_mm_testz_si128(a, m), _mm_testc_si128(a, _mm_and_si128(a, m)),
                       _mm_testnzc_si128(a, b)};
        add(bits, sizeof bits);
        KEEP(_mm_stream_load_si128((__m128i *)&m));
        KEEP(_mm_lddqu_si128(&b));
    }
    report("sse4.1");
}

V2 static void floats(void)
{
    for (int i = 0; i < 500; i++) {
        float f[4], g[4];
        double d[2], e[2];
        numbers(f, d);
        numbers(g, e);
        __m128 a = _mm_loadu_ps(f), b = _mm_loadu_ps(g);
        __m128d c = _mm_loadu_pd(d), h = _mm_loadu_pd(e);
        KEEPS(_mm_addsub_ps(a, b));
        KEEPD(_mm_addsub_pd(c, h));
        KEEPS(_mm_hadd_ps(a, b));
        KEEPD(_mm_hadd_pd(c, h));
        KEEPS(_mm_hsub_ps(a, b));
        KEEPD(_mm_hsub_pd(c, h));
        KEEPS(_mm_moveldup_ps(a));
        KEEPS(_mm_movehdup_ps(a));
        KEEPD(_mm_movedup_pd(c));
        KEEPS(_mm_round_ps(a, 0));
        KEEPS(_mm_floor_ps(a));
        KEEPS(_mm_ceil_ps(a));
        KEEPD(_mm_round_pd(c, 3));
        KEEPD(_mm_floor_pd(c));
        KEEPD(_mm_ceil_pd(c));
        KEEPS(_mm_round_ss(a, b, 8));
        KEEPD(_mm_round_sd(c, h, 10));
        KEEPS(_mm_dp_ps(a, b, 0xF5));
        KEEPS(_mm_dp_ps(a, b, 0x3C));
        KEEPD(_mm_dp_pd(c, h, 0x31));
        KEEPS(_mm_insert_ps(a, b, 0x9C));
        KEEPS(_mm_blend_ps(a, b, 6));
        KEEPD(_mm_blend_pd(c, h, 2));
        int lane = _mm_extract_ps(a, 2);
        add(&lane, sizeof lane);
    }
    report("float");
}

/* The comparisons of strings, as strlen, strspn, strpbrk, strcmp and strstr use them. */
V2 static void strings(void)
{
    static const char *const text[] = {"", "a", "hello, world", "0123456789abcdef", "aaaaaaab",
                                       "the quick brown fox", "aab", "b", "AZaz09"};
    int n = sizeof text / sizeof *text;
    for (int i = 0; i < n; i++)
        for (int k = 0; k < n; k++) {
            char p[32] = {0}, q[32] = {0};
            strncpy(p, text[i], sizeof p - 1);
            strncpy(q, text[k], sizeof q - 1);
            __m128i a = _mm_loadu_si128((__m128i *)p), b = _mm_loadu_si128((__m128i *)q);
            int la = (int)strlen(p), lb = (int)strlen(q);
            int r[] = {_mm_cmpistri(a, b, 0x00), _mm_cmpistri(a, b, 0x04), _mm_cmpistri(a, b, 0x18),
                       _mm_cmpistri(a, b, 0x0C), _mm_cmpistri(a, b, 0x40), _mm_cmpistri(a, b, 0x7A),
                       _mm_cmpistri(a, b, 0x3A), _mm_cmpistri(a, b, 0x05), _mm_cmpistrz(a, b, 0x18),
                       _mm_cmpistrc(a, b, 0x18), _mm_cmpistrs(a, b, 0x18), _mm_cmpistro(a, b, 0x18),
                       _mm_cmpistra(a, b, 0x18), _mm_cmpestri(a, la, b, lb, 0x0C),
                       _mm_cmpestri(a, -la, b, lb, 0x14), _mm_cmpestrc(a, la, b, lb, 0x00),
                       _mm_cmpestrz(a, la, b, -lb, 0x08)};
            add(r, sizeof r);
            KEEP(_mm_cmpistrm(a, b, 0x40));
            KEEP(_mm_cmpistrm(a, b, 0x18));
            KEEP(_mm_cmpestrm(a, la, b, lb, 0x48));
            KEEP(_mm_cmpestrm(a, la, b, lb, 0x61));
        }
    report("sse4.2");
}

V2 static void crc(void)
{
    const char *text = "123456789";
    uint32_t c = ~0u;
    for (const char *p = text; *p; p++)
        c = _mm_crc32_u8(c, *p);
    printf("CRC-32C of \"%s\": %08x\n", text, ~c);
    uint64_t wide = ~0u;
    for (int i = 0; i < 1000; i++) {
        wide = _mm_crc32_u64(wide, next());
        wide = _mm_crc32_u32((uint32_t)wide, (uint32_t)next());
        wide = _mm_crc32_u16((uint32_t)wide, (uint16_t)next());
    }
    printf("of more: %08llx\n", (unsigned long long)wide);
}

int main(void)
{
    report("nothing");
    integers();
    floats();
    strings();
    crc();
}
