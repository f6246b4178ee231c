/*
 * How a function looks in this folder.
 *
 * Each one carries a type and a size, so that a debugger can say `name+offset` for every address
 * in it, and call-frame information (CFI), so that a debugger can walk from it to its caller.
 */
#ifndef LINKAGE_H
#define LINKAGE_H

/* CFI goes into .debug_frame, which is not loaded: the running kernel has no use for it. */
        .cfi_sections .debug_frame

/* A function that is called with CALL and returns with RET. */
#define SYM_FUNC_START(name) \
        .globl name; .p2align 4, 0x90; .type name, @function; name: .cfi_startproc

#define SYM_FUNC_START_LOCAL(name) \
        .p2align 4, 0x90; .type name, @function; name: .cfi_startproc

#define SYM_FUNC_END(name) \
        .cfi_endproc; .size name, . - name

/* Code that is entered and left in some other way: by SYSCALL, by IRETQ, by a fault. */
#define SYM_CODE_START(name) \
        .globl name; .p2align 4, 0x90; .type name, @function; name: \
        .cfi_startproc simple; .cfi_signal_frame

#define SYM_CODE_END(name) \
        .cfi_endproc; .size name, . - name

/* A variable. */
#define SYM_DATA_START(name, alignment) \
        .globl name; .balign alignment; .type name, @object; name:

#define SYM_DATA_END(name) \
        .size name, . - name

#endif
