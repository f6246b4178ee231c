// Into the tested instructions and out of them again, with every register loaded.

#if defined(__x86_64__) && defined(__linux__)

  .text

// void native_enter(const NativeState *in)
  .hidden native_enter
  .globl native_enter
  .type native_enter, @function
native_enter:
  push %rbx
  push %rbp
  push %r12
  push %r13
  push %r14
  push %r15
  sub $8, %rsp
  stmxcsr (%rsp)
  mov %rsp, native_host_stack(%rip)
  mov 128(%rdi), %rax
  mov %rax, native_target(%rip)
  fxrstor64 native_image(%rip)
  movups 160(%rdi), %xmm0
  movups 176(%rdi), %xmm1
  movups 192(%rdi), %xmm2
  movups 208(%rdi), %xmm3
  movups 224(%rdi), %xmm4
  movups 240(%rdi), %xmm5
  movups 256(%rdi), %xmm6
  movups 272(%rdi), %xmm7
  movups 288(%rdi), %xmm8
  movups 304(%rdi), %xmm9
  movups 320(%rdi), %xmm10
  movups 336(%rdi), %xmm11
  movups 352(%rdi), %xmm12
  movups 368(%rdi), %xmm13
  movups 384(%rdi), %xmm14
  movups 400(%rdi), %xmm15
  cmpl $0, native_has_ymm(%rip)
  je 2f
  vinsertf128 $1, 584(%rdi), %ymm0, %ymm0
  vinsertf128 $1, 600(%rdi), %ymm1, %ymm1
  vinsertf128 $1, 616(%rdi), %ymm2, %ymm2
  vinsertf128 $1, 632(%rdi), %ymm3, %ymm3
  vinsertf128 $1, 648(%rdi), %ymm4, %ymm4
  vinsertf128 $1, 664(%rdi), %ymm5, %ymm5
  vinsertf128 $1, 680(%rdi), %ymm6, %ymm6
  vinsertf128 $1, 696(%rdi), %ymm7, %ymm7
  vinsertf128 $1, 712(%rdi), %ymm8, %ymm8
  vinsertf128 $1, 728(%rdi), %ymm9, %ymm9
  vinsertf128 $1, 744(%rdi), %ymm10, %ymm10
  vinsertf128 $1, 760(%rdi), %ymm11, %ymm11
  vinsertf128 $1, 776(%rdi), %ymm12, %ymm12
  vinsertf128 $1, 792(%rdi), %ymm13, %ymm13
  vinsertf128 $1, 808(%rdi), %ymm14, %ymm14
  vinsertf128 $1, 824(%rdi), %ymm15, %ymm15
2:
  movl $1, native_active(%rip)
  cmpl $0, native_has_bases(%rip)
  je 1f
  rdfsbase %rax
  mov %rax, native_host_fs_base(%rip)
  mov 144(%rdi), %rax
  mov %rax, native_guest_fs_base(%rip)
  wrfsbase %rax
  mov 152(%rdi), %rax
  mov %rax, native_guest_gs_base(%rip)
  wrgsbase %rax
1:
  // The flags come last but for the moves, which change none.
  ldmxcsr 416(%rdi)
  pushq 136(%rdi)
  popfq
  mov 0(%rdi), %rax
  mov 8(%rdi), %rcx
  mov 16(%rdi), %rdx
  mov 24(%rdi), %rbx
  mov 32(%rdi), %rsp
  mov 40(%rdi), %rbp
  mov 48(%rdi), %rsi
  mov 64(%rdi), %r8
  mov 72(%rdi), %r9
  mov 80(%rdi), %r10
  mov 88(%rdi), %r11
  mov 96(%rdi), %r12
  mov 104(%rdi), %r13
  mov 112(%rdi), %r14
  mov 120(%rdi), %r15
  mov 56(%rdi), %rdi
  jmp *native_target(%rip)

// The signal handler. The kernel leaves AC and the thread pointer as the tested code had them.
  .hidden native_signal_entry
  .globl native_signal_entry
  .type native_signal_entry, @function
native_signal_entry:
  pushfq
  andq $~0x40000, (%rsp)
  popfq
  cmpl $0, native_active(%rip)
  je 1f
  cmpl $0, native_has_bases(%rip)
  je 1f
  mov native_host_fs_base(%rip), %rax
  wrfsbase %rax
  xor %eax, %eax
  wrgsbase %rax
1:
  sub $8, %rsp
  call native_handle
  // A watchdog tick that found the run young: carry on with it.
  add $8, %rsp
  cmpl $0, native_active(%rip)
  je 2f
  cmpl $0, native_has_bases(%rip)
  je 2f
  mov native_guest_fs_base(%rip), %rax
  wrfsbase %rax
  mov native_guest_gs_base(%rip), %rax
  wrgsbase %rax
2:
  ret

// Returns from native_enter; the signal handler's frame is given up.
  .hidden native_leave
  .globl native_leave
  .type native_leave, @function
native_leave:
  mov native_host_stack(%rip), %rsp
  movl $0, native_active(%rip)
  cmpl $0, native_has_ymm(%rip)
  je 1f
  vzeroupper
1:
  fninit
  ldmxcsr (%rsp)
  add $8, %rsp
  pop %r15
  pop %r14
  pop %r13
  pop %r12
  pop %rbp
  pop %rbx
  ret

  .section .note.GNU-stack, "", @progbits
#endif
