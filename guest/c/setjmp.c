/*
 * Jumps out of functions: errors that leave many frames at once, and a loop made of jumps.
 *
 * Build:  cc -O2 -static -o setjmp setjmp.c
 * Expect: the same lines natively
 */
#include <setjmp.h>
#include <stdio.h>

static jmp_buf handler[4];
static int depth;

static void fail_at(int level, int code)
{
    volatile char frame[200];
    frame[0] = level;
    if (level <= 0)
        longjmp(handler[depth - 1], code);
    if (frame[0] != (char)level)
        return;
    fail_at(level - 1, code + frame[0] - level);
}

static int nested(int level)
{
    volatile int kept = level * 100;
    int code = setjmp(handler[depth++]);

    if (code == 0) {
        if (level < 3)
            nested(level + 1);
        else
            fail_at(50, 7);
        depth--;
        return 0;
    }
    depth--;
    printf("level %d caught %d, kept %d\n", level, code, kept);
    if (level > 0)
        longjmp(handler[depth - 1], code + 1);
    return code;
}

int main(void)
{
    jmp_buf loop;
    volatile int count = 0;
    volatile double sum = 0;

    printf("nested: %d\n", nested(0));

    int value = setjmp(loop);
    sum += value * 0.5;
    if (++count < 1000)
        longjmp(loop, count);
    printf("loop: %d %g\n", count, sum);

    if (setjmp(loop) == 0)
        longjmp(loop, 0); /* 0 becomes 1: it must not look like the first return */
    else
        puts("zero became one");
    return 0;
}
