/*
 * What the kernel puts on the stack: arguments, environment, auxiliary vector; and the ways out.
 *
 * Build:  cc -O2 -static -o args args.c
 * Args:   one "two words" ""
 * Expect: the arguments, what can be said about the rest, the exit handlers in reverse; status 42
 */
#include <elf.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <unistd.h>

static void first(void) { puts("registered first"); }
static void second(void) { puts("registered second"); }

int main(int argc, char **argv, char **envp)
{
    extern char **environ;
    int count = 0;

    printf("argc %d\n", argc);
    for (int i = 1; i < argc; i++)
        printf("argv[%d] = \"%s\"\n", i, argv[i]);
    printf("argv[argc] is %s\n", argv[argc] == NULL ? "null" : "not null");
    while (envp[count])
        count++;
    printf("the environment follows argv: %d, and environ is it: %d\n", envp == argv + argc + 1,
           environ == envp);

    Elf64_auxv_t *aux = (Elf64_auxv_t *)(envp + count + 1);
    int entries = 0;
    while (aux[entries].a_type != AT_NULL)
        entries++;
    printf("the auxiliary vector follows the environment: %d\n", entries > 10);
    printf("page size %lu, clock ticks %lu\n", getauxval(AT_PAGESZ), getauxval(AT_CLKTCK));
    printf("program headers: %d of %lu bytes\n", getauxval(AT_PHNUM) > 0, getauxval(AT_PHENT));
    printf("platform %s\n", (char *)getauxval(AT_PLATFORM));
    printf("random bytes: %d\n", getauxval(AT_RANDOM) != 0);
    printf("path ends in the program's name: %d\n",
           strstr((char *)getauxval(AT_EXECFN), "args") != NULL);
    printf("user ids agree: %d\n", getauxval(AT_UID) == getuid() && getauxval(AT_EGID) == getegid());
    printf("stack is aligned at entry: %d\n", (uintptr_t)(argv - 1) % 16 == 0);

    setenv("MARTLET_TEST", "a bird", 1);
    printf("%s\n", getenv("MARTLET_TEST"));
    unsetenv("MARTLET_TEST");
    printf("%s\n", getenv("MARTLET_TEST") ? "still there" : "gone");
    atexit(first);
    atexit(second);
    fputs("not flushed by hand", stdout);
    putchar('\n');
    exit(42);
}
