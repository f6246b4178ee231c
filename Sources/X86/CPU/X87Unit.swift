/// The x87 unit's registers but for the eight data registers, which lie before it at
/// `Slot.x87Registers`, 16 bytes apart, by physical number (Intel SDM Vol. 1, 8.1).
struct X87Unit {
  /// Control word.
  var control: UInt16 = X87Unit.initialControl
  /// Status word without the top of the stack.
  var status: UInt16 = 0
  /// Physical register that is ST(0).
  var top: UInt8 = 0
  /// One bit a physical register: set when it is not empty.
  var tags: UInt8 = 0
  /// Not zero when handlers must leave x87 and MMX instructions to `VCPU.execute`: some exception is
  /// unmasked (and may be pending), or CR0 has EM or TS set.
  var isSlow: UInt8 = 0
  /// Opcode of the last instruction: 11 bits.
  var lastOpcode: UInt16 = 0
  /// Its address.
  var lastInstruction: UInt64 = 0
  /// Offset of the last memory operand.
  var lastOperand: UInt64 = 0
  /// The last instruction, while it is only known by its micro-op; else 0.
  var lastMicroOp: UInt64 = 0

  /// After FNINIT: all exceptions masked, 64 bits of precision, round to nearest.
  static let initialControl: UInt16 = 0x37F
}

/// Bits of the x87 status word (Intel SDM Vol. 1, figure 8-4); the exceptions are also the masks of
/// the control word.
enum X87Status {
  static let invalid: UInt16 = 1 << 0
  static let denormal: UInt16 = 1 << 1
  static let zeroDivide: UInt16 = 1 << 2
  static let overflow: UInt16 = 1 << 3
  static let underflow: UInt16 = 1 << 4
  static let precision: UInt16 = 1 << 5
  static let stackFault: UInt16 = 1 << 6
  /// ES, and B which follows it.
  static let summary: UInt16 = 1 << 7 | 1 << 15
  static let c0: UInt16 = 1 << 8
  static let c1: UInt16 = 1 << 9
  static let c2: UInt16 = 1 << 10
  static let c3: UInt16 = 1 << 14
  static let conditions: UInt16 = c0 | c1 | c2 | c3

  static let exceptions: UInt16 = 0x3F
  /// Those that are found before the operation is carried out.
  static let early: UInt16 = invalid | denormal | zeroDivide
}

/// The x87 and MMX registers as one value: part of what is saved for a task.
public struct X87State: Equatable, Sendable {
  /// Significands of the physical registers, which are MM0 ... MM7.
  public var significands = SIMD8<UInt64>(repeating: 0)
  /// Signs and exponents of the physical registers.
  public var signExponents = SIMD8<UInt16>(repeating: 0)
  /// Control word.
  public var control: UInt16 = X87Unit.initialControl
  /// Status word, with the top of the stack.
  public var status: UInt16 = 0
  /// One bit a physical register: set when it is not empty, as in the image of FXSAVE.
  public var tags: UInt8 = 0
  /// Opcode of the last instruction: 11 bits.
  public var lastOpcode: UInt16 = 0
  /// Address of the last instruction.
  public var lastInstruction: UInt64 = 0
  /// Offset of the last memory operand.
  public var lastOperand: UInt64 = 0

  /// As after FNINIT.
  public init() {}
}

extension UnsafeMutableRawPointer {
  /// The x87 unit of this CPU.
  @inline(__always) var x87: UnsafeMutablePointer<X87Unit> {
    (self + Slot.x87Unit).assumingMemoryBound(to: X87Unit.self)
  }

  /// Physical x87 register `n`, 0 ... 7: 8 bytes of significand, 2 of sign and exponent.
  @inline(__always) func x87Register(_ n: UInt8) -> Raw {
    self + (Slot.x87Registers &+ Int(n) &* 16)
  }
}

extension VCPU {
  /// The x87 and MMX registers.
  public var x87: X87State {
    get {
      resolveLastX87()
      let unit = cpu.x87.pointee
      var state = X87State()
      for n in 0..<8 {
        let register = cpu.x87Register(UInt8(n))
        state.significands[n] = register.load(as: UInt64.self)
        state.signExponents[n] = register.load(fromByteOffset: 8, as: UInt16.self)
      }
      state.control = unit.control
      state.status = unit.status | UInt16(unit.top) &<< 11
      state.tags = unit.tags
      state.lastOpcode = unit.lastOpcode
      state.lastInstruction = unit.lastInstruction
      state.lastOperand = unit.lastOperand
      return state
    }
    set {
      for n in 0..<8 {
        let register = cpu.x87Register(UInt8(n))
        register.storeBytes(of: newValue.significands[n], as: UInt64.self)
        register.storeBytes(of: newValue.signExponents[n], toByteOffset: 8, as: UInt16.self)
      }
      var unit = X87Unit()
      unit.control = newValue.control & 0x1F3F | 0x40
      unit.setStatus(newValue.status)
      unit.tags = newValue.tags
      unit.lastOpcode = newValue.lastOpcode & 0x7FF
      unit.lastInstruction = newValue.lastInstruction
      unit.lastOperand = newValue.lastOperand
      cpu.x87.pointee = unit
      updateX87Slow()
    }
  }

  /// Keeps `X87Unit.isSlow` true to what it depends on.
  func updateX87Slow() {
    let masks = cpu.x87.pointee.control & X87Status.exceptions
    let isSlow = masks != X87Status.exceptions || cr0 & 0xC != 0 || usesSoftX87
    cpu.x87.pointee.isSlow = isSlow ? 1 : 0
  }

  /// Looks up the last x87 instruction, of which handlers note only the micro-op.
  func resolveLastX87() {
    let bits = cpu.x87.pointee.lastMicroOp
    guard bits != 0 else { return }
    cpu.x87.pointee.lastMicroOp = 0
    let pc = hostPointer(bits)
    let number = Int(truncatingIfNeeded: pc.op.pointee.immediate)
    guard number < cache.callouts.count else { return }
    cpu.x87.pointee.lastInstruction = cache.note(pc).rip
    cpu.x87.pointee.lastOpcode = UInt16(truncatingIfNeeded: cache.callouts[number].immediate)
  }
}

extension X87Unit {
  /// The whole status word.
  @inline(__always) var statusWord: UInt16 { status | UInt16(top) &<< 11 }

  /// Takes a whole status word; whether an exception is pending follows from the control word.
  mutating func setStatus(_ word: UInt16) {
    top = UInt8(truncatingIfNeeded: word >> 11) & 7
    status = word & ~(0x3800 | X87Status.summary)
    updateSummary()
  }

  /// ES and B: some exception has been raised that is not masked.
  mutating func updateSummary() {
    let pending = status & ~control & X87Status.exceptions
    status = pending == 0 ? status & ~X87Status.summary : status | X87Status.summary
  }

  /// The physical number of ST(`n`).
  @inline(__always) func physical(_ n: UInt8) -> UInt8 { (top &+ n) & 7 }
}
