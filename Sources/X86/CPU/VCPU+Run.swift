import CHostSIMD

/// Why `run` returned.
public enum ExitReason: Equatable, Sendable {
  /// The instruction budget is used up, precisely.
  case budget
  /// RIP is in `hostCallRange`; the stack has the return address on top.
  case hostCall(UInt64)
  /// RIP and registers are as the kernel would find them.
  case exception(CPUException)
  /// HLT at CPL 0.
  case halt
}

extension VCPU {
  /// A block never holds more instructions, so that a budget can be kept exactly.
  static let maxBlockInstructions = 64

  /// Executes at most `budget` instructions, exactly.
  public func run(budget: Int) -> ExitReason {
    enterHostFloatingPoint()
    defer { leaveHostFloatingPoint() }
    enterHostX87()
    defer { leaveHostX87() }
    var remaining = Int64(truncatingIfNeeded: max(budget, 0))
    while remaining > 0 {
      let margin = Int64(Self.maxBlockInstructions &* 2)
      let isSingle = remaining <= margin || mustSingleStep
      let slice = isSingle ? 0 : remaining &- margin
      cpu.state.pointee.budget = slice
      sliceBudget = slice
      let reason = isSingle ? runOne() : runBlocks()
      let used = slice &- cpu.state.pointee.budget
      remaining &-= used
      retired &+= UInt64(bitPattern: used)
      if let reason { return reason }
    }
    return .budget
  }

  /// Executes one instruction.
  public func step() -> ExitReason { run(budget: 1) }

  /// RFLAGS.TF, or floating-point exceptions that the guest wants to take.
  private var mustSingleStep: Bool {
    cpu.state.pointee.otherFlags & RFLAGS.tf.rawValue != 0
      || cpu.state.pointee.mxcsr & 0x1F80 != 0x1F80
  }

  /// Runs blocks until the budget is used up (nil) or something else happened.
  private func runBlocks() -> ExitReason? {
    let state = cpu.state
    do throws(CPUException) {
      if hostCallRange.contains(state.pointee.rip) && state.pointee.cpl == 0 {
        return .hostCall(state.pointee.rip)
      }
      var pc = try block(at: state.pointee.rip)
      while true {
        enter(cpu, pc, context)
        switch state.pointee.exit {
        case Exit.chain:
          guard let stub = state.pointee.exitPC else { return .halt }
          let target = stub.op.pointee.displacement
          state.pointee.rip = target
          if hostCallRange.contains(target) && state.pointee.cpl == 0 { return .hostCall(target) }
          pc = try link(stub)
        case Exit.indirect:
          if state.pointee.budget < 0 { return nil }
          let rip = state.pointee.rip
          if hostCallRange.contains(rip) && state.pointee.cpl == 0 { return .hostCall(rip) }
          pc = try block(at: rip)
          remember(rip, pc)
        case Exit.callout:
          guard let at = state.pointee.exitPC else { return .halt }
          switch try callout(at) {
          case .next: pc = at + MicroOp.size
          case .jump:
            let rip = state.pointee.rip
            if state.pointee.budget < 0 || mustSingleStep { return nil }
            if hostCallRange.contains(rip) && state.pointee.cpl == 0 { return .hostCall(rip) }
            pc = try block(at: rip)
          case .halt: return .halt
          }
        case Exit.budget:
          state.pointee.rip = branchTarget(state.pointee.exitPC)
          return nil
        case Exit.codeWritten:
          settle(state.pointee.exitPC, after: true)
          dropWrittenCode()
          if state.pointee.budget < 0 { return nil }
          pc = try block(at: state.pointee.rip)
        default:
          settle(state.pointee.exitPC, after: false)
          return .exception(pendingException())
        }
      }
    } catch {
      return .exception(error)
    }
  }

  /// Runs one instruction in a block of its own.
  private func runOne() -> ExitReason? {
    let state = cpu.state
    let isTrapping = state.pointee.otherFlags & RFLAGS.tf.rawValue != 0
    let watchesSIMD = state.pointee.mxcsr & 0x1F80 != 0x1F80
    do throws(CPUException) {
      if hostCallRange.contains(state.pointee.rip) && state.pointee.cpl == 0 {
        return .hostCall(state.pointee.rip)
      }
      let pc = try single(at: state.pointee.rip)
      let before = watchesSIMD ? takeSIMDSnapshot() : nil
      enter(cpu, pc, context)
      var isHalt = false
      switch state.pointee.exit {
      case Exit.callout:
        guard let at = state.pointee.exitPC else { return .halt }
        switch try callout(at) {
        case .next: settle(at, after: true)
        case .jump: break
        case .halt: isHalt = true
        }
      case Exit.codeWritten: settle(state.pointee.exitPC, after: true)
      case Exit.exception:
        settle(state.pointee.exitPC, after: false)
        return .exception(pendingException())
      case Exit.chain:
        // Straight-line end or a direct branch: the stub knows the address.
        if let stub = state.pointee.exitPC { state.pointee.rip = stub.op.pointee.displacement }
      case Exit.budget: state.pointee.rip = branchTarget(state.pointee.exitPC)
      default: break
      }
      dropWrittenCode()
      if let before, let exception = unmaskedSIMDException(before) { return .exception(exception) }
      if isHalt { return .halt }
      if isTrapping {
        system.dr6 |= 1 << 14
        return .exception(CPUException(.debug, isTrap: true))
      }
      return nil
    } catch {
      return .exception(error)
    }
  }

  /// Sets RIP and the instruction count from where the handlers left.
  ///
  /// - Parameter after: the instruction of `pc` is done; else it is as if never started.
  func settle(_ pc: Raw?, after: Bool) {
    guard var pc else { return }
    if cpu.state.pointee.bounceActive != 0 { cancelBounce(cpu, context) }
    if pc == scratchPC(cpu) { pc = hostPointer(cpu.state.pointee.bouncePC) }
    let note = cache.note(pc)
    cpu.state.pointee.rip = note.rip &+ (after ? UInt64(note.length) : 0)
    cpu.state.pointee.budget &-= Int64(note.retired) &+ (after ? 1 : 0)
  }

  /// The exception that a handler left behind.
  private func pendingException() -> CPUException {
    let state = cpu.state
    let vector = ExceptionVector(rawValue: state.pointee.vector) ?? .generalProtection
    if vector == .pageFault { state.pointee.cr2 = state.pointee.faultAddress }
    return CPUException(
      vector,
      errorCode: state.pointee.errorCode,
      address: state.pointee.faultAddress
    )
  }

  /// What an instruction outside the handlers did to the flow.
  enum Flow {
    /// Fell through.
    case next
    /// Set `rip`; the privilege may have changed.
    case jump
    case halt
  }

  /// Executes the instruction of a callout micro-op.
  private func callout(_ pc: Raw) throws(CPUException) -> Flow {
    let state = cpu.state
    let note = cache.note(pc)
    let instruction = cache.callouts[Int(truncatingIfNeeded: pc.op.pointee.immediate)]
    calloutRetired = note.retired
    state.pointee.rip = note.rip &+ UInt64(note.length)
    let flow: Flow
    do throws(CPUException) {
      flow = try execute(instruction, at: note.rip)
    } catch {
      // A fault leaves no trace but partial REP progress; a trap is reported after the instruction.
      if !error.isTrap { state.pointee.rip = note.rip }
      state.pointee.budget &-= Int64(note.retired) &+ (error.isTrap ? 1 : 0)
      throw error
    }
    switch flow {
    case .next where state.pointee.codeWritten == 0 && !mustSingleStep: return .next
    case .halt:
      state.pointee.budget &-= Int64(note.retired) &+ 1
      return .halt
    default:
      state.pointee.budget &-= Int64(note.retired) &+ 1
      dropWrittenCode()
      return .jump
    }
  }

  /// Enters an indirect branch's target in the jump cache of the privilege in force.
  private func remember(_ rip: UInt64, _ pc: Raw) {
    let slot = context + MemoryContext.jumpOffset(rip)
    slot.storeBytes(of: rip, as: UInt64.self)
    slot.storeBytes(of: UInt64(UInt(bitPattern: pc)), toByteOffset: 8, as: UInt64.self)
  }

  /// The block at `rip`, translated if need be.
  func block(at rip: UInt64) throws(CPUException) -> Raw {
    let slot = context + MemoryContext.jumpOffset(rip)
    if slot.load(as: UInt64.self) == rip {
      return hostPointer(slot.load(fromByteOffset: 8, as: UInt64.self))
    }
    let physical = try codePage(rip)
    let key = BlockKey(rip: rip, page: physical & ~4095 | (cpl == 3 ? 1 : 0))
    if let n = cache.index[key], isStillMapped(cache.blocks[Int(n)]) {
      let entry = cache.blocks[Int(n)].entry
      remember(rip, entry)
      return entry
    }
    let entry = try translate(rip, key: key, limit: Self.maxBlockInstructions)
    remember(rip, entry)
    return entry
  }

  /// Whether the last instruction of a block goes on in the same second page as when it was made.
  func isStillMapped(_ block: BasicBlock) -> Bool {
    guard !block.secondRange.isEmpty else { return true }
    let page = try? codePage((block.rip & ~4095) &+ 4096)
    return page == block.secondRange.lowerBound
  }

  /// Makes the branch of `stub` go straight to its target from now on.
  ///
  /// Within one page the target is where the branch is, whatever the page tables say. Elsewhere the
  /// stub becomes a guard, since another address space may have other code there.
  private func link(_ stub: Raw) throws(CPUException) -> Raw {
    let generation = cache.generation
    let entry = try block(at: stub.op.pointee.displacement)
    // Translation may have emptied the arena, and the stub with it.
    guard cache.generation == generation else { return entry }
    guard let n = blockNumber(entry) else { return entry }
    let target = UInt64(UInt(bitPattern: entry))
    let branch = cache.branch(of: stub)
    let block = cache.blocks[n]
    let source = cache.blocks[Int(cache.note(branch).block)]
    if (source.rip ^ block.rip) < 4096, block.secondRange.isEmpty {
      branch.op.pointee.immediate = target
      cache.blocks[n].incoming.append(stub)
      return entry
    }
    let isSupervisor = Int64(bitPattern: block.rip) < 0
    let isKnown = stub.op.pointee.immediate == target || block.incoming.contains(stub)
    stub.op.pointee.handler = direct(isSupervisor ? supervisorGuard : spaceGuard)
    stub.op.pointee.immediate = target
    stub.storeBytes(
      of: isSupervisor ? cpu.state.pointee.supervisorSpace : cpu.state.pointee.space,
      toByteOffset: MicroOp.identity,
      as: UInt64.self
    )
    if !isKnown { cache.blocks[n].incoming.append(stub) }
    return entry
  }

  /// The block that `entry` starts.
  private func blockNumber(_ entry: Raw) -> Int? {
    let n = Int(cache.note(entry).block)
    return n < cache.blocks.count ? n : nil
  }

  /// Where the direct branch at `pc` goes.
  private func branchTarget(_ pc: Raw?) -> UInt64 {
    guard let pc else { return cpu.state.pointee.rip }
    return cache.stub(of: pc).op.pointee.displacement
  }

  /// Makes a linked branch look its target up again.
  func unlink(_ stub: Raw) {
    cache.branch(of: stub).op.pointee.immediate = UInt64(UInt(bitPattern: stub))
    stub.op.pointee.handler = direct(branchStub)
    stub.op.pointee.immediate = 0
  }

  // MARK: - Host floating-point environment

  /// Guest SSE arithmetic runs on the host's unit with the guest's rounding, DAZ and FTZ, all
  /// exceptions masked, so that results and sticky flags are the hardware's own.
  func enterHostFloatingPoint() {
    #if arch(x86_64)
    host_set_mxcsr(cpu.state.pointee.mxcsr & 0xFFFF | 0x1F80)
    #endif
  }

  func leaveHostFloatingPoint() {
    syncMXCSR()
    #if arch(x86_64)
    host_set_mxcsr(0x1F80)
    #endif
  }

  /// Merges the sticky flags that the host unit has collected into the guest's MXCSR.
  func syncMXCSR() {
    #if arch(x86_64)
    cpu.state.pointee.mxcsr |= host_get_mxcsr() & 0x3F
    #endif
  }

  /// LDMXCSR while running: the host unit follows.
  func loadMXCSR(_ value: UInt32) {
    cpu.state.pointee.mxcsr = value
    enterHostFloatingPoint()
  }
}
