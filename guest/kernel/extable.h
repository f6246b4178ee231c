/*
 * The exception table: what to do when an instruction of the kernel faults.
 *
 * An instruction that touches user memory may fault although the kernel made no mistake. Next to it
 * the source says `_ASM_EXTABLE_UA(insn, fixup)`: "if the fault at `insn` cannot be resolved, go on
 * at `fixup`". Nothing is executed for that; it costs twelve bytes in another section:
 *
 *      +0  insn  - (address of this field)     32 bits, signed
 *      +4  fixup - (address of this field)     32 bits, signed
 *      +8  what else to do                     32 bits:
 *              bits 0-7 the type, 8-11 a register, 12-15 flags, 16-31 a signed number
 *
 * Distances instead of addresses halve the table and keep it right wherever the kernel is loaded.
 * At boot the kernel sorts the table by insn, so that a fault finds its entry by binary search.
 */
#ifndef EXTABLE_H
#define EXTABLE_H

/* Types: only those that our code uses; the kernel knows the whole list. */
#define EX_TYPE_DEFAULT         1       /* go on at the fixup */
#define EX_TYPE_FAULT           2       /* the same, with the exception's number in rax */
#define EX_TYPE_UACCESS         3       /* the same as DEFAULT, for an access to user memory */
#define EX_TYPE_IMM_REG         17      /* set a register to the number, then go on */

/* Registers are numbered as the processor encodes them. */
#define EX_DATA_REG(reg)        ((reg) << 8)
#define EX_DATA_FLAG(flag)      ((flag) << 12)
#define EX_DATA_IMM(imm)        (((imm) & 0xffff) << 16)

#define EX_REG_AX               0
#define EX_REG_CX               1
#define EX_REG_DX               2

#define _ASM_EXTABLE_TYPE(insn, fixup, type) \
        .pushsection __ex_table, "a"; \
        .balign 4; \
        .long (insn) - .; \
        .long (fixup) - .; \
        .long (type); \
        .popsection

#define _ASM_EXTABLE_TYPE_REG(insn, fixup, type, reg) \
        _ASM_EXTABLE_TYPE(insn, fixup, (type) | EX_DATA_REG(reg))

#define _ASM_EXTABLE(insn, fixup) \
        _ASM_EXTABLE_TYPE(insn, fixup, EX_TYPE_DEFAULT)

#define _ASM_EXTABLE_UA(insn, fixup) \
        _ASM_EXTABLE_TYPE(insn, fixup, EX_TYPE_UACCESS)

/*
 * The code of a fixup stands apart from the code that it repairs, behind all functions, so that it
 * does not fill the instruction cache. It has a name of its own, for whoever steps into it.
 */
#define FIXUP_START(name) \
        .pushsection .fixup, "ax"; \
        .type name, @function; name: .cfi_startproc

#define FIXUP_END(name) \
        .cfi_endproc; .size name, . - name; \
        .popsection

#endif
