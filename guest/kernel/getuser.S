/*
 * Reading one value of 1, 2, 4 or 8 bytes from user memory.
 *
 *      rax     the user address; on return the error: 0 or -EFAULT
 *      rdx     on return the value, zero-extended; 0 after an error
 *
 * One instruction reads the value, so it is there as a whole or not at all. The address is compared
 * with the end of user addresses here, which makes these functions safe to call with anything.
 */
#include "constants.h"
#include "linkage.h"
#include "extable.h"
#include "alternative.h"

        .text

/*
 * Besides the comparison there is a mask: SBB turns the carry of CMP into all ones (the address is
 * fine) or zero. A processor that guesses the jump wrongly reads address 0 on the wrong path, and
 * not what an attacker chose.
 */
        .macro CHECK_USER_ADDRESS size
        movabsq $(TASK_SIZE_MAX - \size + 1), %rdx
        cmpq    %rdx, %rax
        jae     bad_get_user
        sbbq    %rdx, %rdx
        andq    %rdx, %rax
        .endm

SYM_FUNC_START(__get_user_1)
        CHECK_USER_ADDRESS 1
        ASM_STAC
1:      movzbl  (%rax), %edx
        xorl    %eax, %eax
        ASM_CLAC
        ret
        _ASM_EXTABLE_UA(1b, bad_get_user_clac)
SYM_FUNC_END(__get_user_1)

SYM_FUNC_START(__get_user_2)
        CHECK_USER_ADDRESS 2
        ASM_STAC
1:      movzwl  (%rax), %edx
        xorl    %eax, %eax
        ASM_CLAC
        ret
        _ASM_EXTABLE_UA(1b, bad_get_user_clac)
SYM_FUNC_END(__get_user_2)

SYM_FUNC_START(__get_user_4)
        CHECK_USER_ADDRESS 4
        ASM_STAC
1:      movl    (%rax), %edx
        xorl    %eax, %eax
        ASM_CLAC
        ret
        _ASM_EXTABLE_UA(1b, bad_get_user_clac)
SYM_FUNC_END(__get_user_4)

SYM_FUNC_START(__get_user_8)
        CHECK_USER_ADDRESS 8
        ASM_STAC
1:      movq    (%rax), %rdx
        xorl    %eax, %eax
        ASM_CLAC
        ret
        _ASM_EXTABLE_UA(1b, bad_get_user_clac)
SYM_FUNC_END(__get_user_8)

/* A fault comes here, with the door to user memory still open. */
SYM_FUNC_START_LOCAL(bad_get_user_clac)
        ASM_CLAC
        jmp     bad_get_user
SYM_FUNC_END(bad_get_user_clac)

/* An address outside user memory comes here at once. */
SYM_FUNC_START_LOCAL(bad_get_user)
        xorl    %edx, %edx
        movq    $-EFAULT, %rax
        ret
SYM_FUNC_END(bad_get_user)
