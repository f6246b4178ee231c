extension VCPU {
  /// Forgets the address translations of the address space in force and of the supervisor.
  public func flushTLB() {
    flushTLB(of: cpu.state.pointee.cr3)
    MemoryContext.flushTLB(contexts.1)
    MemoryContext.flushJumps(contexts.1)
    cpu.state.pointee.supervisorSpace = nextIdentity()
  }

  /// Forgets the translation of one page in every address space, after its entry changed.
  public func invalidatePage(_ virtual: UInt64) {
    forEachContext { MemoryContext.invalidate($0, virtual) }
    // A block that was reached through the old mapping must be looked up again.
    guard cache.mayHaveCode(virtualPage: virtual & ~4095) else { return }
    forEachContext { MemoryContext.flushJumps($0) }
    cache.unlinkBlocks(virtualPage: virtual & ~4095, unlink: unlink)
  }

  /// Physical address of code at `rip`, or the fault of fetching it.
  func codePage(_ rip: UInt64) throws(CPUException) -> UInt64 {
    guard PageWalk.isCanonical(rip) else { throw CPUException(.generalProtection) }
    do throws(WalkFault) {
      return try PageWalk.translate(cpu, rip, .fetch, cpl: cpl, ac: false).physical
    } catch {
      cpu.state.pointee.cr2 = rip
      throw CPUException(.pageFault, errorCode: error.errorCode, address: rip)
    }
  }

  /// Drops the blocks whose bytes the last store changed.
  func dropWrittenCode() {
    let state = cpu.state
    guard state.pointee.codeWritten != 0 else { return }
    state.pointee.codeWritten = 0
    codeChanged(physical: state.pointee.codeWrittenFirst..<state.pointee.codeWrittenLast)
  }

  /// Drops translated code of physical memory that something else than the guest has written.
  public func codeChanged(physical range: Range<UInt64>) {
    var low = range.lowerBound
    while low < range.upperBound {
      let end = min((low & ~4095) &+ 4096, range.upperBound)
      let dropped = cache.drop(low..<end, unlink: unlink)
      if !dropped.isEmpty {
        forEachContext { mem in
          for rip in dropped { MemoryContext.forgetJump(mem, rip) }
        }
      }
      if !cache.hasCode(page: low >> 12) { unmark(low >> 12, FrameMark.code) }
      low = end
    }
  }

  /// Notes that a frame holds translated code: stores to it must be seen from now on.
  func markCode(_ frame: UInt64) {
    let marks: Raw = hostPointer(cpu.state.pointee.frameMarks &+ frame)
    let mark = marks.load(as: UInt8.self)
    guard mark & FrameMark.code == 0 else { return }
    marks.storeBytes(of: (mark | FrameMark.code) & ~FrameMark.writable, as: UInt8.self)
    cache.markedPages.append(frame)
    guard mark & FrameMark.writable != 0 else { return }
    forEachContext { MemoryContext.flushTLB($0) }
  }

  private func unmark(_ frame: UInt64, _ bit: UInt8) {
    let marks: Raw = hostPointer(cpu.state.pointee.frameMarks &+ frame)
    marks.storeBytes(of: marks.load(as: UInt8.self) & ~bit, as: UInt8.self)
  }

  /// Reads guest memory as a debugger does: no permission checks, no A or D bits, no faults.
  ///
  /// - Returns: bytes read before the first unmapped page.
  public func peek(_ virtual: UInt64, into buffer: UnsafeMutableRawBufferPointer) -> Int {
    var done = 0
    while done < buffer.count, let base = buffer.baseAddress {
      let address = virtual &+ UInt64(done)
      guard let host = hostAddress(address) else { break }
      let n = min(buffer.count &- done, Int(4096 &- (address & 4095)))
      (base + done).copyMemory(from: host, byteCount: n)
      done &+= n
    }
    return done
  }

  /// Writes guest memory as a debugger does, and drops translated code of it.
  ///
  /// - Returns: bytes written before the first unmapped page.
  public func poke(_ virtual: UInt64, from buffer: UnsafeRawBufferPointer) -> Int {
    var done = 0
    while done < buffer.count, let base = buffer.baseAddress {
      let address = virtual &+ UInt64(done)
      guard let host = hostAddress(address) else { break }
      let n = min(buffer.count &- done, Int(4096 &- (address & 4095)))
      host.copyMemory(from: base + done, byteCount: n)
      let physical = UInt64(host - memory.base)
      codeChanged(physical: physical..<physical &+ UInt64(n))
      done &+= n
    }
    return done
  }

  /// Host address of a guest virtual address, by the page tables alone.
  private func hostAddress(_ virtual: UInt64) -> Raw? {
    guard let leaf = PageTable(memory: memory, cr3: cr3).leaf(of: virtual) else { return nil }
    return memory.pointer(leaf.physical)
  }
}
