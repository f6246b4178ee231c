import CHostSIMD

// SSE control and state. Intel SDM Vol. 2: LDMXCSR, STMXCSR, FXSAVE, FXRSTOR.

/// MXCSR bits that exist; MXCSR_MASK of FXSAVE.
let mxcsrMask: UInt32 = 0xFFFF

/// Where `CPUState.mxcsr` is.
@inline(__always) private func mxcsrField(_ cpu: Raw) -> UnsafeMutablePointer<UInt32> {
  let offset = MemoryLayout<CPUState>.offset(of: \.mxcsr) ?? 0
  return (cpu + offset).assumingMemoryBound(to: UInt32.self)
}

/// LDMXCSR; `source` holds the value, `immediate` the number of the callout for what is rare:
/// reserved bits, and unmasked exceptions before or after, which are taken by single-stepping.
func loadMXCSRRegister(_ cpu: Raw, _ pc: Raw, _ mem: Raw) {
  let value: UInt32 = get(cpu, pc.op.pointee.source)
  let masked: UInt32 = 0x1F80
  guard _fastPath(value & ~mxcsrMask == 0 && value & cpu.state.pointee.mxcsr & masked == masked)
  else { return callOut(cpu, pc, mem) }
  cpu.state.pointee.mxcsr = value
  #if arch(x86_64)
  host_load_mxcsr(mxcsrField(cpu))
  #endif
  return next(cpu, pc, mem)
}

/// STMXCSR: the value with what the host unit has collected.
func storeMXCSRRegister(_ cpu: Raw, _ pc: Raw, _ mem: Raw) {
  let address = effectiveAddress(cpu, pc)
  let found = Lookup(write: mem, address)
  guard found.hits(4) else { return memoryMiss(cpu, pc, mem, address, Access.write(4)) }
  let host = found.host
  var value = cpu.state.pointee.mxcsr
  #if arch(x86_64)
  host_store_mxcsr(host.assumingMemoryBound(to: UInt32.self))
  value |= host.loadUnaligned(as: UInt32.self) & 0x3F
  #endif
  host.storeBytes(of: value, as: UInt32.self)
  return next(cpu, pc, mem)
}

/// The 512-byte image of FXSAVE64 (Intel SDM Vol. 1, table 10-2); `X87State` knows the x87 part.
enum FXSaveImage {
  static let size = 512
  static let mxcsr = 24
  static let mxcsrMask = 28
  static let xmm = 160
  /// The rest is reserved or left to software: FXSAVE does not write it.
  static let end = 416
}

extension VCPU {
  /// LDMXCSR off the fast path.
  func executeLoadMXCSR(_ i: Instruction) throws(CPUException) {
    let value: UInt32 = try read(address(of: i), stack: isStack(i))
    guard value & ~mxcsrMask == 0 else { throw CPUException(.generalProtection) }
    loadMXCSR(value)
  }

  func executeSaveState(_ i: Instruction) throws(CPUException) {
    let place = try imagePlace(i, .write)
    syncMXCSR()
    let mxcsr = cpu.state.pointee.mxcsr
    withImage { image in
      let x87Part = UnsafeMutableRawBufferPointer(start: image, count: X87State.imageSize)
      x87.write(to: x87Part, isWide: i.prefixes.contains(.rexW))
      image.storeBytes(of: mxcsr, toByteOffset: FXSaveImage.mxcsr, as: UInt32.self)
      image.storeBytes(of: mxcsrMask, toByteOffset: FXSaveImage.mxcsrMask, as: UInt32.self)
      for n in 0..<16 {
        let value = vector(cpu, Slot.vector(UInt8(n))).load(as: V128.self)
        image.storeBytes(of: value, toByteOffset: FXSaveImage.xmm &+ n &* 16, as: V128.self)
      }
      copy(UnsafeRawBufferPointer(start: image, count: FXSaveImage.end), to: place)
    }
  }

  func executeRestoreState(_ i: Instruction) throws(CPUException) {
    let place = try imagePlace(i, .read)
    let value = withImage { image in
      for k in 0..<FXSaveImage.end {
        image.storeBytes(of: byte(k, of: place), toByteOffset: k, as: UInt8.self)
      }
      let mxcsr = image.load(fromByteOffset: FXSaveImage.mxcsr, as: UInt32.self)
      guard mxcsr & ~mxcsrMask == 0 else { return mxcsr }
      for n in 0..<16 {
        let value = image.load(fromByteOffset: FXSaveImage.xmm &+ n &* 16, as: V128.self)
        vector(cpu, Slot.vector(UInt8(n))).storeBytes(of: value, as: V128.self)
      }
      let x87Part = UnsafeRawBufferPointer(start: image, count: X87State.imageSize)
      x87 = X87State(image: x87Part, isWide: i.prefixes.contains(.rexW))
      loadHostX87Control()
      return mxcsr
    }
    guard value & ~mxcsrMask == 0 else { throw CPUException(.generalProtection) }
    loadMXCSR(value)
  }

  /// Finds the memory operand of FXSAVE or FXRSTOR.
  private func imagePlace(
    _ i: Instruction,
    _ kind: AccessKind
  ) throws(CPUException) -> MemoryPlace {
    try checkX87Available()
    let at = address(of: i)
    guard at & 15 == 0 else {
      let isSegmentFault = isStack(i) && !PageWalk.isCanonical(at)
      throw CPUException(isSegmentFault ? .stackFault : .generalProtection)
    }
    return try place(at, FXSaveImage.size, kind, stack: isStack(i))
  }

  /// Runs `body` with an image of zeros, aligned to 16 bytes.
  private func withImage<T>(_ body: (Raw) -> T) -> T {
    let image = Raw.allocate(byteCount: FXSaveImage.size, alignment: 16)
    defer { image.deallocate() }
    image.initializeMemory(as: UInt8.self, repeating: 0, count: FXSaveImage.size)
    return body(image)
  }
}
