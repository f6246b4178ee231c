// Which handlers bit scans, MOVBE, ADCX and ADOX get.

extension Emitter {
  /// destination = scan of source.
  mutating func bitScan(_ i: Instruction) {
    let handlers =
      switch i.operation {
      case .bsf: scanForwardHandlers
      case .bsr: scanReverseHandlers
      case .tzcnt: countTrailingHandlers
      case .lzcnt: countLeadingHandlers
      default: countOnesHandlers
      }
    let from = source(i, i.operands.1)
    emit(handlers[Self.width(i.operands.0.size) &- 1]) {
      $0.destination = Self.slot(i.operands.0)
      $0.source = from
    }
  }

  /// ADCX, ADOX
  mutating func addChain(_ i: Instruction) {
    let from = source(i, i.operands.1)
    let index = i.operands.0.size == 8 ? 1 : 0
    emit(i.operation == .adcx ? adcxHandlers[index] : adoxHandlers[index]) {
      $0.destination = Self.slot(i.operands.0)
      $0.source = from
    }
  }

  /// MOVBE
  mutating func moveBigEndian(_ i: Instruction) {
    let (to, from) = (i.operands.0, i.operands.1)
    let slot = source(i, from)
    let width = Self.width(to.size)
    emit(swapBytesHandlers[width &- 1]) {
      $0.destination = to.kind == .memory ? Slot.t0 : Self.slot(to)
      $0.source = slot
    }
    guard to.kind == .memory else { return }
    let a = address(i)
    emit(form(a, [storeBased[width], storeIndexed[width]])) {
      a.write(to: &$0)
      $0.source = Slot.t0
    }
  }
}
