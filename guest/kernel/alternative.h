/*
 * Alternatives: instructions that the kernel replaces while it boots.
 *
 * The code is assembled for any processor. Where a better instruction exists on some processors,
 * the source names both, and the table between `__alt_start` and `__alt_end` tells the kernel where
 * the old one is, where the new one is, and which feature it needs. An entry takes twelve bytes:
 *
 *      +0  old - (address of this field)       32 bits, signed
 *      +4  new - (address of this field)       32 bits, signed
 *      +8  the feature, 32 * word + bit        16 bits
 *      +10 bytes of the old code               8 bits
 *      +11 bytes of the new code, not more     8 bits
 *
 * Entries are applied in the table's order; a later one overrules an earlier one at the same place.
 * What the new code leaves over becomes NOPs. A new code that is one JMP or CALL with a 32-bit
 * distance is moved with its distance corrected: it must reach the same target from the old place.
 */
#ifndef ALTERNATIVE_H
#define ALTERNATIVE_H

        .macro ALTERNATIVE_ENTRY old, old_end, new, new_end, feature
        .pushsection .altinstructions, "a"
        .long   \old - .
        .long   \new - .
        .word   \feature
        .byte   \old_end - \old
        .byte   \new_end - \new
        .popsection
        .endm

/* One instruction or nothing, according to a feature. `old` must be at least as long as `new`. */
        .macro ALTERNATIVE old, new, feature
.Lold\@:
        \old
.Lold_end\@:
        .pushsection .altinstr_replacement, "ax"
.Lnew\@:
        \new
.Lnew_end\@:
        .popsection
        ALTERNATIVE_ENTRY .Lold\@, .Lold_end\@, .Lnew\@, .Lnew_end\@, \feature
        .endm

/*
 * A jump with two better targets. It is written as bytes (E9 and a distance), because the
 * assembler would shorten a jump to something near, and then a far target would not fit.
 */
        .macro JMP_FAR target
        .byte   0xe9
        .long   \target - . - 4
        .endm

        .macro ALTERNATIVE_JUMP_2 target, target1, feature1, target2, feature2
.Lold\@:
        JMP_FAR \target
.Lold_end\@:
        .pushsection .altinstr_replacement, "ax"
.Lfirst\@:
        JMP_FAR \target1
.Lsecond\@:
        JMP_FAR \target2
.Lend\@:
        .popsection
        ALTERNATIVE_ENTRY .Lold\@, .Lold_end\@, .Lfirst\@, .Lsecond\@, \feature1
        ALTERNATIVE_ENTRY .Lold\@, .Lold_end\@, .Lsecond\@, .Lend\@, \feature2
        .endm

/*
 * Supervisor Mode Access Prevention: with SMAP on, the kernel faults on every user page unless
 * RFLAGS.AC is set. STAC opens the door, CLAC closes it, and it is open only around a copy: so a
 * stray pointer elsewhere in the kernel cannot be led into a program's memory. Processors without
 * SMAP do not know the two instructions; there a three-byte NOP stays in their place.
 */
        .macro ASM_STAC
        ALTERNATIVE "nopl (%rax)", stac, X86_FEATURE_SMAP
        .endm

        .macro ASM_CLAC
        ALTERNATIVE "nopl (%rax)", clac, X86_FEATURE_SMAP
        .endm

#endif
