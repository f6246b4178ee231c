extension Kernel {
  /// A variable of the kernel image, in guest memory.
  ///
  /// - Parameters:
  ///   - symbol: its name in the image.
  ///   - size: the bytes that it takes.
  /// - Returns: where it is.
  func variable(_ symbol: String, size: Int) -> KernelBuffer {
    guard let address = text.symbols[symbol], let host = text.host(address, count: size) else {
      preconditionFailure("the kernel image has no \(symbol) of \(size) bytes")
    }
    return KernelBuffer(address: address, host: host, count: size)
  }

  /// The name of a kernel address as an oops prints it: `copy_user_generic+0x4/0x10`.
  public func symbolize(_ address: UInt64) -> String {
    text.describe(address) ?? swiftText.symbol(address) ?? hex(address)
  }

  /// A number as the kernel log writes addresses: `0x` and no padding.
  func hex(_ value: UInt64) -> String { "0x" + String(value, radix: 16) }
}
