/// A general-purpose register, in hardware numbering (Intel SDM Vol. 2A, table 3-1).
public enum GPR: UInt8, CaseIterable, Sendable {
  case rax, rcx, rdx, rbx, rsp, rbp, rsi, rdi, r8, r9, r10, r11, r12, r13, r14, r15
}
