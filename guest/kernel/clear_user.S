/*
 * Zeroing user memory: __clear_user and its three ways of doing it.
 *
 *      rdi     the user address, already compared with the end of user addresses
 *      rsi     count
 *      rax     on return: how many bytes were NOT cleared, 0 when all went well
 *
 * As with copies, everything before the first bad byte is cleared and the count is exact.
 */
#include "constants.h"
#include "linkage.h"
#include "extable.h"
#include "alternative.h"

        .text

SYM_FUNC_START(__clear_user)
        ALTERNATIVE_JUMP_2 clear_user_original, \
                clear_user_rep_good, X86_FEATURE_REP_GOOD, \
                clear_user_erms, X86_FEATURE_ERMS
SYM_FUNC_END(__clear_user)

/* Words of eight, then bytes, with plain moves. */
SYM_FUNC_START(clear_user_original)
        ASM_STAC
        movq    %rsi, %rcx
        andl    $7, %esi
        shrq    $3, %rcx
        jz      2f
1:      movq    $0, (%rdi)
        addq    $8, %rdi
        decq    %rcx
        jnz     1b
2:      testl   %esi, %esi
        jz      4f
3:      movb    $0, (%rdi)
        incq    %rdi
        decl    %esi
        jnz     3b
4:      movl    %esi, %eax
        ASM_CLAC
        ret

        _ASM_EXTABLE_UA(1b, clear_user_fixup_words)
        _ASM_EXTABLE_UA(3b, 4b)
SYM_FUNC_END(clear_user_original)

/* The same with string instructions. */
SYM_FUNC_START(clear_user_rep_good)
        ASM_STAC
        movq    %rsi, %rcx
        andl    $7, %esi
        shrq    $3, %rcx
        xorl    %eax, %eax
1:      rep stosq
        movl    %esi, %ecx
2:      rep stosb
3:      movq    %rcx, %rax
        ASM_CLAC
        ret

        _ASM_EXTABLE_UA(1b, clear_user_fixup_words)
        _ASM_EXTABLE_UA(2b, 3b)
SYM_FUNC_END(clear_user_rep_good)

/* One instruction. When it faults, rcx is the answer already. */
SYM_FUNC_START(clear_user_erms)
        ASM_STAC
        movq    %rsi, %rcx
        xorl    %eax, %eax
1:      rep stosb
2:      movq    %rcx, %rax
        ASM_CLAC
        ret

        _ASM_EXTABLE_UA(1b, 2b)
SYM_FUNC_END(clear_user_erms)

/* A word did not fit: rcx words and esi bytes are left. Clear them byte by byte as far as it goes. */
FIXUP_START(clear_user_fixup_words)
        leaq    (%rsi, %rcx, 8), %rcx
        xorl    %eax, %eax
1:      rep stosb
2:      movq    %rcx, %rax
        ASM_CLAC
        ret

        _ASM_EXTABLE_UA(1b, 2b)
FIXUP_END(clear_user_fixup_words)
