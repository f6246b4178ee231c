/*
 * What belongs to one processor, and how to reach it.
 *
 * While the kernel runs, the base of GS is the address of this processor's area, so `%gs:4` is the
 * area's fourth byte on every processor. The area itself is `cpu0_area` in data.S.
 */
#ifndef PERCPU_H
#define PERCPU_H

/* Where entry_SYSCALL_64 puts the program's stack pointer while it has no stack. */
#define CPU_TSS_SP2                     0
/* The end of the current task's kernel stack: stacks grow down from here. */
#define CPU_CURRENT_TOP_OF_STACK        8
/* The current task. */
#define CURRENT_TASK                    16
/* Work to do before the current task goes back to user mode: 32 bits, 0 for none. */
#define THREAD_FLAGS                    24

#define PER_CPU_SIZE                    64

#define PER_CPU(offset)                 %gs:offset

#endif
