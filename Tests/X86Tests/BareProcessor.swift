@testable import X86

/// A processor in user mode with one page of code and two of data, for single instructions.
final class BareProcessor {
  let cpu: VCPU
  private let code: UnsafeMutableRawPointer

  static let codeAddress: UInt64 = 0x40_0000
  static let dataAddress: UInt64 = 0x40_1000

  init?(_ model: CPUModel) {
    guard let memory = PhysicalMemory(size: 1 << 20), let cpu = VCPU(memory: memory, model: model),
      let code = memory.pointer(0x10000, count: 3 * 4096)
    else { return nil }
    self.cpu = cpu
    self.code = code
    func set(_ table: UInt64, _ index: UInt64, _ entry: UInt64) {
      memory.pointer(table + index * 8, count: 8)?.storeBytes(of: entry | 7, as: UInt64.self)
    }
    set(0x1000, 0, 0x2000)
    set(0x2000, 0, 0x3000)
    set(0x3000, 2, 0x4000)
    for page in 0..<3 as Range<UInt64> { set(0x4000, page, 0x10000 + page << 12) }
    cpu.cr0 = 0x8005_0033
    cpu.cr4 = 0x5_06E0
    cpu.xcr0 = 7
    cpu.efer = 0xD01
    cpu.cr3 = 0x1000
  }

  /// Executes one instruction; all registers but RSP are 0 unless `configure` says otherwise.
  func run(
    _ bytes: [UInt8],
    _ configure: (inout RegisterState) -> Void = { _ in }
  ) -> (exit: ExitReason, registers: RegisterState) {
    for (offset, byte) in bytes.enumerated() {
      code.storeBytes(of: byte, toByteOffset: offset, as: UInt8.self)
    }
    cpu.codeChanged(physical: 0x10000..<0x11000)
    var registers = RegisterState()
    registers.gpr = Array(repeating: Self.dataAddress, count: 16)
    registers.rip = Self.codeAddress
    registers.cpl = 3
    registers.cs = 0x33
    registers.ss = 0x2B
    configure(&registers)
    cpu.registers = registers
    let exit = cpu.step()
    return (exit, cpu.registers)
  }
}
