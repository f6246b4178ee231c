// x87 instructions that compute or compare. Intel SDM Vol. 1, 8.3, and Vol. 2, F.

extension VCPU {
  /// Executes an arithmetic or comparing x87 instruction; false when `i` is none.
  func executeX87Arithmetic(
    _ i: Instruction,
    _ rip: UInt64
  ) throws(CPUException) -> Bool {
    if let shape = X87Shape(i.operation) {
      try compute(i, rip, shape)
      return true
    }
    if let comparison = X87Comparison(i) {
      try compare(i, rip, comparison)
      return true
    }
    switch i.operation {
    case .fsqrt, .frndint, .f2xm1, .fsin, .fcos:
      noteX87(i, rip)
      unary(i.operation)
    case .fscale, .fprem, .fprem1:
      noteX87(i, rip)
      binary(i.operation, into: 0)
    case .fyl2x, .fyl2xp1, .fpatan:
      noteX87(i, rip)
      if binary(i.operation, into: 1) { cpu.x87.pointee.pop() }
    case .fxtract, .fptan, .fsincos:
      noteX87(i, rip)
      pushing(i.operation)
    default: return false
    }
    return true
  }

  /// FADD, FSUB, FSUBR, FMUL, FDIV, FDIVR with a register or a number in memory.
  private func compute(_ i: Instruction, _ rip: UInt64, _ shape: X87Shape) throws(CPUException) {
    let unit = cpu.x87
    var to: UInt8 = 0
    var source = X87Source(value: .zero)
    if i.operands.0.kind == .memory {
      source = try x87Operand(i, isInteger: shape.isInteger)
      noteX87(i, rip)
    } else {
      noteX87(i, rip)
      to = i.operands.0.register
      let from = i.operands.1.register
      source.isEmpty = unit.pointee.isEmpty(from)
      source.value = st(from)
    }
    if unit.pointee.isEmpty(to) || source.isEmpty {
      guard unit.pointee.raiseUnderflow() else { return }
      setST(to, .indefinite)
    } else {
      let (a, b) = shape.isReversed ? (source.value, st(to)) : (st(to), source.value)
      var result = x87Arithmetic.compute(shape.function, a, b)
      result.status |= source.denormalFlag(result.status, other: st(to))
      guard unit.pointee.raise(result.status) else { return }
      setST(to, result.value)
    }
    if shape.pops { unit.pointee.pop() }
  }

  /// A number in memory, widened exactly.
  private func x87Operand(
    _ i: Instruction,
    isInteger: Bool
  ) throws(CPUException) -> X87Source {
    let at = address(of: i)
    let stack = isStack(i)
    let size = i.operands.0.size
    if isInteger { return X87Source(value: try x87Integer(at, size, stack: stack)) }
    if size == 4 {
      let bits: UInt32 = try read(at, stack: stack)
      let magnitude = bits & 0x7FFF_FFFF
      return X87Source(
        value: Float80Bits(single: bits),
        isDenormal: magnitude != 0 && magnitude < 0x80_0000
      )
    }
    let bits: UInt64 = try read(at, stack: stack)
    let magnitude = bits & UInt64.max >> 1
    return X87Source(
      value: Float80Bits(double: bits),
      isDenormal: magnitude != 0 && magnitude < 1 << 52
    )
  }

  private func unary(_ operation: Operation) {
    let unit = cpu.x87
    if unit.pointee.isEmpty(0) {
      if operation == .fsin || operation == .fcos { takeC2(0) }
      if unit.pointee.raiseUnderflow() { setST(0, .indefinite) }
      return
    }
    let result = x87Arithmetic.compute(operation, st(0), .zero)
    if operation == .fsin || operation == .fcos { takeC2(result.status) }
    if unit.pointee.raise(result.status) { setST(0, result.value) }
  }

  /// Of ST(0) and ST(1); true when the result counts.
  @discardableResult
  private func binary(_ operation: Operation, into n: UInt8) -> Bool {
    let unit = cpu.x87
    let isRemainder = operation == .fprem || operation == .fprem1
    if unit.pointee.isEmpty(0) || unit.pointee.isEmpty(1) {
      if isRemainder { takeC2(0) }
      guard unit.pointee.raiseUnderflow() else { return false }
      setST(n, .indefinite)
      return true
    }
    let result = x87Arithmetic.compute(operation, st(0), st(1))
    if isRemainder {
      // Without a quotient its bits stay what they were.
      let isKept = result.status & X87Status.early & ~unit.pointee.control != 0
      if result.status & X87Status.invalid != 0 || isKept || result.value.isNaN {
        takeC2(0)
      } else {
        unit.pointee.setConditions(result.status)
      }
    }
    guard unit.pointee.raise(result.status) else { return false }
    setST(n, result.value)
    return true
  }

  /// FXTRACT, FPTAN, FSINCOS: one result into ST(0), another pushed.
  private func pushing(_ operation: Operation) {
    let unit = cpu.x87
    let isEmpty = unit.pointee.isEmpty(0)
    if isEmpty || !unit.pointee.isEmpty(7) {
      if operation != .fxtract { takeC2(0) }
      guard isEmpty ? unit.pointee.raiseUnderflow() : unit.pointee.raiseOverflow() else { return }
      setST(0, .indefinite)
      unit.pointee.top = (unit.pointee.top &- 1) & 7
      return setST(0, .indefinite)
    }
    let result = x87Arithmetic.compute(operation, st(0), .zero)
    if operation != .fxtract {
      takeC2(result.status)
      if result.status & X87Status.c2 != 0 {
        unit.pointee.raise(result.status)
        return
      }
    }
    guard unit.pointee.raise(result.status) else { return }
    setST(0, result.value)
    unit.pointee.top = (unit.pointee.top &- 1) & 7
    setST(0, result.second)
  }

  /// C2: the operand is out of range and stays.
  private func takeC2(_ word: UInt16) {
    cpu.x87.pointee.status = cpu.x87.pointee.status & ~X87Status.c2 | word & X87Status.c2
  }

  private func compare(
    _ i: Instruction,
    _ rip: UInt64,
    _ comparison: X87Comparison
  ) throws(CPUException) {
    let unit = cpu.x87
    let c1 = unit.pointee.status & X87Status.c1
    var source = X87Source(value: .zero)
    if i.operands.0.kind == .memory {
      source = try x87Operand(i, isInteger: comparison.isInteger)
      noteX87(i, rip)
    } else {
      noteX87(i, rip)
      if let from = comparison.from {
        source.isEmpty = unit.pointee.isEmpty(from)
        source.value = st(from)
      }
    }
    var word = X87Status.c3 | X87Status.c2 | X87Status.c0
    var counts: Bool
    if unit.pointee.isEmpty(0) || source.isEmpty {
      counts = unit.pointee.raiseUnderflow()
    } else {
      var result = x87Arithmetic.compute(comparison.isQuiet ? .fucom : .fcom, st(0), source.value)
      result.status |= source.denormalFlag(result.status, other: st(0))
      counts = unit.pointee.raise(result.status)
      // UNDEFINED: C1 stays as it was where the result goes to RFLAGS.
      if comparison.setsFlags { unit.pointee.status |= c1 }
      word = result.status
    }
    // Set even when the exception is unmasked; only the pop does not happen then.
    if comparison.setsFlags {
      var flags = rflags.rawValue & ~0x8D5
      if word & X87Status.c3 != 0 { flags |= 0x40 }
      if word & X87Status.c2 != 0 { flags |= 4 }
      if word & X87Status.c0 != 0 { flags |= 1 }
      rflags = RFLAGS(rawValue: flags)
    } else {
      unit.pointee.setConditions(word)
    }
    guard counts else { return }
    for _ in 0..<comparison.pops { unit.pointee.pop() }
  }
}

/// The second operand of an operation.
struct X87Source {
  var value: Float80Bits
  /// It was a denormal of a narrower format, which is none any more.
  var isDenormal = false
  /// It is an empty register.
  var isEmpty = false

  /// DE, unless something else about the operands comes first.
  func denormalFlag(_ status: UInt16, other: Float80Bits) -> UInt16 {
    guard isDenormal, status & X87Status.invalid == 0, !other.isNaN else { return 0 }
    return X87Status.denormal
  }
}

/// What the twenty-four arithmetic mnemonics have in common.
struct X87Shape {
  var function: Operation
  var isReversed = false
  var pops = false
  var isInteger = false

  init?(_ operation: Operation) {
    switch operation {
    case .fadd: self.init(function: .fadd)
    case .faddp: self.init(function: .fadd, pops: true)
    case .fiadd: self.init(function: .fadd, isInteger: true)
    case .fmul: self.init(function: .fmul)
    case .fmulp: self.init(function: .fmul, pops: true)
    case .fimul: self.init(function: .fmul, isInteger: true)
    case .fsub: self.init(function: .fsub)
    case .fsubp: self.init(function: .fsub, pops: true)
    case .fisub: self.init(function: .fsub, isInteger: true)
    case .fsubr: self.init(function: .fsub, isReversed: true)
    case .fsubrp: self.init(function: .fsub, isReversed: true, pops: true)
    case .fisubr: self.init(function: .fsub, isReversed: true, isInteger: true)
    case .fdiv: self.init(function: .fdiv)
    case .fdivp: self.init(function: .fdiv, pops: true)
    case .fidiv: self.init(function: .fdiv, isInteger: true)
    case .fdivr: self.init(function: .fdiv, isReversed: true)
    case .fdivrp: self.init(function: .fdiv, isReversed: true, pops: true)
    case .fidivr: self.init(function: .fdiv, isReversed: true, isInteger: true)
    default: return nil
    }
  }

  private init(
    function: Operation,
    isReversed: Bool = false,
    pops: Bool = false,
    isInteger: Bool = false
  ) {
    self.function = function
    self.isReversed = isReversed
    self.pops = pops
    self.isInteger = isInteger
  }
}

/// What the comparing mnemonics have in common.
struct X87Comparison {
  /// The register that ST(0) is compared with; nil: memory, or zero.
  var from: UInt8?
  /// A quiet NaN is no invalid operand.
  var isQuiet = false
  /// The result goes to ZF, PF and CF.
  var setsFlags = false
  var isInteger = false
  var pops = 0

  init?(_ i: Instruction) {
    from = i.operands.0.register
    switch i.operation {
    case .fcom: break
    case .fcomp: pops = 1
    case .ficom: isInteger = true
    case .ficomp:
      isInteger = true
      pops = 1
    case .fcompp:
      from = 1
      pops = 2
    case .fucom: isQuiet = true
    case .fucomp:
      isQuiet = true
      pops = 1
    case .fucompp:
      from = 1
      isQuiet = true
      pops = 2
    case .fcomi, .fcomip, .fucomi, .fucomip:
      from = i.operands.1.register
      isQuiet = i.operation == .fucomi || i.operation == .fucomip
      setsFlags = true
      pops = i.operation == .fcomip || i.operation == .fucomip ? 1 : 0
    case .ftst: from = nil
    default: return nil
    }
  }
}
