import NativeExecution

@testable import X86

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// The host's processor and ours, side by side over the same memory contents.
///
/// Exists between `native_begin` and `native_end`, so one thread has it at a time.
final class DifferentialRig {
  private let cpu: VCPU
  private let memory: PhysicalMemory
  private let guestData: UnsafeMutableRawPointer
  private let guestCode: UnsafeMutableRawPointer
  private let before: UnsafeMutableRawPointer

  private static let dataFrame: UInt64 = 0x10000
  private static let codeFrame: UInt64 = 0x20000

  /// Runs `body` with a rig, or returns `nil` where the host cannot run the bytes.
  ///
  /// - Parameter isPortable: our side uses no instruction of the host's that the first x86-64
  ///   processors lacked.
  static func run<T>(
    isPortable: Bool = false,
    _ body: (DifferentialRig) throws -> T
  ) rethrows -> T? {
    guard TestMemory.isMapped else { return nil }
    native_begin()
    defer { native_end() }
    guard let rig = DifferentialRig() else { return nil }
    rig.cpu.usesPortableVectors = isPortable
    return try body(rig)
  }

  private init?() {
    guard let memory = PhysicalMemory(size: 1 << 20),
      let data = memory.pointer(Self.dataFrame, count: TestMemory.dataSize),
      let code = memory.pointer(Self.codeFrame, count: 4096),
      let cpu = VCPU(memory: memory, model: .everything)
    else { return nil }
    self.memory = memory
    guestData = data
    guestCode = code
    before = .allocate(byteCount: TestMemory.dataSize, alignment: 16)
    self.cpu = cpu
    Self.buildPageTable(memory)
    memset(guestCode, 0xCC, 4096)
    if let host = TestMemory.hostCode { memset(host, 0xCC, 4096) }
    cpu.cr0 = 0x8005_0033
    // With FSGSBASE, as the host.
    cpu.cr4 = 0x5_06F0
    cpu.xcr0 = 7
    cpu.efer = 0xD01
    cpu.cr3 = 0x1000
  }

  deinit { before.deallocate() }

  private static func buildPageTable(_ memory: PhysicalMemory) {
    func set(_ table: UInt64, _ index: UInt64, _ entry: UInt64) {
      memory.pointer(table + index * 8, count: 8)?.storeBytes(of: entry, as: UInt64.self)
    }
    let user = PageTableEntry.present | PageTableEntry.writable | PageTableEntry.user
    let seen = PageTableEntry.accessed | PageTableEntry.dirty
    set(0x1000, 0, 0x2000 | user)
    set(0x2000, 0, 0x3000 | user)
    set(0x3000, TestMemory.data >> 21, 0x4000 | user)
    set(0x3000, TestMemory.code >> 21, 0x5000 | user)
    for page in 0..<TestMemory.dataPages {
      set(0x4000, page, (dataFrame + page * 4096) | user | seen | PageTableEntry.noExecute)
    }
    set(
      0x4000,
      TestMemory.dataPages,
      (dataFrame + TestMemory.dataPages * 4096) | PageTableEntry.present | PageTableEntry.user
        | PageTableEntry.accessed | PageTableEntry.noExecute
    )
    set(0x5000, 0, codeFrame | user | seen)
  }

  /// Puts `bytes` at `TestMemory.entry` in both memories, INT3 around them.
  func load(_ bytes: [UInt8]) {
    let offset = Int(TestMemory.entry - TestMemory.code)
    guard let host = TestMemory.hostCode else { return }
    memset(host, 0xCC, 4096)
    memset(guestCode, 0xCC, 4096)
    bytes.withUnsafeBytes { source in
      guard let base = source.baseAddress else { return }
      memcpy(host + offset, base, source.count)
      memcpy(guestCode + offset, base, source.count)
    }
    cpu.codeChanged(physical: Self.codeFrame..<Self.codeFrame + 4096)
  }

  /// Makes the host's data pages writable to fill them, and read-only again.
  func fill(_ generator: inout StateGenerator) {
    _ = native_protect(TestMemory.readOnly, 4096, true, false)
    generator.fillData()
    _ = native_protect(TestMemory.readOnly, 4096, false, false)
  }

  /// Runs the loaded bytes from `state` on both and returns what differs.
  func compare(_ state: NativeState, ignoring flags: UInt64) -> [String] {
    guard let hostData = TestMemory.hostData else { return [] }
    memcpy(guestData, hostData, TestMemory.dataSize)
    let host = runHost(state)
    guard !host.isEndless else { return [] }
    let guest = runGuest(state)
    var lines = guest.differences(from: host, ignoring: flags)
    if memcmp(guestData, hostData, TestMemory.dataSize) != 0 {
      for offset in 0..<TestMemory.dataSize {
        let theirs = hostData.load(fromByteOffset: offset, as: UInt8.self)
        let ours = guestData.load(fromByteOffset: offset, as: UInt8.self)
        guard theirs != ours else { continue }
        lines.append(
          "memory at \(hexadecimal(TestMemory.data + UInt64(offset))): "
            + "host \(hexadecimal(UInt64(theirs))), ours \(hexadecimal(UInt64(ours)))"
        )
        break
      }
    }
    return lines
  }

  /// Runs the loaded bytes on our processor twice, at once and step by step.
  func compareSteps(_ state: NativeState) -> [String] {
    guard let hostData = TestMemory.hostData else { return [] }
    memcpy(guestData, hostData, TestMemory.dataSize)
    let whole = runGuest(state)
    memcpy(before, guestData, TestMemory.dataSize)
    memcpy(guestData, hostData, TestMemory.dataSize)
    let stepped = runGuest(state, inSteps: true)
    var lines = stepped.differences(from: whole, ignoring: 0)
    if memcmp(before, guestData, TestMemory.dataSize) != 0 { lines.append("memory differs") }
    return lines
  }

  /// Runs the loaded bytes on the host alone.
  func runHost(_ state: NativeState) -> Outcome {
    var result = NativeResult()
    withUnsafePointer(to: state) { native_execute($0, &result) }
    var error = result.errorCode
    // Linux hides from users what is mapped above them: it sets P there (arch/x86/mm/fault.c
    // `sanitize_error_code`). Nothing is mapped there in our page tables.
    if result.vector == 14, result.cr2 >= 0x7FFF_FFFF_F000 { error &= ~1 }
    return Outcome(
      state: result.state,
      vector: result.vector,
      errorCode: error,
      address: result.cr2,
      isEndless: result.signal == SIGALRM
    )
  }

  /// Runs the loaded bytes on our processor alone.
  func runGuest(_ state: NativeState, inSteps: Bool = false) -> Outcome {
    var registers = RegisterState()
    withUnsafeBytes(of: state.gpr) { registers.gpr = Array($0.bindMemory(to: UInt64.self)) }
    withUnsafeBytes(of: state.xmm) { registers.xmm = Array($0.bindMemory(to: UInt64.self)) }
    withUnsafeBytes(of: state.ymmHigh) {
      registers.ymmHigh = Array($0.bindMemory(to: UInt64.self))
    }
    registers.rip = state.rip
    registers.rflags = RFLAGS(rawValue: state.rflags)
    registers.cpl = 3
    registers.cs = 0x33
    registers.ss = 0x2B
    registers.fsBase = state.fsBase
    registers.gsBase = state.gsBase
    registers.mxcsr = state.mxcsr
    registers.x87 = state.x87State
    cpu.registers = registers
    var exit = ExitReason.budget
    if inSteps {
      for _ in 0..<100_000 {
        exit = cpu.step()
        if exit != .budget { break }
      }
    } else {
      exit = cpu.run(budget: 1_000_000)
    }
    registers = cpu.registers
    var after = NativeState()
    for i in 0..<16 { after[gpr: i] = registers.gpr[i] }
    for i in 0..<32 { after[xmmHalf: i] = registers.xmm[i] }
    for i in 0..<32 { after[ymmQuarter: i] = registers.ymmHigh[i] }
    after.rip = registers.rip
    after.rflags = registers.rflags.rawValue
    after.mxcsr = registers.mxcsr
    after.x87State = registers.x87
    var outcome = Outcome(state: after, vector: 0xFF, errorCode: 0, address: 0)
    switch exit {
    case .exception(let e):
      outcome.vector = UInt64(e.vector.rawValue)
      outcome.errorCode = UInt64(e.errorCode)
      outcome.address = e.address
    case .budget: outcome.isEndless = true
    default: break
    }
    return outcome
  }
}
