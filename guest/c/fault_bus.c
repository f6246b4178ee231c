/*
 * Uses a non-canonical address in rbp: the processor calls that a stack fault.
 *
 * Build:  cc -O1 -static -o fault_bus fault_bus.c
 * Expect: "before" and death by SIGBUS (status 135)
 */
#include <stdio.h>

int main(void)
{
    puts("before");
    fflush(stdout);
    __asm__ volatile("movq $1, %%rax; shlq $63, %%rax; movq %%rax, %%rbp; movq (%%rbp), %%rax"
                     : : : "rax", "memory");
    puts("after");
    return 0;
}
