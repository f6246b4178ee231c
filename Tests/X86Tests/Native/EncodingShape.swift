import X86

/// What may be varied in the bytes of one instruction form, read from its SDM notation.
///
/// Deliberately a second reading of the notation: it shares no code with the decoder under test.
struct EncodingShape {
  enum ModRM: Equatable {
    case none
    /// `/r`.
    case register
    /// `/0` ... `/7`.
    case digit(UInt8)
  }

  /// The SDM's syntax, `ADD r/m8, r8`.
  let syntax: String
  /// Mandatory 66, F2 and F3, and 66 as operand-size prefix.
  var prefixes: [UInt8] = []
  var rexW = false
  var opcode: [UInt8] = []
  /// The low four bits of the last opcode byte are a condition.
  var opcodeHasCondition = false
  /// REX.B would make it another instruction.
  var forbidsREXB = false
  /// The low three bits of the last opcode byte are a register.
  var opcodeHasRegister = false
  var modRM = ModRM.none
  /// VEX, where the row has one.
  var vex: VEXShape?
  /// Bytes of the immediates, in order.
  var immediates: [Int] = []
  /// Bytes of a branch displacement, 0 without one.
  var displacement = 0
  /// Bytes of an absolute address (`moffs`), 0 without one.
  var absoluteAddress = 0
  /// ModRM.reg names a control register, or a debug register.
  var regIsControl: Bool { syntax.contains("CRn") }
  var regIsDebug: Bool { syntax.contains("DRn") }
  var allowsRegister = false
  var allowsMemory = false
  /// LOCK is legal on the memory form.
  var allowsLock = false
  /// F2 and F3 repeat.
  var allowsRepeat = false

  /// Reads a row of the instruction table; the legend of the notation is there.
  ///
  /// - Returns: `nil` when a token is not understood.
  init?(_ form: InstructionForm) {
    syntax = form.syntax
    let traits = form.traits
    allowsLock = traits.properties.contains(.allowsLock)
    allowsRepeat = traits.properties.contains(.allowsRep)
    var sizeIsExplicit = false
    for token in form.opcode.split(separator: " ") {
      switch token {
      case "+", "NP", "NFx", "a64": continue
      case "o8", "o32", "o*", "d32", "d64", "f64": sizeIsExplicit = true
      case "o16":
        sizeIsExplicit = true
        prefixes.append(0x66)
      case "a32": prefixes.append(0x67)
      case "!B": forbidsREXB = true
      case "REX.W": rexW = true
      case "/r": modRM = .register
      case "/0", "/1", "/2", "/3", "/4", "/5", "/6", "/7":
        modRM = .digit(UInt8(token.dropFirst()) ?? 0)
      case _ where token.hasPrefix("VEX."):
        vex = VEXShape(token, form)
        sizeIsExplicit = true
      case "ib", "/is4": immediates.append(1)
      case "iw": immediates.append(2)
      case "id": immediates.append(4)
      case "io": immediates.append(8)
      case "cb": displacement = 1
      case "cw": displacement = 2
      case "cd": displacement = 4
      default:
        if token.hasPrefix("11:"), let digit = UInt8(token.dropFirst(3).prefix(3), radix: 2) {
          modRM = .digit(digit)
          continue
        }
        let parts = token.split(separator: "+")
        guard let first = parts.first, first.count == 2, let byte = UInt8(first, radix: 16) else {
          return nil
        }
        if parts.count == 2 {
          if parts[1] == "cc" { opcodeHasCondition = true } else { opcodeHasRegister = true }
        }
        if opcode.isEmpty, vex == nil, byte == 0x66 || byte == 0xF2 || byte == 0xF3 {
          prefixes.append(byte)
        } else {
          opcode.append(byte)
        }
      }
    }
    if !sizeIsExplicit, !rexW, form.firstSizeIs16 { prefixes.append(0x66) }
    readOperands(form.operandSyntax)
  }

  /// Is #UD in user mode, whatever its operands are.
  var isInvalidForUsers: Bool { ["UD0", "UD1", "UD2", "CLAC", "STAC"].contains(mnemonic) }

  /// Goes somewhere else than to the next instruction.
  var transfersControl: Bool {
    displacement > 0 || ["JMP", "CALL", "RET", "INT", "INT1", "INT3"].contains(mnemonic)
  }

  /// The mnemonic, `ADD`.
  var mnemonic: String { String(syntax.prefix { $0 != " " }) }

  private mutating func readOperands(_ operands: [String]) {
    if operands.contains(where: { $0.hasPrefix("moffs") }) { absoluteAddress = 8 }
    guard modRM != .none else { return }
    // The r/m operand is the one with a slash, or the memory one, or else a plain register.
    if operands.contains(where: { $0.contains("/m") }) {
      allowsRegister = true
      allowsMemory = true
    } else if operands.contains(where: {
      ($0.hasPrefix("m") && !$0.hasPrefix("mm")) || $0.hasPrefix("vm")
    }) {
      allowsMemory = true
    } else {
      allowsRegister = true
    }
  }
}

extension InstructionForm {
  /// The first operand that has a size is one of 16 bits, so that the encoding needs a 66.
  fileprivate var firstSizeIs16: Bool {
    for operand in operandSyntax {
      switch operand {
      case "r16", "r/m16", "m16", "AX", "moffs16", "imm16": return true
      case _ where operand.hasPrefix("xmm"): return false
      case _ where operand.contains(where: \.isNumber): return false
      case "AL", "EAX", "RAX", "CL": return false
      default: continue
      }
    }
    return false
  }
}
