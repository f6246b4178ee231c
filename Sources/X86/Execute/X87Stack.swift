// The x87 stack as instructions see it: registers, pushes and pops, exceptions.
// Intel SDM Vol. 1, 8.1 and 8.5.

extension X87Unit {
  /// ST(`n`) is empty.
  @inline(__always) func isEmpty(_ n: UInt8) -> Bool { tags >> physical(n) & 1 == 0 }

  /// Marks ST(`n`) as empty.
  @inline(__always) mutating func free(_ n: UInt8) { tags &= ~(1 &<< physical(n)) }

  /// Marks ST(`n`) as not empty.
  @inline(__always) mutating func fill(_ n: UInt8) { tags |= 1 &<< physical(n) }

  /// ST(0) is gone, ST(1) becomes ST(0).
  @inline(__always) mutating func pop() {
    free(0)
    top = (top &+ 1) & 7
  }

  /// Takes the exceptions of an operation and C1.
  ///
  /// - Returns: true when none that is found before an operation is unmasked: the result counts.
  @discardableResult
  mutating func raise(_ result: UInt16) -> Bool {
    var flags = result & (X87Status.exceptions | X87Status.stackFault)
    let unmaskedEarly = flags & X87Status.early & ~control
    // What is found before the operation keeps what would follow from its result away.
    var c1 = result & X87Status.c1
    if unmaskedEarly != 0 {
      flags &= X87Status.early | X87Status.stackFault
      if flags & X87Status.stackFault == 0 { c1 = 0 }
    }
    status = status & ~X87Status.c1 | c1 | flags
    updateSummary()
    return unmaskedEarly == 0
  }

  /// A register that should hold something is empty: IE, SF, C1 clear.
  ///
  /// - Returns: true when that is masked: the indefinite stands for the value.
  mutating func raiseUnderflow() -> Bool { raise(X87Status.invalid | X87Status.stackFault) }

  /// A register that should be empty is not: IE, SF, C1 set.
  mutating func raiseOverflow() -> Bool {
    raise(X87Status.invalid | X87Status.stackFault | X87Status.c1)
  }

  /// Takes the condition codes C3, C2 and C0.
  @inline(__always) mutating func setConditions(_ word: UInt16) {
    let mask = X87Status.c3 | X87Status.c2 | X87Status.c0
    status = status & ~mask | word & mask
  }
}

extension VCPU {
  /// The value of ST(`n`).
  @inline(__always) func st(_ n: UInt8) -> Float80Bits {
    let register = cpu.x87Register(cpu.x87.pointee.physical(n))
    return Float80Bits(
      significand: register.load(as: UInt64.self),
      signExponent: register.load(fromByteOffset: 8, as: UInt16.self)
    )
  }

  /// Sets ST(`n`), which is not empty then.
  @inline(__always) func setST(_ n: UInt8, _ value: Float80Bits) {
    let register = cpu.x87Register(cpu.x87.pointee.physical(n))
    register.storeBytes(of: value.significand, as: UInt64.self)
    register.storeBytes(of: value.signExponent, toByteOffset: 8, as: UInt16.self)
    cpu.x87.pointee.fill(n)
  }

  /// Pushes `value`, or what a full stack makes of it. C1 is clear otherwise.
  func pushST(_ value: Float80Bits) {
    var value = value
    if !cpu.x87.pointee.isEmpty(7) {
      guard cpu.x87.pointee.raiseOverflow() else { return }
      value = .indefinite
    } else {
      cpu.x87.pointee.status &= ~X87Status.c1
    }
    cpu.x87.pointee.top = (cpu.x87.pointee.top &- 1) & 7
    setST(0, value)
  }
}
