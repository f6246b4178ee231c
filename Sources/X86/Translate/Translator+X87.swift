// Which handlers an x87 instruction gets.

extension Emitter {
  /// Emits the micro-ops of an x87 instruction.
  ///
  /// - Returns: nil when `i` is none.
  mutating func x87(_ i: Instruction) -> TranslationStep? {
    guard i.isX87 else { return nil }
    emitCallout(i)
    return .one
  }

  /// Emits the micro-ops of an MMX instruction.
  ///
  /// - Returns: nil when `i` is none.
  mutating func mmx(_ i: Instruction) -> TranslationStep? {
    guard i.isMMX else { return nil }
    emitCallout(i)
    return .one
  }
}

extension Instruction {
  /// True for everything with an MMX register, and EMMS.
  var isMMX: Bool {
    operands.0.kind == .mmx || operands.1.kind == .mmx || operation == .emms
  }
}
