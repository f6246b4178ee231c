import X86

/// What may be varied in a VEX prefix, read from the SDM's notation.
struct VEXShape {
  /// VEX.L.
  var lengths: [UInt8] = [0, 1]
  /// VEX.pp.
  var prefix: UInt8 = 0
  /// VEX.mmmmm.
  var map: UInt8 = 1
  /// VEX.W.
  var widths: [UInt8] = [0, 1]
  /// VEX.vvvv names an operand.
  var usesVVVV: Bool
  /// Bytes of the indexes of a gather.
  var gather: Int?

  init(_ token: Substring, _ form: InstructionForm) {
    for part in token.split(separator: ".").dropFirst() {
      switch part {
      case "128", "LZ": lengths = [0]
      case "256": lengths = [1]
      case "66": prefix = 1
      case "F3": prefix = 2
      case "F2": prefix = 3
      case "0F38": map = 2
      case "0F3A": map = 3
      case "W0": widths = [0]
      case "W1": widths = [1]
      default: break
      }
    }
    let operands = form.operandSyntax.filter { !$0.hasPrefix("imm") && !$0.hasPrefix("<") }
    let hasDigit = form.opcode.split(separator: " ").contains {
      $0.count == 2 && $0.first == "/" && $0.last?.isNumber == true
    }
    usesVVVV = operands.count > (hasDigit ? 1 : 2)
    if let vector = operands.first(where: { $0.hasPrefix("vm") }) {
      gather = vector.contains("32") ? 4 : 8
    }
  }

  /// The prefix; `rex` has the bits that REX would have.
  func bytes(rex: UInt8, vvvv: Int, _ random: inout SplitMix64, isShort: Bool) -> [UInt8] {
    let width = random.pick(widths)
    let register = usesVVVV ? UInt8(vvvv) : 0
    let last = (~register & 15) << 3 | random.pick(lengths) << 2 | prefix
    if isShort && map == 1 && width == 0 && rex & 3 == 0 {
      return [0xC5, last | (rex & 4 == 0 ? 0x80 : 0)]
    }
    return [0xC4, (~rex & 7) << 5 | map, last | width << 7]
  }
}

extension EncodingShape {
  /// ModRM, SIB and displacement of a gather: base, and a vector register as the index.
  func gatherBytes(
    reg: Int,
    _ random: inout SplitMix64,
    _ rex: inout UInt8,
    memory: inout EncodingSample.Memory?,
    _ registers: RegisterChoice,
    _ elementSize: Int
  ) -> [UInt8] {
    // All three vector registers must differ: 1 ... 5, 6 ... 9 and these.
    let index = 10 + random.below(6)
    let base = random.pick(registers.bases)
    let scale = random.below(4)
    let displacement = Int8(truncatingIfNeeded: random.next())
    rex |= base > 7 ? 0x43 : 0x42
    memory?.base = base
    memory?.vectorIndex = index
    memory?.elementSize = elementSize
    memory?.scale = scale
    memory?.displacement = Int64(displacement)
    return [
      0x44 | UInt8((reg & 7) << 3),
      UInt8(scale << 6) | UInt8((index & 7) << 3) | UInt8(base & 7),
      UInt8(bitPattern: displacement),
    ]
  }
}
