/*
 * The first program.
 *
 * Build:  cc -O2 -static -o hello hello.c
 * Expect: Hello, world!
 */
#include <stdio.h>

int main(void)
{
    puts("Hello, world!");
    return 0;
}
