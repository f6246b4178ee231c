// XSAVE, XSAVEC, XSAVEOPT, XRSTOR: Intel SDM Vol. 1, 13.7 to 13.10, and Vol. 2.

/// The image of XSAVE: FXSAVE's, a header, the upper halves of the YMM registers. With one state
/// behind the header the compacted layout is the same.
enum XSaveImage {
  /// XSTATE_BV and XCOMP_BV; 48 bytes behind them must be 0.
  static let header = 512
  static let headerSize = 64
  static let upper = 576
  static let upperSize = 256
  static let alignment: UInt64 = 64

  /// Bytes for the states of `components`.
  static func size(_ components: UInt64) -> Int {
    components & Component.avx == 0 ? upper : upper + upperSize
  }

  enum Component {
    static let x87: UInt64 = 1
    static let sse: UInt64 = 2
    static let avx: UInt64 = 4
  }

  /// Bit 63 of XCOMP_BV.
  static let isCompacted: UInt64 = 1 << 63
}

extension VCPU {
  private typealias Component = XSaveImage.Component

  /// XINUSE: the states that are not as after reset.
  var statesInUse: UInt64 {
    var bits: UInt64 = 0
    if x87 != X87State() { bits |= Component.x87 }
    for n in 0..<16 {
      let at = vector(cpu, Slot.vector(UInt8(n)))
      if at.load(as: V128.self) != V128() { bits |= Component.sse }
      if at.load(fromByteOffset: 16, as: V128.self) != V128() { bits |= Component.avx }
    }
    return bits
  }

  /// XSAVE, XSAVEOPT, XSAVEC
  func executeSaveExtendedState(_ i: Instruction) throws(CPUException) {
    let requested = try requestedStates()
    let at = try extendedAddress(i)
    // All that may be written is looked at before anything is.
    _ = try place(at, XSaveImage.size(requested), .write, stack: isStack(i))
    syncMXCSR()
    let mxcsr = cpu.state.pointee.mxcsr
    let isCompacted = i.operation == .xsavec
    var inUse = statesInUse
    if isCompacted && mxcsr != 0x1F80 { inUse |= Component.sse }
    // What is in its initial state need not be written.
    let written = i.operation == .xsave ? requested : requested & inUse
    let image = Raw.allocate(byteCount: XSaveImage.size(7), alignment: 64)
    defer { image.deallocate() }
    image.initializeMemory(as: UInt8.self, repeating: 0, count: XSaveImage.size(7))
    func put(_ range: Range<Int>) throws(CPUException) {
      let bytes = UnsafeRawBufferPointer(start: image + range.lowerBound, count: range.count)
      copy(bytes, to: try place(at &+ UInt64(range.lowerBound), range.count, .write))
    }
    if written & Component.x87 != 0 {
      let part = UnsafeMutableRawBufferPointer(start: image, count: X87State.imageSize)
      x87.write(to: part, isWide: i.prefixes.contains(.rexW))
      try put(0..<FXSaveImage.mxcsr)
      try put(32..<X87State.imageSize)
    }
    let hasMXCSR =
      isCompacted
      ? written & Component.sse != 0 : requested & (Component.sse | Component.avx) != 0
    if hasMXCSR {
      image.storeBytes(of: mxcsr, toByteOffset: FXSaveImage.mxcsr, as: UInt32.self)
      image.storeBytes(of: mxcsrMask, toByteOffset: FXSaveImage.mxcsrMask, as: UInt32.self)
      try put(FXSaveImage.mxcsr..<FXSaveImage.mxcsrMask + 4)
    }
    for n in 0..<16 {
      let from = vector(cpu, Slot.vector(UInt8(n)))
      image.storeBytes(
        of: from.load(as: V128.self),
        toByteOffset: FXSaveImage.xmm &+ n &* 16,
        as: V128.self
      )
      image.storeBytes(
        of: from.load(fromByteOffset: 16, as: V128.self),
        toByteOffset: XSaveImage.upper &+ n &* 16,
        as: V128.self
      )
    }
    if written & Component.sse != 0 { try put(FXSaveImage.xmm..<FXSaveImage.end) }
    if written & Component.avx != 0 {
      try put(XSaveImage.upper..<XSaveImage.upper + XSaveImage.upperSize)
    }
    let header = at &+ UInt64(XSaveImage.header)
    if isCompacted {
      try write(header, requested & inUse)
      try write(header &+ 8, requested | XSaveImage.isCompacted)
    } else {
      let old: UInt64 = try read(header)
      try write(header, old & ~requested | requested & inUse)
    }
  }

  /// XRSTOR
  func executeRestoreExtendedState(_ i: Instruction) throws(CPUException) {
    let requested = try requestedStates()
    let at = try extendedAddress(i)
    let size = XSaveImage.size(requested)
    let source = try place(at, size, .read, stack: isStack(i))
    let image = Raw.allocate(byteCount: XSaveImage.size(7), alignment: 64)
    defer { image.deallocate() }
    image.initializeMemory(as: UInt8.self, repeating: 0, count: XSaveImage.size(7))
    for k in 0..<size {
      image.storeBytes(of: byte(k, of: source), toByteOffset: k, as: UInt8.self)
    }
    let present = image.load(fromByteOffset: XSaveImage.header, as: UInt64.self)
    let layout = image.load(fromByteOffset: XSaveImage.header &+ 8, as: UInt64.self)
    let isCompacted = layout & XSaveImage.isCompacted != 0
    // In the standard layout only the 16 bytes behind XSTATE_BV are looked at (13.8.1).
    let known = isCompacted ? layout & ~XSaveImage.isCompacted : xcr0
    var isValid = present & ~known == 0 && known & ~xcr0 == 0 && (isCompacted || layout == 0)
    for k in stride(from: 16, to: isCompacted ? XSaveImage.headerSize : 24, by: 8)
    where image.load(fromByteOffset: XSaveImage.header &+ k, as: UInt64.self) != 0 {
      isValid = false
    }
    guard isValid else { throw CPUException(.generalProtection) }
    let loaded = requested & present
    var mxcsr = cpu.state.pointee.mxcsr
    if isCompacted {
      if requested & Component.sse != 0 {
        mxcsr =
          loaded & Component.sse == 0
          ? 0x1F80 : image.load(fromByteOffset: FXSaveImage.mxcsr, as: UInt32.self)
      }
    } else if requested & (Component.sse | Component.avx) != 0 {
      mxcsr = image.load(fromByteOffset: FXSaveImage.mxcsr, as: UInt32.self)
    }
    guard mxcsr & ~mxcsrMask == 0 else { throw CPUException(.generalProtection) }
    if requested & Component.x87 != 0 {
      let part = UnsafeRawBufferPointer(start: image, count: X87State.imageSize)
      x87 =
        loaded & Component.x87 == 0
        ? X87State() : X87State(image: part, isWide: i.prefixes.contains(.rexW))
      loadHostX87Control()
    }
    for n in 0..<16 {
      let to = vector(cpu, Slot.vector(UInt8(n)))
      if requested & Component.sse != 0 {
        let at = FXSaveImage.xmm &+ n &* 16
        let value =
          loaded & Component.sse == 0 ? V128() : image.load(fromByteOffset: at, as: V128.self)
        to.storeBytes(of: value, as: V128.self)
      }
      if requested & Component.avx != 0 {
        let at = XSaveImage.upper &+ n &* 16
        let value =
          loaded & Component.avx == 0 ? V128() : image.load(fromByteOffset: at, as: V128.self)
        to.storeBytes(of: value, toByteOffset: 16, as: V128.self)
      }
    }
    loadMXCSR(mxcsr)
  }

  /// What EDX:EAX asks for of what XCR0 has.
  private func requestedStates() throws(CPUException) -> UInt64 {
    guard hasOSXSAVE else { throw CPUException(.invalidOpcode) }
    // CR0.TS
    guard cpu.state.pointee.cr0 & 8 == 0 else { throw CPUException(.deviceNotAvailable) }
    return pair & xcr0
  }

  private func extendedAddress(_ i: Instruction) throws(CPUException) -> UInt64 {
    let at = address(of: i)
    guard at & (XSaveImage.alignment - 1) == 0 else {
      let isSegmentFault = isStack(i) && !PageWalk.isCanonical(at)
      throw CPUException(isSegmentFault ? .stackFault : .generalProtection)
    }
    return at
  }
}
