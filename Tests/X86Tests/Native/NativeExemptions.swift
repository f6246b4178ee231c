import X86

/// Rows that the host cannot or must not run for a test, each with the reason.
///
/// Everything else in the table runs on the host.
enum NativeExemptions {
  /// Reasons by mnemonic.
  static let byMnemonic: [String: String] = [
    "SYSCALL": "enters the host's kernel",
    "SYSENTER": "enters the host's kernel, or is invalid, by the make of processor",
    "SYSEXIT": "is privileged or invalid, by the make of processor",
    "CPUID": "describes the host, not the model",
    "RDTSC": "time",
    "RDTSCP": "time",
    "RDPMC": "counts the host's events",
    "RDPID": "names the host's processor",
    "RDRAND": "random",
    "RDSEED": "random",
    "XGETBV": "describes the host's operating system",
    "SGDT": "shows the host's tables (or is emulated by the host's kernel, UMIP)",
    "SIDT": "shows the host's tables (or is emulated by the host's kernel, UMIP)",
    "SLDT": "shows the host's tables (or is emulated by the host's kernel, UMIP)",
    "STR": "shows the host's tables (or is emulated by the host's kernel, UMIP)",
    "SMSW": "shows the host's CR0 (or is emulated by the host's kernel, UMIP)",
    "LAR": "reads the host's descriptor table",
    "LSL": "reads the host's descriptor table",
    "VERR": "reads the host's descriptor table",
    "VERW": "reads the host's descriptor table",
    "LDS": "loads the host's segment registers",
    "LES": "loads the host's segment registers",
    "LSS": "loads the host's segment registers",
    "LFS": "loads the host's segment registers",
    "LGS": "loads the host's segment registers",
    "CLFLUSH": "has no effect to compare",
    "CLFLUSHOPT": "has no effect to compare",
    "CLWB": "has no effect to compare",
    "RCPPS": "approximation, which differs between makes of processor",
    "RCPSS": "approximation, which differs between makes of processor",
    "RSQRTPS": "approximation, which differs between makes of processor",
    "RSQRTSS": "approximation, which differs between makes of processor",
    "VRCPPS": "approximation, which differs between makes of processor",
    "VRCPSS": "approximation, which differs between makes of processor",
    "VRSQRTPS": "approximation, which differs between makes of processor",
    "VRSQRTSS": "approximation, which differs between makes of processor",
    "XSAVE": "the host has states that the model has not",
    "XSAVE64": "the host has states that the model has not",
    "XSAVEOPT": "the host has states that the model has not",
    "XSAVEOPT64": "the host has states that the model has not",
    "XSAVEC": "the host has states that the model has not",
    "XSAVEC64": "the host has states that the model has not",
    "XRSTOR": "the host has states that the model has not",
    "XRSTOR64": "the host has states that the model has not",
    "INT1": "hypervisors on AMD report RIP before the instruction, processors behind it",
    "IRET": "loads the host's segment registers",
    "IRETD": "loads the host's segment registers",
    "IRETQ": "loads the host's segment registers",
    "FXSAVE": "AMD processors leave the pointers out",
    "FXSAVE64": "AMD processors leave the pointers out",
    "FXRSTOR": "AMD processors leave the pointers out",
    "FXRSTOR64": "AMD processors leave the pointers out",
  ]

  /// Why a row is not run on the host; `nil` when it is.
  static func reason(_ form: InstructionForm) -> String? {
    if let reason = byMnemonic[form.mnemonic] { return reason }
    if form.syntax == "MOVSXD r16, r/m16" { return "AMD reads four bytes, Intel two" }
    switch form.operation {
    case .jmp, .jcc, .call, .ret, .loop, .loope, .loopne, .jrcxz:
      return EncodingShape(form)?.prefixes.contains(0x66) == true
        ? "AMD cuts RIP to 16 bits, Intel ignores the prefix" : nil
    case .movSegment, .pushSegment, .popSegment:
      return "shows or loads the host's segment registers"
    case .retFar, .jmpFar, .callFar: return "loads the host's code segment"
    default: return nil
    }
  }
}
