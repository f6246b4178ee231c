/*
 * String instructions: every width, both directions, repeat counts of 0, the ways a REP ends, and
 * overlapping copies, which repeat what they have just written.
 *
 * Build:  cc -nostdlib -static -o strings strings.S
 * Expect: ok
 */
#include "check.h"

        .globl  _start
_start:
        cld
        leaq    source(%rip), %rsi
        leaq    buffer(%rip), %rdi
        movl    $5, %ecx
        rep movsb
        CHECK_REG(%rcx, 0)
        CHECK_MEM32(buffer(%rip), 0x64636261)
        CHECK_MEM32(buffer + 4(%rip), 0x00000065)
        leaq    source + 5(%rip), %rax
        cmpq    %rax, %rsi
        jne     fail

        /* A count of 0 does nothing and keeps the flags. */
        stc
        rep movsq
        CHECK_FLAGS(CF, CF)
        cmpq    %rax, %rsi
        jne     fail

        /* Overlap by one byte spreads that byte. */
        leaq    buffer(%rip), %rsi
        leaq    1(%rsi), %rdi
        movl    $7, %ecx
        rep movsb
        CHECK_MEM32(buffer + 4(%rip), 0x61616161)

        /* Backwards, the highest address first. */
        std
        leaq    source + 7(%rip), %rsi
        leaq    buffer + 15(%rip), %rdi
        movl    $8, %ecx
        rep movsb
        cld
        CHECK_MEM32(buffer + 8(%rip), 0x64636261)
        CHECK_MEM32(buffer + 12(%rip), 0x68676665)
        leaq    source - 1(%rip), %rax
        cmpq    %rax, %rsi
        jne     fail

        /* STOS of each width. */
        leaq    buffer(%rip), %rdi
        movabsq $0x1122334455667788, %rax
        movl    $2, %ecx
        rep stosq
        stosl
        stosw
        stosb
        CHECK_MEM32(buffer + 12(%rip), 0x11223344)
        CHECK_MEM32(buffer + 16(%rip), 0x55667788)
        CHECK_MEM32(buffer + 19(%rip), 0x88778855)
        leaq    buffer + 23(%rip), %rax
        cmpq    %rax, %rdi
        jne     fail

        /* SCAS stops at the first equal byte, having counted and stepped over it. */
        leaq    source(%rip), %rdi
        movl    $100, %ecx
        movb    $'d', %al
        repne scasb
        CHECK_FLAGS(ZF, ZF)
        CHECK_REG(%rcx, 96)
        leaq    source + 4(%rip), %rax
        cmpq    %rax, %rdi
        jne     fail
        movl    $3, %ecx
        movb    $'#', %al
        repne scasb
        CHECK_FLAGS(ZF, 0)
        CHECK_REG(%rcx, 0)

        /* CMPS stops at the first difference; its flags are those of source - destination. */
        leaq    source(%rip), %rsi
        leaq    other(%rip), %rdi
        movl    $8, %ecx
        repe cmpsb
        CHECK_FLAGS(ALL, CF | AF | SF)
        CHECK_REG(%rcx, 4)
        leaq    source(%rip), %rsi
        leaq    other(%rip), %rdi
        movl    $1, %ecx
        repe cmpsw
        CHECK_FLAGS(ZF, ZF)

        /* LODS adds up; a 32-bit count register when the address size says so. */
        leaq    source(%rip), %rsi
        xorl    %eax, %eax
        lodsb
        CHECK_REG(%rax, 'a')
        lodsw
        CHECK_REG(%rax, 0x6362)
        lodsl
        CHECK_REG(%rax, 0x67666564)
        movq    $0x100000000, %rcx
        jecxz   1f                      /* ecx is 0 although rcx is not */
        jmp     fail
1:      leaq    buffer(%rip), %rdi
        movl    $4096 + 100, %ecx       /* more than a page at once */
        movb    $0x5a, %al
        rep stosb
        CHECK_MEM32(buffer + 4192(%rip), 0x5a5a5a5a)
        CHECK_MEM32(buffer + 4196(%rip), 0)
        jmp     pass

        .data
        .byte   0
source: .ascii  "abcdefgh"
        .fill   92, 1, '.'
other:  .ascii  "abcxefgh"
        .bss
        .balign 16
buffer: .skip   16384
        .text
        CHECK_END
