/*
 * The way into the kernel for a system call, and the two ways out.
 *
 * SYSCALL does very little. It puts the address of the next instruction into rcx and RFLAGS into
 * r11, clears the flags that MSR_SYSCALL_MASK names (interrupts, direction, trap and others), sets
 * the privilege level to 0 and jumps here. The stack is still the program's, and so is GS.
 *
 *      rax             number of the call
 *      rdi rsi rdx r10 r8 r9   its arguments
 *      rcx r11         return address and flags of the program
 */
#include "constants.h"
#include "linkage.h"
#include "percpu.h"
#include "ptregs.h"

        .section .entry.text, "ax"

SYM_CODE_START(entry_SYSCALL_64)
        /* For a debugger: the caller goes on at rcx, with the stack pointer that it has now. */
        .cfi_def_cfa    rsp, 0
        .cfi_register   rip, rcx
        .cfi_register   eflags, r11

        /* GS becomes the kernel's, and with it there is memory to work with. */
        swapgs
        movq    %rsp, PER_CPU(CPU_TSS_SP2)
        .cfi_undefined  rsp
        movq    PER_CPU(CPU_CURRENT_TOP_OF_STACK), %rsp

        /* Build struct pt_regs. First what the processor itself pushes on an exception: */
        push_value      $__USER_DS
        push_value      PER_CPU(CPU_TSS_SP2)
        .cfi_rel_offset rsp, 0
        push_value      %r11
        .cfi_rel_offset eflags, 0
        push_value      $__USER_CS
        push_value      %rcx
        .cfi_rel_offset rip, 0

        /* then the number, which stays when rax is overwritten, and the registers. */
        push_value      %rax
        PUSH_REGS

do_syscall_64:
        /* pt_regs lies at the bottom of the stack, so its address is rsp. */
        movq    %rsp, %rdi

        /* A number is a 32-bit integer: what stands above it in rax does not count. */
        movslq  %eax, %rax

        /* Compared without a sign, a negative number is a large one. */
        cmpq    $NR_syscalls, %rax
        jae     bad_number

        /*
         * The heart of the matter: the table holds one address per number. Each function takes
         * pt_regs in rdi, finds its arguments there, and returns its result in rax.
         */
        call    *sys_call_table(, %rax, 8)
        movq    %rax, RAX(%rsp)
        jmp     syscall_return

bad_number:
        /* Outside the table: the function of numbers without a call, which returns -ENOSYS. */
        call    *ni_syscall(%rip)
        movq    %rax, RAX(%rsp)
        jmp     syscall_return
SYM_CODE_END(entry_SYSCALL_64)

/*
 * A new task starts here, with rsp at a pt_regs that was made for it: by fork as a copy of its
 * parent's with 0 in rax, by execve as the first registers of a program.
 */
SYM_CODE_START(ret_from_fork)
        CFI_PTREGS
        jmp     syscall_return
SYM_CODE_END(ret_from_fork)

/*
 * Back to user mode. rsp is at pt_regs, and the call may have changed anything in it: execve, a
 * signal and a debugger write new registers there.
 */
SYM_CODE_START(syscall_return)
        CFI_PTREGS

        /* Is a signal pending? Shall another task run? Look again after each piece of work. */
        cmpl    $0, PER_CPU(THREAD_FLAGS)
        jne     exit_to_user_mode_work

        /*
         * SYSRET is fast because it takes rip from rcx, RFLAGS from r11 and everything else for
         * granted. So it may be used only if pt_regs says the same. First: rcx == rip.
         */
        movq    RCX(%rsp), %rcx
        cmpq    %rcx, RIP(%rsp)
        jne     return_to_user_iret

        /*
         * Then: rip is a user address. With a non-canonical one in rcx some processors raise the
         * fault of SYSRET still at privilege level 0, but on the program's stack.
         */
        movabsq $TASK_SIZE_MAX, %rdx
        cmpq    %rdx, %rcx
        jae     return_to_user_iret

        cmpq    $__USER_CS, CS(%rsp)
        jne     return_to_user_iret
        cmpq    $__USER_DS, SS(%rsp)
        jne     return_to_user_iret

        /* r11 == RFLAGS; and SYSRET cannot set RF, and with TF it would trap one step too early. */
        movq    R11(%rsp), %r11
        cmpq    %r11, EFLAGS(%rsp)
        jne     return_to_user_iret
        testq   $(X86_EFLAGS_RF | X86_EFLAGS_TF), %r11
        jnz     return_to_user_iret

        .cfi_remember_state
        POP_REGS_EXCEPT_RDI
        .cfi_register   rip, rcx
        .cfi_register   eflags, r11
        pop_reg rdi

        /* rsp is at orig_rax now; the program's rsp is four words above it. */
        movq    (RSP - ORIG_RAX)(%rsp), %rsp
        .cfi_def_cfa    rsp, 0
        .cfi_restore    rsp
        swapgs
        sysretq
        .cfi_restore_state

/* The work is the kernel's Swift part; it finds the flags and pt_regs by itself. */
exit_to_user_mode_work:
        movq    %rsp, %rdi
        call    *exit_to_user_mode_loop(%rip)
        jmp     syscall_return
SYM_CODE_END(syscall_return)

/*
 * The slow way out restores every register, rcx and r11 too: IRETQ takes rip, cs, RFLAGS, rsp and
 * ss from the stack. Returns from exceptions and from signal handlers need it, and whatever failed
 * a test above.
 */
SYM_CODE_START(return_to_user_iret)
        CFI_PTREGS
        POP_REGS_EXCEPT_RDI
        pop_reg rdi

        /* Skip orig_rax. */
        addq    $8, %rsp
        .cfi_adjust_cfa_offset -8
        swapgs

        /* Bad values in the five words fault right here, in the kernel: hence the name. */
        .globl  native_irq_return_iret
native_irq_return_iret:
        iretq
SYM_CODE_END(return_to_user_iret)
