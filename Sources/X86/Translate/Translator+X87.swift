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
}
