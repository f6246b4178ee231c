extension X87State {
  /// Bytes of the x87 part of an FXSAVE image.
  public static let imageSize = 160

  /// Reads the x87 part of an image of FXSAVE64, or of FXSAVE without REX.W, which has pointers of 32
  /// bits (Intel SDM Vol. 2A, FXSAVE).
  ///
  /// - Precondition: `image` has at least `imageSize` bytes.
  public init(image: UnsafeRawBufferPointer, isWide: Bool = true) {
    self.init()
    control = image.loadUnaligned(as: UInt16.self)
    status = image.loadUnaligned(fromByteOffset: 2, as: UInt16.self)
    tags = image[4]
    lastOpcode = image.loadUnaligned(fromByteOffset: 6, as: UInt16.self) & 0x7FF
    let mask: UInt64 = isWide ? .max : 0xFFFF_FFFF
    lastInstruction = image.loadUnaligned(fromByteOffset: 8, as: UInt64.self) & mask
    lastOperand = image.loadUnaligned(fromByteOffset: 16, as: UInt64.self) & mask
    let top = Int(status >> 11)
    for n in 0..<8 {
      let physical = (top + n) & 7
      let at = 32 + n * 16
      significands[physical] = image.loadUnaligned(fromByteOffset: at, as: UInt64.self)
      signExponents[physical] = image.loadUnaligned(fromByteOffset: at + 8, as: UInt16.self)
    }
  }

  /// Writes the x87 part of an image, all but MXCSR and its mask.
  ///
  /// - Precondition: `image` has at least `imageSize` bytes.
  public func write(to image: UnsafeMutableRawBufferPointer, isWide: Bool = true) {
    image.storeBytes(of: control, as: UInt16.self)
    image.storeBytes(of: status, toByteOffset: 2, as: UInt16.self)
    image.storeBytes(of: UInt16(tags), toByteOffset: 4, as: UInt16.self)
    image.storeBytes(of: lastOpcode, toByteOffset: 6, as: UInt16.self)
    let mask: UInt64 = isWide ? .max : 0xFFFF_FFFF
    image.storeBytes(of: lastInstruction & mask, toByteOffset: 8, as: UInt64.self)
    image.storeBytes(of: lastOperand & mask, toByteOffset: 16, as: UInt64.self)
    let top = Int(status >> 11)
    for n in 0..<8 {
      let physical = (top + n) & 7
      let at = 32 + n * 16
      image.storeBytes(of: significands[physical], toByteOffset: at, as: UInt64.self)
      let upper = UInt64(signExponents[physical])
      image.storeBytes(of: upper, toByteOffset: at + 8, as: UInt64.self)
    }
  }
}
