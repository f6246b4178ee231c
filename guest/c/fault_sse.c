/*
 * Divides by zero in floating point, with that exception unmasked.
 *
 * Build:  cc -O1 -static -o fault_sse fault_sse.c
 * Expect: "before" and death by SIGFPE (status 136)
 */
#include <stdio.h>

int main(void)
{
    puts("before");
    fflush(stdout);
    unsigned int mxcsr = 0x1f80 & ~(1u << 9);
    volatile double zero = 0;
    __asm__ volatile("ldmxcsr %0" : : "m"(mxcsr));
    printf("%g\n", 1 / zero);
    puts("after");
    return 0;
}
