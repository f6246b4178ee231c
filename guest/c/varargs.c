/*
 * Functions of many arguments: in registers, on the stack, in vector registers, in structures that
 * are passed and returned in pieces.
 *
 * Build:  cc -O2 -static -o varargs varargs.c
 * Expect: the same lines natively
 */
#include <stdarg.h>
#include <stdio.h>

struct small { int a, b; };
struct mixed { double d; long l; };
struct pair { double x, y; };
struct large { long values[10]; };
union number { double d; unsigned long u; };

static double sum(const char *types, ...)
{
    va_list list, again;
    double total = 0;

    va_start(list, types);
    va_copy(again, list);
    for (const char *t = types; *t; t++)
        switch (*t) {
        case 'i': total += va_arg(list, int); break;
        case 'l': total += va_arg(list, long); break;
        case 'd': total += va_arg(list, double); break;
        case 's': total += va_arg(list, struct small).b; break;
        case 'm': total += va_arg(list, struct mixed).d; break;
        case 'g': total += va_arg(list, struct large).values[9]; break;
        }
    if (*types == 'i')
        total += va_arg(again, int) * 1000;
    va_end(again);
    va_end(list);
    return total;
}

static int through(char *buffer, const char *format, ...)
{
    va_list list;
    va_start(list, format);
    int length = vsprintf(buffer, format, list);
    va_end(list);
    return length;
}

__attribute__((noinline)) static struct small swap(struct small s) { return (struct small){ s.b, s.a }; }
__attribute__((noinline)) static struct mixed half(struct mixed m) { return (struct mixed){ m.d / 2, m.l / 2 }; }
__attribute__((noinline)) static struct pair turn(struct pair p) { return (struct pair){ -p.y, p.x }; }
__attribute__((noinline)) static struct large fill(long from)
{
    struct large result;
    for (int i = 0; i < 10; i++)
        result.values[i] = from + i;
    return result;
}

__attribute__((noinline)) static long many(int a, char b, long c, short d, unsigned e, int f, int g,
                                           signed char h, long i, double x, float y, int j)
{
    return a + b * 2 + c * 3 + d * 4 + e * 5 + f * 6 + g * 7 + h * 8 + i * 9 + (long)(x * 10 + y * 11)
        + j * 12;
}

int main(void)
{
    char buffer[100];
    struct large ten = fill(5);

    printf("%g\n", sum("iiiiiiiiii", 1, 2, 3, 4, 5, 6, 7, 8, 9, 10));
    printf("%g\n", sum("dididididididididid", 1., 1, 2., 2, 3., 3, 4., 4, 5., 5, 6., 6, 7., 7, 8., 8,
                       9., 9, 10.));
    printf("%g\n", sum("smgl", (struct small){ 1, 2 }, (struct mixed){ 2.5, 1 }, ten, 100L));
    int length = through(buffer, "%s %d %.2f %c %ld %g", "text", -5, 2.345, 'x', 1L << 40, 1e9);
    printf("%d %s\n", length, buffer);
    printf("%ld\n", many(1, 2, 3, -4, 5, 6, 7, -8, 9, 1.5, 2.5f, 12));

    struct small s = swap((struct small){ 3, 4 });
    struct mixed m = half((struct mixed){ 5, 6 });
    struct pair p = turn(turn((struct pair){ 1, 2 }));
    printf("%d %d %g %ld %g %g %ld\n", s.a, s.b, m.d, m.l, p.x, p.y, ten.values[9]);
    union number n = { .d = 1.5 };
    printf("%lx\n", n.u);
    return 0;
}
