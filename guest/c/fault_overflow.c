/*
 * Divides the smallest integer by -1: the quotient does not fit.
 *
 * Build:  cc -O1 -static -o fault_overflow fault_overflow.c
 * Expect: "before" and death by SIGFPE (status 136)
 */
#include <stdio.h>
#include <limits.h>

int main(void)
{
    puts("before");
    fflush(stdout);
    volatile int smallest = INT_MIN, minus = -1;
    printf("%d\n", smallest / minus);
    puts("after");
    return 0;
}
