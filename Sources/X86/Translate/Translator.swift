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
      dropAllCode()
    }
    var decoded = try decodeBlock(rip, limit: limit)
    let number = Int32(truncatingIfNeeded: cache.blocks.count)
    var emitter = Emitter(
      cache: cache,
      note: MicroOpNote(rip: rip, block: number, retired: 0, length: 0)
    )
    let entry = cache.position
    markDeadFlags(&decoded.code)
    let code = decoded.code
    var isOpen = true
    var k = 0
    while k < code.count {
      let current = code[k]
      guard !current.isFollowed else {
        k &+= 1
        continue
      }
      emitter.note = MicroOpNote(
        rip: current.address,
        block: number,
        retired: UInt16(k),
        length: current.instruction.length
      )
      let following = k &+ 1 < code.count && !code[k &+ 1].isFollowed ? code[k &+ 1] : nil
      let step = emitter.translate(current.instruction, live: current.flagsAreLive, following)
      k &+= step.instructions
      isOpen = !step.endsBlock
    }
    if isOpen {
      // Cut: goes on in another block.
      emitter.note = MicroOpNote(
        rip: decoded.end,
        block: number,
        retired: UInt16(code.count),
        length: 0
      )
      let count = UInt8(truncatingIfNeeded: code.count)
      emitter.emitBranch(jump, to: decoded.end) { $0.count = count }
    }
    emitter.finish()
    let page = key.page & ~4095
    let second = decoded.secondPage
    cache.insert(
      BasicBlock(
        rip: rip,
        entry: entry,
        firstRange: page &+ UInt64(decoded.low)..<page &+ UInt64(decoded.high),
        secondRange: second..<second &+ UInt64(decoded.rest),
        key: key
      )
    )
    markCode(page >> 12)
    if decoded.rest > 0 { markCode(second >> 12) }
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
    var address: UInt64
    var flagsAreLive = true
    /// A jump whose target is the next instruction of the block: nothing is left to do for it.
    var isFollowed = false
  }

  /// The instructions of a block that is being made, at least one.
  struct DecodedBlock {
    var code: [Decoded] = []
    /// Where the last one goes on, unless it jumps.
    var end: UInt64
    /// Offsets into the page of the lowest byte, and of the one behind the highest.
    var low: Int
    var high: Int
    /// Physical address of the page that the last instruction reaches into, and its bytes there.
    var secondPage: UInt64 = 0
    var rest = 0

    init(_ rip: UInt64) {
      end = rip
      low = Int(rip & 4095)
      high = low &+ 1
    }

    /// Adds the instruction at `end`.
    mutating func append(_ instruction: Instruction) {
      code.append(Decoded(instruction: instruction, address: end))
      let start = Int(end & 4095)
      low = min(low, start)
      high = max(high, min(start &+ Int(instruction.length), 4096))
      end &+= UInt64(instruction.length)
    }

    /// Goes on at the target of the jump that was just added, when that is another instruction of
    /// the same page.
    mutating func follow() -> Bool {
      guard let last = code.last, last.instruction.operation == .jmp,
        last.instruction.operands.0.kind == .relative, last.instruction.operandSize == 8
      else { return false }
      let target = end &+ UInt64(bitPattern: last.instruction.immediate)
      guard target ^ last.address < 4096, !code.contains(where: { $0.address == target }) else {
        return false
      }
      code[code.count &- 1].isFollowed = true
      end = target
      return true
    }
  }

  /// Decodes from `rip` up to a block end, `limit`, a page end, or what cannot be decoded. Jumps
  /// within the page are followed: they cost nothing then, and each way into a shared tail gets its
  /// own copy, which the host predicts better.
  private func decodeBlock(_ rip: UInt64, limit: Int) throws(CPUException) -> DecodedBlock {
    var block = DecodedBlock(rip)
    block.code.reserveCapacity(min(limit, 16))
    let physical = try codePage(rip)
    guard let page = memory.pointer(physical & ~4095, count: 4096) else {
      throw CPUException(.generalProtection)
    }
    while block.code.count < limit && (block.end ^ rip) < 4096 {
      let isFirst = block.code.isEmpty
      let offset = Int(block.end & 4095)
      let bytes = UnsafeRawBufferPointer(start: page + offset, count: min(15, 4096 &- offset))
      do throws(DecodeError) {
        block.append(try decode(bytes))
      } catch .needMoreBytes {
        let (instruction, second) = try decodeAcross(block.end, bytes, isFirst: isFirst)
        guard let instruction else { break }
        block.append(instruction)
        block.secondPage = second
        block.rest = offset &+ Int(instruction.length) &- 4096
        break
      } catch .tooLong {
        if isFirst { throw CPUException(.generalProtection) }
        break
      } catch {
        if isFirst { throw CPUException(.invalidOpcode) }
        break
      }
      guard let last = block.code.last, last.instruction.endsBlock else { continue }
      guard block.code.count < limit, block.follow() else { break }
    }
    return block
  }

  /// Decodes an instruction of this model: one of a feature that it lacks does not exist.
  private func decode(_ bytes: UnsafeRawBufferPointer) throws(DecodeError) -> Instruction {
    let instruction = try Decoder.decode(bytes)
    if instruction.prefixes.contains(.vex) { try checkVEX(instruction) }
    if model.allows(InstructionTable.traits(instruction.formIndex).feature) { return instruction }
    // To a processor that knows neither, TZCNT and LZCNT are BSF and BSR with an idle prefix.
    guard instruction.operation == .tzcnt || instruction.operation == .lzcnt else {
      throw .invalidOpcode
    }
    return try decodeWithoutRepeat(bytes, length: Int(instruction.length))
  }

  /// Decodes an instruction as if its F2 and F3 prefixes were others that mean nothing.
  private func decodeWithoutRepeat(
    _ bytes: UnsafeRawBufferPointer,
    length: Int
  ) throws(DecodeError) -> Instruction {
    var copy = (UInt64(0), UInt64(0))
    return try withUnsafeMutableBytes(of: &copy) { buffer throws(DecodeError) in
      var isPrefix = true
      for k in 0..<min(length, bytes.count, 15) {
        if bytes[k] == 0x0F { isPrefix = false }
        let isRepeat = bytes[k] == 0xF2 || bytes[k] == 0xF3
        buffer[k] = isPrefix && isRepeat ? 0x3E : bytes[k]
      }
      return try Decoder.decode(UnsafeRawBufferPointer(rebasing: buffer[0..<15]))
    }
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

  /// VEX instructions on vector registers exist only when the operating system has said in CR4 and
  /// XCR0 that it saves them (Intel SDM Vol. 1, 14.3). Those of BMI do not ask for it.
  private func checkVEX(_ i: Instruction) throws(DecodeError) {
    switch InstructionTable.traits(i.formIndex).feature {
    case .bmi1, .bmi2: return
    default: guard usesYMM else { throw .invalidOpcode }
    }
  }

  /// Forgets all translations.
  func dropAllCode() {
    cache.removeAll()
    clearCodeMarks()
    forEachContext { MemoryContext.flushJumps($0) }
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
