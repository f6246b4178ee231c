// swift-format-ignore-file

/// Jumps, calls, returns, traps: Intel SDM Vol. 1, 5.1.7, and the system calls of 5.1.17.
///
/// 66 on a near branch makes it 16 bits wide and truncates RIP, as on AMD processors (AMD64 Vol. 3,
/// 1.2.7); Intel's ignore it. Compilers write it only beside REX.W, which undoes it on both.
extension InstructionTable {
  static let controlTransfer: [InstructionForm] = [
    // Near
    .init(.jmp,      "JMP rel8",    "o16 EB cb",       "r | block"),
    .init(.jmp,      "JMP rel8",    "d64 EB cb",       "r | block"),
    .init(.jmp,      "JMP rel16",   "o16 E9 cw",       "r | block"),
    .init(.jmp,      "JMP rel32",   "d64 E9 cd",       "r | block"),
    .init(.jmp,      "JMP r/m16",   "FF /4",           "r | block"),
    .init(.jmp,      "JMP r/m64",   "FF /4",           "r | block"),
    .init(.jcc,      "Jcc rel8",    "o16 70+cc cb",    "r | cc | block"),
    .init(.jcc,      "Jcc rel8",    "d64 70+cc cb",    "r | cc | block"),
    .init(.jcc,      "Jcc rel16",   "o16 0F 80+cc cw", "r | cc | block"),
    .init(.jcc,      "Jcc rel32",   "d64 0F 80+cc cd", "r | cc | block"),
    .init(.jrcxz,    "JECXZ rel8",  "a32 o16 E3 cb",   "r | block"),
    .init(.jrcxz,    "JECXZ rel8",  "a32 d64 E3 cb",   "r | block"),
    .init(.jrcxz,    "JRCXZ rel8",  "a64 o16 E3 cb",   "r | block"),
    .init(.jrcxz,    "JRCXZ rel8",  "a64 d64 E3 cb",   "r | block"),
    .init(.loopne,   "LOOPNE rel8", "o16 E0 cb",       "r | r=z | block"),
    .init(.loopne,   "LOOPNE rel8", "d64 E0 cb",       "r | r=z | block"),
    .init(.loope,    "LOOPE rel8",  "o16 E1 cb",       "r | r=z | block"),
    .init(.loope,    "LOOPE rel8",  "d64 E1 cb",       "r | r=z | block"),
    .init(.loop,     "LOOP rel8",   "o16 E2 cb",       "r | block"),
    .init(.loop,     "LOOP rel8",   "d64 E2 cb",       "r | block"),
    .init(.call,     "CALL rel16",  "o16 E8 cw",       "r | block"),
    .init(.call,     "CALL rel32",  "d64 E8 cd",       "r | block"),
    .init(.call,     "CALL r/m16",  "FF /2",           "r | block"),
    .init(.call,     "CALL r/m64",  "FF /2",           "r | block"),
    .init(.ret,      "RET",         "o16 C3",          "- | block"),
    .init(.ret,      "RET",         "d64 C3",          "- | block"),
    .init(.ret,      "RET imm16",   "o16 C2 iw",       "r | block"),
    .init(.ret,      "RET imm16",   "d64 C2 iw",       "r | block"),
    // Far
    .init(.callFar,  "CALL m16:16", "o16 FF /3",       "r | block"),
    .init(.callFar,  "CALL m16:32", "o32 FF /3",       "r | block"),
    .init(.callFar,  "CALL m16:64", "REX.W + FF /3",   "r | block"),
    .init(.jmpFar,   "JMP m16:16",  "o16 FF /5",       "r | block"),
    .init(.jmpFar,   "JMP m16:32",  "o32 FF /5",       "r | block"),
    .init(.jmpFar,   "JMP m16:64",  "REX.W + FF /5",   "r | block"),
    .init(.retFar,   "RETF",        "o* CB",           "- | block"),
    .init(.retFar,   "RETF imm16",  "o* CA iw",        "r | block"),
    .init(.iret,     "IRET",        "o16 CF",          "- | w=oszacpd | block"),
    .init(.iret,     "IRETD",       "o32 CF",          "- | w=oszacpd | block"),
    .init(.iret,     "IRETQ",       "REX.W + CF",      "- | w=oszacpd | block"),
    // Traps and system calls
    .init(.int,      "INT imm8",    "CD ib",           "r | r=oszacpd | block"),
    .init(.int1,     "INT1",        "F1",              "- | r=oszacpd | block"),
    .init(.int3,     "INT3",        "CC",              "- | r=oszacpd | block"),
    .init(.syscall,  "SYSCALL",     "0F 05",           "- | r=oszacpd w=oszacpd | block"),
    .init(.sysret,   "SYSRET",      "o* 0F 07",        "- | w=oszacpd | block | cpl0"),
    .init(.sysenter, "SYSENTER",    "0F 34",           "- | block"),
    .init(.sysexit,  "SYSEXIT",     "o* 0F 35",        "- | block | cpl0"),
  ]
}
