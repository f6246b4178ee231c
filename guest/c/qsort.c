/*
 * Sorting and searching through function pointers: integers, strings, structures, and input that is
 * sorted already.
 *
 * Build:  cc -O2 -static -o qsort qsort.c
 * Expect: the same lines natively
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct person {
    char name[12];
    int age;
    double height;
};

static int compare_int(const void *a, const void *b)
{
    int x = *(const int *)a, y = *(const int *)b;
    return (x > y) - (x < y);
}

static int compare_down(const void *a, const void *b) { return compare_int(b, a); }

static int compare_string(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static int compare_person(const void *a, const void *b)
{
    const struct person *x = a, *y = b;
    if (x->height != y->height)
        return x->height < y->height ? -1 : 1;
    return strcmp(x->name, y->name);
}

int main(void)
{
    enum { N = 20000 };
    static int numbers[N];
    unsigned seed = 12345;
    for (int i = 0; i < N; i++)
        numbers[i] = (int)(seed = seed * 1103515245 + 12345) >> 8;

    qsort(numbers, N, sizeof *numbers, compare_int);
    int sorted = 1;
    for (int i = 1; i < N; i++)
        sorted &= numbers[i - 1] <= numbers[i];
    printf("%d %d %d %d\n", sorted, numbers[0], numbers[N / 2], numbers[N - 1]);
    int *found = bsearch(&numbers[777], numbers, N, sizeof *numbers, compare_int);
    int absent = numbers[0] - 1;
    printf("%d %s\n", found && *found == numbers[777],
           bsearch(&absent, numbers, N, sizeof *numbers, compare_int) ? "found" : "not found");
    qsort(numbers, N, sizeof *numbers, compare_int);
    qsort(numbers, N, sizeof *numbers, compare_down);
    printf("%d %d\n", numbers[0], numbers[N - 1]);

    const char *words[] = { "zebra", "apple", "Mango", "kiwi", "", "banana", "apple pie", "cherry" };
    qsort(words, 8, sizeof *words, compare_string);
    for (int i = 0; i < 8; i++)
        printf("\"%s\" ", words[i]);
    putchar('\n');

    struct person people[] = { { "Ada", 36, 1.65 }, { "Linus", 55, 1.78 }, { "Grace", 85, 1.65 },
                               { "Ken", 81, 1.8 },  { "Dennis", 70, 1.78 }, { "Barbara", 84, 1.6 } };
    qsort(people, 6, sizeof *people, compare_person);
    for (int i = 0; i < 6; i++)
        printf("%s %d %.2f\n", people[i].name, people[i].age, people[i].height);
    return 0;
}
