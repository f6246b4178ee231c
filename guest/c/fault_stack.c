/*
 * Calls itself until the stack has no room left.
 *
 * Build:  cc -O1 -static -o fault_stack fault_stack.c
 * Expect: "before" and death by SIGSEGV (status 139)
 */
#include <stdio.h>

static int deeper(volatile char *above, int depth)
{
    volatile char here[1000];
    here[0] = above[0] + 1;
    if (depth < 0)
        return 0;
    return deeper(here, depth + 1) + here[0];
}

int main(void)
{
    puts("before");
    fflush(stdout);
    char first[1] = { 0 };
    printf("%d\n", deeper(first, 0));
    puts("after");
    return 0;
}
