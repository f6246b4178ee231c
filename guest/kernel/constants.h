/* Numbers that the kernel's assembler and its Swift part must agree on. */
#ifndef CONSTANTS_H
#define CONSTANTS_H

/* Errors, as a function returns them. */
#define EFAULT          14
#define ENOSYS          38

/* Segment selectors of 64-bit user code and of its stack; SYSRET loads exactly these. */
#define __USER_CS       0x33
#define __USER_DS       0x2b

/* Two bits of RFLAGS. */
#define X86_EFLAGS_TF   (1 << 8)
#define X86_EFLAGS_RF   (1 << 16)

/* The first address that no program can have: one page below the end of the lower half. */
#define TASK_SIZE_MAX   0x00007ffffffff000

/* Entries of sys_call_table. Numbers from here on do not reach the table. */
#define NR_syscalls     512

/*
 * Processor features as the kernel numbers them: 32 times a word of CPUID bits, plus the bit.
 * Which CPUID leaf a word comes from is in the comment.
 */
#define X86_FEATURE_REP_GOOD    (3 * 32 + 16)   /* set by the kernel: REP MOVSQ is good */
#define X86_FEATURE_ERMS        (9 * 32 + 9)    /* leaf 7, EBX: REP MOVSB is good too */
#define X86_FEATURE_SMAP        (9 * 32 + 20)   /* leaf 7, EBX: STAC and CLAC exist */
#define X86_FEATURE_FSRM        (18 * 32 + 4)   /* leaf 7, EDX: short REP MOVSB is good */

#endif
