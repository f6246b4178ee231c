/*
 * Floating point in the processor: the four operations, roots, conversions, comparisons with NaN,
 * rounding modes and the exception flags. No library function decides anything here.
 *
 * Build:  cc -O2 -frounding-math -static -o float_math float_math.c -lm
 * Expect: the same lines natively
 */
#include <fenv.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

static uint64_t bits(double d)
{
    uint64_t u;
    memcpy(&u, &d, 8);
    return u;
}

static const char *flags(void)
{
    static char text[40];
    int set = fetestexcept(FE_ALL_EXCEPT);
    snprintf(text, sizeof text, "%s%s%s%s%s", set & FE_INVALID ? "I" : "", set & FE_DIVBYZERO ? "Z" : "",
             set & FE_OVERFLOW ? "O" : "", set & FE_UNDERFLOW ? "U" : "", set & FE_INEXACT ? "P" : "");
    feclearexcept(FE_ALL_EXCEPT);
    return text;
}

int main(void)
{
    static const double values[] = { 0.0, -0.0, 1.0, -1.0, 1.0 / 3, 1e308, -1e308, 1e-308, 5e-324,
                                     INFINITY, -INFINITY, 2.5, 4503599627370497.5 };
    enum { N = sizeof values / sizeof *values };
    static const int modes[] = { FE_TONEAREST, FE_DOWNWARD, FE_UPWARD, FE_TOWARDZERO };
    uint64_t hash = 0;

    feclearexcept(FE_ALL_EXCEPT);
    for (int m = 0; m < 4; m++) {
        fesetround(modes[m]);
        for (int i = 0; i < N; i++)
            for (int j = 0; j < N; j++) {
                volatile double a = values[i], b = values[j];
                volatile double results[] = { a + b, a - b, a * b, a / b, sqrt(a) };
                volatile float single = (float)a * (float)b;
                for (int k = 0; k < 5; k++)
                    hash = hash * 31 + (isnan(results[k]) ? 1 : bits(results[k]));
                hash = hash * 31 + (isnan(single) ? 1 : bits(single));
                hash = hash * 31 + (a < b) + 2 * (a <= b) + 4 * (a == b) + 8 * (a != b);
                hash = hash * 31 + fetestexcept(FE_DIVBYZERO | FE_OVERFLOW | FE_UNDERFLOW | FE_INEXACT);
                feclearexcept(FE_ALL_EXCEPT);
            }
        volatile double x = 2.5, y = -1.5, third = 1.0 / 3;
        printf("mode %d: %.17g %.17g %lld %lld %016llx\n", m, (double)(x * third), (double)(y / 7),
               (long long)llrint(x), (long long)llrint(y), (unsigned long long)hash);
    }
    fesetround(FE_TONEAREST);

    volatile double zero = 0, one = 1, huge = 1e308, tiny = 1e-308, nan = NAN;
    volatile double r;
    feclearexcept(FE_ALL_EXCEPT);
    r = one / zero; printf("1/0 %s\n", flags());
    r = zero / zero; printf("0/0 %s %d\n", flags(), isnan(r));
    r = huge * 10; printf("huge %s\n", flags());
    r = tiny / 3e10; printf("tiny %s\n", flags());
    r = one / 3; printf("third %s\n", flags());
    r = one + one; printf("exact [%s]\n", flags());
    r = sqrt(-one); printf("root %s\n", flags());
    printf("%d %d %d %d %d\n", nan < one, nan > one, nan == nan, nan != nan, !(nan >= one));

    volatile double big = 1e19, negative = -3.99;
    volatile float f = 16777217.0;
    printf("%d %lld %u %d %g\n", (int)negative, (long long)-9.2e18, (unsigned)4e9, (int)(float)2.9,
           (double)f);
    printf("%llu %g %g\n", (unsigned long long)big, (double)(unsigned long long)~0ull,
           (double)(long long)-5);
    printf("%.17g %.9g\n", (double)(float)0.1, (float)(1.0 / 3));
    (void)r;
    return 0;
}
