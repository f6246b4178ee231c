/*
 * Calls reboot(2) with a command that is chosen by a word.
 *
 * Build:  cc -O2 -static -o reboot reboot.c
 * Args:   halt | power-off | restart | restart2 [STRING] | restart2-fault | cad-on | cad-off
 *         | kexec | suspend | unknown | bad-magic | bad-magic2
 * Expect: halt, power-off, restart, restart2 do not return: the machine stops or starts again.
 *         The others print one line, such as "cad-on: 0" or "bad-magic: -1 (Invalid argument)";
 *         status 0 if the call succeeded, else 1.
 * Native: only `bad-magic`, `bad-magic2`, or any command without CAP_SYS_BOOT (which is refused
 *         before it is looked at). Everything else REALLY does it.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define MAGIC1 0xfee1dead
#define MAGIC2 0x28121969

static const struct {
    const char *word;
    unsigned int magic1, magic2, command;
} commands[] = {
    { "halt", MAGIC1, MAGIC2, 0xcdef0123 },
    { "power-off", MAGIC1, 0x05121996, 0x4321fedc },
    { "restart", MAGIC1, 0x16041998, 0x01234567 },
    { "restart2", MAGIC1, 0x20112000, 0xa1b2c3d4 },
    { "restart2-fault", MAGIC1, MAGIC2, 0xa1b2c3d4 },
    { "cad-on", MAGIC1, MAGIC2, 0x89abcdef },
    { "cad-off", MAGIC1, MAGIC2, 0x00000000 },
    { "kexec", MAGIC1, MAGIC2, 0x45584543 },
    { "suspend", MAGIC1, MAGIC2, 0xd000fce2 },
    { "unknown", MAGIC1, MAGIC2, 0x00000001 },
    { "bad-magic", 0xdeadbeef, MAGIC2, 0x01234567 },
    { "bad-magic2", MAGIC1, 0x01011970, 0x01234567 },
};

int main(int argc, char **argv)
{
    for (unsigned i = 0; argc > 1 && i < sizeof commands / sizeof *commands; i++)
        if (strcmp(argv[1], commands[i].word) == 0) {
            const char *string = argc > 2 ? argv[2] : "single";
            if (strcmp(argv[1], "restart2-fault") == 0)
                string = (const char *)0x10;
            long result = syscall(169, commands[i].magic1, commands[i].magic2,
                                  commands[i].command, string);
            printf("%s: %ld", argv[1], result);
            if (result < 0)
                printf(" (%s)", strerror(errno));
            putchar('\n');
            return result < 0;
        }
    fputs("usage: reboot COMMAND [STRING]\ncommands:", stderr);
    for (unsigned i = 0; i < sizeof commands / sizeof *commands; i++)
        fprintf(stderr, " %s", commands[i].word);
    fputc('\n', stderr);
    return 2;
}
