/*
 * Counts lines, words and bytes of standard input, and how often each letter comes.
 *
 * Build:  cc -O2 -static -o wc wc.c
 * Stdin:  any bytes
 * Expect: the three counts, then the letters that occur
 */
#include <ctype.h>
#include <stdio.h>

int main(void)
{
    unsigned long lines = 0, words = 0, bytes = 0, letters[26] = { 0 };
    int c, inside = 0;

    while ((c = getchar()) != EOF) {
        bytes++;
        lines += c == '\n';
        words += !isspace(c) && !inside;
        inside = !isspace(c);
        if (c < 128 && isalpha(c))
            letters[tolower(c) - 'a']++;
    }
    printf("%lu %lu %lu\n", lines, words, bytes);
    for (int i = 0; i < 26; i++)
        if (letters[i])
            printf("%c %lu\n", 'a' + i, letters[i]);
    return 0;
}
