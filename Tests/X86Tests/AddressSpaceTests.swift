import Testing

@testable import X86

/// Two address spaces whose code differs in one page.
///
/// Both map the same frame at `caller`; the page behind it, `callee`, is another frame in each.
private struct TwoSpaces {
  static let caller: UInt64 = 0x40_0000
  static let callee: UInt64 = 0x40_1000
  let cpu: VCPU
  let roots: [UInt64] = [0x1000, 0x2000]
  private let memory: PhysicalMemory
  private static let callerFrame: UInt64 = 0x2_0000
  private static let calleeFrames: [UInt64] = [0x2_1000, 0x2_2000]

  init?() {
    guard let memory = PhysicalMemory(size: 1 << 20), let cpu = VCPU(memory: memory) else {
      return nil
    }
    self.memory = memory
    self.cpu = cpu
    for n in roots.indices {
      let tables = 0x3000 + UInt64(n) * 0x3000
      set(roots[n], 0, tables)
      set(tables, 0, tables + 0x1000)
      set(tables + 0x1000, Self.caller >> 21, tables + 0x2000)
      set(tables + 0x2000, 0, Self.callerFrame)
      set(tables + 0x2000, 1, Self.calleeFrames[n])
    }
    cpu.cr0 = 0x8005_0033
    cpu.cr4 = 0x6F0
    cpu.efer = 0xD01
    cpu.cr3 = roots[0]
  }

  private func set(_ table: UInt64, _ index: UInt64, _ target: UInt64) {
    let rights = PageTableEntry.present | PageTableEntry.writable | PageTableEntry.user
    memory.pointer(table + index * 8, count: 8)?.storeBytes(of: target | rights, as: UInt64.self)
  }

  /// Writes code at `caller` + `offset`; in the second page, that of address space `space`.
  func write(_ bytes: [UInt8], at offset: UInt64, space: Int = 0) {
    for (n, byte) in bytes.enumerated() {
      let place = offset + UInt64(n)
      let frame = place < 4096 ? Self.callerFrame : Self.calleeFrames[space]
      let physical = frame + place % 4096
      memory.pointer(physical)?.storeBytes(of: byte, as: UInt8.self)
      cpu.codeChanged(physical: physical..<physical + 1)
    }
  }

  /// Exchanges the second pages of the two address spaces, without telling the processor.
  func exchangeCallees() {
    for n in roots.indices { set(0x5000 + UInt64(n) * 0x3000, 1, Self.calleeFrames[1 - n]) }
  }

  /// RAX when the code at `offset` has reached its INT3.
  func result(from offset: UInt64, inSteps: Bool = false) -> UInt64? {
    var registers = RegisterState()
    registers.rip = Self.caller + offset
    registers.rflags = RFLAGS(rawValue: 2)
    registers.cpl = 3
    registers.cs = 0x33
    registers.ss = 0x2B
    registers.gpr[4] = Self.caller + 0x800
    cpu.registers = registers
    for _ in 0..<1000 {
      switch inSteps ? cpu.step() : cpu.run(budget: 1000) {
      case .budget: continue
      case .exception(let e): return e.vector == .breakpoint ? cpu.registers.gpr[0] : nil
      default: return nil
      }
    }
    return nil
  }
}

/// What one address space has taught the processor must not be believed in another.
@Suite("Address spaces")
struct AddressSpaceTests {
  /// Three calls of the function in the second page: RAX is three times its constant.
  private static let calls: [UInt8] = [
    0x31, 0xC0, 0xB9, 3, 0, 0, 0,  // XOR EAX, EAX; MOV ECX, 3
    0xE8, 0xF4, 0x0F, 0, 0,  // CALL 0x401000
    0xFF, 0xC9, 0x75, 0xF7, 0xCC,  // DEC ECX; JNZ -9; INT3
  ]

  private static func function(adding constant: UInt8) -> [UInt8] { [0x83, 0xC0, constant, 0xC3] }

  private func twoSpaces() throws -> TwoSpaces {
    let spaces = try #require(TwoSpaces())
    spaces.write(Self.calls, at: 0)
    spaces.write(Self.function(adding: 5), at: 4096, space: 0)
    spaces.write(Self.function(adding: 7), at: 4096, space: 1)
    return spaces
  }

  @Test("a branch to another page goes to the page of the address space in force")
  func crossPageCalls() throws {
    let spaces = try twoSpaces()
    for _ in 0..<3 {
      spaces.cpu.switchAddressSpace(to: spaces.roots[0])
      #expect(spaces.result(from: 0) == 15)
      spaces.cpu.switchAddressSpace(to: spaces.roots[1])
      #expect(spaces.result(from: 0) == 21)
    }
  }

  @Test("an instruction that reaches into another page is that of the address space in force")
  func crossPageInstruction() throws {
    let spaces = try twoSpaces()
    spaces.write([0xEB, 0x00, 0xB8], at: 4093)  // JMP +0; MOV EAX, imm32
    spaces.write([1, 0, 0, 0, 0xCC], at: 4096, space: 0)
    spaces.write([2, 0, 0, 0, 0xCC], at: 4096, space: 1)
    for inSteps in [false, true, false] {
      for n in [0, 1] {
        spaces.cpu.switchAddressSpace(to: spaces.roots[n])
        #expect(spaces.result(from: 4093, inSteps: inSteps) == UInt64(n + 1))
      }
    }
  }

  @Test("code that runs on into another page finds that of the address space in force")
  func fallThrough() throws {
    let spaces = try twoSpaces()
    spaces.write([0x31, 0xC0, 0x90, 0x90], at: 4092)  // XOR EAX, EAX; NOP; NOP
    spaces.write([0x83, 0xC0, 5, 0xCC], at: 4096, space: 0)
    spaces.write([0x83, 0xC0, 7, 0xCC], at: 4096, space: 1)
    for n in [0, 1, 0, 1] {
      spaces.cpu.switchAddressSpace(to: spaces.roots[n])
      #expect(spaces.result(from: 4092) == [5, 7][n])
    }
  }

  @Test("a flush makes a changed page table known", arguments: ["page", "space", "cr3", "forget"])
  func flushes(_ means: String) throws {
    let spaces = try twoSpaces()
    let (cpu, roots) = (spaces.cpu, spaces.roots)
    for n in [0, 1, 0] {
      cpu.switchAddressSpace(to: roots[n])
      #expect(spaces.result(from: 0) == [15, 21][n])
    }
    spaces.exchangeCallees()
    switch means {
    case "page": for root in roots { cpu.invalidatePage(TwoSpaces.callee, in: root) }
    case "space": for root in roots { cpu.flushTLB(of: root) }
    case "forget": for root in roots { cpu.forgetAddressSpace(root) }
    default: break
    }
    for n in [0, 1, 0] {
      if means == "cr3" { cpu.cr3 = roots[n] } else { cpu.switchAddressSpace(to: roots[n]) }
      #expect(spaces.result(from: 0) == [21, 15][n])
    }
  }

  @Test("more address spaces than are remembered change nothing but the time")
  func manySpaces() throws {
    let spaces = try twoSpaces()
    for n in 0..<100 {
      // Distinct roots of the same tables: bits 12 and up select, the low bits are PCID.
      spaces.cpu.switchAddressSpace(to: spaces.roots[n % 2] | UInt64(n))
      #expect(spaces.result(from: 0) == [15, 21][n % 2])
    }
  }
}
