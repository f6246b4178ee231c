/// Reads a row's syntax and opcode into a `DecodeRule` and the opcode bytes that lead to it.
///
/// Works on bytes and allocates nothing: it runs once a row, while the guest waits. The
/// notation is described in InstructionTable.swift.
struct RowParser {
  var rule = DecodeRule()
  /// The opcode bytes that lead to the row.
  let key: OpcodeKey

  private var opcodeBytes = 0
  private var sizes: UInt32 = 0
  private var hasSizeToken = false
  private var hasREXW = false
  private var hasSlashR = false
  private var hasSlashDigit = false
  private var hasOpcodeRegister = false
  private var operandCount = 0
  private var inferredSize: UInt8 = 0
  private var usesXMM = false
  private var usesSystemRegister = false
  private var plainRegisters = 0
  /// The first plain register stands in ModRM.reg already.
  private var regIsTaken = false
  /// Where the operands of a row with VEX are; empty without VEX.
  var vexRoles = VEXRoles()
  var isVEX: Bool { key.map > 3 }

  init(form: InstructionForm, index: UInt16, traits: InstructionTraits) {
    key = OpcodeKey(parsing: form.opcodeText)
    rule.formIndex = index
    if key.map == 0 && key.opcode & 0xF8 == 0xD8 { rule.properties.insert(.isX87) }
    rule.operation = form.operation
    if traits.properties.contains(.allowsLock) { rule.properties.insert(.allowsLock) }
    if traits.properties.contains(.signExtendsImmediate) { rule.properties.insert(.signExtends) }
    parseOpcode(form.opcodeText)
    if isVEX {
      vexRoles = VEXRoles(
        form.syntaxText,
        hasDigit: hasSlashDigit,
        storesFirst: key.map == 4 && key.opcode == 0x11
      )
    }
    parseSyntax(form.syntaxText, traits)
    settleSize()
  }

  private mutating func restrict(_ field: UInt32, to bits: UInt32) {
    rule.accepts = (rule.accepts & ~field) | (rule.accepts & bits)
  }

  // MARK: - Opcode

  private mutating func parseOpcode(_ text: UnsafePointer<UInt8>) {
    var cursor = text
    while true {
      while cursor.pointee == UInt8(ascii: " ") { cursor += 1 }
      if cursor.pointee == 0 { return }
      let start = cursor
      while cursor.pointee != 0 && cursor.pointee != UInt8(ascii: " ") { cursor += 1 }
      parseOpcodeToken(start, cursor - start)
    }
  }

  private mutating func parseOpcodeToken(_ token: UnsafePointer<UInt8>, _ length: Int) {
    if length != 10, let byte = OpcodeKey.byte(token) {
      addByte(byte)
      if length > 2 { addSuffix(token + 2) }
      return
    }
    switch (token[0], token[1]) {
    case (UInt8(ascii: "/"), UInt8(ascii: "r")):
      hasSlashR = true
      rule.properties.insert(.hasModRM)
    case (UInt8(ascii: "/"), UInt8(ascii: "i")): rule.immediateSize = 1
    case (UInt8(ascii: "V"), _): parseVEX(token, length)
    case (UInt8(ascii: "/"), let digit):
      hasSlashDigit = true
      rule.properties.insert(.hasModRM)
      restrict(Situation.anyReg, to: 1 << (Situation.regShift &+ UInt32(digit &- 0x30)))
    case (UInt8(ascii: "i"), let letter): addImmediate(letter)
    case (UInt8(ascii: "c"), let letter): addImmediate(letter)
    case (UInt8(ascii: "N"), UInt8(ascii: "P")):
      restrict(Situation.anyPrefix, to: Situation.noPrefix)
      rule.properties.insert(.hasMandatoryPrefix)
    case (UInt8(ascii: "N"), UInt8(ascii: "F")):
      restrict(Situation.anyPrefix, to: Situation.noPrefix | Situation.prefix66)
    case (UInt8(ascii: "R"), _):
      hasREXW = true
      setSize(Situation.size64, 8)
    case (UInt8(ascii: "!"), _):
      restrict(Situation.rexB0 | Situation.rexB1, to: Situation.rexB0)
    case (UInt8(ascii: "a"), let digit):
      restrict(
        Situation.address64 | Situation.address32,
        to: digit == UInt8(ascii: "6") ? Situation.address64 : Situation.address32
      )
    case (UInt8(ascii: "o"), UInt8(ascii: "8")): setSize(Situation.anySize, 1)
    case (UInt8(ascii: "o"), UInt8(ascii: "1")): setSize(Situation.size16, 2)
    case (UInt8(ascii: "o"), UInt8(ascii: "3")): setSize(Situation.size32, 4)
    case (UInt8(ascii: "o"), _): setSize(Situation.anySize, 0)
    case (UInt8(ascii: "d"), UInt8(ascii: "6")): setSize(Situation.size32 | Situation.size64, 8)
    case (UInt8(ascii: "d"), _): setSize(Situation.size32 | Situation.size64, 4)
    case (UInt8(ascii: "f"), _): setSize(Situation.anySize, 8)
    case (UInt8(ascii: "1"), _) where length == 10: addModRMBits(token + 3)
    default: break  // the "+" of "REX.W +"
    }
  }

  /// `VEX.128.66.0F38.W0`: L, mandatory prefix, map, W.
  private mutating func parseVEX(_ token: UnsafePointer<UInt8>, _ length: Int) {
    hasSizeToken = true
    sizes = Situation.size32 | Situation.size64
    rule.properties.insert(.hasMandatoryPrefix)
    var prefix = Situation.noPrefix
    var lengths = Situation.vector128 | Situation.vector256
    for start in 4..<length where token[start - 1] == UInt8(ascii: ".") {
      switch (token[start], token[start + 1]) {
      case (UInt8(ascii: "1"), _), (UInt8(ascii: "L"), UInt8(ascii: "Z")):
        lengths = Situation.vector128
      case (UInt8(ascii: "2"), _): lengths = Situation.vector256
      case (UInt8(ascii: "6"), _): prefix = Situation.prefix66
      case (UInt8(ascii: "F"), UInt8(ascii: "3")): prefix = Situation.prefixF3
      case (UInt8(ascii: "F"), UInt8(ascii: "2")): prefix = Situation.prefixF2
      case (UInt8(ascii: "W"), UInt8(ascii: "0")): sizes = Situation.size32
      case (UInt8(ascii: "W"), UInt8(ascii: "1")): sizes = Situation.size64
      default: break  // LIG, WIG, the map
      }
    }
    restrict(Situation.anyPrefix, to: prefix)
    restrict(Situation.vector128 | Situation.vector256, to: lengths)
  }

  private mutating func setSize(_ bits: UInt32, _ bytes: UInt8) {
    hasSizeToken = true
    sizes = bits
    rule.operandSize = bytes
  }

  private mutating func addByte(_ byte: UInt8) {
    if opcodeBytes == 0 && !isVEX {
      switch byte {
      case 0x66: return restrictMandatory(Situation.prefix66)
      case 0xF3: return restrictMandatory(Situation.prefixF3)
      case 0xF2: return restrictMandatory(Situation.prefixF2)
      default: break
      }
    }
    opcodeBytes += 1
    if opcodeBytes > key.byteCount {
      // A byte after the opcode fixes ModRM: 0F 01 F8.
      rule.properties.insert(.hasModRM)
      restrict(Situation.memory | Situation.register, to: Situation.register)
      restrict(Situation.anyReg, to: 1 << (Situation.regShift &+ UInt32(byte >> 3 & 7)))
      restrict(Situation.anyRM, to: 1 << (Situation.rmShift &+ UInt32(byte & 7)))
    }
  }

  private mutating func restrictMandatory(_ bit: UInt32) {
    restrict(Situation.anyPrefix, to: bit)
    rule.properties.insert(.hasMandatoryPrefix)
  }

  /// `+rb +rw +rd +ro +cc`, and `+i` of an x87 row.
  private mutating func addSuffix(_ suffix: UnsafePointer<UInt8>) {
    if suffix[1] == UInt8(ascii: "c") {
      rule.properties.insert(.hasCondition)
    } else if suffix[1] == UInt8(ascii: "i") {
      rule.accepts |= Situation.anyRM
    } else {
      hasOpcodeRegister = true
    }
  }

  private mutating func addImmediate(_ letter: UInt8) {
    if rule.immediateSize != 0 {
      rule.properties.insert(.hasSecondImmediate)
      return
    }
    rule.immediateSize =
      switch letter {
      case UInt8(ascii: "b"): 1
      case UInt8(ascii: "w"): 2
      case UInt8(ascii: "d"): 4
      default: 8
      }
  }

  /// `101:bbb` of `11:101:bbb`.
  private mutating func addModRMBits(_ bits: UnsafePointer<UInt8>) {
    rule.properties.insert(.hasModRM)
    let reg = (bits[0] & 1) << 2 | (bits[1] & 1) << 1 | (bits[2] & 1)
    restrict(Situation.memory | Situation.register, to: Situation.register)
    restrict(Situation.anyReg, to: 1 << (Situation.regShift &+ UInt32(reg)))
  }

  // MARK: - Syntax

  private mutating func parseSyntax(_ text: UnsafePointer<UInt8>, _ traits: InstructionTraits) {
    var cursor = text
    while cursor.pointee != 0 && cursor.pointee != UInt8(ascii: " ") { cursor += 1 }
    while cursor.pointee != 0 {
      while cursor.pointee == UInt8(ascii: " ") || cursor.pointee == UInt8(ascii: ",") {
        cursor += 1
      }
      let start = cursor
      while cursor.pointee != 0 && cursor.pointee != UInt8(ascii: ",") { cursor += 1 }
      var next = operand(start)
      // Only an address is formed: LEA, NOP, PREFETCH.
      if traits.access(of: operandCount) == .none { next.memorySize = 0 }
      addOperand(next)
    }
  }

  private mutating func addOperand(_ operand: OperandRule) {
    switch operandCount {
    case 0: rule.operands.0 = operand
    case 1: rule.operands.1 = operand
    case 2: rule.operands.2 = operand
    default: rule.operands.3 = operand
    }
    operandCount += 1
  }

  private mutating func operand(_ token: UnsafePointer<UInt8>) -> OperandRule {
    switch token[0] {
    case UInt8(ascii: "r"):
      if token[1] == UInt8(ascii: "e") {
        rule.properties.insert(.signExtends)
        return OperandRule(encoding: .relative, size: rule.immediateSize)
      }
      if token[1] == UInt8(ascii: "/") {
        let size = Self.bytes(token + 3)
        infer(size)
        rule.properties.insert(.usesRM)
        return OperandRule(encoding: .rm, size: size, memorySize: size)
      }
      let size = Self.bytes(token + 1)
      infer(size)
      let separator = token + (size == 1 ? 2 : 3)
      if separator[0] == UInt8(ascii: "/") {
        rule.properties.insert(.usesRM)
        return OperandRule(encoding: .rm, size: size, memorySize: Self.bytes(separator + 2))
      }
      return plainRegister(.reg, .rm, size)
    case UInt8(ascii: "x"), UInt8(ascii: "y"):
      usesXMM = true
      let bytes: UInt8 = token[0] == UInt8(ascii: "x") ? 16 : 32
      let separator = token + 4
      if separator[0] == UInt8(ascii: "/") {
        let size = Self.bytes(separator + 2)
        rule.properties.insert(.usesRM)
        return OperandRule(
          encoding: .xmmRM,
          size: isVEX ? bytes : size,
          memorySize: size
        )
      }
      return plainRegister(.xmmReg, .xmmRM, bytes)
    case UInt8(ascii: "v"): return vectorIndexed(token)
    case UInt8(ascii: "m") where token[1] == UInt8(ascii: "m"): return mmx(token + 2)
    case UInt8(ascii: "m"): return memory(token)
    case UInt8(ascii: "i"):
      if operandCount > 0 && rule.properties.contains(.hasSecondImmediate) {
        return OperandRule(encoding: .secondImmediate, size: 1)
      }
      return OperandRule(encoding: .immediate, size: rule.immediateSize)
    case UInt8(ascii: "1"): return OperandRule(encoding: .one, size: 1)
    case UInt8(ascii: "<"): return OperandRule(encoding: .fixedXMM, size: 16)
    case UInt8(ascii: "A"): return accumulator(token[1] == UInt8(ascii: "L") ? 1 : 2)
    case UInt8(ascii: "E"): return accumulator(4)
    case UInt8(ascii: "R"): return accumulator(8)
    case UInt8(ascii: "C") where token[1] == UInt8(ascii: "L"):
      return OperandRule(encoding: .fixedRegister, size: 1, register: 1)
    case UInt8(ascii: "D") where token[1] == UInt8(ascii: "X"):
      return OperandRule(encoding: .fixedRegister, size: 2, register: 2)
    case UInt8(ascii: "C"): return systemRegister(.controlReg)
    case UInt8(ascii: "D"): return systemRegister(.debugReg)
    case UInt8(ascii: "S") where token[1] == UInt8(ascii: "T"):
      // ST(0) or ST(i)
      return OperandRule(encoding: token[3] == UInt8(ascii: "i") ? .x87RM : .fixedX87, size: 10)
    case UInt8(ascii: "S"):
      regIsTaken = true
      return OperandRule(encoding: .segmentReg, size: 2)
    case UInt8(ascii: "F"): return OperandRule(encoding: .fixedSegment, size: 2, register: 4)
    default: return OperandRule(encoding: .fixedSegment, size: 2, register: 5)
    }
  }

  /// What follows `mm`: a digit that means nothing, a memory alternative.
  private mutating func mmx(_ suffix: UnsafePointer<UInt8>) -> OperandRule {
    usesXMM = true
    var separator = suffix
    while separator.pointee &- 0x30 < 10 { separator += 1 }
    if separator[0] == UInt8(ascii: "/") {
      rule.properties.insert(.usesRM)
      return OperandRule(encoding: .mmxRM, size: 8, memorySize: Self.bytes(separator + 2))
    }
    return plainRegister(.mmxReg, .mmxRM, 8)
  }

  private mutating func accumulator(_ size: UInt8) -> OperandRule {
    infer(size)
    return OperandRule(encoding: .fixedRegister, size: size, register: 0)
  }

  private mutating func systemRegister(_ encoding: OperandRule.Encoding) -> OperandRule {
    usesSystemRegister = true
    rule.properties.insert(.ignoresMod)
    return OperandRule(encoding: encoding, size: 8)
  }

  /// `vm32x`: one element of 32 bits at a time, the indexes in an XMM register.
  private mutating func vectorIndexed(_ token: UnsafePointer<UInt8>) -> OperandRule {
    rule.properties.insert(.usesRM)
    rule.properties.insert(.hasVectorIndex)
    if token[4] == UInt8(ascii: "y") { rule.properties.insert(.hasWideIndex) }
    // What a load takes is as wide as the elements, which W tells.
    let size: UInt8 = sizes == Situation.size64 ? 8 : 4
    restrict(Situation.memory | Situation.register, to: Situation.memory)
    restrict(Situation.anyRM, to: 1 << (Situation.rmShift &+ 4))
    return OperandRule(encoding: .rm, size: size, memorySize: size)
  }

  /// A register without a memory alternative: in the opcode, in ModRM.reg, or - the second one, or
  /// beside `/digit` or a system register - in ModRM.rm with mod 11.
  private mutating func plainRegister(
    _ reg: OperandRule.Encoding,
    _ rm: OperandRule.Encoding,
    _ size: UInt8
  ) -> OperandRule {
    if isVEX { return vexRegister(isVector: reg == .xmmReg, size) }
    if hasOpcodeRegister { return OperandRule(encoding: .opcode, size: size) }
    if usesSystemRegisterByOpcode {
      rule.properties.insert(.usesRM)
      return OperandRule(encoding: rm, size: size)
    }
    if hasSlashDigit || (plainRegisters == 1 && regIsTaken) {
      rule.properties.insert(.usesRM)
      restrict(Situation.memory | Situation.register, to: Situation.register)
      return OperandRule(encoding: rm, size: size)
    }
    plainRegisters += 1
    regIsTaken = true
    return OperandRule(encoding: reg, size: size)
  }

  private mutating func vexRegister(isVector: Bool, _ size: UInt8) -> OperandRule {
    let encoding: OperandRule.Encoding
    switch vexRoles.role(of: operandCount) {
    case .reg: encoding = isVector ? .xmmReg : .reg
    case .vvvv:
      rule.properties.insert(.usesVVVV)
      encoding = isVector ? .xmmVVVV : .vvvv
    case .rm:
      rule.properties.insert(.usesRM)
      restrict(Situation.memory | Situation.register, to: Situation.register)
      encoding = isVector ? .xmmRM : .rm
    case .is4: encoding = .xmmIs4
    }
    return OperandRule(encoding: encoding, size: size)
  }

  /// `MOV r64, CRn` names the register before the control register: 0F 20 ... 0F 23.
  private var usesSystemRegisterByOpcode: Bool {
    usesSystemRegister || (key.map == 1 && key.opcode & 0xFC == 0x20)
  }

  private mutating func memory(_ token: UnsafePointer<UInt8>) -> OperandRule {
    if token[1] == UInt8(ascii: "o") {
      let size = Self.bytes(token + 5)
      infer(size)
      return OperandRule(encoding: .moffs, size: size, memorySize: size)
    }
    rule.properties.insert(.usesRM)
    restrict(Situation.memory | Situation.register, to: Situation.memory)
    var size = Self.bytes(token + 1)
    if size == 2 && token[3] == UInt8(ascii: ":") { size &+= Self.bytes(token + 4) }
    return OperandRule(encoding: .rm, size: size, memorySize: size)
  }

  private mutating func infer(_ size: UInt8) {
    if inferredSize == 0 { inferredSize = size }
  }

  /// Decimal bits at `text` as bytes (`m28byte` is in bytes already); 0 if there are none.
  private static func bytes(_ text: UnsafePointer<UInt8>) -> UInt8 {
    var bits = 0
    var cursor = text
    while cursor.pointee &- 0x30 < 10 {
      bits = bits &* 10 &+ Int(cursor.pointee &- 0x30)
      cursor += 1
    }
    let areBytes = cursor[0] == UInt8(ascii: "b") && cursor[1] == UInt8(ascii: "y")
    return UInt8(truncatingIfNeeded: areBytes ? bits : bits >> 3)
  }

  // MARK: - Operand size

  private mutating func settleSize() {
    if !hasSizeToken {
      switch usesXMM ? 0 : inferredSize {
      case 1: setSize(Situation.anySize, 1)
      case 2: setSize(Situation.size16, 2)
      case 4: setSize(Situation.size32, 4)
      case 8: setSize(Situation.size32 | Situation.size64, 8)
      default: setSize(Situation.anySize, usesXMM ? 4 : 0)
      }
    }
    restrict(Situation.anySize, to: sizes)
    if isVEX {
      let implied: UInt8 = sizes == Situation.size64 ? 8 : 4
      rule.operandSize = usesXMM || inferredSize == 0 ? implied : inferredSize
    }
    if rule.operandSize == 8 && rule.immediateSize == 4 { rule.properties.insert(.signExtends) }
  }
}
