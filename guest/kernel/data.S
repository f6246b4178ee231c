/*
 * The kernel's variables: those that its assembler uses, and those that a reader of Linux looks for
 * in memory. The Swift part finds them by their symbols and keeps no copies.
 */
#include "constants.h"
#include "linkage.h"
#include "percpu.h"
#include "utsname.h"

        .data

/*
 * One address for each system call. The kernel fills the table at boot: every entry without a call
 * gets sys_ni_syscall, which returns -ENOSYS. Look at it with `x/8ga sys_call_table`.
 */
SYM_DATA_START(sys_call_table, 4096)
        .fill   NR_syscalls, 8, 0
SYM_DATA_END(sys_call_table)

/* The function that answers numbers outside the table; the kernel sets it at boot. */
SYM_DATA_START(ni_syscall, 8)
        .quad   0
SYM_DATA_END(ni_syscall)

/*
 * The processor's own area. Each field is placed at the offset that percpu.h names, so that the two
 * cannot disagree.
 */
SYM_DATA_START(cpu0_area, 64)
        .org    cpu0_area + CPU_TSS_SP2
SYM_DATA_START(cpu_tss_sp2, 1)
        .quad   0
SYM_DATA_END(cpu_tss_sp2)
        .org    cpu0_area + CPU_CURRENT_TOP_OF_STACK
SYM_DATA_START(cpu_current_top_of_stack, 1)
        .quad   0
SYM_DATA_END(cpu_current_top_of_stack)
        .org    cpu0_area + CURRENT_TASK
SYM_DATA_START(current_task, 1)
        .quad   0
SYM_DATA_END(current_task)
        .org    cpu0_area + THREAD_FLAGS
SYM_DATA_START(thread_flags, 1)
        .long   0
SYM_DATA_END(thread_flags)
        .org    cpu0_area + PER_CPU_SIZE
SYM_DATA_END(cpu0_area)

/* The function that does the work before a return to user mode; the kernel sets it at boot. */
SYM_DATA_START(exit_to_user_mode_loop, 8)
        .quad   0
SYM_DATA_END(exit_to_user_mode_loop)

/*
 * struct rw_semaphore: a lock for many readers or one writer.
 *
 *      +0  count       who holds it and whether somebody waits
 *      +8  owner       the task that holds it, and flags in the low bits
 *      +16 osq         who spins for it
 *      +20 wait_lock   guards the list
 *      +24 wait_list   who sleeps for it: an empty list points to itself
 *
 * uts_sem guards the names of all namespaces: readers are uname and its like, writers are
 * sethostname and setdomainname.
 */
SYM_DATA_START(uts_sem, 8)
        .quad   0
        .quad   0
        .long   0
        .long   0
1:      .quad   1b, 1b
SYM_DATA_END(uts_sem)

/* struct mutex: +0 owner, +8 wait_lock, +12 osq, +16 wait_list. Held while the machine stops. */
SYM_DATA_START(system_transition_mutex, 8)
        .quad   0
        .long   0
        .long   0
1:      .quad   1b, 1b
SYM_DATA_END(system_transition_mutex)

/* What Ctrl-Alt-Del does: 1 restarts at once, 0 sends SIGINT to init. */
SYM_DATA_START(C_A_D, 4)
        .long   1
SYM_DATA_END(C_A_D)

/*
 * struct uts_namespace, the first one: the names that uname reports. Others are copies of it.
 *
 *      +0   name       struct new_utsname: six texts in fields of 65 bytes
 *      +392 user_ns    the user namespace whose privileges count
 *      +400 ucounts
 *      +408 ns         struct ns_common: stashed, ops, inum, count
 */
#define NEW_UTS_FIELD   65
        .macro  uts_field name, text
\name\():
        .asciz  "\text"
        .fill   NEW_UTS_FIELD - (. - \name), 1, 0
        .endm

SYM_DATA_START(init_uts_ns, 8)
        uts_field .Lsysname, UTS_SYSNAME
        uts_field .Lnodename, UTS_NODENAME
        uts_field .Lrelease, UTS_RELEASE
        uts_field .Lversion, UTS_VERSION
        uts_field .Lmachine, UTS_MACHINE
        uts_field .Ldomainname, UTS_DOMAINNAME
        .balign 8
        .quad   0
        .quad   0
        .quad   0
        .quad   0
        .long   0xeffffffe              /* the inode number of the first uts namespace */
        .long   1
SYM_DATA_END(init_uts_ns)

        .section .rodata, "a"

/* The first line of the kernel log. */
SYM_DATA_START(linux_banner, 8)
        .ascii  "Linux version ", UTS_RELEASE, " (martlet) ", UTS_VERSION, "\n\0"
SYM_DATA_END(linux_banner)

/* Offsets for whoever reads these structures in memory. They are numbers, not addresses. */
        .globl  RW_SEMAPHORE_COUNT, RW_SEMAPHORE_OWNER, RW_SEMAPHORE_WAIT_LIST
        .set    RW_SEMAPHORE_COUNT, 0
        .set    RW_SEMAPHORE_OWNER, 8
        .set    RW_SEMAPHORE_WAIT_LIST, 24
        .globl  UTS_NAMESPACE_NAME, UTS_NAMESPACE_USER_NS, UTS_NAMESPACE_NS
        .set    UTS_NAMESPACE_NAME, 0
        .set    UTS_NAMESPACE_USER_NS, 392
        .set    UTS_NAMESPACE_NS, 408
        .globl  PER_CPU_TSS_SP2, PER_CPU_CURRENT_TOP_OF_STACK, PER_CPU_CURRENT_TASK
        .globl  PER_CPU_THREAD_FLAGS
        .set    PER_CPU_TSS_SP2, CPU_TSS_SP2
        .set    PER_CPU_CURRENT_TOP_OF_STACK, CPU_CURRENT_TOP_OF_STACK
        .set    PER_CPU_CURRENT_TASK, CURRENT_TASK
        .set    PER_CPU_THREAD_FLAGS, THREAD_FLAGS
