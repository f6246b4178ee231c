/*
 * Executes a breakpoint with no debugger there.
 *
 * Build:  cc -O1 -static -o fault_trap fault_trap.c
 * Expect: "before" and death by SIGTRAP (status 133)
 */
#include <stdio.h>

int main(void)
{
    puts("before");
    fflush(stdout);
    __asm__ volatile("int3");
    puts("after");
    return 0;
}
