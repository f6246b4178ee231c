/// How an exception-table entry resolves a fault: bits 0 ... 7 of its data word.
///
/// - SeeAlso: Linux `arch/x86/include/asm/extable_fixup_types.h` (v6.1).
public enum ExtableType: UInt8, Sendable {
  case NONE = 0, DEFAULT, FAULT, UACCESS, COPY, CLEAR_FS, FPU_RESTORE, BPF, WRMSR, RDMSR
  case WRMSR_SAFE, RDMSR_SAFE, WRMSR_IN_MCE, RDMSR_IN_MCE, DEFAULT_MCE_SAFE, FAULT_MCE_SAFE
  case POP_REG, IMM_REG, FAULT_SGX, UCOPY_LEN, ZEROPAD, ERETU
}
