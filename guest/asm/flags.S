/*
 * The arithmetic flags at the edges: carries, borrows, overflows, parity, and the instructions that
 * leave some flags alone.
 *
 * Build:  cc -nostdlib -static -o flags flags.S
 * Expect: ok
 */
#include "check.h"

        .globl  _start
_start:
        /* ADD: carry without overflow, overflow without carry, both, the half carry. */
        movb    $0xff, %al
        addb    $1, %al
        CHECK_FLAGS(ALL, CF | PF | AF | ZF)
        movb    $0x7f, %al
        addb    $1, %al
        CHECK_FLAGS(ALL, AF | SF | OF)
        movb    $0x80, %al
        addb    $0x80, %al
        CHECK_FLAGS(ALL, CF | PF | ZF | OF)
        movl    $0x7fffffff, %eax
        addl    $1, %eax
        CHECK_FLAGS(ALL, PF | AF | SF | OF)
        movq    $-1, %rax
        addq    $1, %rax
        CHECK_FLAGS(ALL, CF | PF | AF | ZF)

        /* ADC and SBB take the carry in, even when that makes the operand wrap. */
        stc
        movb    $0xff, %al
        adcb    $0xff, %al
        CHECK_FLAGS(ALL, CF | PF | AF | SF)
        CHECK_REG(%rax, 0xff)
        stc
        movl    $0, %eax
        sbbl    $-1, %eax
        CHECK_FLAGS(ALL, CF | PF | AF | ZF)
        stc
        movq    $0, %rax
        sbbq    %rax, %rax
        CHECK_FLAGS(ALL, CF | PF | AF | SF)
        CHECK_REG(%rax, -1)

        /* SUB and CMP agree; NEG of the smallest number overflows; NEG of 0 has no carry. */
        movw    $0x8000, %ax
        cmpw    $1, %ax
        CHECK_FLAGS(ALL, PF | AF | OF)
        movl    $0x80000000, %eax
        negl    %eax
        CHECK_FLAGS(ALL, CF | PF | SF | OF)
        xorl    %eax, %eax
        negl    %eax
        CHECK_FLAGS(ALL, PF | ZF)

        /* INC and DEC keep the carry; NOT keeps everything. */
        stc
        movl    $-1, %eax
        incl    %eax
        CHECK_FLAGS(ALL, CF | PF | AF | ZF)
        clc
        decl    %eax
        CHECK_FLAGS(ALL, PF | AF | SF)
        notl    %eax
        CHECK_FLAGS(ALL, PF | AF | SF)

        /* Logic clears carry and overflow. AF is undefined then. */
        stc
        movl    $0xf0f0f0f0, %eax
        andl    $0x80000001, %eax
        CHECK_FLAGS(ALL & ~AF, PF | SF)
        stc
        xorl    %eax, %eax
        CHECK_FLAGS(ALL & ~AF, PF | ZF)

        /* Shifts: the last bit out is the carry; a count of 0 changes no flag at all. */
        movl    $0x80000001, %eax
        shll    $1, %eax
        CHECK_FLAGS(ALL & ~AF, CF | OF)
        movl    $3, %eax
        shrl    $1, %eax
        CHECK_FLAGS(ALL & ~AF, CF)
        movl    $0x80000000, %eax
        sarl    $1, %eax
        CHECK_FLAGS(ALL & ~AF, PF | SF)
        stc
        movl    $0, %ecx
        shll    %cl, %eax
        CHECK_FLAGS(CF, CF)
        movl    $32, %ecx               /* counts are taken modulo 32, so this is 0 too */
        shll    %cl, %eax
        CHECK_FLAGS(CF, CF)
        CHECK_REG(%rax, 0xc0000000)
        movl    $64, %ecx               /* modulo 64 for 64-bit operands */
        stc
        shrq    %cl, %rax
        CHECK_FLAGS(CF, CF)
        CHECK_REG(%rax, 0xc0000000)

        /* Rotations change only carry and overflow. RCL has the carry as one more bit. */
        xorl    %edx, %edx              /* ZF and PF are set */
        movl    $0x80000000, %eax
        roll    $1, %eax
        CHECK_FLAGS(ALL & ~AF, CF | PF | ZF | OF)
        movb    $0x80, %al
        clc
        rclb    $1, %al
        CHECK_FLAGS(CF | OF, CF | OF)
        rclb    $9, %al                 /* nine steps bring back byte and carry */
        CHECK_FLAGS(CF, CF)
        CHECK_REG(%rax, 0)
        movw    $1, %ax
        rorw    $1, %ax
        CHECK_FLAGS(CF | OF, CF | OF)
        CHECK_REG(%rax, 0x8000)
        shrdl   $8, %ecx, %eax
        CHECK_REG(%rax, 0x40000080)
        shldq   $4, %rax, %rax
        CHECK_REG(%rax, 0x400000800)

        /* Multiplication: carry and overflow say whether the upper half matters. */
        movl    $0x10000, %eax
        movl    $0x10000, %ecx
        mull    %ecx
        CHECK_FLAGS(CF | OF, CF | OF)
        CHECK_REG(%rdx, 1)
        movl    $-2, %eax
        movl    $3, %ecx
        imull   %ecx
        CHECK_FLAGS(CF | OF, 0)
        CHECK_REG(%rdx, 0xffffffff)
        imulq   $0x7fffffff, %rdx, %rax
        CHECK_FLAGS(CF | OF, 0)
        movw    $0x100, %ax
        imulw   $0x100, %ax, %ax
        CHECK_FLAGS(CF | OF, CF | OF)

        /* Bits: BT and its family set the carry, BSF and BSR set ZF for 0. */
        movl    $0x100, %eax
        btl     $8, %eax
        CHECK_FLAGS(CF, CF)
        btsl    $40, %eax               /* modulo 32: bit 8 again */
        CHECK_FLAGS(CF, CF)
        btcl    $8, %eax
        CHECK_REG(%rax, 0)
        bsfl    %eax, %edx
        CHECK_FLAGS(ZF, ZF)
        movq    $0x4000000000000000, %rax
        bsrq    %rax, %rdx
        CHECK_FLAGS(ZF, 0)
        CHECK_REG(%rdx, 62)
        xorl    %edi, %edi
        movl    $-5, %esi               /* a bit before the operand in memory */
        btsl    %esi, word + 4(%rip)
        CHECK_MEM32(word(%rip), 0x08000000)

        /* CMPXCHG, XADD, SETcc, CMOVcc, LAHF and SAHF. */
        movl    $5, %eax
        movl    $9, %ecx
        movl    $5, word(%rip)
        lock cmpxchgl %ecx, word(%rip)
        CHECK_FLAGS(ALL, PF | ZF)
        CHECK_MEM32(word(%rip), 9)
        lock cmpxchgl %ecx, word(%rip)
        CHECK_FLAGS(ALL, CF | PF | AF | SF)
        CHECK_REG(%rax, 9)
        lock xaddl %eax, word(%rip)
        CHECK_MEM32(word(%rip), 18)
        stc
        setc    %al
        setnc   %ah
        CHECK_REG(%rax, 1)
        movq    $-1, %rdx
        stc
        cmovncl %eax, %edx              /* not moved, but the upper half is cleared */
        CHECK_REG(%rdx, 0xffffffff)
        movl    $0xd500, %eax
        sahf
        CHECK_FLAGS(ALL & ~OF, CF | PF | AF | ZF | SF)
        xorl    %eax, %eax
        lahf
        CHECK_REG(%rax, 0x4600)

        /* Conditions: signed and unsigned order of the same operands. */
        movl    $1, %eax
        cmpl    $-1, %eax
        ja      fail
        jl      fail
        jge     1f
        jmp     fail
1:      jbe     2f
        jmp     fail
2:      movl    $2, %ecx
        loop    3f
        jmp     fail
3:      loop    fail
        jecxz   4f
        jmp     fail
4:      jmp     pass

        .data
word:   .long   0, 0
        .text
        CHECK_END
