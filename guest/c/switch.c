/*
 * Jump tables, computed jumps, function tables and long chains of conditions.
 *
 * Build:  cc -O2 -static -o switch switch.c
 * Expect: the same lines natively
 */
#include <stdio.h>

static int dense(int n)
{
    switch (n) {
    case 0: return 11; case 1: return 7; case 2: return 31; case 3: return 5; case 4: return 17;
    case 5: return 3; case 6: return 29; case 7: return 2; case 8: return 23; case 9: return 13;
    default: return -1;
    }
}

static const char *sparse(long n)
{
    switch (n) {
    case -1000000000000: return "far below";
    case -7: return "minus seven";
    case 100: case 101: case 102: return "about a hundred";
    case 65536: return "two to the sixteenth";
    case 0x7fffffffffffffff: return "the largest";
    default: return "something";
    }
}

static int fall(int n)
{
    int sum = 0;
    switch (n) {
    case 5: sum += 5; /* fall through */
    case 4: sum += 4; /* fall through */
    case 3: sum += 3; break;
    case 2: sum += 2; /* fall through */
    default: sum += 1;
    }
    return sum;
}

static int add(int a, int b) { return a + b; }
static int sub(int a, int b) { return a - b; }
static int mul(int a, int b) { return a * b; }
static int (*const operators[])(int, int) = { add, sub, mul };

static int interpret(const char *program)
{
    static const void *const labels[] = { &&stop, &&push, &&plus, &&times, &&dup, &&swap };
    int stack[16], top = 0;

    goto *labels[(int)*program++];
push:
    stack[top++] = *program++;
    goto *labels[(int)*program++];
plus:
    top--;
    stack[top - 1] += stack[top];
    goto *labels[(int)*program++];
times:
    top--;
    stack[top - 1] *= stack[top];
    goto *labels[(int)*program++];
dup:
    stack[top] = stack[top - 1];
    top++;
    goto *labels[(int)*program++];
swap: {
    int t = stack[top - 1];
    stack[top - 1] = stack[top - 2];
    stack[top - 2] = t;
    goto *labels[(int)*program++];
}
stop:
    return stack[0];
}

int main(void)
{
    static const long numbers[] = { -1000000000000, -7, 99, 100, 102, 103, 65536,
                                    0x7fffffffffffffff, 0 };
    for (int i = -2; i < 12; i++)
        printf("%d ", dense(i));
    putchar('\n');
    for (unsigned i = 0; i < sizeof numbers / sizeof *numbers; i++)
        printf("%s, ", sparse(numbers[i]));
    putchar('\n');
    for (int i = 0; i < 7; i++)
        printf("%d ", fall(i));
    putchar('\n');
    int value = 1;
    for (int i = 0; i < 3000; i++)
        value = operators[(unsigned)(value ^ i) % 3](value, i);
    printf("%d\n", value);
    printf("%d\n", interpret("\1\5\4\3\1\7\2\4\5\3\0"));
    return 0;
}
