// String instructions. Intel SDM Vol. 2: MOVS, STOS, LODS, SCAS, CMPS, INS, OUTS, REP.
//
// A repeated one works in runs: as many elements as lie in one page of the source and one of the
// destination are done at host speed, then RCX, RSI and RDI move on together, so that a fault at the
// next page finds them exact.

/// One string instruction in progress.
struct StringCursor {
  /// Elements that are left; 1 without REP.
  var count: UInt64
  /// Offsets in RSI and RDI, cut to the address size.
  var source: UInt64
  var target: UInt64
  let sourceBase: UInt64
  /// 0xFFFF_FFFF or all ones.
  let mask: UInt64
  let isBackward: Bool
  let isRepeated: Bool
}

extension VCPU {
  /// Iterations of one execution; a longer REP is executed again for the rest.
  private static let maxIterations: UInt64 = 1 << 20

  /// Executes a string instruction; `rip` is its own address.
  func executeString(_ i: Instruction, at rip: UInt64) throws(CPUException) -> Flow {
    if i.operation == .ins || i.operation == .outs {
      guard mayTouchInterrupts else { throw CPUException(.generalProtection) }
    }
    var cursor = stringCursor(i)
    if cursor.count == 0 { return .next }
    do throws(CPUException) {
      switch i.operandSize {
      case 1: try string(i, &cursor, UInt8.self)
      case 2: try string(i, &cursor, UInt16.self)
      case 4: try string(i, &cursor, UInt32.self)
      default: try string(i, &cursor, UInt64.self)
      }
    } catch {
      // What was done stays done, also in translated code.
      dropWrittenCode()
      throw error
    }
    guard cursor.isRepeated && cursor.count != 0 else { return .next }
    cpu.state.pointee.rip = rip
    return .jump
  }

  private func stringCursor(_ i: Instruction) -> StringCursor {
    let mask: UInt64 = i.addressSize == 4 ? 0xFFFF_FFFF : .max
    let isRepeated = !i.prefixes.isDisjoint(with: [.rep, .repne])
    return StringCursor(
      count: isRepeated ? get(cpu, Slot.rcx) & mask : 1,
      source: get(cpu, Slot.rsi) & mask,
      target: get(cpu, Slot.rdi) & mask,
      sourceBase: segmentBase(i.memory.segment),
      mask: mask,
      isBackward: cpu.state.pointee.df != 0,
      isRepeated: isRepeated
    )
  }

  /// Runs until the count is used up, a comparison ends it, or it is time to look up.
  private func string<W: Word>(
    _ i: Instruction,
    _ c: inout StringCursor,
    _: W.Type
  ) throws(CPUException) {
    var limit = Self.maxIterations
    repeat {
      let (n, isDone) = try run(i, &c, min(c.count, limit), W.self)
      advance(i, &c, n, W.self)
      if isDone { return c.count = 0 }
      limit &-= n
      // A store into translated code ends the run, so that it takes effect.
    } while c.isRepeated && c.count != 0 && limit != 0 && cpu.state.pointee.codeWritten == 0
  }

  /// Counts `n` elements as done.
  @inline(__always) private func advance<W: Word>(
    _ i: Instruction,
    _ c: inout StringCursor,
    _ n: UInt64,
    _: W.Type
  ) {
    let bytes = n &* UInt64(W.byteCount)
    let step = c.isBackward ? 0 &- bytes : bytes
    switch i.operation {
    case .movs, .cmps:
      c.source = (c.source &+ step) & c.mask
      c.target = (c.target &+ step) & c.mask
      put(cpu, Slot.rsi, c.source)
      put(cpu, Slot.rdi, c.target)
    case .lods, .outs:
      c.source = (c.source &+ step) & c.mask
      put(cpu, Slot.rsi, c.source)
    default:
      c.target = (c.target &+ step) & c.mask
      put(cpu, Slot.rdi, c.target)
    }
    if c.isRepeated {
      c.count &-= n
      put(cpu, Slot.rcx, c.count)
    }
  }

  /// Elements from `offset` on that lie in one page and do not wrap around; 0 when the first one
  /// does not lie in one page.
  @inline(__always) private func elements<W: Word>(
    _ c: StringCursor,
    _ address: UInt64,
    _ offset: UInt64,
    _: W.Type
  ) -> UInt64 {
    let inPage = address & 4095
    let size = UInt64(W.byteCount)
    if c.isBackward {
      guard inPage &+ size <= 4096 else { return 0 }
      return min(inPage / size, offset / size) &+ 1
    }
    let room = min(4096 &- inPage, (c.mask &- offset) &+ (c.mask == .max ? 0 : 1))
    return room / size
  }

  /// Does up to `limit` elements.
  ///
  /// - Returns: how many, at least one; and whether a comparison ended the instruction.
  private func run<W: Word>(
    _ i: Instruction,
    _ c: inout StringCursor,
    _ limit: UInt64,
    _: W.Type
  ) throws(CPUException) -> (UInt64, Bool) {
    let from = c.source &+ c.sourceBase
    let to = c.target
    switch i.operation {
    case .movs:
      let n = min(limit, elements(c, from, c.source, W.self), elements(c, to, c.target, W.self))
      guard n > 0 else {
        // An element in two pages.
        let value: W = try read(from)
        try write(to, value)
        return (1, false)
      }
      let (source, _) = try span(from, n, .read, c.isBackward, W.self)
      let (target, physical) = try span(to, n, .write, c.isBackward, W.self)
      copyElements(target, source, Int(n), c.isBackward, W.self)
      note(physical, n, W.self)
      return (n, false)
    case .stos, .ins:
      let value: W = i.operation == .ins ? .max : get(cpu, Slot.rax)
      let n = min(limit, elements(c, to, c.target, W.self))
      guard n > 0 else {
        try write(to, value)
        return (1, false)
      }
      let (target, physical) = try span(to, n, .write, c.isBackward, W.self)
      for k in 0..<Int(n) {
        target.storeBytes(of: value, toByteOffset: k &* W.byteCount, as: W.self)
      }
      note(physical, n, W.self)
      return (n, false)
    case .lods, .outs:
      let n = min(limit, elements(c, from, c.source, W.self))
      let last: W
      if n > 0 {
        let (source, _) = try span(from, n, .read, c.isBackward, W.self)
        // Only the last element is left in the end.
        let at = c.isBackward ? 0 : Int(n &- 1) &* W.byteCount
        last = source.loadUnaligned(fromByteOffset: at, as: W.self)
      } else {
        last = try read(from)
      }
      if i.operation == .lods { put(cpu, Slot.rax, last) }
      return (max(n, 1), false)
    case .scas:
      let a: W = get(cpu, Slot.rax)
      let n = min(limit, elements(c, to, c.target, W.self))
      guard n > 0 else { return (1, compare(i, a, try read(to))) }
      let (target, _) = try span(to, n, .read, c.isBackward, W.self)
      let step = c.isBackward ? 0 &- W.byteCount : W.byteCount
      var at = c.isBackward ? Int(n &- 1) &* W.byteCount : 0
      let stopsAtEqual = i.prefixes.contains(.repne)
      var k: UInt64 = 1
      while k < n {
        let b = target.loadUnaligned(fromByteOffset: at, as: W.self)
        if (a == b) == stopsAtEqual { break }
        at &+= step
        k &+= 1
      }
      return (k, compare(i, a, target.loadUnaligned(fromByteOffset: at, as: W.self)))
    default:
      // CMPS
      let n = min(limit, elements(c, from, c.source, W.self), elements(c, to, c.target, W.self))
      guard n > 0 else {
        let b: W = try read(to)
        return (1, compare(i, try read(from), b))
      }
      // UNDEFINED: which of two bad addresses faults; AMD's processors look at RDI's first.
      let (target, _) = try span(to, n, .read, c.isBackward, W.self)
      let (source, _) = try span(from, n, .read, c.isBackward, W.self)
      let step = c.isBackward ? 0 &- W.byteCount : W.byteCount
      var at = c.isBackward ? Int(n &- 1) &* W.byteCount : 0
      let stopsAtEqual = i.prefixes.contains(.repne)
      var k: UInt64 = 1
      while k < n {
        let a = source.loadUnaligned(fromByteOffset: at, as: W.self)
        let b = target.loadUnaligned(fromByteOffset: at, as: W.self)
        if (a == b) == stopsAtEqual { break }
        at &+= step
        k &+= 1
      }
      let a = source.loadUnaligned(fromByteOffset: at, as: W.self)
      return (k, compare(i, a, target.loadUnaligned(fromByteOffset: at, as: W.self)))
    }
  }

  /// Sets the flags of a comparison; true when it ends a REPE or REPNE.
  @inline(__always) private func compare<W: Word>(_ i: Instruction, _ a: W, _ b: W) -> Bool {
    _ = Sub.apply(cpu, a, b, Live.self)
    return (a == b) == i.prefixes.contains(.repne)
  }

  /// Host address of the lowest of `n` elements in one page, and where a store must be noted.
  @inline(__always) private func span<W: Word>(
    _ address: UInt64,
    _ n: UInt64,
    _ kind: AccessKind,
    _ isBackward: Bool,
    _: W.Type
  ) throws(CPUException) -> (host: Raw, physical: UInt64) {
    let found = try place(address, W.byteCount, kind)
    guard isBackward else { return (found.host, found.physical) }
    let below = (n &- 1) &* UInt64(W.byteCount)
    return (
      found.host - Int(below),
      found.physical == MemoryPlace.none ? MemoryPlace.none : found.physical &- below
    )
  }

  @inline(__always) private func note<W: Word>(_ physical: UInt64, _ n: UInt64, _: W.Type) {
    guard physical != MemoryPlace.none else { return }
    noteCodeWrite(cpu, physical, n &* UInt64(W.byteCount))
  }

  /// Copies `n` elements one after the other, upward or downward; that matters when they overlap.
  @inline(__always) private func copyElements<W: Word>(
    _ target: Raw,
    _ source: Raw,
    _ n: Int,
    _ isBackward: Bool,
    _: W.Type
  ) {
    let size = W.byteCount
    let bytes = n &* size
    let distance = target - source
    // The plain copy is right unless an element is read after it was written.
    let feedsItself =
      isBackward ? distance < 0 && distance > 0 &- bytes : distance > 0 && distance < bytes
    guard feedsItself else { return target.copyMemory(from: source, byteCount: bytes) }
    if !isBackward && distance >= size {
      // The first `distance` bytes repeat: each copy doubles what there is to copy from.
      var done = 0
      while done < bytes {
        let count = min(bytes &- done, distance &+ done)
        (target + done).copyMemory(from: source, byteCount: count)
        done &+= count
      }
      return
    }
    for k in 0..<n {
      let at = (isBackward ? n &- 1 &- k : k) &* size
      let value = source.loadUnaligned(fromByteOffset: at, as: W.self)
      target.storeBytes(of: value, toByteOffset: at, as: W.self)
    }
  }
}
