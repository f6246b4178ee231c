import Disassembly

@testable import X86

/// Where Capstone 4.0.2 is wrong or silent.
///
/// What the processor does instead was measured on an AMD Zen 4: 360 000 random encodings, executed
/// at the end of a page, agree with `Decoder` on length and #UD.
struct CapstoneException: Sendable {
  let reason: String
  let applies: @Sendable (Instruction, [UInt8]) -> Bool

  private init(
    _ reason: String,
    applies: @escaping @Sendable (Instruction, [UInt8]) -> Bool
  ) {
    self.reason = reason
    self.applies = applies
  }

  /// The exception for `instruction`, if there is one; `bytes` are exactly its own.
  static func covering(_ instruction: Instruction, _ bytes: [UInt8]) -> CapstoneException? {
    all.first { $0.applies(instruction, bytes) }
  }

  private static let all: [CapstoneException] = [
    .init("shows MOVSXD without REX.W as if it had it; the processor writes 16 or 32 bits") {
      i,
      _ in
      i.operation == .movsxd && i.operandSize < 8
    },
    .init("shows the immediates of ENTER, unsigned both, with a sign") { i, _ in
      i.operation == .enter
    },
    .init("refuses REX.R with a segment register; the processor ignores it") { i, bytes in
      i.operation == .movSegment && hasREX(bytes, 0x44)
    },
    .init("names a wider register than the 16 bits that MOV to a segment register reads") { i, _ in
      i.operation == .movSegment && i.operands.0.kind == .segment
    },
    .init("takes 67 with REX.W for 66") { i, bytes in
      i.prefixes.contains(.addressSize) && i.prefixes.contains(.rexW)
    },
    .init("knows of the reserved NOPs only some, and of two operands one") { i, _ in
      let isUsual = i.hasMemoryOperand && i.operandCount == 1 && i.operandSize < 8
      return i.operation == .nop && i.operandCount > 0 && !isUsual
    },
    .init("knows PAUSE, ENDBR64 and UD0 only without other prefixes") { i, bytes in
      let operations: [X86.Operation] = [.pause, .endbr64, .ud0]
      return operations.contains(i.operation) && bytes.count > (i.operation == .endbr64 ? 4 : 2)
    },
    .init("knows of 0F 0D only PREFETCHW") { i, bytes in
      i.operation == .prefetch && bytes.contains(0x0D)
    },
    .init("shows F3 REX.W 0F 7E as a move to MMX; the processor ignores REX.W") { i, bytes in
      i.operation == .movq && bytes.contains(0xF3) && i.prefixes.contains(.rexW)
    },
    .init("names a wider operand than the 16 bits that LAR and LSL read") { i, _ in
      i.operation == .lar || i.operation == .lsl
    },
    .init("knows the fences only with ModRM.rm 0") { i, bytes in
      let fences: [X86.Operation] = [.lfence, .mfence, .sfence]
      return fences.contains(i.operation) && bytes[bytes.count - 1] & 7 != 0
    },
    .init("shows JECXZ as JRCXZ beside 66 or REX.W") { i, _ in
      i.operation == .jrcxz && !i.prefixes.isDisjoint(with: [.rexW, .operandSize])
    },
    .init("ignores 66 on an indirect near branch; an AMD processor obeys it") { i, _ in
      (i.operation == .jmp || i.operation == .call) && i.operands.0.kind != .relative
        && i.operandSize == 2
    },
    .init("takes 66 for 16 bits beside REX.W, which goes first, in near branches and RET") { i, _ in
      let operations: [X86.Operation] = [.jmp, .jcc, .call, .ret]
      return operations.contains(i.operation) && i.prefixes.isSuperset(of: [.operandSize, .rexW])
    },
    .init("shows CLWB as XSAVEOPT and RDPID as RDSEED") { i, _ in
      i.operation == .clwb || i.operation == .rdpid
    },
    .init("shows the count of RORX with a sign") { i, _ in
      i.operation == .rorx && i.immediate > 127
    },
    .init("knows no VBROADCASTI128") { i, bytes in
      i.operation == .vbroadcast128 && bytes.contains(0x5A)
    },
    .init("drops F2 of MOVS, which it takes for the SSE2 instruction MOVSD") { i, _ in
      i.operation == .movs && i.prefixes.contains(.repne)
    },
  ]

  private static func hasREX(_ bytes: [UInt8], _ bits: UInt8) -> Bool {
    bytes.contains { $0 & 0xF0 == 0x40 && $0 & bits == bits }
  }

  /// True for bytes that are an instruction only of an extension that the table has not, or that
  /// Capstone accepts although the processor raises #UD.
  static func isBeyondTheTable(_ bytes: [UInt8]) -> Bool {
    let legacy: [UInt8] = [0x26, 0x2E, 0x36, 0x3E, 0x64, 0x65, 0x66, 0x67, 0xF0, 0xF2, 0xF3]
    let prefixes = bytes.prefix { legacy.contains($0) || $0 & 0xF0 == 0x40 }
    let opcode = bytes.dropFirst(prefixes.count).prefix(3)
    // Capstone allows LOCK everywhere.
    if prefixes.contains(0xF0) { return true }
    switch (opcode[opcode.startIndex], opcode[opcode.startIndex + 1]) {
    // EVEX, VEX, XOP, x87.
    case (0x62, _), (0xC4, _), (0xC5, _), (0x8F, _), (0xD8...0xDF, _): return true
    // MOV CS.
    case (0x8E, let modRM) where modRM >> 3 & 7 == 1: return true
    // XABORT, XBEGIN.
    case (0xC6, 0xF8), (0xC7, 0xF8): return true
    // 3DNow!, SSE3 and later, SHA, VIA's PadLock, SMX, RSM, which is #UD outside of SMM.
    case (0x0F, 0x0E), (0x0F, 0x0F), (0x0F, 0x37), (0x0F, 0x38), (0x0F, 0x3A): return true
    case (0x0F, 0xA6), (0x0F, 0xA7), (0x0F, 0xAA): return true
    // VMX, SVM, MONITOR, SGX, CLAC beside a prefix; XSAVE, FSGSBASE, CLWB; RDRAND, RDSEED.
    case (0x0F, 0x01), (0x0F, 0xAE), (0x0F, 0xC7): return true
    // Control registers that do not exist.
    case (0x0F, 0x20...0x23): return true
    // MMX, SSE3, SSE4a, VMREAD; SSE rows that allow no prefix or another one.
    case (0x0F, 0x12...0x17), (0x0F, 0x28...0x2F), (0x0F, 0x50...0x7F): return true
    case (0x0F, 0xC2...0xC6), (0x0F, 0xD0...0xFE): return true
    default: return false
    }
  }
}
