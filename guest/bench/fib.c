/* Fibonacci numbers by plain recursion: calls, returns, and little else. */
#include <stdio.h>
#include <stdlib.h>

static unsigned long fib(unsigned n)
{
    return n < 2 ? n : fib(n - 1) + fib(n - 2);
}

int main(int argc, char **argv)
{
    int n = argc > 1 ? atoi(argv[1]) : 40;

    printf("fib %lu\n", fib(n));
    return 0;
}
