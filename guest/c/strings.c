/*
 * The string functions, at every alignment and around the end of a page: the library picks its
 * versions of them by what CPUID says.
 *
 * Build:  cc -O2 -static -o strings strings.c
 * Expect: 0 bad, then the same lines natively
 */
#define _GNU_SOURCE
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/mman.h>

static unsigned long bad;

#define CHECK(condition) \
    do { \
        if (!(condition)) { \
            bad++; \
            printf("line %d: %s\n", __LINE__, #condition); \
        } \
    } while (0)

/* Strings that end with the last byte of the last page: reading further would fault. */
static void at_page_end(void)
{
    char *end = (char *)mmap(NULL, 8192, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
        + 4096;
    munmap(end, 4096);

    for (int length = 0; length < 130; length++) {
        char *text = end - length - 1;
        for (int i = 0; i < length; i++)
            text[i] = 'a' + i % 26;
        text[length] = 0;
        CHECK(strlen(text) == (size_t)length);
        CHECK(strnlen(text, length + 1) == (size_t)length);
        CHECK(strchr(text, 0) == text + length);
        CHECK(strchr(text, '#') == NULL);
        CHECK(memchr(text, 0, length + 1) == text + length);
        CHECK(strrchr(text, 'a') == (length ? text + (length - 1) / 26 * 26 : NULL));
        char *copy = strdup(text);
        CHECK(strcmp(copy, text) == 0);
        CHECK(strcasecmp(copy, text) == 0);
        if (length) {
            copy[length - 1]++;
            CHECK(strcmp(copy, text) > 0);
            CHECK(memcmp(text, copy, length) < 0);
            CHECK(strncmp(copy, text, length - 1) == 0);
        }
        CHECK(stpcpy(copy, text) == copy + length);
        CHECK(strspn(text, "abcdefghijklmnopqrstuvwxyz") == (size_t)length);
        CHECK(strcspn(text, "0123456789") == (size_t)length);
        free(copy);
    }
}

static void moves(void)
{
    static unsigned char a[600], b[600];

    for (int from = 0; from < 17; from++)
        for (int to = 0; to < 17; to++)
            for (int length = 0; length < 260; length += length < 40 ? 1 : 13) {
                for (int i = 0; i < 600; i++) {
                    a[i] = i * 7;
                    b[i] = 0;
                }
                memcpy(b + to, a + from, length);
                for (int i = 0; i < 300; i++)
                    CHECK(b[i] == (i >= to && i < to + length
                                       ? (unsigned char)((i - to + from) * 7) : 0));
                memmove(a + to, a + from, length);
                for (int i = 0; i < length; i++)
                    CHECK(a[to + i] == (unsigned char)((from + i) * 7));
                memset(a + from, to, length);
                for (int i = 0; i < length; i++)
                    CHECK(a[from + i] == to);
            }
}

int main(void)
{
    char text[200] = "  The quick  brown fox,jumps over\tthe lazy dog ";
    char *rest = text, *word;

    at_page_end();
    moves();
    printf("%lu bad\n", bad);

    while ((word = strtok_r(rest, " ,\t", &rest)))
        printf("%s.", word);
    putchar('\n');
    strcpy(text, "needle in a haystack with a needle");
    printf("%d %d\n", (int)(strstr(text + 1, "needle") - text), strstr(text, "nail") == NULL);
    strcat(text, " and");
    printf("%s|%s|%s\n", text, strpbrk(text, "xyz"), (char *)memmem(text, 30, "hay", 3));
    for (char *p = text; *p; p++)
        *p = isalpha((unsigned char)*p) ? toupper((unsigned char)*p) : '_';
    puts(text);
    printf("%s %s\n", strerror(2), strerror(14));
    return bad != 0;
}
