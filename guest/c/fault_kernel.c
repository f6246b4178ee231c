/*
 * Reads an address of the kernel.
 *
 * Build:  cc -O1 -static -o fault_kernel fault_kernel.c
 * Expect: "before" and death by SIGSEGV (status 139)
 */
#include <stdio.h>

int main(void)
{
    puts("before");
    fflush(stdout);
    (void)*(volatile char *)0xffffffff81000000;
    puts("after");
    return 0;
}
