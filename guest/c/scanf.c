/*
 * Formatted input: from strings, and from standard input until its end.
 *
 * Build:  cc -O2 -static -o scanf scanf.c
 * Stdin:  "3 4.5 word\n7 -1e3 another\n\nbad line\n"
 * Expect: the parsed strings, then what each line of the input held
 */
#include <stdio.h>
#include <stdlib.h>

int main(void)
{
    int a, b, n;
    unsigned u;
    long l;
    double d;
    float f;
    char word[20], set[20], line[100];

    printf("%d\n", sscanf("12 -34 0x1f 077", "%d %d %i %i", &a, &b, &n, (int *)&u));
    printf("%d %d %d %u\n", a, b, n, u);
    printf("%d\n", sscanf("9999999999 1e3 2.5", "%ld %lf %f", &l, &d, &f));
    printf("%ld %g %g\n", l, d, f);
    printf("%d\n", sscanf("key=value; rest", "%19[^=]=%19[a-z]", word, set));
    printf("%s %s\n", word, set);
    printf("%d\n", sscanf("abc123", "%3s%n%d", word, &n, &a));
    printf("%s %d %d\n", word, n, a);
    printf("%d %d\n", sscanf("", "%d", &a), sscanf("x", "%d", &a));
    n = sscanf("ffff", "%2x", &u);
    printf("%d %x\n", n, u);

    while (fgets(line, sizeof line, stdin)) {
        int fields = sscanf(line, "%d %lf %19s", &a, &d, word);
        printf("%d fields", fields);
        if (fields == 3)
            printf(": %d, %g, %s", a, d, word);
        putchar('\n');
    }
    printf("end %d\n", feof(stdin) != 0);

    char *end;
    l = strtol("  -0x7fz", &end, 0);
    printf("%ld %s\n", l, end);
    printf("%ld %lu\n", strtol("99999999999999999999", NULL, 10), strtoul("-1", NULL, 10));
    d = strtod("0x1.8p3rest", &end);
    printf("%g %s\n", d, end);
    printf("%d %ld\n", atoi("42abc"), atol("-7"));
    return 0;
}
