/*
 * Formatted output: every conversion, width, precision and flag that is not about floating point.
 *
 * Build:  cc -O2 -static -o stdio stdio.c
 * Expect: the same lines natively; nothing in them depends on the machine
 */
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

int main(void)
{
    char buffer[64];

    printf("[%d] [%5d] [%-5d] [%05d] [%+d] [% d]\n", 42, 42, 42, 42, 42, 42);
    printf("[%d] [%d] [%u] [%ld] [%lu]\n", INT_MIN, INT_MAX, UINT_MAX, LONG_MIN, ULONG_MAX);
    printf("[%x] [%X] [%#x] [%o] [%#o] [%08x]\n", 0xbeef, 0xbeef, 0xbeef, 8, 8, 0xbeef);
    printf("[%hhd] [%hhu] [%hd] [%hu]\n", (signed char)-1, (unsigned char)255, (short)-1,
           (unsigned short)65535);
    printf("[%lld] [%jd] [%zu] [%td]\n", -1LL, (intmax_t)-2, sizeof buffer, buffer + 9 - buffer);
    printf("[%s] [%10s] [%-10s] [%.3s] [%10.3s] [%*s] [%.*s]\n", "string", "string", "string",
           "string", "string", 8, "star", 2, "star");
    printf("[%c] [%3c] [%-3c] [%%]\n", 'c', 'c', 'c');
    printf("[%.0d] [%.5d] [%8.5d] [%-8.5d]\n", 0, 7, 7, -7);
    printf("[%2$s %1$s %2$s]\n", "one", "two");

    int count = 0;
    printf("counted%n", &count);
    printf(" %d\n", count);

    const char *volatile text = "too long for eight";
    int length = snprintf(buffer, 8, "%s", text);
    printf("[%s] %d\n", buffer, length);
    length = snprintf(NULL, 0, "%d-%d", 123, 456);
    printf("%d\n", length);

    memset(buffer, 'x', sizeof buffer);
    sprintf(buffer, "%s", "");
    printf("%zu %c\n", strlen(buffer), buffer[1]);

    fputs("fputs ", stdout);
    putchar('p');
    fputc('f', stdout);
    fwrite("write\n", 1, 6, stdout);
    fflush(stdout);
    fprintf(stderr, "to stderr\n");
    printf("%s\n", ferror(stdout) ? "error" : "no error");
    for (int i = 0; i < 300; i++)
        printf("%d%c", i * i * i, i % 10 == 9 ? '\n' : ' ');
    return 0;
}
