// The x87 control and state instructions. Intel SDM Vol. 1, 8.1.10, and Vol. 2, F.

extension VCPU {
  /// Executes what does not wait for a pending exception; false when `i` waits.
  func executeX87Control(_ i: Instruction) throws(CPUException) -> Bool {
    let unit = cpu.x87
    switch i.operation {
    case .fneni: break  // controlled the 8087 and the 80287
    case .fninit: initializeX87()
    case .fnclex:
      unit.pointee.status &= X87Status.conditions
      clearHostX87()
    case .fnstcw:
      try write(address(of: i), unit.pointee.control, stack: isStack(i))
    case .fnstsw:
      let word = unit.pointee.statusWord
      if i.operands.0.kind == .memory {
        try write(address(of: i), word, stack: isStack(i))
      } else {
        put(cpu, Slot.rax, word)
      }
    case .fnstenv:
      try storeX87(i, count: i.operandSize == 2 ? 14 : 28)
      setX87Control(unit.pointee.control | X87Status.exceptions)
    case .fnsave:
      try storeX87(i, count: i.operandSize == 2 ? 94 : 108)
      initializeX87()
    default: return false
    }
    return true
  }

  /// FNINIT.
  private func initializeX87() {
    cpu.x87.pointee = X87Unit()
    setX87Control(X87Unit.initialControl)
  }

  /// Sets the control word, and what follows from it.
  func setX87Control(_ word: UInt16) {
    // Bit 6 is always set; 7 and 13 ... 15 do not exist.
    cpu.x87.pointee.control = word & 0x1F3F | 0x40
    cpu.x87.pointee.updateSummary()
    updateX87Slow()
    loadHostX87Control()
  }

  /// FLDCW.
  func loadX87Control(_ i: Instruction) throws(CPUException) {
    setX87Control(try read(address(of: i), stack: isStack(i)))
  }

  /// FLDENV.
  func loadX87Environment(_ i: Instruction) throws(CPUException) {
    let place = try imagePlace(i, i.operandSize == 2 ? 14 : 28, .read)
    takeEnvironment(place, isWide: i.operandSize != 2)
  }

  /// FRSTOR.
  func restoreX87(_ i: Instruction) throws(CPUException) {
    let isWide = i.operandSize != 2
    let place = try imagePlace(i, isWide ? 108 : 94, .read)
    takeEnvironment(place, isWide: isWide)
    let start = isWide ? 28 : 14
    for n in 0..<8 {
      let register = cpu.x87Register(cpu.x87.pointee.physical(UInt8(n)))
      for k in 0..<10 {
        register.storeBytes(
          of: byte(start &+ n &* 10 &+ k, of: place),
          toByteOffset: k,
          as: UInt8.self
        )
      }
    }
  }

  /// The memory operand of an environment or a whole state.
  ///
  /// UNDEFINED: which of two pages is looked at first; AMD's processors try the last byte
  /// after the control word.
  private func imagePlace(
    _ i: Instruction,
    _ count: Int,
    _ kind: AccessKind
  ) throws(CPUException) -> MemoryPlace {
    let at = address(of: i)
    _ = try place(at, i.operandSize == 2 ? 2 : 4, kind, stack: isStack(i))
    _ = try place(at &+ UInt64(count) &- 1, 1, kind, stack: isStack(i))
    return try place(at, count, kind, stack: isStack(i))
  }

  /// Stores the environment, and the registers if there is room.
  private func storeX87(_ i: Instruction, count: Int) throws(CPUException) {
    let isWide = i.operandSize != 2
    let place = try imagePlace(i, count, .write)
    resolveLastX87()
    let unit = cpu.x87.pointee
    var image: [UInt8] = []
    image.reserveCapacity(108)
    func append(_ value: UInt16, _ upper: UInt16) {
      image.append(UInt8(truncatingIfNeeded: value))
      image.append(UInt8(truncatingIfNeeded: value >> 8))
      guard isWide else { return }
      image.append(UInt8(truncatingIfNeeded: upper))
      image.append(UInt8(truncatingIfNeeded: upper >> 8))
    }
    append(unit.control, 0xFFFF)
    append(unit.statusWord, 0xFFFF)
    append(fullTagWord, 0xFFFF)
    append(
      UInt16(truncatingIfNeeded: unit.lastInstruction),
      UInt16(truncatingIfNeeded: unit.lastInstruction >> 16)
    )
    append(0, unit.lastOpcode)
    append(
      UInt16(truncatingIfNeeded: unit.lastOperand),
      UInt16(truncatingIfNeeded: unit.lastOperand >> 16)
    )
    append(0, 0xFFFF)
    if count > 28 {
      for n in 0..<8 {
        let register = cpu.x87Register(unit.physical(UInt8(n)))
        image.append(contentsOf: UnsafeRawBufferPointer(start: register, count: 10))
      }
    }
    image.withUnsafeBytes { copy($0, to: place) }
  }

  /// Two bits a physical register: valid, zero, special, empty.
  private var fullTagWord: UInt16 {
    var word: UInt16 = 0
    for n in 0..<8 as Range<UInt8> {
      let register = cpu.x87Register(n)
      let value = Float80Bits(
        significand: register.load(as: UInt64.self),
        signExponent: register.load(fromByteOffset: 8, as: UInt16.self)
      )
      let tag: UInt16
      if cpu.x87.pointee.tags >> n & 1 == 0 {
        tag = 3
      } else if value.isZero {
        tag = 1
      } else if value.exponent == 0 || value.exponent == 0x7FFF || value.isUnsupported {
        tag = 2
      } else {
        tag = 0
      }
      word |= tag &<< (UInt16(n) &* 2)
    }
    return word
  }

  private func takeEnvironment(_ place: MemoryPlace, isWide: Bool) {
    func word(_ index: Int) -> UInt16 {
      let at = index &* (isWide ? 4 : 2)
      return UInt16(byte(at, of: place)) | UInt16(byte(at &+ 1, of: place)) &<< 8
    }
    func upper(_ index: Int) -> UInt16 {
      let at = index &* 4 &+ 2
      return UInt16(byte(at, of: place)) | UInt16(byte(at &+ 1, of: place)) &<< 8
    }
    let unit = cpu.x87
    unit.pointee.control = word(0)
    unit.pointee.setStatus(word(1))
    let tagWord = word(2)
    var tags: UInt8 = 0
    for n in 0..<8 where tagWord >> (UInt16(n) &* 2) & 3 != 3 { tags |= 1 &<< UInt8(n) }
    unit.pointee.tags = tags
    unit.pointee.lastMicroOp = 0
    unit.pointee.lastInstruction = UInt64(word(3)) | (isWide ? UInt64(upper(3)) &<< 16 : 0)
    unit.pointee.lastOpcode = isWide ? upper(4) & 0x7FF : 0
    unit.pointee.lastOperand = UInt64(word(5)) | (isWide ? UInt64(upper(5)) &<< 16 : 0)
    setX87Control(word(0))
  }
}
