/*
 * Copying to and from user memory: copy_user_generic and its three ways of doing it.
 *
 *      rdi     destination             one of the two is a user address,
 *      rsi     source                  already compared with the end of user addresses
 *      rdx     count
 *      rax     on return: how many bytes were NOT copied, 0 when all went well
 *
 * Any user byte may be missing. When the pages cannot be had, the exception table leads from the
 * instruction that faulted to a fixup, and that to `copy_user_handle_tail`, which copies byte by
 * byte as far as it goes. So everything before the first bad byte is copied, and the count is exact.
 */
#include "constants.h"
#include "linkage.h"
#include "extable.h"
#include "alternative.h"

        .text

/*
 * The entrance. At boot the jump is turned towards the best way for this processor: a processor
 * may have fast REP MOVSQ (REP_GOOD), and newer ones fast REP MOVSB (ERMS).
 */
SYM_FUNC_START(copy_user_generic)
        ALTERNATIVE_JUMP_2 copy_user_generic_unrolled, \
                copy_user_generic_string, X86_FEATURE_REP_GOOD, \
                copy_user_enhanced_fast_string, X86_FEATURE_ERMS
SYM_FUNC_END(copy_user_generic)

/*
 * Copy single bytes until the destination lies on a multiple of eight. Needs count >= 8, so that
 * the bytes are there. A fault in it has rcx bytes of the start and rdx bytes of the rest to go.
 */
        .macro ALIGN_DESTINATION handler
        movl    %edi, %ecx
        andl    $7, %ecx
        jz      .Laligned\@
        subl    $8, %ecx
        negl    %ecx
        subq    %rcx, %rdx
.Lload\@:
        movb    (%rsi), %al
.Lstore\@:
        movb    %al, (%rdi)
        incq    %rsi
        incq    %rdi
        decl    %ecx
        jnz     .Lload\@
.Laligned\@:
        _ASM_EXTABLE_UA(.Lload\@, \handler)
        _ASM_EXTABLE_UA(.Lstore\@, \handler)
        .endm

/*
 * Way 1: moves only. Blocks of 64 bytes, then words of 8, then bytes. The pointers move at the end
 * of a block, so a fault within it finds them at its start: the tail copies the block's good part
 * once more, which does no harm.
 */
SYM_FUNC_START(copy_user_generic_unrolled)
        ASM_STAC
        cmpq    $8, %rdx
        jb      .Lbytes
        ALIGN_DESTINATION copy_user_fixup_align

        movq    %rdx, %rcx
        andl    $63, %edx               /* what the blocks leave over */
        shrq    $6, %rcx                /* the number of blocks */
        jz      copy_user_short_string

.Lblock:
1:      movq    0*8(%rsi), %r8
2:      movq    1*8(%rsi), %r9
3:      movq    2*8(%rsi), %r10
4:      movq    3*8(%rsi), %r11
5:      movq    %r8, 0*8(%rdi)
6:      movq    %r9, 1*8(%rdi)
7:      movq    %r10, 2*8(%rdi)
8:      movq    %r11, 3*8(%rdi)
9:      movq    4*8(%rsi), %r8
10:     movq    5*8(%rsi), %r9
11:     movq    6*8(%rsi), %r10
12:     movq    7*8(%rsi), %r11
13:     movq    %r8, 4*8(%rdi)
14:     movq    %r9, 5*8(%rdi)
15:     movq    %r10, 6*8(%rdi)
16:     movq    %r11, 7*8(%rdi)
        leaq    64(%rsi), %rsi
        leaq    64(%rdi), %rdi
        decq    %rcx
        jnz     .Lblock

        /* Fewer than 64 bytes: edx holds the count. */
        .globl  copy_user_short_string
copy_user_short_string:
        movl    %edx, %ecx
        andl    $7, %edx
        shrl    $3, %ecx
        jz      .Lbytes
17:     movq    (%rsi), %r8
18:     movq    %r8, (%rdi)
        leaq    8(%rsi), %rsi
        leaq    8(%rdi), %rdi
        decl    %ecx
        jnz     17b

.Lbytes:
        testl   %edx, %edx
        jz      .Ldone
        movl    %edx, %ecx
19:     movb    (%rsi), %al
20:     movb    %al, (%rdi)
        incq    %rsi
        incq    %rdi
        decl    %ecx
        jnz     19b
.Ldone:
        xorl    %eax, %eax
        ASM_CLAC
        ret

        /* Sixteen moves may fault, and one fixup serves them all: rcx blocks were not finished. */
        .irp    insn, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16
        _ASM_EXTABLE_UA(\insn\()b, copy_user_fixup_block)
        .endr
        _ASM_EXTABLE_UA(17b, copy_user_fixup_words)
        _ASM_EXTABLE_UA(18b, copy_user_fixup_words)
        _ASM_EXTABLE_UA(19b, copy_user_fixup_bytes)
        _ASM_EXTABLE_UA(20b, copy_user_fixup_bytes)
SYM_FUNC_END(copy_user_generic_unrolled)

/*
 * Way 2: string instructions of eight bytes a step. When REP MOVSQ faults, the processor leaves in
 * rsi, rdi and rcx how far it came, as if it had been stopped between two steps.
 */
SYM_FUNC_START(copy_user_generic_string)
        ASM_STAC
        cmpq    $8, %rdx
        jb      2f
        ALIGN_DESTINATION copy_user_fixup_align
        movq    %rdx, %rcx
        shrq    $3, %rcx
        andl    $7, %edx
1:      rep movsq
2:      movl    %edx, %ecx
3:      rep movsb
        xorl    %eax, %eax
        ASM_CLAC
        ret

        _ASM_EXTABLE_UA(1b, copy_user_fixup_words)
        _ASM_EXTABLE_UA(3b, copy_user_fixup_bytes)
SYM_FUNC_END(copy_user_generic_string)

/*
 * Way 3: one instruction. The processor finds the best steps by itself; but starting REP MOVSB
 * takes a while, so short copies go by words unless the processor is good at those too (FSRM).
 */
SYM_FUNC_START(copy_user_enhanced_fast_string)
        ASM_STAC
        ALTERNATIVE "cmpq $64, %rdx", "", X86_FEATURE_FSRM
        ALTERNATIVE "jb copy_user_short_string", "", X86_FEATURE_FSRM
        movq    %rdx, %rcx
1:      rep movsb
2:      movq    %rcx, %rax              /* 0, or after a fault what is left: exact already */
        ASM_CLAC
        ret

        _ASM_EXTABLE_UA(1b, 2b)
SYM_FUNC_END(copy_user_enhanced_fast_string)

/*
 * The end of every copy that failed: rdx bytes are left, the pointers are at the first of them.
 * Single bytes find out how many can still be copied. When this faults in turn, rcx is the answer.
 */
SYM_FUNC_START_LOCAL(copy_user_handle_tail)
        movq    %rdx, %rcx
1:      rep movsb
2:      movq    %rcx, %rax
        ASM_CLAC
        ret

        _ASM_EXTABLE_UA(1b, 2b)
SYM_FUNC_END(copy_user_handle_tail)

/* The fixups: each one computes the bytes left, in rdx, out of where its loop stopped. */

FIXUP_START(copy_user_fixup_align)
        addq    %rcx, %rdx              /* bytes up to the alignment, and the rest */
        jmp     copy_user_handle_tail
FIXUP_END(copy_user_fixup_align)

FIXUP_START(copy_user_fixup_block)
        shlq    $6, %rcx                /* blocks, and the rest */
        addq    %rcx, %rdx
        jmp     copy_user_handle_tail
FIXUP_END(copy_user_fixup_block)

FIXUP_START(copy_user_fixup_words)
        leaq    (%rdx, %rcx, 8), %rdx   /* words, and the rest */
        jmp     copy_user_handle_tail
FIXUP_END(copy_user_fixup_words)

FIXUP_START(copy_user_fixup_bytes)
        movl    %ecx, %edx              /* fewer than eight */
        jmp     copy_user_handle_tail
FIXUP_END(copy_user_fixup_bytes)
