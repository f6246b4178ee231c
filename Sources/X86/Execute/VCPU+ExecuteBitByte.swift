// Bits and bytes in every form. Intel SDM Vol. 2: BT, BTS, BTR, BTC, SETcc.

extension VCPU {
  func executeBitTest(_ i: Instruction) throws(CPUException) {
    switch i.operands.0.size {
    case 2: try bitTest(i, UInt16.self)
    case 4: try bitTest(i, UInt32.self)
    default: try bitTest(i, UInt64.self)
    }
  }

  /// A register offset is signed and reaches beyond a memory operand (Intel SDM Vol. 2A, 3.1.1.9,
  /// Bit(BitBase, BitOffset)).
  private func bitTest<W: Word>(_ i: Instruction, _: W.Type) throws(CPUException) {
    let kind: AccessKind = i.operation == .bt ? .read : .write
    let bits = W.bitWidth
    let to: Destination
    let n: W
    if i.operands.1.kind == .immediate {
      n = W(truncatingIfNeeded: i.immediate) & W(bits &- 1)
    } else {
      n = get(cpu, Emitter.slot(i.operands.1))
    }
    if i.operands.0.kind == .memory {
      var at = offset(of: i)
      if i.operands.1.kind != .immediate {
        let words = Int64(truncatingIfNeeded: n.signed) &>> Int64(bits.trailingZeroBitCount)
        at &+= UInt64(bitPattern: words &* Int64(W.byteCount))
        if i.addressSize == 4 { at &= 0xFFFF_FFFF }
      }
      at &+= segmentBase(i.memory.segment)
      to = .memory(try place(at, W.byteCount, kind, stack: isStack(i)))
    } else {
      to = .register(Emitter.slot(i.operands.0))
    }
    let a: W = load(to)
    let mask = W(1) &<< n
    cpu.state.pointee.cf = a & mask == 0 ? 0 : 1
    switch i.operation {
    case .bts: store(to, a | mask)
    case .btr: store(to, a & ~mask)
    case .btc: store(to, a ^ mask)
    default: break
    }
  }

  func executeSetCondition(_ i: Instruction) throws(CPUException) {
    let to = try destination(i, i.operands.0, as: UInt8.self)
    store(to, bit(cpu.state.pointee.condition(i.condition)))
  }
}
