/*
 * Gives up by itself.
 *
 * Build:  cc -O1 -static -o fault_abort fault_abort.c
 * Expect: "before" and death by SIGABRT (status 134)
 */
#include <stdio.h>
#include <stdlib.h>

int main(void)
{
    puts("before");
    fflush(stdout);
    abort();
    puts("after");
    return 0;
}
