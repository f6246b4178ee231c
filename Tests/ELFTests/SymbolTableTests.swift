import ELF
import Foundation
import Testing

@Suite("SymbolTable")
struct SymbolTableTests {
  @Test(
    "an address finds the innermost symbol that covers it",
    arguments: [
      (UInt64(0x40_0fff), String?.none), (0x40_1000, "outer"), (0x40_100f, "outer+0xf"),
      (0x40_1010, "inner"), (0x40_1017, "inner+0x7"), (0x40_1018, "outer+0x18"),
      (0x40_1020, "outer+0x20"), (0x40_103f, "outer+0x3f"), (0x40_1040, nil),
      (0x40_1050, "tail"), (0x40_10ff, "tail+0xaf"), (0x40_1100, nil), (UInt64.max, nil), (0, nil),
    ]
  )
  func covering(address: UInt64, expected: String?) throws {
    let table = try ELFImage(bytes: SampleELF().bytes).symbolTable()
    #expect(table.describe(address) == expected)
  }

  @Test("a name finds its address; files and undefined symbols have none")
  func byName() throws {
    let image = try ELFImage(bytes: SampleELF().bytes)
    #expect(image.symbol(named: "inner")?.address == 0x40_1010)
    #expect(image.symbol(named: "label")?.kind == .label)
    #expect(image.symbol(named: "number")?.kind == .absolute)
    #expect(image.symbol(named: "file.c") == nil)
    #expect(image.symbol(named: "") == nil)
    let all = image.symbolsByName()
    #expect(all["outer"] == 0x40_1000 && all["number"] == 338 && all.count == 6)
    #expect(image.symbolTable().all.count == 5)
  }

  #if os(Linux) && arch(x86_64)
  @Test("the running test's own file has a main that its table finds")
  func ownFile() throws {
    let data = try Data(contentsOf: URL(fileURLWithPath: "/proc/self/exe"))
    let image = try ELFImage(bytes: [UInt8](data))
    #expect(image.header.type == .ET_DYN)
    #expect(try image.interpreterPath() == Array("/lib64/ld-linux-x86-64.so.2".utf8))
    guard let main = image.symbol(named: "main") else { return }  // stripped
    let table = image.symbolTable()
    #expect(table.symbol(covering: main.address)?.symbol.address == main.address)
  }
  #endif
}
