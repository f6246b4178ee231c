/*
 * Reads a non-canonical address: the processor raises a general protection fault.
 *
 * Build:  cc -O1 -static -o fault_noncanonical fault_noncanonical.c
 * Expect: "before" and death by SIGSEGV (status 139)
 */
#include <stdio.h>

int main(void)
{
    puts("before");
    fflush(stdout);
    (void)*(volatile char *)0x8000000000000000;
    puts("after");
    return 0;
}
