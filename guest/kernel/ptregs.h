/*
 * struct pt_regs: the registers of a program, as they lie on its kernel stack.
 *
 * The last five words are what IRETQ takes from a stack. Below them is the number of the system
 * call, and below that the general registers, in the order in which the entry code pushes them.
 */
#ifndef PTREGS_H
#define PTREGS_H

#define R15             0
#define R14             8
#define R13             16
#define R12             24
#define RBP             32
#define RBX             40
#define R11             48
#define R10             56
#define R9              64
#define R8              72
#define RAX             80
#define RCX             88
#define RDX             96
#define RSI             104
#define RDI             112
#define ORIG_RAX        120
#define RIP             128
#define CS              136
#define EFLAGS          144
#define RSP             152
#define SS              160
#define SIZEOF_PTREGS   168

/* Push a register and tell the debugger where it is now. */
        .macro push_reg register
        pushq   %\register
        .cfi_adjust_cfa_offset 8
        .cfi_rel_offset \register, 0
        .endm

/* Pop a register and tell the debugger that it is back. */
        .macro pop_reg register
        popq    %\register
        .cfi_adjust_cfa_offset -8
        .cfi_restore \register
        .endm

/* Push something that is not a register of the program. */
        .macro push_value operand:vararg
        pushq   \operand
        .cfi_adjust_cfa_offset 8
        .endm

/* The registers from rdi down to r15. The rax slot gets the result of a call that does not exist. */
        .macro PUSH_REGS
        push_reg rdi
        push_reg rsi
        push_reg rdx
        push_reg rcx
        push_value $-ENOSYS
        .cfi_rel_offset rax, 0
        push_reg r8
        push_reg r9
        push_reg r10
        push_reg r11
        push_reg rbx
        push_reg rbp
        push_reg r12
        push_reg r13
        push_reg r14
        push_reg r15
        .endm

/* All of them but rdi, which is the last one up. */
        .macro POP_REGS_EXCEPT_RDI
        pop_reg r15
        pop_reg r14
        pop_reg r13
        pop_reg r12
        pop_reg rbp
        pop_reg rbx
        pop_reg r11
        pop_reg r10
        pop_reg r9
        pop_reg r8
        pop_reg rax
        pop_reg rcx
        pop_reg rdx
        pop_reg rsi
        .endm

/* A debugger that finds rsp at a full pt_regs finds all of the program's registers in it. */
        .macro CFI_PTREGS
        .cfi_def_cfa rsp, SIZEOF_PTREGS
        .cfi_rel_offset r15, R15
        .cfi_rel_offset r14, R14
        .cfi_rel_offset r13, R13
        .cfi_rel_offset r12, R12
        .cfi_rel_offset rbp, RBP
        .cfi_rel_offset rbx, RBX
        .cfi_rel_offset r11, R11
        .cfi_rel_offset r10, R10
        .cfi_rel_offset r9, R9
        .cfi_rel_offset r8, R8
        .cfi_rel_offset rax, RAX
        .cfi_rel_offset rcx, RCX
        .cfi_rel_offset rdx, RDX
        .cfi_rel_offset rsi, RSI
        .cfi_rel_offset rdi, RDI
        .cfi_rel_offset rip, RIP
        .cfi_rel_offset rsp, RSP
        .endm

#endif
