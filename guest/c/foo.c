/*
 * Calls foo, the system call that was added as an example: it returns the size of a kernel stack.
 *
 * Build:  cc -O2 -static -o foo foo.c
 * Expect: The kernel stack size is 16384.
 * Native: Linux has no call 338; there: "foo: Function not implemented", status 1.
 */
#define _GNU_SOURCE
#include <stdio.h>
#include <unistd.h>

#define __NR_foo 338

int main(void)
{
    long stack_size = syscall(__NR_foo);

    if (stack_size < 0) {
        perror("foo");
        return 1;
    }
    printf("The kernel stack size is %ld.\n", stack_size);
    return 0;
}
