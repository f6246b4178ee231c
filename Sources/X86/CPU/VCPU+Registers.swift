extension VCPU {
  /// One general-purpose register.
  @inline(__always)
  public subscript(_ r: GPR) -> UInt64 {
    get { cpu.load(fromByteOffset: Int(r.rawValue) &* 8, as: UInt64.self) }
    set { cpu.storeBytes(of: newValue, toByteOffset: Int(r.rawValue) &* 8, as: UInt64.self) }
  }

  /// Next instruction.
  public var rip: UInt64 {
    get { cpu.state.pointee.rip }
    set { cpu.state.pointee.rip = newValue }
  }

  /// Exact flags.
  public var rflags: RFLAGS {
    get { RFLAGS(rawValue: cpu.state.pointee.rflags) }
    set { cpu.state.pointee.rflags = newValue.rawValue }
  }

  /// Current privilege level, 0 or 3.
  public var cpl: UInt8 {
    get { cpu.state.pointee.cpl }
    set { cpu.state.pointee.cpl = newValue }
  }

  /// FS base.
  public var fsBase: UInt64 {
    get { cpu.load(fromByteOffset: Int(Slot.fsBase), as: UInt64.self) }
    set { cpu.storeBytes(of: newValue, toByteOffset: Int(Slot.fsBase), as: UInt64.self) }
  }

  /// GS base in force.
  public var gsBase: UInt64 {
    get { cpu.load(fromByteOffset: Int(Slot.gsBase), as: UInt64.self) }
    set { cpu.storeBytes(of: newValue, toByteOffset: Int(Slot.gsBase), as: UInt64.self) }
  }

  /// CR0: WP is bit 16.
  public var cr0: UInt64 {
    get { cpu.state.pointee.cr0 }
    set {
      cpu.state.pointee.cr0 = newValue
      updateX87Slow()
      flushTLB()
    }
  }

  /// CR2: address of the last page fault.
  public var cr2: UInt64 {
    get { cpu.state.pointee.cr2 }
    set { cpu.state.pointee.cr2 = newValue }
  }

  /// CR3: physical address of the top page table. Writing empties the TLB.
  public var cr3: UInt64 {
    get { cpu.state.pointee.cr3 }
    set {
      cpu.state.pointee.cr3 = newValue
      enterAddressSpace(newValue)
      flushTLB()
    }
  }

  /// CR4: SMEP is bit 20, SMAP bit 21.
  public var cr4: UInt64 {
    get { cpu.state.pointee.cr4 }
    set {
      let had = usesYMM
      cpu.state.pointee.cr4 = newValue
      if usesYMM != had { dropAllCode() }
      flushTLB()
    }
  }

  /// XCR0: which register states XSAVE manages. Bit 0 x87, 1 SSE, 2 AVX.
  public var xcr0: UInt64 {
    get { system.xcr0 }
    set {
      let had = usesYMM
      system.xcr0 = newValue
      if usesYMM != had { dropAllCode() }
    }
  }

  /// CR4.OSXSAVE.
  var hasOSXSAVE: Bool { cpu.state.pointee.cr4 & 1 << 18 != 0 }

  /// VEX instructions may use vector registers.
  var usesYMM: Bool { hasOSXSAVE && system.xcr0 & 6 == 6 && model.has(.avx) }

  /// IA32_EFER.
  public var efer: UInt64 {
    get { cpu.state.pointee.efer }
    set { cpu.state.pointee.efer = newValue }
  }

  /// SSE control and status.
  public var mxcsr: UInt32 {
    get { cpu.state.pointee.mxcsr }
    set { cpu.state.pointee.mxcsr = newValue }
  }

  /// An XMM register, low quadword first.
  public func xmm(_ n: Int) -> (UInt64, UInt64) {
    let p = cpu + Slot.vectors + (n & 15) &* 32
    return (p.load(as: UInt64.self), p.load(fromByteOffset: 8, as: UInt64.self))
  }

  /// Sets an XMM register.
  public func setXMM(_ n: Int, _ low: UInt64, _ high: UInt64) {
    let p = cpu + Slot.vectors + (n & 15) &* 32
    p.storeBytes(of: low, as: UInt64.self)
    p.storeBytes(of: high, toByteOffset: 8, as: UInt64.self)
  }

  /// The upper half of a YMM register, low quadword first.
  public func ymmHigh(_ n: Int) -> (UInt64, UInt64) {
    let p = cpu + Slot.vectors + ((n & 15) &* 32 &+ 16)
    return (p.load(as: UInt64.self), p.load(fromByteOffset: 8, as: UInt64.self))
  }

  /// Sets the upper half of a YMM register.
  public func setYMMHigh(_ n: Int, _ low: UInt64, _ high: UInt64) {
    let p = cpu + Slot.vectors + ((n & 15) &* 32 &+ 16)
    p.storeBytes(of: low, as: UInt64.self)
    p.storeBytes(of: high, toByteOffset: 8, as: UInt64.self)
  }

  /// Instructions executed so far; REP strings count as one each time they are started.
  public var instructionsRetired: UInt64 { retired }

  /// Everything that is per task, as one value.
  public var registers: RegisterState {
    get {
      var r = RegisterState()
      for i in 0..<16 { r.gpr[i] = cpu.load(fromByteOffset: i &* 8, as: UInt64.self) }
      r.rip = rip
      r.rflags = rflags
      r.cpl = cpl
      r.cs = cs
      r.ss = ss
      r.ds = ds
      r.es = es
      r.fs = fs
      r.gs = gs
      r.fsBase = fsBase
      r.gsBase = gsBase
      r.kernelGSBase = kernelGSBase
      for i in 0..<16 { (r.xmm[2 &* i], r.xmm[2 &* i &+ 1]) = xmm(i) }
      for i in 0..<16 { (r.ymmHigh[2 &* i], r.ymmHigh[2 &* i &+ 1]) = ymmHigh(i) }
      r.mxcsr = mxcsr
      r.x87 = x87
      return r
    }
    set {
      for i in 0..<16 {
        cpu.storeBytes(of: newValue.gpr[i], toByteOffset: i &* 8, as: UInt64.self)
      }
      rip = newValue.rip
      rflags = newValue.rflags
      cpl = newValue.cpl
      cs = newValue.cs
      ss = newValue.ss
      ds = newValue.ds
      es = newValue.es
      fs = newValue.fs
      gs = newValue.gs
      fsBase = newValue.fsBase
      gsBase = newValue.gsBase
      kernelGSBase = newValue.kernelGSBase
      for i in 0..<16 { setXMM(i, newValue.xmm[2 &* i], newValue.xmm[2 &* i &+ 1]) }
      for i in 0..<16 {
        setYMMHigh(i, newValue.ymmHigh[2 &* i], newValue.ymmHigh[2 &* i &+ 1])
      }
      mxcsr = newValue.mxcsr
      x87 = newValue.x87
    }
  }
}
