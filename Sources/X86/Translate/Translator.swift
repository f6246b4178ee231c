// From guest bytes to a block: decode, find out which flags are needed, emit.

extension VCPU {
  /// Translates the block at `rip`.
  ///
  /// - Parameter limit: instructions that it may hold at most.
  /// - Returns: its first micro-op.
  func translate(_ rip: UInt64, key: BlockKey, limit: Int) throws(CPUException) -> Raw {
    // Dictionaries compute their size in floating point, which must not be the guest's business.
    leaveHostFloatingPoint()
    defer { enterHostFloatingPoint() }
    if !cache.hasRoom {
      cache.removeAll()
      clearCodeMarks()
      forEachContext { MemoryContext.flushJumps($0) }
    }
    var (code, secondPage) = try decodeBlock(rip, limit: limit)
    let number = Int32(truncatingIfNeeded: cache.blocks.count)
    var emitter = Emitter(
      cache: cache,
      note: MicroOpNote(rip: rip, block: number, retired: 0, length: 0)
    )
    let entry = cache.position
    markDeadFlags(&code)
    var address = rip
    var isOpen = true
    var k = 0
    while k < code.count {
      emitter.note = MicroOpNote(
        rip: address,
        block: number,
        retired: UInt16(k),
        length: code[k].instruction.length
      )
      let following = k &+ 1 < code.count ? code[k &+ 1] : nil
      let step = emitter.translate(code[k].instruction, live: code[k].flagsAreLive, following)
      for i in 0..<step.instructions { address &+= UInt64(code[k &+ i].instruction.length) }
      k &+= step.instructions
      isOpen = !step.endsBlock
    }
    if isOpen {
      // Cut: goes on in another block.
      emitter.note = MicroOpNote(
        rip: address,
        block: number,
        retired: UInt16(code.count),
        length: 0
      )
      let count = UInt8(truncatingIfNeeded: code.count)
      emitter.emitBranch(jump, to: address) { $0.count = count }
    }
    emitter.finish()
    let firstPhysical = key.page & ~4095 | rip & 4095
    let firstBytes = min(address &- rip, 4096 &- (rip & 4095))
    let rest = address &- rip &- firstBytes
    let second = rest > 0 ? secondPage : 0
    cache.insert(
      BasicBlock(
        rip: rip,
        entry: entry,
        firstRange: firstPhysical..<firstPhysical &+ max(firstBytes, 1),
        secondRange: second..<second &+ rest,
        key: key
      )
    )
    markCode(firstPhysical >> 12)
    if rest > 0 { markCode(second >> 12) }
    return entry
  }

  /// A block of the one instruction at `rip`, for stepping.
  func single(at rip: UInt64) throws(CPUException) -> Raw {
    let physical = try codePage(rip)
    let key = BlockKey(rip: rip, page: physical & ~4095 | 2 | (cpl == 3 ? 1 : 0))
    if let n = cache.index[key], isStillMapped(cache.blocks[Int(n)]) {
      return cache.blocks[Int(n)].entry
    }
    return try translate(rip, key: key, limit: 1)
  }

  /// One instruction of a block that is being made.
  struct Decoded {
    var instruction: Instruction
    var flagsAreLive = true
  }

  /// Decodes from `rip` up to a block end, `limit`, a page end, or what cannot be decoded.
  ///
  /// - Returns: the instructions, at least one, and the physical address where the second page
  ///   begins when the last one reaches into it.
  private func decodeBlock(
    _ rip: UInt64,
    limit: Int
  ) throws(CPUException) -> (code: [Decoded], secondPage: UInt64) {
    var code: [Decoded] = []
    code.reserveCapacity(min(limit, 16))
    let physical = try codePage(rip)
    guard let page = memory.pointer(physical & ~4095, count: 4096) else {
      throw CPUException(.generalProtection)
    }
    var secondPage: UInt64 = 0
    var offset = Int(rip & 4095)
    while code.count < limit && offset < 4096 {
      let address = rip &+ UInt64(offset &- Int(rip & 4095))
      let bytes = UnsafeRawBufferPointer(start: page + offset, count: min(15, 4096 &- offset))
      do throws(DecodeError) {
        let instruction = try decode(bytes)
        code.append(Decoded(instruction: instruction))
        offset &+= Int(instruction.length)
      } catch .needMoreBytes {
        // A block never begins behind its first page, so only its last instruction may cross.
        guard code.isEmpty || offset < 4096 else { break }
        let (instruction, second) = try decodeAcross(address, bytes, isFirst: code.isEmpty)
        guard let instruction else { return (code, 0) }
        code.append(Decoded(instruction: instruction))
        secondPage = second
        return (code, secondPage)
      } catch .tooLong {
        if code.isEmpty { throw CPUException(.generalProtection) }
        break
      } catch {
        if code.isEmpty { throw CPUException(.invalidOpcode) }
        break
      }
      if let last = code.last, last.instruction.endsBlock { break }
    }
    return (code, secondPage)
  }

  /// Decodes an instruction of this model: one of a feature that it lacks does not exist.
  private func decode(_ bytes: UnsafeRawBufferPointer) throws(DecodeError) -> Instruction {
    let instruction = try Decoder.decode(bytes)
    guard model.allows(InstructionTable.traits(instruction.formIndex).feature) else {
      throw .invalidOpcode
    }
    return instruction
  }

  /// Decodes an instruction that crosses into the next page.
  private func decodeAcross(
    _ address: UInt64,
    _ head: UnsafeRawBufferPointer,
    isFirst: Bool
  ) throws(CPUException) -> (Instruction?, UInt64) {
    let next = (address & ~4095) &+ 4096
    let physical: UInt64
    do throws(CPUException) {
      physical = try codePage(next)
    } catch {
      if isFirst { throw error }
      return (nil, 0)
    }
    guard let page = memory.pointer(physical, count: 15) else { return (nil, 0) }
    var bytes = (UInt64(0), UInt64(0))
    return try withUnsafeMutableBytes(of: &bytes) { buffer throws(CPUException) in
      buffer.copyMemory(from: head)
      for i in head.count..<15 {
        buffer[i] = page.load(fromByteOffset: i &- head.count, as: UInt8.self)
      }
      do throws(DecodeError) {
        return (
          try decode(UnsafeRawBufferPointer(rebasing: buffer[0..<15])), physical & ~4095
        )
      } catch {
        if !isFirst { return (nil, 0) }
        throw CPUException(error == .invalidOpcode ? .invalidOpcode : .generalProtection)
      }
    }
  }

  /// Forgets which frames hold code, after the cache was emptied.
  private func clearCodeMarks() {
    for page in cache.markedPages {
      let marks: Raw = hostPointer(cpu.state.pointee.frameMarks &+ page)
      marks.storeBytes(of: marks.load(as: UInt8.self) & ~FrameMark.code, as: UInt8.self)
    }
    cache.markedPages.removeAll()
  }
}
