extension Kernel {
  /// A variable of the kernel image, in guest memory.
  ///
  /// - Parameters:
  ///   - symbol: its name in the image.
  ///   - size: the bytes that it takes.
  func variable(_ symbol: String, size: Int) -> KernelBuffer {
    KernelBuffer(
      address: 0,
      host: .allocate(byteCount: size, alignment: 16),
      count: size
    )
  }
}
