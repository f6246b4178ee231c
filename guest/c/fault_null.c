/*
 * Writes through a null pointer: nothing is mapped there.
 *
 * Build:  cc -O1 -static -o fault_null fault_null.c
 * Expect: "before" and death by SIGSEGV (status 139)
 */
#include <stdio.h>

int main(void)
{
    puts("before");
    fflush(stdout);
    *(volatile int *)0 = 1;
    puts("after");
    return 0;
}
