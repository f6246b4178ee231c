/* A bytecode interpreter that runs a small program N times: an indirect jump for each operation. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

enum { PUSH, LOAD, STORE, ADD, SUB, MUL, XOR, SHR, LESS, JUMP, JUMP_ZERO, DUP, DROP, HALT };

/*
 * for (i = 0; i < 1000; i++) {
 *     x = (x * 75 + i) ^ x >> 3;
 *     y = x < y ? y - x : y + 1;
 * }
 */
static const int32_t program[] = {
    PUSH, 0, STORE, 0,
    /* 4: loop */ LOAD, 0, PUSH, 1000, LESS, JUMP_ZERO, 59,
    LOAD, 1, PUSH, 75, MUL, LOAD, 0, ADD, LOAD, 1, PUSH, 3, SHR, XOR, STORE, 1, LOAD, 1, LOAD, 2,
    LESS, JUMP_ZERO, 41,
    LOAD, 2, LOAD, 1, SUB, JUMP, 46,
    /* 41: else */ LOAD, 2, PUSH, 1, ADD,
    /* 46: join */ DUP, STORE, 2, DROP, LOAD, 0, PUSH, 1, ADD, STORE, 0, JUMP, 4,
    /* 59: end */ HALT,
};

static uint32_t variables[4];

static void run(const int32_t *code)
{
    uint32_t stack[32], *top = stack;
    const int32_t *pc = code;

    for (;;)
        switch (*pc++) {
        case PUSH: *top++ = *pc++; break;
        case LOAD: *top++ = variables[*pc++]; break;
        case STORE: variables[*pc++] = *--top; break;
        case ADD: top--; top[-1] += *top; break;
        case SUB: top--; top[-1] -= *top; break;
        case MUL: top--; top[-1] *= *top; break;
        case XOR: top--; top[-1] ^= *top; break;
        case SHR: top--; top[-1] >>= *top & 31; break;
        case LESS: top--; top[-1] = top[-1] < *top; break;
        case JUMP: pc = code + *pc; break;
        case JUMP_ZERO: pc = *--top ? pc + 1 : code + *pc; break;
        case DUP: *top = top[-1]; top++; break;
        case DROP: top--; break;
        case HALT: return;
        }
}

int main(int argc, char **argv)
{
    int rounds = argc > 1 ? atoi(argv[1]) : 4000;

    variables[1] = 1;
    for (int r = 0; r < rounds; r++)
        run(program);
    printf("vm %u %u\n", variables[1], variables[2]);
    return 0;
}
