import Disassembly

@testable import X86

/// Brings our text and Capstone's to one spelling, so that what differs afterwards is a difference.
enum CapstoneText {
  /// Our text of `instruction`.
  static func ours(_ instruction: Instruction, at address: UInt64) -> String {
    var text = Formatter.text(instruction, at: address)
    text = withPredicate(text, instruction)
    // Objdump names the implied register, Capstone does not.
    switch instruction.operation {
    case .pblendvb, .blendvps, .blendvpd, .sha256rnds2:
      if text.hasSuffix(", xmm0"), !instruction.prefixes.contains(.vex) { text.removeLast(6) }
    default: break
    }
    return normalised(text, instruction)
  }

  /// Capstone's text, of what we decoded as `instruction`.
  static func capstone(_ line: Disassembler.Line, for instruction: Instruction) -> String {
    normalised(line.text, instruction)
  }

  private static let sameMnemonics: [String: String] = [
    "movabs": "mov", "wait": "fwait", "lcall": "call", "ljmp": "jmp", "retfq": "retf",
    "fxsave64": "fxsave", "fxrstor64": "fxrstor", "xsave64": "xsave", "xrstor64": "xrstor",
    "xsaveopt64": "xsaveopt", "xsavec64": "xsavec", "ud2b": "ud1", "sal": "shl", "pushfq": "pushf",
    "popfq": "popf", "iretq": "iret", "iretd": "iret", "xlatb": "xlat", "sysretq": "sysret",
    "feni8087_nop": "fneni", "fdisi8087_nop": "fndisi", "fsetpm": "fnsetpm", "fcom2": "fcom",
    "fcomp3": "fcomp", "fcomp5": "fcomp", "fxch4": "fxch", "fxch7": "fxch", "fstp8": "fstp",
    "fstp9": "fstp", "sysexitq": "sysexit", "insw": "insd", "outsw": "outsd", "retfd": "retf",
    "vcvtpd2psx": "vcvtpd2ps", "vcvtpd2dqx": "vcvtpd2dq", "vcvttpd2dqx": "vcvttpd2dq",
  ]

  private static func normalised(_ text: String, _ instruction: Instruction) -> String {
    var words = text.split(separator: " ").map(String.init)
    // BND, XACQUIRE and XRELEASE are F2 and F3 where nothing repeats.
    while let first = words.first, words.count > 1, ["bnd", "xacquire", "xrelease"].contains(first)
    {
      words.removeFirst()
    }
    let place = ["lock", "rep", "repe", "repne"].contains(words[0]) && words.count > 1 ? 1 : 0
    words[place] = sameMnemonics[words[place]] ?? words[place]
    var result = words.joined(separator: " ")
    if instruction.operation == .movq && instruction.isMMX {
      result = replacing("movd ", by: "movq ", in: result)
    }
    if instruction.isX87 { result = withImplicitTop(result) }
    for name in ["es:[", "cs:[", "ss:[", "ds:["] {
      result = replacing(name, by: "[", in: result)
    }
    for name in [
      "tbyte ptr ", "xword ptr ", "fword ptr ", "xmmword ptr ", "qword ptr ", "dword ptr ",
      "word ptr ",
      "byte ptr ", "ptr ",
    ] where ignoresMemorySize(instruction) {
      result = replacing(name, by: "", in: result)
    }
    return withPlainNumbers(result, instruction)
  }

  /// ST(0) is written by one and not by the other where it can be nothing else.
  private static func withImplicitTop(_ text: String) -> String {
    var result = replacing("st(0), ", by: "", in: text)
    result = replacing("xword ptr", by: "tbyte ptr", in: result)
    let pops = ["faddp ", "fmulp ", "fsubp ", "fsubrp ", "fdivp ", "fdivrp ", "fstp ", "fstpnce "]
    if pops.contains(where: result.hasPrefix) {
      result = replacing(", st(0)", by: "", in: result)
    }
    return result
  }

  /// Capstone gives no size, or another one, where the size means nothing or is implied.
  private static func ignoresMemorySize(_ instruction: Instruction) -> Bool {
    switch instruction.operation {
    case .xsave, .xsaveopt, .xsavec, .xrstor: true
    case .callFar, .jmpFar, .lss, .lfs, .lgs, .fxsave, .fxrstor, .sgdt, .sidt, .lgdt, .lidt: true
    case .fldenv, .fnstenv, .frstor, .fnsave, .fnstsw: true
    // Capstone 4.0.2 says qword of MMX registers, xmmword of scalars.
    case .punpcklbw, .punpcklwd, .punpckldq: instruction.operands.0.kind == .mmx
    case .comiss, .comisd: true
    default: false
    }
  }

  /// Writes every number as unsigned, cut to the width that it has in the instruction.
  private static func withPlainNumbers(_ text: String, _ instruction: Instruction) -> String {
    var result = ""
    var isInAddress = false
    var rest = Substring(text)
    var previous: Character = " "
    while let character = rest.first {
      let isNumber =
        (character.isNumber || (character == "-" && rest.dropFirst().first?.isNumber == true))
        && (previous == " " || previous == "[")
      if isNumber {
        let token = rest.prefix { $0.isNumber || $0.isLetter || $0 == "-" }
        rest = rest.dropFirst(token.count)
        let isWholeAddress = previous == "[" && rest.first == "]"
        result += String(number(token, instruction, isInAddress && !isWholeAddress), radix: 16)
        previous = "0"
        continue
      }
      if character == "[" { isInAddress = true }
      if character == "]" { isInAddress = false }
      result.append(character)
      previous = character
      rest = rest.dropFirst()
    }
    return result
  }

  private static func number(
    _ token: Substring,
    _ instruction: Instruction,
    _ isDisplacement: Bool
  ) -> UInt64 {
    let isNegative = token.first == "-"
    let digits = isNegative ? token.dropFirst() : token
    let magnitude =
      digits.hasPrefix("0x")
      ? UInt64(digits.dropFirst(2), radix: 16) ?? 0 : UInt64(digits) ?? 0
    let value = isNegative ? 0 &- magnitude : magnitude
    if isDisplacement { return value }
    if instruction.operation == .ret || instruction.operation == .retFar { return value & 0xFFFF }
    // An address without registers, too, is printed cut to the operand size.
    switch instruction.operandSize {
    case 1 where !instruction.hasMemoryOperand: return value & 0xFF
    case 2: return value & 0xFFFF
    case 8: return instruction.operation == .mov ? value : value & 0xFFFF_FFFF
    default: return value & 0xFFFF_FFFF
    }
  }

  /// `cmpps xmm0, xmm1, 1` as `cmpltps xmm0, xmm1`.
  private static func withPredicate(_ text: String, _ instruction: Instruction) -> String {
    switch instruction.operation {
    case .cmpps, .cmppd, .cmpss, .cmpsd: break
    default: return text
    }
    let isVEX = instruction.prefixes.contains(.vex)
    guard instruction.immediate < (isVEX ? 32 : 8), let comma = text.lastIndex(of: ",") else {
      return text
    }
    let predicate = [
      "eq", "lt", "le", "unord", "neq", "nlt", "nle", "ord",
      "eq_uq", "nge", "ngt", "false", "neq_oq", "ge", "gt", "true",
      "eq_os", "lt_oq", "le_oq", "unord_s", "neq_us", "nlt_uq", "nle_uq", "ord_s",
      "eq_us", "nge_uq", "ngt_uq", "false_os", "neq_os", "ge_oq", "gt_oq", "true_us",
    ][Int(instruction.immediate)]
    return (isVEX ? "vcmp" : "cmp") + predicate + text[..<comma].dropFirst(isVEX ? 4 : 3)
  }

  private static func replacing(_ old: String, by new: String, in text: String) -> String {
    guard let range = text.firstRange(of: old) else { return text }
    return text.replacingCharacters(in: range, with: new)
  }
}

extension String {
  fileprivate func replacingCharacters(in range: Range<Index>, with text: String) -> String {
    self[..<range.lowerBound] + text + self[range.upperBound...]
  }
}
