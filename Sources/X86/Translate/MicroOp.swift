/// A handler: (CPU, micro-op, memory context). It ends by jumping to the next one, or returns to the
/// run loop after it has set `CPUState.exit`.
typealias Handler = @convention(c) (Raw, Raw, Raw) -> Void

/// One step of a translated block, 32 bytes. Field use is up to the handler; the usual one is named.
struct MicroOp {
  /// What to do.
  var handler: Handler
  /// Immediate operand; for branches the micro-op to go on at.
  var immediate: UInt64 = 0
  /// Displacement of a memory operand; for branches the guest address of the target.
  var displacement: UInt64 = 0
  /// Byte offset of the destination register (`Slot`), or `Slot.vector` of it.
  var destination: UInt8 = 0
  /// Byte offset of the source register.
  var source: UInt8 = 0
  /// Byte offset of the base register.
  var base: UInt8 = Slot.zero
  /// Byte offset of the index register.
  var index: UInt8 = Slot.zero
  /// Left shift of the index.
  var scale: UInt8 = 0
  /// For branches: instructions of the block that are done when it is taken.
  var count: UInt8 = 0
  /// Anything else: a second immediate, a condition.
  var extra: UInt16 = 0

  /// Bytes.
  @inline(__always) static var size: Int { 32 }
  /// Offset of the operand bytes, where a guard keeps the identity of an address space.
  @inline(__always) static var identity: Int { 24 }

  /// A micro-op with nothing but a handler.
  init(_ handler: Handler) { self.handler = direct(handler) }
}

/// The function behind a C entry thunk.
///
/// A closure behind a C function pointer is entered through a thunk that is one `jmp rel32`
/// (and LLVM turns identical handlers into the same kind of thunk); going straight to the target
/// saves that jump on every micro-op.
@inline(__always) func direct(_ handler: Handler) -> Handler {
  #if arch(x86_64) && !DEBUG
  // SAFETY: reads code of this process. A C function of (pointer, pointer, pointer) -> Void has the
  // same registers in the Swift convention, so the thunk's target may be called in its place.
  var address = unsafeBitCast(handler, to: UnsafeRawPointer.self)
  while address.load(as: UInt8.self) == 0xE9 {
    address += 5 &+ Int(address.loadUnaligned(fromByteOffset: 1, as: Int32.self))
  }
  return unsafeBitCast(address, to: Handler.self)
  #else
  return handler
  #endif
}
