/*
 * Copying a C string out of user memory.
 *
 *      rdi     destination, a kernel buffer of rdx bytes
 *      rsi     the user address
 *      rdx     count, signed
 *      rax     on return: the length without the zero byte; count if there was none in that many
 *              bytes (the buffer is then not terminated); or -EFAULT
 *
 * -EFAULT means that a page was missing, or user addresses ended, before the zero byte came. A
 * string that ends with the last byte of the last page is fine, though a word read there may
 * fault: then single bytes find out.
 */
#include "constants.h"
#include "linkage.h"
#include "extable.h"
#include "alternative.h"

        .text

SYM_FUNC_START(strncpy_from_user)
        xorl    %eax, %eax              /* the bytes copied so far */
        testq   %rdx, %rdx
        jle     .Lreturn

        movabsq $TASK_SIZE_MAX, %rcx
        subq    %rsi, %rcx              /* the bytes up to the end of user addresses */
        jbe     .Lefault
        cmpq    %rdx, %rcx
        cmovaq  %rdx, %rcx              /* never more than the count */
        movq    %rdx, %r10

        movabsq $0x0101010101010101, %r9
        movabsq $0x8080808080808080, %r11
        ASM_STAC

        /*
         * Eight bytes at a time. A byte of (word - ones) & ~word & highs has its high bit set where
         * the word's byte is zero; above the first one the borrow may set more, so only the lowest
         * counts.
         */
.Lwords:
        cmpq    $8, %rcx
        jb      .Lbytes
1:      movq    (%rsi, %rax), %r8
        movq    %r8, %rdx
        subq    %r9, %rdx
        notq    %r8
        andq    %r8, %rdx
        notq    %r8
        andq    %r11, %rdx
        jnz     .Lzero_in_word
        movq    %r8, (%rdi, %rax)
        addq    $8, %rax
        subq    $8, %rcx
        jmp     .Lwords

        /* Keep the bytes before the zero, and write zeros from there on. */
.Lzero_in_word:
        bsfq    %rdx, %rcx
        andl    $0x38, %ecx             /* eight times the number of bytes to keep */
        movl    $1, %edx
        shlq    %cl, %rdx
        decq    %rdx
        andq    %rdx, %r8
        movq    %r8, (%rdi, %rax)
        shrl    $3, %ecx
        addq    %rcx, %rax
        jmp     .Ldone

.Lbytes:
        testq   %rcx, %rcx
        jz      .Llimit
2:      movzbl  (%rsi, %rax), %r8d
        movb    %r8b, (%rdi, %rax)
        testl   %r8d, %r8d
        jz      .Ldone
        incq    %rax
        decq    %rcx
        jnz     2b

        /* No zero byte: the count is used up, which is fine, or the addresses are, which is not. */
.Llimit:
        cmpq    %r10, %rax
        jne     strncpy_from_user_fault
.Ldone:
        ASM_CLAC
.Lreturn:
        ret
.Lefault:
        movq    $-EFAULT, %rax
        ret

        /* A word that faults may still have good bytes in front. */
        _ASM_EXTABLE_UA(1b, .Lbytes)
        _ASM_EXTABLE_UA(2b, strncpy_from_user_fault)
SYM_FUNC_END(strncpy_from_user)

SYM_FUNC_START_LOCAL(strncpy_from_user_fault)
        ASM_CLAC
        movq    $-EFAULT, %rax
        ret
SYM_FUNC_END(strncpy_from_user_fault)
