/*
 * Executes UD2, the instruction that does not exist by definition.
 *
 * Build:  cc -O1 -static -o fault_illegal fault_illegal.c
 * Expect: "before" and death by SIGILL (status 132)
 */
#include <stdio.h>

int main(void)
{
    puts("before");
    fflush(stdout);
    __asm__ volatile("ud2");
    puts("after");
    return 0;
}
