/*
 * Macros for programs that check themselves.
 *
 * CHECK_* compares and, when the values differ, goes to `fail` with the line of the source in ebx.
 * They keep all registers but the flags, so that a check can follow a check.
 */
#ifndef CHECK_H
#define CHECK_H

#define SYS_write       1
#define SYS_mmap        9
#define SYS_mprotect    10
#define SYS_exit        60
#define SYS_arch_prctl  158

/* The arithmetic flags in RFLAGS. */
#define CF      0x001
#define PF      0x004
#define AF      0x010
#define ZF      0x040
#define SF      0x080
#define OF      0x800
#define ALL     (CF | PF | AF | ZF | SF | OF)

/* A register against a constant of any size. */
#define CHECK_REG(register, constant) \
        pushq   %rbx; \
        movabsq $(constant), %rbx; \
        cmpq    %rbx, register; \
        popq    %rbx; \
        movl    $__LINE__, line(%rip); \
        jne     fail

/* The flags in `mask` against `expected`; the flags stay as they are. */
#define CHECK_FLAGS(mask, expected) \
        pushfq; \
        pushfq; \
        andq    $(mask), (%rsp); \
        cmpq    $(expected), (%rsp); \
        movl    $__LINE__, line(%rip); \
        jne     fail; \
        leaq    8(%rsp), %rsp; \
        popfq

/* 32 bits of memory against a constant. */
#define CHECK_MEM32(address, constant) \
        cmpl    $(constant), address; \
        movl    $__LINE__, line(%rip); \
        jne     fail

/* The end of such a program: `jmp pass` when all is well. */
#define CHECK_END \
pass:   movl    $SYS_write, %eax; \
        movl    $1, %edi; \
        leaq    ok(%rip), %rsi; \
        movl    $3, %edx; \
        syscall; \
        movl    $SYS_exit, %eax; \
        xorl    %edi, %edi; \
        syscall; \
fail:   movl    line(%rip), %eax; \
        leaq    text_end(%rip), %rsi; \
        movl    $10, %ecx; \
1:      xorl    %edx, %edx; \
        divl    %ecx; \
        addl    $'0', %edx; \
        decq    %rsi; \
        movb    %dl, (%rsi); \
        testl   %eax, %eax; \
        jnz     1b; \
        leaq    text_end + 1(%rip), %rdx; \
        subq    %rsi, %rdx; \
        movl    $SYS_write, %eax; \
        movl    $1, %edi; \
        syscall; \
        movl    $SYS_exit, %eax; \
        movl    $1, %edi; \
        syscall; \
        .data; \
line:   .long   0; \
ok:     .ascii  "ok\n"; \
text:   .fill   10, 1, ' '; \
text_end: .ascii "\n"; \
        .section .note.GNU-stack, "", @progbits

#endif
