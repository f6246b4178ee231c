// Which handlers BMI1 and BMI2 get.

extension Emitter {
  /// Emits an instruction of BMI1 or BMI2.
  mutating func manipulateBits(_ i: Instruction, live: Bool) {
    let (to, second, third) = (i.operands.0, i.operands.1, i.operands.2)
    let isWide = to.size == 8 ? 1 : 0
    let index = isWide &+ (live ? 0 : 2)
    let isHostFast = host.contains(.bmi2)
    switch i.operation {
    case .rorx:
      let from = source(i, second)
      emit(rotateByImmediateHandlers[isWide]) {
        $0.destination = Self.slot(to)
        $0.source = from
        $0.immediate = UInt64(bitPattern: i.immediate)
      }
    case .mulx:
      let from = source(i, third)
      emit(multiplyWithoutFlagsHandlers[isWide]) {
        $0.destination = Self.slot(to)
        $0.base = Self.slot(second)
        $0.source = from
      }
    case .andn: manipulate(i, andNotHandlers[index])
    case .bextr: manipulate(i, extractFieldHandlers[index])
    case .blsi: manipulate(i, isolateLowestHandlers[index])
    case .blsmsk: manipulate(i, maskToLowestHandlers[index])
    case .blsr: manipulate(i, resetLowestHandlers[index])
    case .bzhi: manipulate(i, zeroHighHandlers[index])
    case .shlx: manipulate(i, shiftLeftHandlers[isWide])
    case .shrx: manipulate(i, shiftRightHandlers[isWide])
    case .sarx: manipulate(i, shiftRightSignedHandlers[isWide])
    case .pdep: manipulate(i, isHostFast ? depositHandlers[isWide] : depositSlowlyHandlers[isWide])
    default: manipulate(i, isHostFast ? extractHandlers[isWide] : extractSlowlyHandlers[isWide])
    }
  }

  /// destination = f(second operand, third operand); one of them may be in memory.
  private mutating func manipulate(_ i: Instruction, _ handler: Handler) {
    let a = source(i, i.operands.1)
    let b = i.operandCount > 2 ? source(i, i.operands.2) : a
    emit(handler) {
      $0.destination = Self.slot(i.operands.0)
      $0.base = a
      $0.source = b
    }
  }
}
