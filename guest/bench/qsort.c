/* The library's qsort of N random integers: an indirect call for each comparison. */
#include <stdio.h>
#include <stdlib.h>

static int compare(const void *a, const void *b)
{
    unsigned x = *(const unsigned *)a, y = *(const unsigned *)b;
    return (x > y) - (x < y);
}

int main(int argc, char **argv)
{
    int n = argc > 1 ? atoi(argv[1]) : 1500000;
    unsigned *numbers = malloc(n * sizeof *numbers), seed = 1;
    unsigned long sum = 0;

    for (int i = 0; i < n; i++)
        numbers[i] = (seed = seed * 1664525 + 1013904223) >> 3;
    qsort(numbers, n, sizeof *numbers, compare);
    for (int i = 0; i < n; i++)
        sum = sum * 31 + numbers[i];
    printf("qsort %016lx\n", sum);
    return 0;
}
