/*
 * The smallest program: two system calls. Step through it to see every way into the kernel.
 *
 * Build:  cc -nostdlib -static -o hello hello.S
 * Expect: Hello from assembler!
 */
        .globl  _start
_start:
        movl    $1, %eax                /* write */
        movl    $1, %edi
        leaq    text(%rip), %rsi
        movl    $(text_end - text), %edx
        syscall

        movl    $60, %eax               /* exit */
        xorl    %edi, %edi
        syscall

        .section .rodata
text:   .ascii  "Hello from assembler!\n"
text_end:
        .section .note.GNU-stack, "", @progbits
