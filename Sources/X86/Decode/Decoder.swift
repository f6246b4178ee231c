/// Turns bytes into an `Instruction`. Stateless; knows no memory and no privilege.
public enum Decoder {
  /// Decodes the first instruction of `bytes`.
  ///
  /// - Parameter bytes: 1 ... 15 (or more) bytes of instruction stream.
  /// - Returns: the instruction.
  /// - Throws: `DecodeError`.
  public static func decode(_ bytes: UnsafeRawBufferPointer) throws(DecodeError) -> Instruction {
    throw .invalidOpcode
  }
}
