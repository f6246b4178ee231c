/*
 * Writing one value of 1, 2, 4 or 8 bytes to user memory.
 *
 *      rcx     the user address
 *      rax     the value; on return the error: 0 or -EFAULT
 *
 * One instruction writes the value: all of it or nothing. rbx is overwritten.
 */
#include "constants.h"
#include "linkage.h"
#include "extable.h"
#include "alternative.h"

        .text

        .macro CHECK_USER_ADDRESS size
        movabsq $(TASK_SIZE_MAX - \size + 1), %rbx
        cmpq    %rbx, %rcx
        jae     bad_put_user
        .endm

SYM_FUNC_START(__put_user_1)
        CHECK_USER_ADDRESS 1
        ASM_STAC
1:      movb    %al, (%rcx)
        xorl    %eax, %eax
        ASM_CLAC
        ret
        _ASM_EXTABLE_UA(1b, bad_put_user_clac)
SYM_FUNC_END(__put_user_1)

SYM_FUNC_START(__put_user_2)
        CHECK_USER_ADDRESS 2
        ASM_STAC
1:      movw    %ax, (%rcx)
        xorl    %eax, %eax
        ASM_CLAC
        ret
        _ASM_EXTABLE_UA(1b, bad_put_user_clac)
SYM_FUNC_END(__put_user_2)

SYM_FUNC_START(__put_user_4)
        CHECK_USER_ADDRESS 4
        ASM_STAC
1:      movl    %eax, (%rcx)
        xorl    %eax, %eax
        ASM_CLAC
        ret
        _ASM_EXTABLE_UA(1b, bad_put_user_clac)
SYM_FUNC_END(__put_user_4)

SYM_FUNC_START(__put_user_8)
        CHECK_USER_ADDRESS 8
        ASM_STAC
1:      movq    %rax, (%rcx)
        xorl    %eax, %eax
        ASM_CLAC
        ret
        _ASM_EXTABLE_UA(1b, bad_put_user_clac)
SYM_FUNC_END(__put_user_8)

SYM_FUNC_START_LOCAL(bad_put_user_clac)
        ASM_CLAC
        jmp     bad_put_user
SYM_FUNC_END(bad_put_user_clac)

SYM_FUNC_START_LOCAL(bad_put_user)
        movq    $-EFAULT, %rax
        ret
SYM_FUNC_END(bad_put_user)
