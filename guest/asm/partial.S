/*
 * Parts of registers: what 8-, 16- and 32-bit writes do to the rest, high-byte registers, sign and
 * zero extension, and addresses of every form.
 *
 * Build:  cc -nostdlib -static -o partial partial.S
 * Expect: ok
 */
#include "check.h"

        .globl  _start
_start:
        movabsq $0x1122334455667788, %rax
        movb    $0xaa, %al
        CHECK_REG(%rax, 0x11223344556677aa)
        movb    $0xbb, %ah
        CHECK_REG(%rax, 0x112233445566bbaa)
        movw    $0xcccc, %ax
        CHECK_REG(%rax, 0x112233445566cccc)
        movl    $0xdddddddd, %eax
        CHECK_REG(%rax, 0xdddddddd)
        movabsq $0x8899aabbccddeeff, %rbx
        movb    %bh, %bl
        CHECK_REG(%rbx, 0x8899aabbccddeeee)
        xchgb   %ah, %bl
        CHECK_REG(%rbx, 0x8899aabbccddeedd)
        movb    $0x42, %sil             /* with REX the number of dh means sil */
        movzbl  %sil, %edx
        CHECK_REG(%rdx, 0x42)
        movsbq  %bl, %rcx
        CHECK_REG(%rcx, 0xffffffffffffffdd)
        movswl  %bx, %ecx
        CHECK_REG(%rcx, 0xffffeedd)
        movslq  %ecx, %rcx
        CHECK_REG(%rcx, 0xffffffffffffeedd)
        movl    $0x80, %eax
        cbtw
        CHECK_REG(%rax, 0xff80)
        cwtl
        CHECK_REG(%rax, 0xffffff80)
        cltq
        CHECK_REG(%rax, 0xffffffffffffff80)
        cqto
        CHECK_REG(%rdx, -1)
        movl    $1, %eax
        cltd
        CHECK_REG(%rdx, 0)
        xchgl   %eax, %eax              /* 87 C0 clears the upper half; 90 would not */
        movabsq $0x1234567890, %r8
        xchgl   %r8d, %eax
        CHECK_REG(%rax, 0x34567890)
        CHECK_REG(%r8, 1)
        bswapl  %eax
        CHECK_REG(%rax, 0x90785634)

        /* Addresses: base, index, scale, displacement; r12 and rbp, r13 need special forms. */
        leaq    table(%rip), %r12
        movl    $3, %r13d
        CHECK_MEM32((%r12), 10)
        CHECK_MEM32(4(%r12), 11)
        CHECK_MEM32((%r12, %r13, 4), 13)
        CHECK_MEM32(-8(%r12, %r13, 8), 14)
        movq    %r12, %rbp
        CHECK_MEM32((%rbp), 10)
        CHECK_MEM32((%rbp, %r13, 4), 13)
        movq    %r12, %r13
        CHECK_MEM32((%r13), 10)
        CHECK_MEM32(16(%r13), 14)
        movl    $5, %ecx
        leal    7(%rcx, %rcx, 8), %eax
        CHECK_REG(%rax, 52)
        movq    $-1, %rcx
        leal    (%rcx, %rcx), %eax      /* computed in 64 bits, cut to 32 */
        CHECK_REG(%rax, 0xfffffffe)
        leaq    (%ecx), %rax            /* computed in 32 bits */
        CHECK_REG(%rax, 0xffffffff)
        leaw    (%rcx), %ax
        CHECK_REG(%rax, 0xffffffff)

        /* The stack: PUSH of rsp pushes the old value, POP into memory uses the new rsp. */
        movq    %rsp, %rbx
        pushq   %rsp
        popq    %rax
        cmpq    %rax, %rbx
        jne     fail
        pushq   $-2
        popq    -16(%rsp)
        movq    -16(%rsp), %rax
        CHECK_REG(%rax, -2)
        pushw   $0x1234
        popw    %ax
        CHECK_REG(%rax, 0xffffffffffff1234)
        pushq   $77
        movq    %rsp, %rcx
        popq    %rcx                    /* the loaded value wins */
        CHECK_REG(%rcx, 77)
        enter   $32, $0
        leave
        cmpq    %rsp, %rbx
        jne     fail
        movq    %r12, %rbp
        call    1f
1:      popq    %rax
        leaq    1b(%rip), %rcx
        cmpq    %rax, %rcx
        jne     fail
        pushq   $5
        pushq   $6
        leaq    2f(%rip), %rax
        pushq   %rax
        ret     $16                     /* and the two arguments go */
2:      cmpq    %rsp, %rbx
        jne     fail

        /* XLAT, and the FS base that arch_prctl sets. */
        movl    $SYS_arch_prctl, %eax
        movl    $0x1002, %edi
        movq    %r12, %rsi
        syscall
        movl    %fs:4, %eax
        CHECK_REG(%rax, 11)
        movl    $8, %ecx
        addl    %fs:(%rcx), %eax
        CHECK_REG(%rax, 23)
        movq    %r12, %rbx
        movl    $16, %eax
        xlatb
        CHECK_REG(%rax, 14)
        jmp     pass

        .data
        .balign 8
table:  .long   10, 11, 12, 13, 14, 15
        .text
        CHECK_END
