/*
 * What SYSCALL keeps and what it changes: rcx and r11 hold the return address and the flags, rax the
 * result; every other register, and the flags themselves, come back as they were.
 *
 * Build:  cc -nostdlib -static -o syscall_registers syscall_registers.S
 * Expect: ok
 */
#include "check.h"

        .globl  _start
_start:
        movl    $1, %ebx
        movl    $2, %edx
        movl    $3, %esi
        movl    $4, %edi
        movl    $5, %ebp
        movl    $8, %r8d
        movl    $9, %r9d
        movl    $10, %r10d
        movl    $12, %r12d
        movl    $13, %r13d
        movl    $14, %r14d
        movl    $15, %r15d
        std
        stc
        movl    $39, %eax               /* getpid */
        syscall
after:  CHECK_FLAGS(CF | 0x400, CF | 0x400)
        cld
        CHECK_REG(%rbx, 1)
        CHECK_REG(%rdx, 2)
        CHECK_REG(%rsi, 3)
        CHECK_REG(%rdi, 4)
        CHECK_REG(%rbp, 5)
        CHECK_REG(%r8, 8)
        CHECK_REG(%r9, 9)
        CHECK_REG(%r10, 10)
        CHECK_REG(%r12, 12)
        CHECK_REG(%r13, 13)
        CHECK_REG(%r14, 14)
        CHECK_REG(%r15, 15)
        leaq    after(%rip), %r8
        cmpq    %r8, %rcx
        jne     fail
        andl    $0x401, %r11d           /* r11 has the flags: DF and CF were set */
        CHECK_REG(%r11, 0x401)

        /* The number is 32 bits wide: what stands above it does not count. */
        movq    %rax, %r12
        movabsq $0x1234567800000027, %rax
        syscall
        cmpq    %rax, %r12
        jne     fail

        /* Numbers that are no calls: -ENOSYS, however large, negative or in a gap. */
        .irp    number, -1, 0x7fffffff, 0x80000000, 1000, 512, 500, 400, 337
        movl    $\number, %eax
        syscall
        CHECK_REG(%rax, -38)
        .endr

        /* The x bits of the vector registers survive, too. */
        pcmpeqd %xmm3, %xmm3
        movl    $39, %eax
        syscall
        pmovmskb %xmm3, %eax
        CHECK_REG(%rax, 0xffff)
        jmp     pass

        CHECK_END
