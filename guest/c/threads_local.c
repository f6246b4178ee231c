/*
 * Thread-local variables, constructors, destructors, weak symbols and errno: what the start-up code
 * of a program sets up before main, and what it runs after.
 *
 * Build:  cc -O2 -static -o threads_local threads_local.c
 * Expect: the same lines natively
 */
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static _Thread_local int counter = 41;
static _Thread_local char zeros[5000];
static _Thread_local struct { long a; double b; } pair = { 7, 2.5 };
extern int absent(void) __attribute__((weak));
static int constructed;

__attribute__((constructor(200))) static void later(void) { constructed = constructed * 10 + 2; }
__attribute__((constructor(150))) static void earlier(void) { constructed = constructed * 10 + 1; }
__attribute__((destructor)) static void last(void)
{
    puts("destructor");
    fflush(stdout);
}

int main(void)
{
    printf("constructed %d\n", constructed);
    printf("%d %ld %g\n", ++counter, pair.a, pair.b);
    int sum = 0;
    for (unsigned i = 0; i < sizeof zeros; i++)
        sum += zeros[i];
    zeros[4999] = 1;
    printf("%d %d\n", sum, zeros[4999]);
    printf("weak: %d\n", absent ? 1 : 0);

    errno = 0;
    printf("%zd", write(99, "x", 1));
    printf(" %d %s\n", errno, strerror(errno));
    printf("%d", close(-1));
    printf(" %d\n", errno);
    printf("%d", isatty(98));
    printf(" %d\n", errno);
    return 0;
}
