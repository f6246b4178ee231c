import ELF
import Foundation
import Testing

/// The checked-in kernel text, read as a file: no kernel and no CPU are needed for that.
private struct KernelImage {
  let image: ELFImage
  let symbols: [String: UInt64]

  init() throws {
    let repository = URL(fileURLWithPath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    let file = repository.appendingPathComponent("Sources/LinuxKernel/Resources/kernel.elf")
    image = try ELFImage(bytes: [UInt8](Data(contentsOf: file)))
    symbols = image.symbolsByName()
  }

  func address(_ name: String) throws -> UInt64 { try #require(symbols[name], "\(name)") }

  /// The bytes between two symbols, as they lie in the file.
  func bytes(_ start: UInt64, _ end: UInt64) throws -> [UInt8] {
    let segment = try #require(
      image.programHeaders.first {
        $0.virtualAddress <= start && end <= $0.virtualAddress + $0.fileSize
      }
    )
    let contents = try #require(image.contents(of: segment))
    let offset = Int(start - segment.virtualAddress)
    return [UInt8](contents[offset..<(offset + Int(end - start))])
  }
}

private func int32(_ bytes: [UInt8], _ offset: Int) -> Int32 {
  Int32(bitPattern: (0..<4).reduce(0) { $0 | UInt32(bytes[offset + $1]) << (8 * UInt32($1)) })
}

@Suite("kernel.elf")
struct KernelImageTests {
  private let kernel: KernelImage

  init() throws { kernel = try KernelImage() }

  /// insn, fixup and type of each entry of `__ex_table`, in the file's order.
  private func entries() throws -> [(insn: UInt64, fixup: UInt64, type: UInt32)] {
    let start = try kernel.address("__start___ex_table")
    let table = try kernel.bytes(start, try kernel.address("__stop___ex_table"))
    #expect(table.count % 12 == 0 && !table.isEmpty)
    return stride(from: 0, to: table.count, by: 12).map { offset in
      let here = start + UInt64(offset)
      return (
        here &+ UInt64(bitPattern: Int64(int32(table, offset))),
        here &+ 4 &+ UInt64(bitPattern: Int64(int32(table, offset + 4))),
        UInt32(bitPattern: int32(table, offset + 8))
      )
    }
  }

  @Test("three segments: text to execute, constants to read, variables to write")
  func segments() throws {
    let segments = kernel.image.programHeaders
    #expect(segments.map(\.kind) == [.PT_LOAD, .PT_LOAD, .PT_LOAD])
    #expect(segments.map(\.flags) == [[.PF_R, .PF_X], [.PF_R], [.PF_R, .PF_W]])
    #expect(segments[0].virtualAddress == 0xffff_ffff_8100_0000)
    #expect(segments.allSatisfy { $0.virtualAddress & 4095 == 0 && $0.fileOffset & 4095 == 0 })
    #expect(kernel.image.header.entry == (try kernel.address("entry_SYSCALL_64")))
    #expect(kernel.image.sections().contains { $0.name == ".debug_line" })
  }

  @Test("every entry of __ex_table leads from a function to a function")
  func exceptionTable() throws {
    let table = kernel.image.symbolTable()
    let text = kernel.image.programHeaders[0]
    for entry in try entries() {
      for address in [entry.insn, entry.fixup] {
        #expect(address >= text.virtualAddress)
        #expect(address < text.virtualAddress + text.memorySize)
        #expect(table.symbol(covering: address)?.symbol.kind == .function)
      }
      #expect(entry.type == 3)  // EX_TYPE_UACCESS
    }
  }

  @Test("the functions that touch user memory have their entries, and a sorted search finds them")
  func search() throws {
    let table = kernel.image.symbolTable()
    let sorted = try entries().sorted { $0.insn < $1.insn }
    #expect(Set(sorted.map(\.insn)).count == sorted.count)
    for entry in sorted {
      var low = 0
      var high = sorted.count
      while low < high {
        let middle = (low + high) / 2
        if sorted[middle].insn < entry.insn { low = middle + 1 } else { high = middle }
      }
      #expect(sorted[low].fixup == entry.fixup)
    }
    let functions = sorted.map { table.symbol(covering: $0.insn)?.symbol.name ?? "" }
    let counts = functions.reduce(into: [String: Int]()) { $0[$1, default: 0] += 1 }
    #expect(counts["copy_user_generic_unrolled"] == 22)  // 2 + 16 + 2 + 2
    #expect(counts["copy_user_generic_string"] == 4)
    #expect(counts["copy_user_enhanced_fast_string"] == 1)
    #expect(counts["copy_user_handle_tail"] == 1)
    for width in [1, 2, 4, 8] {
      #expect(counts["__get_user_\(width)"] == 1 && counts["__put_user_\(width)"] == 1)
    }
    #expect(counts["clear_user_erms"] == 1 && counts["clear_user_rep_good"] == 2)
    #expect(counts["strncpy_from_user"] == 2)
  }

  @Test("alternatives fit in their places, and jumps reach the variants")
  func alternatives() throws {
    let start = try kernel.address("__alt_start")
    let table = try kernel.bytes(start, try kernel.address("__alt_end"))
    #expect(table.count % 12 == 0)
    let symbols = kernel.image.symbolTable()
    var jumps: [String] = []
    var smapSites = 0
    for offset in stride(from: 0, to: table.count, by: 12) {
      let here = start + UInt64(offset)
      let site = here &+ UInt64(bitPattern: Int64(int32(table, offset)))
      let replacement = here &+ 4 &+ UInt64(bitPattern: Int64(int32(table, offset + 4)))
      let feature = Int(table[offset + 8]) | Int(table[offset + 9]) << 8
      let oldCount = table[offset + 10]
      let newCount = table[offset + 11]
      #expect(newCount <= oldCount && oldCount > 0)
      #expect(symbols.symbol(covering: site)?.symbol.kind == .function)
      let new = try kernel.bytes(replacement, replacement + UInt64(newCount))
      if feature == 9 * 32 + 20 {
        smapSites += 1
        #expect(new == [0x0f, 0x01, 0xca] || new == [0x0f, 0x01, 0xcb])  // CLAC, STAC
        #expect(try kernel.bytes(site, site + 3) == [0x0f, 0x1f, 0x00])
      } else if newCount == 5 {
        #expect(new[0] == 0xe9)
        let target = replacement &+ 5 &+ UInt64(bitPattern: Int64(int32(new, 1)))
        jumps.append(symbols.describe(target) ?? "")
      }
    }
    #expect(
      jumps.sorted() == [
        "clear_user_erms", "clear_user_rep_good", "copy_user_enhanced_fast_string",
        "copy_user_generic_string",
      ]
    )
    #expect(smapSites > 30)
  }

  @Test("variables have their C layout and first values")
  func variables() throws {
    let table = try kernel.address("sys_call_table")
    #expect(try kernel.bytes(table, table + 4096).allSatisfy { $0 == 0 })
    let names = try kernel.address("init_uts_ns")
    let bytes = try kernel.bytes(names, names + 390)
    #expect(bytes[0..<6].elementsEqual("Linux\0".utf8))
    #expect(bytes[260..<267].elementsEqual("x86_64\0".utf8))
    #expect(bytes[325..<332].elementsEqual("(none)\0".utf8))
    let flag = try kernel.address("C_A_D")
    #expect(try kernel.bytes(flag, flag + 4) == [1, 0, 0, 0])
    let area = try kernel.address("cpu0_area")
    #expect(try kernel.address("cpu_tss_sp2") == area + (try kernel.address("PER_CPU_TSS_SP2")))
    #expect(try kernel.address("thread_flags") == area + kernel.address("PER_CPU_THREAD_FLAGS"))
    #expect(try kernel.address("current_task") == area + kernel.address("PER_CPU_CURRENT_TASK"))
  }
}
