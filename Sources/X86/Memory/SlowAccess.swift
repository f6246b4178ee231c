// What happens when an access misses the TLB. Handlers come here by a tail call before any side
// effect, and the micro-op starts again when the entry is filled.
//
// An access that crosses a page, touches a page with translated code, or a watched one never gets
// an entry. It is made through a bounce buffer: the bytes are gathered there, a TLB entry is made
// that matches this one address and points to the buffer, a copy of the micro-op runs from
// `CPUState.scratch`, and `finishBounce` behind it scatters what was written and removes the entry.
// So every handler works for such accesses without knowing of them.

/// Size and direction of an access, packed for passing in a register.
enum Access {
  @inline(__always) static func read(_ size: Int) -> UInt64 { UInt64(truncatingIfNeeded: size) }
  @inline(__always) static func write(_ size: Int) -> UInt64 {
    UInt64(truncatingIfNeeded: size) | 0x100
  }
}

/// Fills the TLB for an access and starts the micro-op again, or leaves with the exception.
@inline(never) func memoryMiss(
  _ cpu: Raw,
  _ pc: Raw,
  _ mem: Raw,
  _ address: UInt64,
  _ access: UInt64
) {
  guard let again = resolveMiss(cpu, pc, mem, address, access) else { return }
  return dispatch(cpu, again, mem)
}

/// Reports a page fault, or what stands for it at a non-canonical address.
@inline(never) func accessFault(_ cpu: Raw, _ pc: Raw, _ address: UInt64, _ errorCode: UInt32) {
  let state = cpu.state
  if PageWalk.isCanonical(address) {
    state.pointee.vector = ExceptionVector.pageFault.rawValue
    state.pointee.errorCode = errorCode
    state.pointee.faultAddress = address
  } else {
    // Intel SDM Vol. 1, 3.3.7.1: through the stack segment it is #SS, else #GP.
    let base = pc.op.pointee.base
    let isStack = base == Slot.rsp || base == Slot.rbp
    state.pointee.vector =
      isStack
      ? ExceptionVector.stackFault.rawValue : ExceptionVector.generalProtection.rawValue
    state.pointee.errorCode = 0
    state.pointee.faultAddress = 0
  }
  leave(cpu, pc, Exit.exception)
}

/// Finds the physical page of one access, or reports the fault.
///
/// An access of `size` bytes whose end is not canonical is a fault before its pages are looked at.
func physicalPage(
  _ cpu: Raw,
  _ pc: Raw,
  _ address: UInt64,
  _ kind: AccessKind,
  size: UInt64 = 1
) -> (physical: UInt64, entry: UInt64)? {
  let state = cpu.state
  let last = address &+ size &- 1
  guard PageWalk.isCanonical(address), PageWalk.isCanonical(last) else {
    accessFault(cpu, pc, PageWalk.isCanonical(address) ? last : address, 0)
    return nil
  }
  do {
    return try PageWalk.translate(
      cpu,
      address,
      kind,
      cpl: state.pointee.cpl,
      ac: state.pointee.otherFlags & RFLAGS.ac.rawValue != 0
    )
  } catch {
    accessFault(cpu, pc, address, error.errorCode)
    return nil
  }
}

/// The micro-op to go on at: the same one with a filled entry, or its copy behind the bounce buffer;
/// nil when a fault was reported.
@inline(never) func resolveMiss(
  _ cpu: Raw,
  _ pc: Raw,
  _ mem: Raw,
  _ address: UInt64,
  _ access: UInt64
) -> Raw? {
  let state = cpu.state
  let size = access & 0xFF
  let isWrite = access & 0x100 != 0
  let kind: AccessKind = isWrite ? .write : .read
  let inPage = 4096 &- (address & 4095)
  guard let first = physicalPage(cpu, pc, address, kind, size: size) else { return nil }
  let base = state.pointee.physicalBase
  var second: UInt64 = 0
  if inPage >= size {
    let marks: Raw = hostPointer(state.pointee.frameMarks &+ first.physical >> 12)
    let mark = marks.load(as: UInt8.self)
    let blocked = mark & FrameMark.watched != 0 || (isWrite && mark & FrameMark.code != 0)
    if !blocked {
      let page = address & ~4095
      let offset = TLB.offset(address)
      let entry = mem + offset
      let isWritable =
        isWrite
        || (mark & (FrameMark.code | FrameMark.watched) == 0
          && first.entry & (PageTableEntry.writable | PageTableEntry.dirty)
            == (PageTableEntry.writable | PageTableEntry.dirty))
      if isWritable { marks.storeBytes(of: mark | FrameMark.writable, as: UInt8.self) }
      entry.storeBytes(of: page, toByteOffset: TLB.readTag, as: UInt64.self)
      entry.storeBytes(
        of: isWritable ? page : TLB.emptyTag(offset),
        toByteOffset: TLB.writeTag,
        as: UInt64.self
      )
      entry.storeBytes(
        of: base &+ (first.physical & ~4095) &- page,
        toByteOffset: TLB.addend,
        as: UInt64.self
      )
      return pc
    }
  } else {
    guard let found = physicalPage(cpu, pc, (address &+ inPage), kind) else { return nil }
    second = found.physical
  }

  state.pointee.bounceActive = 1
  state.pointee.bounceIsWrite = isWrite ? 1 : 0
  state.pointee.bounceSize = UInt8(truncatingIfNeeded: size)
  state.pointee.bounceFirstSize = UInt8(truncatingIfNeeded: min(inPage, size))
  state.pointee.bounceAddress = address
  state.pointee.bouncePC = UInt64(UInt(bitPattern: pc))
  state.pointee.bounceFirst = first.physical
  state.pointee.bounceSecond = second
  let buffer = bounceBuffer(cpu)
  for i in 0..<Int(size) {
    buffer.storeBytes(of: bounceByte(cpu, i).load(as: UInt8.self), toByteOffset: i, as: UInt8.self)
  }
  let entry = mem + TLB.offset(address)
  entry.storeBytes(of: address, toByteOffset: TLB.readTag, as: UInt64.self)
  entry.storeBytes(of: address, toByteOffset: TLB.writeTag, as: UInt64.self)
  entry.storeBytes(
    of: UInt64(UInt(bitPattern: buffer)) &- address,
    toByteOffset: TLB.addend,
    as: UInt64.self
  )
  scratchPC(cpu).op.pointee = pc.op.pointee
  return scratchPC(cpu)
}

/// The buffer, aligned to 16 bytes when the guest address is.
@inline(__always) func bounceBuffer(_ cpu: Raw) -> Raw {
  let low = Int(cpu.state.pointee.bounceAddress & 15)
  return cpu + Slot.bounce + low
}

/// Where the copy of the micro-op lies.
@inline(__always) func scratchPC(_ cpu: Raw) -> Raw {
  cpu + Slot.scratch
}

/// Host address of byte `i` of the access.
func bounceByte(_ cpu: Raw, _ i: Int) -> Raw {
  let state = cpu.state
  let firstSize = Int(state.pointee.bounceFirstSize)
  let physical =
    i < firstSize
    ? state.pointee.bounceFirst &+ UInt64(i)
    : state.pointee.bounceSecond &+ UInt64(i &- firstSize)
  return hostPointer(state.pointee.physicalBase &+ physical)
}

/// Ends an access through the bounce buffer without writing.
func cancelBounce(_ cpu: Raw, _ mem: Raw) {
  MemoryContext.invalidate(mem, cpu.state.pointee.bounceAddress)
  cpu.state.pointee.bounceActive = 0
}

/// The micro-op behind the copy: scatters what was written and goes on where the original would.
func finishBounce(_ cpu: Raw, _ pc: Raw, _ mem: Raw) {
  let state = cpu.state
  let original: Raw = hostPointer(state.pointee.bouncePC)
  if state.pointee.bounceIsWrite != 0 {
    let buffer = bounceBuffer(cpu)
    for i in 0..<Int(state.pointee.bounceSize) {
      bounceByte(cpu, i).storeBytes(
        of: buffer.load(fromByteOffset: i, as: UInt8.self),
        as: UInt8.self
      )
    }
    noteCodeWrite(
      cpu,
      state.pointee.bounceFirst,
      UInt64(state.pointee.bounceFirstSize)
    )
    if state.pointee.bounceFirstSize < state.pointee.bounceSize {
      noteCodeWrite(
        cpu,
        state.pointee.bounceSecond,
        UInt64(state.pointee.bounceSize &- state.pointee.bounceFirstSize)
      )
    }
  }
  cancelBounce(cpu, mem)
  if state.pointee.codeWritten != 0 { return leave(cpu, original, Exit.codeWritten) }
  return next(cpu, original, mem)
}

/// Remembers that bytes of a frame with translated code were written.
func noteCodeWrite(_ cpu: Raw, _ physical: UInt64, _ count: UInt64) {
  let state = cpu.state
  let marks: Raw = hostPointer(state.pointee.frameMarks &+ physical >> 12)
  guard marks.load(as: UInt8.self) & FrameMark.code != 0 else { return }
  if state.pointee.codeWritten == 0 {
    state.pointee.codeWrittenFirst = physical
    state.pointee.codeWrittenLast = physical &+ count
  } else {
    state.pointee.codeWrittenFirst = min(state.pointee.codeWrittenFirst, physical)
    state.pointee.codeWrittenLast = max(state.pointee.codeWrittenLast, physical &+ count)
  }
  state.pointee.codeWritten = 1
}

// MARK: - Whole accesses, for micro-ops that branch and for instructions outside the handlers

/// Reads `size` bytes at `address` into `buffer`; false when a fault was reported.
func slowRead(
  _ cpu: Raw,
  _ pc: Raw,
  _ address: UInt64,
  _ size: Int,
  _ buffer: Raw
) -> Bool {
  guard let first = physicalPage(cpu, pc, address, .read, size: UInt64(size)) else {
    return false
  }
  let base = cpu.state.pointee.physicalBase
  let inPage = Int(4096 &- (address & 4095))
  let firstSize = min(inPage, size)
  var second: UInt64 = 0
  if firstSize < size {
    guard let found = physicalPage(cpu, pc, address &+ UInt64(firstSize), .read) else {
      return false
    }
    second = found.physical
  }
  buffer.copyMemory(
    from: hostPointer(base &+ first.physical),
    byteCount: firstSize
  )
  if firstSize < size {
    (buffer + firstSize).copyMemory(
      from: hostPointer(base &+ second),
      byteCount: size &- firstSize
    )
  }
  return true
}

/// Writes `size` bytes at `address`; false when a fault was reported, and then nothing is written.
func slowWrite(
  _ cpu: Raw,
  _ pc: Raw,
  _ address: UInt64,
  _ size: Int,
  _ buffer: Raw
) -> Bool {
  guard let first = physicalPage(cpu, pc, address, .write, size: UInt64(size)) else {
    return false
  }
  let base = cpu.state.pointee.physicalBase
  let inPage = Int(4096 &- (address & 4095))
  let firstSize = min(inPage, size)
  var second: UInt64 = 0
  if firstSize < size {
    guard let found = physicalPage(cpu, pc, address &+ UInt64(firstSize), .write) else {
      return false
    }
    second = found.physical
  }
  hostPointer(base &+ first.physical).copyMemory(
    from: buffer,
    byteCount: firstSize
  )
  noteCodeWrite(cpu, first.physical, UInt64(firstSize))
  if firstSize < size {
    hostPointer(base &+ second).copyMemory(
      from: buffer + firstSize,
      byteCount: size &- firstSize
    )
    noteCodeWrite(cpu, second, UInt64(size &- firstSize))
  }
  return true
}
