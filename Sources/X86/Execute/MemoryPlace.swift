// Operands and memory for the instructions of `VCPU.execute`: plain functions that throw the exact
// exception before anything is changed.

/// Where the bytes of one access lie on the host, found and permitted.
struct MemoryPlace {
  /// The first byte.
  var host: Raw
  /// The first byte in the second page; only when `firstSize` is less than the access.
  var rest: Raw
  /// Bytes in the first page.
  var firstSize: Int
  /// Physical address of the first byte where a store must look for translated code; else `none`.
  var physical: UInt64
  /// The same for `rest`.
  var restPhysical: UInt64

  /// No store to this place needs to be noted.
  static let none = UInt64.max
}

extension VCPU {
  // MARK: - Addresses

  /// The offset part of a memory operand: without segment base, cut to the address size.
  @inline(__always) func offset(of i: Instruction) -> UInt64 {
    let m = i.memory
    var a = UInt64(bitPattern: m.displacement)
    if m.base == MemoryOperand.rip {
      a &+= cpu.state.pointee.rip
    } else if m.base != MemoryOperand.noRegister {
      a &+= get(cpu, Slot.gpr(m.base))
    }
    if m.index != MemoryOperand.noRegister {
      a &+= get(cpu, Slot.gpr(m.index), as: UInt64.self) &<< UInt64(m.scale)
    }
    return i.addressSize == 4 ? a & 0xFFFF_FFFF : a
  }

  /// The base that is added to an offset.
  @inline(__always) func segmentBase(_ segment: SegmentOverride) -> UInt64 {
    switch segment {
    case .none: 0
    case .fs: get(cpu, Slot.fsBase)
    case .gs: get(cpu, Slot.gsBase)
    }
  }

  /// The linear address of the memory operand.
  @inline(__always) func address(of i: Instruction) -> UInt64 {
    offset(of: i) &+ segmentBase(i.memory.segment)
  }

  /// Non-canonical addresses are #SS instead of #GP (Intel SDM Vol. 1, 3.3.7.1).
  @inline(__always) func isStack(_ i: Instruction) -> Bool {
    i.memory.segment == .none && (i.memory.base == 4 || i.memory.base == 5)
  }

  // MARK: - Finding

  /// Finds the host bytes of an access of `size` bytes; the TLB first.
  @inline(__always) func place(
    _ address: UInt64,
    _ size: Int,
    _ kind: AccessKind,
    stack: Bool = false
  ) throws(CPUException) -> MemoryPlace {
    let mem = context
    let found = kind == .write ? Lookup(write: mem, address) : Lookup(read: mem, address)
    if found.hits(size) {
      let host = found.host
      return MemoryPlace(
        host: host,
        rest: host,
        firstSize: size,
        physical: MemoryPlace.none,
        restPhysical: MemoryPlace.none
      )
    }
    return try walk(address, size, kind, stack: stack)
  }

  /// The long way to `place`: page tables, one or two pages; fills the TLB.
  @inline(never) private func walk(
    _ address: UInt64,
    _ size: Int,
    _ kind: AccessKind,
    stack: Bool
  ) throws(CPUException) -> MemoryPlace {
    let last = address &+ UInt64(size) &- 1
    guard PageWalk.isCanonical(address) && PageWalk.isCanonical(last) else {
      throw CPUException(stack ? .stackFault : .generalProtection)
    }
    let base = cpu.state.pointee.physicalBase
    let inPage = Int(4096 &- (address & 4095))
    let first = try page(address, kind)
    let host = hostPointer(base &+ first.physical)
    if inPage >= size {
      let entered = fillTLB(
        cpu,
        context,
        address,
        physical: first.physical,
        entry: first.entry,
        isWrite: kind == .write
      )
      let physical = entered || kind != .write ? MemoryPlace.none : first.physical
      return MemoryPlace(
        host: host,
        rest: host,
        firstSize: size,
        physical: physical,
        restPhysical: MemoryPlace.none
      )
    }
    let second = try page(address &+ UInt64(inPage), kind)
    return MemoryPlace(
      host: host,
      rest: hostPointer(base &+ second.physical),
      firstSize: inPage,
      physical: kind == .write ? first.physical : MemoryPlace.none,
      restPhysical: kind == .write ? second.physical : MemoryPlace.none
    )
  }

  private func page(
    _ address: UInt64,
    _ kind: AccessKind
  ) throws(CPUException) -> (physical: UInt64, entry: UInt64) {
    let state = cpu.state
    do throws(WalkFault) {
      return try PageWalk.translate(
        cpu,
        address,
        kind,
        cpl: state.pointee.cpl,
        ac: state.pointee.otherFlags & RFLAGS.ac.rawValue != 0
      )
    } catch {
      state.pointee.cr2 = address
      throw CPUException(.pageFault, errorCode: error.errorCode, address: address)
    }
  }

  // MARK: - Using

  /// The value at `place`.
  @inline(__always) func load<W: Word>(_ place: MemoryPlace, as type: W.Type = W.self) -> W {
    if _fastPath(place.firstSize >= W.byteCount) { return place.host.loadUnaligned(as: W.self) }
    var value: W = 0
    withUnsafeMutableBytes(of: &value) { bytes in
      for k in 0..<W.byteCount {
        bytes[k] =
          k < place.firstSize
          ? place.host.load(fromByteOffset: k, as: UInt8.self)
          : place.rest.load(fromByteOffset: k &- place.firstSize, as: UInt8.self)
      }
    }
    return value
  }

  /// Stores to `place`, which was found for writing.
  @inline(__always) func store<W: Word>(_ place: MemoryPlace, _ value: W) {
    if _fastPath(place.firstSize >= W.byteCount) {
      place.host.storeBytes(of: value, as: W.self)
      if place.physical != MemoryPlace.none {
        noteCodeWrite(cpu, place.physical, UInt64(W.byteCount))
      }
      return
    }
    withUnsafeBytes(of: value) { copy($0, to: place) }
  }

  /// Copies `bytes` to a place that was found for writing that many.
  func copy(_ bytes: UnsafeRawBufferPointer, to place: MemoryPlace) {
    for k in 0..<bytes.count {
      if k < place.firstSize {
        place.host.storeBytes(of: bytes[k], toByteOffset: k, as: UInt8.self)
      } else {
        place.rest.storeBytes(of: bytes[k], toByteOffset: k &- place.firstSize, as: UInt8.self)
      }
    }
    let inFirst = min(bytes.count, place.firstSize)
    if place.physical != MemoryPlace.none { noteCodeWrite(cpu, place.physical, UInt64(inFirst)) }
    if place.restPhysical != MemoryPlace.none {
      noteCodeWrite(cpu, place.restPhysical, UInt64(bytes.count &- inFirst))
    }
  }

  /// Byte `k` of `place`.
  func byte(_ k: Int, of place: MemoryPlace) -> UInt8 {
    k < place.firstSize
      ? place.host.load(fromByteOffset: k, as: UInt8.self)
      : place.rest.load(fromByteOffset: k &- place.firstSize, as: UInt8.self)
  }

  /// Reads memory.
  @inline(__always) func read<W: Word>(
    _ address: UInt64,
    stack: Bool = false,
    as type: W.Type = W.self
  ) throws(CPUException) -> W {
    load(try place(address, W.byteCount, .read, stack: stack))
  }

  /// Writes memory.
  @inline(__always) func write<W: Word>(
    _ address: UInt64,
    _ value: W,
    stack: Bool = false
  ) throws(CPUException) {
    store(try place(address, W.byteCount, .write, stack: stack), value)
  }

  // MARK: - Operands

  /// The value of an operand that is only read.
  @inline(__always) func value<W: Word>(
    _ i: Instruction,
    _ operand: Operand,
    as type: W.Type = W.self
  ) throws(CPUException) -> W {
    switch operand.kind {
    case .memory: try read(address(of: i), stack: isStack(i))
    case .immediate: W(truncatingIfNeeded: i.immediate)
    default: get(cpu, Emitter.slot(operand))
    }
  }

  /// An operand that is written, found before anything is changed.
  @inline(__always) func destination<W: Word>(
    _ i: Instruction,
    _ operand: Operand,
    as type: W.Type
  ) throws(CPUException) -> Destination {
    guard operand.kind == .memory else { return .register(Emitter.slot(operand)) }
    return .memory(try place(address(of: i), W.byteCount, .write, stack: isStack(i)))
  }

  /// The value that a destination has.
  @inline(__always) func load<W: Word>(_ d: Destination, as type: W.Type = W.self) -> W {
    switch d {
    case .register(let slot): get(cpu, slot)
    case .memory(let place): load(place)
    }
  }

  /// Gives a destination its value.
  @inline(__always) func store<W: Word>(_ d: Destination, _ value: W) {
    switch d {
    case .register(let slot): put(cpu, slot, value)
    case .memory(let place): store(place, value)
    }
  }
}

/// Where an instruction writes.
enum Destination {
  case register(UInt8)
  case memory(MemoryPlace)
}

/// Enters a translation in the TLB of `mem`, unless the frame's accesses must be seen.
///
/// - Returns: true when the frame may be accessed without looking for translated code or watches.
func fillTLB(
  _ cpu: Raw,
  _ mem: Raw,
  _ address: UInt64,
  physical: UInt64,
  entry pageEntry: UInt64,
  isWrite: Bool
) -> Bool {
  let state = cpu.state
  let marks: Raw = hostPointer(state.pointee.frameMarks &+ physical >> 12)
  let mark = marks.load(as: UInt8.self)
  if mark & FrameMark.watched != 0 || (isWrite && mark & FrameMark.code != 0) { return false }
  let page = address & ~4095
  let offset = TLB.offset(address)
  let entry = mem + offset
  // Writes may go through an entry made by a read when D is set already.
  let writableAndDirty = PageTableEntry.writable | PageTableEntry.dirty
  let isWritable =
    isWrite
    || (mark & FrameMark.code == 0 && pageEntry & writableAndDirty == writableAndDirty)
  if isWritable { marks.storeBytes(of: mark | FrameMark.writable, as: UInt8.self) }
  entry.storeBytes(of: page, toByteOffset: TLB.readTag, as: UInt64.self)
  entry.storeBytes(
    of: isWritable ? page : TLB.emptyTag(offset),
    toByteOffset: TLB.writeTag,
    as: UInt64.self
  )
  entry.storeBytes(
    of: state.pointee.physicalBase &+ (physical & ~4095) &- page,
    toByteOffset: TLB.addend,
    as: UInt64.self
  )
  return true
}
