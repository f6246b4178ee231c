/*
 * Floating point as text, both ways: printing needs exact arithmetic with many digits, and reading
 * it back must give the same bits.
 *
 * Build:  cc -O2 -static -o printf_float printf_float.c
 * Expect: the same lines natively
 */
#include <float.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int main(void)
{
    static const double values[] = { 0.0, -0.0, 1.0, -1.5, 0.1, 2.0 / 3, 1e10, 1e-10, 123456.789,
                                     1e100, 1e300, DBL_MIN, DBL_MAX, DBL_EPSILON, 4.9e-324, 0.5,
                                     9.9999995, 999999.5, 1e21, 12345678901234567.0 };

    for (unsigned i = 0; i < sizeof values / sizeof *values; i++)
        printf("%f|%e|%g|%.3f|%.17g|%a\n", values[i], values[i], values[i], values[i], values[i],
               values[i]);
    printf("[%10.2f] [%-10.2f] [%+.1e] [%010.3f] [% g] [%#g]\n", 3.14159, 3.14159, 31415.9, -3.14159,
           2.5, 2.0);
    printf("%f %F %e %g\n", HUGE_VAL, HUGE_VAL, -HUGE_VAL, HUGE_VAL);
    printf("%.0f %.0f %.0f %.0f\n", 0.5, 1.5, 2.5, 3.5);
    printf("%.50f\n%.30e\n", 0.1, 1.0 / 3);

    /* Random bits: print with enough digits, read back, compare. */
    uint64_t state = 42;
    unsigned long wrong = 0, tried = 0;
    for (int i = 0; i < 3000; i++) {
        double value, again;
        char text[64];
        state = state * 6364136223846793005u + 1442695040888963407u;
        uint64_t bits = state ^ state >> 29;
        memcpy(&value, &bits, 8);
        if (!isfinite(value))
            continue;
        snprintf(text, sizeof text, "%.17g", value);
        again = strtod(text, NULL);
        wrong += memcmp(&again, &value, 8) != 0;
        tried++;
    }
    printf("%lu of %lu wrong\n", wrong, tried);

    float single = 0.1f;
    printf("%.9g %.9g %d\n", single, single * 3, single == 0.1);
    printf("%Lf %Lg\n", 1.25L, 1e-20L);
    return 0;
}
