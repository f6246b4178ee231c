import CHostSIMD

// VEX instructions without a handler, or what handlers leave: gathers, masked moves that may fault,
// and everything whose counterpart the host lacks. Intel SDM Vol. 2.

extension VCPU {
  /// Executes `i`.
  ///
  /// - Returns: false when it is none of these.
  func executeVEX(_ i: Instruction) throws(CPUException) -> Bool {
    switch i.operation {
    case .vgatherdps: try gather(i, UInt32.self, indexSize: 4)
    case .vgatherdpd: try gather(i, UInt64.self, indexSize: 4)
    case .vgatherqps: try gather(i, UInt32.self, indexSize: 8)
    case .vgatherqpd: try gather(i, UInt64.self, indexSize: 8)
    case .vmaskmovps: try moveByMask(i, UInt32.self)
    case .vmaskmovpd: try moveByMask(i, UInt64.self)
    case .vpermilps, .vpermilpd: try permuteInHalves(i)
    default: return try executeHalves(i)
    }
    return true
  }

  /// The vector register of an operand.
  private func register(_ operand: Operand) -> Raw {
    vector(cpu, Slot.vector(operand.register & 15))
  }

  // MARK: - Gathers

  /// Elements are loaded from the lowest on. A fault leaves those before it loaded and all their
  /// masks clear, so that the instruction goes on behind them when it is started again.
  private func gather<W: Word>(
    _ i: Instruction,
    _: W.Type,
    indexSize: Int
  ) throws(CPUException) {
    let to = register(i.operands.0)
    let mask = register(i.operands.2)
    let index = vector(cpu, Slot.vector(i.memory.index & 15))
    let isWide = i.operands.0.size == 32 || i.memory.vectorIndexSize == 32
    let count = (isWide ? 32 : 16) / max(W.byteCount, indexSize)
    var base = UInt64(bitPattern: i.memory.displacement)
    if i.memory.base == MemoryOperand.rip {
      base &+= cpu.state.pointee.rip
    } else if i.memory.base != MemoryOperand.noRegister {
      base &+= get(cpu, Slot.gpr(i.memory.base))
    }
    for k in 0..<count {
      let at = k &* W.byteCount
      guard mask.load(fromByteOffset: at, as: W.self).signBit else {
        mask.storeBytes(of: 0, toByteOffset: at, as: W.self)
        continue
      }
      let number: UInt64 =
        indexSize == 4
        ? index.load(fromByteOffset: k &* 4, as: UInt32.self).extended
        : index.load(fromByteOffset: k &* 8, as: UInt64.self)
      var address = base &+ number &<< UInt64(i.memory.scale)
      if i.addressSize == 4 { address &= 0xFFFF_FFFF }
      address &+= segmentBase(i.memory.segment)
      let value: W = try read(address, stack: isStack(i))
      to.storeBytes(of: value, toByteOffset: at, as: W.self)
      mask.storeBytes(of: 0, toByteOffset: at, as: W.self)
    }
    for at in count &* W.byteCount..<32 {
      to.storeBytes(of: 0, toByteOffset: at, as: UInt8.self)
    }
    for at in 0..<32 { mask.storeBytes(of: 0, toByteOffset: at, as: UInt8.self) }
  }

  // MARK: - Masked moves

  private func moveByMask<W: Word>(_ i: Instruction, _: W.Type) throws(CPUException) {
    let isStore = i.operands.0.kind == .memory
    let size = i.operands.1.size == 32 ? 32 : 16
    let mask = register(i.operands.1)
    let start = address(of: i)
    var places: [(at: Int, place: MemoryPlace)] = []
    for at in stride(from: 0, to: size, by: W.byteCount)
    where mask.load(fromByteOffset: at, as: W.self).signBit {
      let place = try place(
        start &+ UInt64(at),
        W.byteCount,
        isStore ? .write : .read,
        stack: isStack(i)
      )
      places.append((at, place))
    }
    if isStore {
      let from = register(i.operands.2)
      for (at, place) in places { store(place, from.load(fromByteOffset: at, as: W.self)) }
    } else {
      var result = (V128(), V128())
      withUnsafeMutableBytes(of: &result) { bytes in
        for (at, place) in places {
          bytes.storeBytes(of: load(place, as: W.self), toByteOffset: at, as: W.self)
        }
      }
      put(result, i)
    }
  }

  private func put(_ result: (V128, V128), _ i: Instruction) {
    let to = register(i.operands.0)
    to.storeBytes(of: result.0, as: V128.self)
    to.storeBytes(of: result.1, toByteOffset: 16, as: V128.self)
  }

  // MARK: - Without the host's instruction

  /// A source operand of up to 32 bytes; one in memory is extended with zeros.
  private func operand(_ operand: Operand, _ i: Instruction) throws(CPUException) -> (V128, V128) {
    var value = (V128(), V128())
    switch operand.kind {
    case .xmm:
      let from = register(operand)
      value.0 = from.load(as: V128.self)
      if operand.size == 32 { value.1 = from.load(fromByteOffset: 16, as: V128.self) }
    case .gpr: value.0[0] = Int64(bitPattern: get(cpu, Emitter.slot(operand)))
    case .memory:
      let size = min(Int(operand.size), 32)
      let place = try place(address(of: i), size, .read, stack: isStack(i))
      withUnsafeMutableBytes(of: &value) { bytes in
        for k in 0..<size { bytes[k] = byte(k, of: place) }
      }
    default: break
    }
    return value
  }

  /// What works within 16 bytes, in portable Swift.
  private func executeHalves(_ i: Instruction) throws(CPUException) -> Bool {
    guard let operation = portableOperation(i.operation) else { return false }
    let hasTwo = i.operands.2.kind != .none && i.operands.2.kind != .immediate
    let b = try operand(hasTwo ? i.operands.2 : i.operands.1, i)
    let a = try hasTwo ? operand(i.operands.1, i) : (V128(), V128())
    func more(upper: Bool) -> PortableInput {
      PortableInput(
        immediate: Int(truncatingIfNeeded: Emitter.immediate(i, upper: upper) & 0xFF),
        xmm0: V128(),
        mxcsr: cpu.state.pointee.mxcsr
      )
    }
    var result = (operation(a.0, b.0, more(upper: false)), V128())
    if i.isWide {
      var second = b.1
      if let part = Emitter.widenedPart(i.operation) {
        let bytes = b.0
        second = shuffled(bytes) { $0 &+ part < 16 ? $0 &+ part : nil }
      }
      result.1 = operation(a.1, second, more(upper: true))
    }
    try takeSIMDException()
    put(result, i)
    return true
  }

  /// VPERMILPS, VPERMILPD with the pattern in a register.
  private func permuteInHalves(_ i: Instruction) throws(CPUException) {
    let a = try operand(i.operands.1, i)
    let b = try operand(i.operands.2, i)
    let isSingle = i.operation == .vpermilps
    func permute(_ a: V128, _ pattern: V128) -> V128 {
      shuffled(a) { k in
        let lane = unsafeBitCast(pattern, to: SIMD4<UInt32>.self)
        return isSingle
          ? Int(lane[k / 4] & 3) &* 4 &+ k % 4 : Int(lane[k / 8 &* 2] >> 1 & 1) &* 8 &+ k % 8
      }
    }
    put((permute(a.0, b.0), i.isWide ? permute(a.1, b.1) : V128()), i)
  }
}
