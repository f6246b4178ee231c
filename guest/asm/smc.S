/*
 * Self-modifying code: a program that writes its own instructions, runs them, and writes them again.
 * On x86 that needs no special instruction: the next jump, and even the next instruction, sees it.
 *
 * Build:  cc -nostdlib -static -o smc smc.S
 * Expect: ok
 */
#include "check.h"

        .globl  _start
_start:
        /* The text becomes writable: the page of `patched` and the one after it. */
        movl    $SYS_mprotect, %eax
        leaq    patched(%rip), %rdi
        andq    $-4096, %rdi
        movl    $8192, %esi
        movl    $7, %edx
        syscall
        CHECK_REG(%rax, 0)

        /* Change an instruction that has run already, many times over. */
        xorl    %r12d, %r12d
        xorl    %r13d, %r13d
1:      movl    %r12d, patched + 1(%rip)
        call    patched
        addq    %rax, %r13
        incl    %r12d
        cmpl    $1000, %r12d
        jne     1b
        CHECK_REG(%r13, 499500)

        /* Change the instruction that comes next, in the same straight line of code. */
        movl    $0, %ecx
2:      movb    $0x40, next + 1(%rip)   /* from "inc ecx" (FF C1) to "inc eax" (FF C0) and back */
        xorb    $0x80, next + 1(%rip)
        xorl    %eax, %eax
next:   incl    %ecx
        CHECK_REG(%rax, 1)
        CHECK_REG(%rcx, 0)

        /* Change a jump inside of a loop that is running: the loop ends by its own hand. */
        movl    $0, %ecx
3:      incl    %ecx
        cmpl    $500, %ecx
        jne     4f
        movb    $0, jump + 1(%rip)      /* the jump back becomes a jump to the next instruction */
4:
jump:   .byte   0xeb                    /* a short jump, written out so that its size is known */
        .byte   3b - . - 1
        CHECK_REG(%rcx, 500)

        /* Code in fresh memory: written, run, overwritten by a string instruction, run again. */
        movl    $SYS_mmap, %eax
        xorl    %edi, %edi
        movl    $8192, %esi
        movl    $7, %edx
        movl    $0x22, %r10d
        movq    $-1, %r8
        xorl    %r9d, %r9d
        syscall
        movq    %rax, %rbp
        leaq    4093(%rbp), %rdi        /* an instruction that straddles the two pages */
        movq    %rdi, %r15
        movb    $0xb8, (%rdi)           /* mov $0x11111111, %eax; ret */
        movl    $0x11111111, 1(%rdi)
        movb    $0xc3, 5(%rdi)
        call    *%rdi
        CHECK_REG(%rax, 0x11111111)
        movb    $0x22, 4(%r15)          /* a byte in the second page only */
        call    *%r15
        CHECK_REG(%rax, 0x22111111)
        leaq    other(%rip), %rsi
        movq    %r15, %rdi
        movl    $6, %ecx
        rep movsb
        call    *%r15
        CHECK_REG(%rax, 0x12345678)
        jmp     pass

        .balign 64
patched:
        movl    $0, %eax
        ret
other:  movl    $0x12345678, %eax
        ret
        CHECK_END
