/*
 * Accesses that straddle two pages: loads, stores, read-modify-write, the stack, 16-byte vectors,
 * and an instruction whose bytes lie in both.
 *
 * Build:  cc -nostdlib -static -o page_cross page_cross.S
 * Expect: ok
 */
#include "check.h"

        .globl  _start
_start:
        /* Three fresh pages; rbp is the border between the first two. */
        movl    $SYS_mmap, %eax
        xorl    %edi, %edi
        movl    $12288, %esi
        movl    $7, %edx
        movl    $0x22, %r10d
        movq    $-1, %r8
        xorl    %r9d, %r9d
        syscall
        leaq    4096(%rax), %rbp

        /* Each split of eight bytes. */
        movl    $1, %ecx
        movabsq $0x1122334455667788, %rbx
1:      movq    %rbp, %rdi
        subq    %rcx, %rdi
        movq    %rbx, (%rdi)
        movq    (%rdi), %rax
        cmpq    %rax, %rbx
        jne     fail
        addq    %rbx, (%rdi)
        movq    (%rdi), %rax
        subq    %rbx, %rax
        cmpq    %rax, %rbx
        jne     fail
        lock xaddq %rax, (%rdi)
        xchgq   %rax, (%rdi)
        incl    %ecx
        cmpl    $8, %ecx
        jne     1b

        /* Single bytes on both sides of the border, as the stores left them. */
        movl    $0x44332211, -2(%rbp)
        movzbl  -1(%rbp), %eax
        CHECK_REG(%rax, 0x22)
        movzbl  (%rbp), %eax
        CHECK_REG(%rax, 0x33)
        movswq  -1(%rbp), %rax
        CHECK_REG(%rax, 0x3322)
        btsl    $15, -1(%rbp)
        CHECK_MEM32(-2(%rbp), 0x44b32211)

        /* A vector, and a stack that crosses the border. */
        movdqu  vector(%rip), %xmm0
        movdqu  %xmm0, -7(%rbp)
        movdqu  -7(%rbp), %xmm1
        pcmpeqb %xmm0, %xmm1
        pmovmskb %xmm1, %eax
        CHECK_REG(%rax, 0xffff)
        movq    %rsp, %r12
        leaq    4(%rbp), %rsp
        pushq   $0x1234567
        pushq   $-1
        popq    %rax
        popq    %rcx
        movq    %r12, %rsp
        CHECK_REG(%rax, -1)
        CHECK_REG(%rcx, 0x1234567)

        /* An instruction of ten bytes at each position across the border, then RET. */
        movl    $1, %r13d
2:      movq    %rbp, %rdi
        subq    %r13, %rdi
        leaq    code(%rip), %rsi
        movq    %rdi, %r14
        movl    $11, %ecx
        rep movsb
        call    *%r14
        CHECK_REG(%rax, 0x0123456789abcdef)
        incl    %r13d
        cmpl    $11, %r13d
        jne     2b

        /* A string instruction that walks over the border, byte by byte and by eights. */
        leaq    -100(%rbp), %rdi
        movb    $0x77, %al
        movl    $200, %ecx
        rep stosb
        leaq    -99(%rbp), %rsi
        leaq    4000(%rbp), %rdi
        movl    $24, %ecx
        rep movsq
        CHECK_MEM32(4188(%rbp), 0x77777777)
        CHECK_MEM32(4192(%rbp), 0)

        /* Behind the last page there is nothing: put a guard there and fault on nothing before it. */
        movl    $SYS_mprotect, %eax
        leaq    4096(%rbp), %rdi
        movl    $4096, %esi
        xorl    %edx, %edx
        syscall
        movq    4088(%rbp), %rax
        movb    4095(%rbp), %al
        jmp     pass

        .section .rodata
vector: .byte   1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16
code:   .byte   0x48, 0xb8              /* movabsq $0x0123456789abcdef, %rax; ret */
        .quad   0x0123456789abcdef
        .byte   0xc3
        .text
        CHECK_END
