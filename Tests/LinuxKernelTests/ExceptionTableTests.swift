import Testing
import X86

@testable import LinuxKernel

@Suite("Exception table and alternatives in guest memory")
struct ExceptionTableTests {
  @Test("boot sorts the entries, and each one still names what it named")
  func sorted() throws {
    let kernel = try Kernel(configuration: KernelConfiguration(), host: TestHost())
    let table = kernel.exceptionTable
    let before = (0..<table.count).map { table[$0] }
    // Turn the table round first, whatever the linker's order was.
    for index in 0..<table.count {
      let entry = before[table.count - 1 - index]
      let address = table.start &+ UInt64(index) &* 12
      kernel.text.store(Int32(truncatingIfNeeded: entry.instruction &- address), address)
      kernel.text.store(Int32(truncatingIfNeeded: entry.fixup &- address &- 4), address &+ 4)
      kernel.text.store(entry.data, address &+ 8)
    }
    try kernel.start_kernel()
    let after = (0..<table.count).map { table[$0] }
    #expect(after == before.sorted { $0.instruction < $1.instruction })
    #expect(table.count > 20)
  }

  @Test("a search finds each instruction and nothing between them")
  func search() throws {
    let table = try Kernel.booted().exceptionTable
    for index in 0..<table.count {
      #expect(table.search_extable(table[index].instruction) == table[index])
      #expect(
        table.search_extable(table[index].instruction &+ 1)?.instruction != table[index].instruction
      )
    }
    #expect(table.search_extable(0) == nil)
    #expect(table.search_extable(.max) == nil)
  }

  @Test(
    "the copy's entrance jumps to what the processor does best",
    arguments: [
      ([.repGood, .erms, .smap], "copy_user_enhanced_fast_string"),
      ([.repGood, .smap], "copy_user_generic_string"), ([.smap], "copy_user_generic_unrolled"),
    ] as [([CPUModel.Feature], String)]
  )
  func alternatives(features: [CPUModel.Feature], target: String) throws {
    let kernel = try Kernel.booted(model: .with(features))
    let entrance = kernel.uaccess.copy_user_generic
    #expect(kernel.text.load(entrance, as: UInt8.self) == 0xE9)
    let distance = kernel.text.load(entrance &+ 1, as: Int32.self)
    let address = entrance &+ 5 &+ UInt64(bitPattern: Int64(distance))
    #expect(address == kernel.text.symbols[target])
  }

  @Test("without SMAP there is no STAC in kernel text")
  func noStac() throws {
    let kernel = try Kernel.booted(model: .with([.repGood]))
    let start = try #require(kernel.text.symbols["copy_user_generic_string"])
    #expect(kernel.text.load(start, as: UInt32.self) & 0xFF_FFFF == 0x00_1F0F, "nopl (%rax)")
    #expect(kernel.cpu.cr4 & 1 << 21 == 0)
  }
}
