/// Writes instructions in Intel syntax, as Capstone and objdump do: `mov eax, dword ptr [rbx + 8]`.
public enum Formatter {
  /// The text of `instruction`, which stands at `address`.
  public static func text(_ instruction: Instruction, at address: UInt64) -> String {
    let mnemonic = prefix(instruction) + mnemonic(instruction)
    let operands = operands(instruction, at: address)
    return operands.isEmpty ? mnemonic : mnemonic + " " + operands
  }

  /// The mnemonic without prefixes: `cmovne`.
  public static func mnemonic(_ instruction: Instruction) -> String {
    let row = InstructionTable.forms[Int(instruction.formIndex)]
    let name = row.mnemonic
    guard row.traits.properties.contains(.readsCondition) else { return name.lowercased() }
    return name.dropLast(2).lowercased() + "\(instruction.condition)"
  }

  /// The operands, separated by ", ".
  public static func operands(_ instruction: Instruction, at address: UInt64) -> String {
    if let text = stringOperands(instruction) { return text }
    return (0..<instruction.operandCount).map { index in
      operand(instruction.operand(index), index: index, of: instruction, at: address)
    }.joined(separator: ", ")
  }

  /// The name of general-purpose register `number` at `size` bytes: `r8d`.
  public static func registerName(_ number: UInt8, size: UInt8) -> String {
    let low = ["ax", "cx", "dx", "bx", "sp", "bp", "si", "di"]
    if number > 7 {
      return "r\(number)" + (size == 8 ? "" : size == 4 ? "d" : size == 2 ? "w" : "b")
    }
    let name = low[Int(number)]
    return switch size {
    case 8: "r" + name
    case 4: "e" + name
    case 2: name
    default: number < 4 ? "\(name.prefix(1))l" : name + "l"
    }
  }

  private static func vectorName(_ number: UInt8, size: UInt8) -> String {
    (size == 32 ? "ymm" : "xmm") + "\(number)"
  }

  private static func prefix(_ instruction: Instruction) -> String {
    if instruction.prefixes.contains(.lock) { return "lock " }
    let traits = InstructionTable.traits(instruction.formIndex)
    guard traits.properties.contains(.allowsRep) else { return "" }
    if instruction.prefixes.contains(.repne) { return "repne " }
    guard instruction.prefixes.contains(.rep) else { return "" }
    // F3 looks at ZF only where there are flags to look at.
    return traits.flagsWritten == 0 ? "rep " : "repe "
  }

  private static func operand(
    _ operand: Operand,
    index: Int,
    of instruction: Instruction,
    at address: UInt64
  ) -> String {
    switch operand.kind {
    case .none: ""
    case .gpr: registerName(operand.register, size: operand.size)
    case .gprHigh8: "\(["a", "c", "d", "b"][Int(operand.register & 3)])h"
    case .xmm: vectorName(operand.register, size: operand.size)
    case .mmx: "mm\(operand.register)"
    case .x87: "st(\(operand.register))"
    case .segment: ["es", "cs", "ss", "ds", "fs", "gs"][Int(operand.register % 6)]
    case .control: "cr\(operand.register)"
    case .debug: "dr\(operand.register)"
    case .immediate:
      index == 1 && instruction.operation == .enter
        ? number(Int64(instruction.immediate2)) : number(instruction.immediate)
    case .relative:
      hexadecimal(target(instruction, at: address))
    case .memory:
      pointer(sizeToShow(operand, instruction)) + expression(instruction)
    }
  }

  /// Where a relative branch goes; with 66 RIP is truncated to 16 bits.
  private static func target(_ instruction: Instruction, at address: UInt64) -> UInt64 {
    let target =
      address &+ UInt64(instruction.length) &+ UInt64(bitPattern: instruction.immediate)
    return instruction.operandSize == 2 ? target & 0xFFFF : target
  }

  /// Bytes to name before an address: where nothing is accessed, what the assembler wants there.
  private static func sizeToShow(_ operand: Operand, _ instruction: Instruction) -> UInt8 {
    if operand.size != 0 { return operand.size }
    return switch instruction.operation {
    case .nop: instruction.operandSize
    case .prefetch, .invlpg: 1
    default: 0
    }
  }

  private static func pointer(_ size: UInt8) -> String {
    switch size {
    case 1: "byte ptr "
    case 2: "word ptr "
    case 4: "dword ptr "
    case 6: "fword ptr "
    case 8: "qword ptr "
    case 10: "tbyte ptr "
    case 16: "xmmword ptr "
    case 32: "ymmword ptr "
    default: ""
    }
  }

  /// `fs:[rax + rcx*4 - 8]`.
  private static func expression(_ instruction: Instruction) -> String {
    let memory = instruction.memory
    let size = instruction.addressSize
    var terms = ""
    if memory.base == MemoryOperand.rip {
      terms = size == 8 ? "rip" : "eip"
    } else if memory.base != MemoryOperand.noRegister {
      terms = registerName(memory.base, size: size)
    }
    if memory.index != MemoryOperand.noRegister {
      if !terms.isEmpty { terms += " + " }
      terms +=
        memory.vectorIndexSize == 0
        ? registerName(memory.index, size: size)
        : vectorName(memory.index, size: memory.vectorIndexSize)
      if memory.scale != 0 { terms += "*\(1 << memory.scale)" }
    }
    if terms.isEmpty {
      terms = number(memory.displacement, isSigned: false)
    } else if memory.displacement < 0 {
      terms += " - " + number(Int64(bitPattern: memory.displacement.magnitude))
    } else if memory.displacement > 0 {
      terms += " + " + number(memory.displacement)
    }
    return segment(memory.segment) + "[" + terms + "]"
  }

  private static func segment(_ override: SegmentOverride) -> String {
    switch override {
    case .none: ""
    case .fs: "fs:"
    case .gs: "gs:"
    }
  }

  /// The implicit operands of the string instructions and XLAT; nil for all others.
  private static func stringOperands(_ instruction: Instruction) -> String? {
    let size = instruction.operandSize
    let address = instruction.addressSize
    let destination = pointer(size) + "[\(registerName(7, size: address))]"
    let source =
      pointer(size) + segment(instruction.memory.segment) + "[\(registerName(6, size: address))]"
    let accumulator = registerName(0, size: size)
    return switch instruction.operation {
    case .movs: "\(destination), \(source)"
    case .cmps: "\(source), \(destination)"
    case .stos: "\(destination), \(accumulator)"
    case .lods: "\(accumulator), \(source)"
    case .scas: "\(accumulator), \(destination)"
    case .ins: "\(destination), dx"
    case .outs: "dx, \(source)"
    default: nil
    }
  }

  /// Small numbers in decimal, others in hexadecimal, as Capstone.
  private static func number(_ value: Int64, isSigned: Bool = true) -> String {
    if isSigned && value < 0 && value != Int64.min {
      return "-" + number(-value)
    }
    return hexadecimal(UInt64(bitPattern: value))
  }

  private static func hexadecimal(_ value: UInt64) -> String {
    value < 10 ? "\(value)" : "0x" + String(value, radix: 16)
  }
}
