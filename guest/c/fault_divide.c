/*
 * Divides by zero.
 *
 * Build:  cc -O1 -static -o fault_divide fault_divide.c
 * Expect: "before" and death by SIGFPE (status 136)
 */
#include <stdio.h>

int main(void)
{
    puts("before");
    fflush(stdout);
    volatile int one = 1, zero = 0;
    printf("%d\n", one / zero);
    puts("after");
    return 0;
}
