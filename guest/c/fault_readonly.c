/*
 * Writes to a constant: the page is mapped, but not for writing.
 *
 * Build:  cc -O1 -static -o fault_readonly fault_readonly.c
 * Expect: "before" and death by SIGSEGV (status 139)
 */
#include <stdio.h>

static const char text[] = "constant";

int main(void)
{
    puts("before");
    fflush(stdout);
    *(volatile char *)text = 1;
    puts("after");
    return 0;
}
