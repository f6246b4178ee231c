/// What one x87 operation gives.
struct X87Result {
  /// The result; without meaning when an unmasked exception kept it from being made.
  var value: Float80Bits = .indefinite
  /// What FXTRACT, FPTAN and FSINCOS push.
  var second: Float80Bits = .indefinite
  /// Exception flags raised, C1, and the condition codes of those that set them.
  var status: UInt16 = 0
}

/// What storing in another format gives.
struct X87Stored {
  /// The bits to store, the low 64 of 80.
  var value: UInt64 = 0
  /// The high 16 of a packed decimal.
  var high: UInt16 = 0
  /// Exception flags raised, and C1.
  var status: UInt16 = 0
}

/// The arithmetic of the x87 unit, on the host's where it has one.
///
/// `operation` is one of the instructions that name the function: FADD, FSUB, FMUL, FDIV, FCOM, FSQRT
/// and so on, with `a` in ST(0) and `b` in ST(1).
struct X87Arithmetic {
  /// Precision, rounding and masks.
  var control: UInt16
  /// Use no instruction of the host's. For tests, and for hosts that have none.
  var isSoft: Bool

  func compute(_ operation: Operation, _ a: Float80Bits, _ b: Float80Bits) -> X87Result {
    #if arch(x86_64)
    if !isSoft { return HostX87.compute(operation, a, b, control) }
    #endif
    return SoftX87(control: control).compute(operation, a, b)
  }

  /// FLD of a single.
  func load(single bits: UInt32) -> X87Result {
    #if arch(x86_64)
    if !isSoft { return HostX87.load(single: bits, control) }
    #endif
    return SoftX87(control: control).load(single: bits)
  }

  /// FLD of a double.
  func load(double bits: UInt64) -> X87Result {
    #if arch(x86_64)
    if !isSoft { return HostX87.load(double: bits, control) }
    #endif
    return SoftX87(control: control).load(double: bits)
  }

  /// FST to `size` bytes.
  func store(_ a: Float80Bits, size: UInt8) -> X87Stored {
    #if arch(x86_64)
    if !isSoft { return HostX87.store(a, size: size, control) }
    #endif
    return SoftX87(control: control).store(a, size: size)
  }

  /// FIST to `size` bytes.
  func storeInteger(_ a: Float80Bits, size: UInt8) -> X87Stored {
    #if arch(x86_64)
    if !isSoft { return HostX87.storeInteger(a, size: size, control) }
    #endif
    return SoftX87(control: control).storeInteger(a, size: size)
  }

  /// FBSTP.
  func storeDecimal(_ a: Float80Bits) -> X87Stored {
    #if arch(x86_64)
    if !isSoft { return HostX87.storeDecimal(a, control) }
    #endif
    return SoftX87(control: control).storeDecimal(a)
  }

  /// FBLD.
  func load(decimal a: Float80Bits) -> Float80Bits {
    #if arch(x86_64)
    if !isSoft { return HostX87.load(decimal: a, control) }
    #endif
    return SoftX87.load(decimal: a)
  }
}
