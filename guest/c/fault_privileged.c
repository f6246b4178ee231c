/*
 * Executes an instruction that only the kernel may.
 *
 * Build:  cc -O1 -static -o fault_privileged fault_privileged.c
 * Expect: "before" and death by SIGSEGV (status 139)
 */
#include <stdio.h>

int main(void)
{
    puts("before");
    fflush(stdout);
    __asm__ volatile("hlt");
    puts("after");
    return 0;
}
