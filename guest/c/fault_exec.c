/*
 * Calls a function in the data: the page may be read and written, not executed.
 *
 * Build:  cc -O1 -static -o fault_exec fault_exec.c
 * Expect: "before" and death by SIGSEGV (status 139)
 */
#include <stdio.h>

static unsigned char code[] = { 0xc3 };

int main(void)
{
    puts("before");
    fflush(stdout);
    ((void (*)(void))code)();
    puts("after");
    return 0;
}
