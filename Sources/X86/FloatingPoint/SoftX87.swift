/// The x87 arithmetic in integers: the same on every host.
struct SoftX87 {
  /// Precision, rounding and masks.
  var control: UInt16

  func compute(_ operation: Operation, _ a: Float80Bits, _ b: Float80Bits) -> X87Result {
    X87Result()
  }
  func load(single bits: UInt32) -> X87Result { X87Result() }
  func load(double bits: UInt64) -> X87Result { X87Result() }
  func store(_ a: Float80Bits, size: UInt8) -> X87Stored { X87Stored() }
  func storeInteger(_ a: Float80Bits, size: UInt8) -> X87Stored { X87Stored() }
  func storeDecimal(_ a: Float80Bits) -> X87Stored { X87Stored() }
  static func load(decimal a: Float80Bits) -> Float80Bits { .zero }
}
