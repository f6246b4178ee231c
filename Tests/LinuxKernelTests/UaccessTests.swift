import LinuxABI
import Testing
import X86

@testable import LinuxKernel

/// What kernel text does with user memory, in each of its three ways.
@Suite("User access")
struct UaccessTests {
  static let models: [CPUModel] = [
    .with([.smap, .smep, .nx]), .with([.repGood, .smap, .smep, .nx]),
    .with([.repGood, .erms, .smap, .smep, .nx]), .with([.repGood, .nx]), .v3,
  ]
  /// Two pages, the second one not accessible.
  static let page: UInt64 = 0x10_0000
  static let border: UInt64 = page + 4096

  static func pattern(_ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 37 &+ 11) }
  }

  static func prepare(_ task: LinuxKernel.Task) throws {
    try task.map(page, pages: 2)
    task.poke(page, pattern(4096))
    try task.map(border, pages: 1, 0)
  }

  @Test(
    "copy_from_user copies each byte before the bad page and zeroes the rest",
    arguments: models
  )
  func copyFrom(model: CPUModel) throws {
    try Kernel.booted(model: model).asTask { task in
      try Self.prepare(task)
      let expected = Self.pattern(4096)
      for good in [0, 1, 3, 7, 8, 9, 15, 16, 63, 64, 65, 127, 128, 200, 513, 1000] {
        for extra in [0, 1, 5, 8, 64, 100, 700] where good + extra > 0 {
          let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: good + extra, alignment: 1)
          defer { buffer.deallocate() }
          for index in buffer.indices { buffer[index] = 0xAA }
          let left = await copy_from_user(task, buffer, Self.border - UInt64(good))
          #expect(left == extra)
          #expect(Array(buffer.prefix(good)) == Array(expected.suffix(good)))
          #expect(buffer.suffix(extra).allSatisfy { $0 == 0 })
        }
      }
    }
  }

  @Test("copy_to_user writes each byte before the bad page", arguments: models)
  func copyTo(model: CPUModel) throws {
    try Kernel.booted(model: model).asTask { task in
      for good in [0, 1, 7, 8, 9, 63, 64, 65, 200, 1000] {
        for extra in [0, 1, 8, 64, 700] where good + extra > 0 {
          try Self.prepare(task)
          let source = (0..<good + extra).map { UInt8(truncatingIfNeeded: $0 &* 3 &+ 200) }
          let left = await source.withBytes {
            await copy_to_user(task, Self.border - UInt64(good), $0)
          }
          #expect(left == extra)
          #expect(task.peek(Self.border - UInt64(good), good) == Array(source.prefix(good)))
          let before = Self.border - UInt64(good) - 8
          #expect(task.peek(before, 8) == Array(Self.pattern(4096).suffix(good + 8).prefix(8)))
        }
      }
    }
  }

  @Test("a copy brings pages in and copies on write", arguments: models)
  func demandPaging(model: CPUModel) throws {
    try Kernel.booted(model: model).asTask { task in
      try task.map(0x20_0000, pages: 40)
      let source = Self.pattern(150_000)
      let left = await source.withBytes { await copy_to_user(task, 0x20_0123, $0) }
      #expect(left == 0)
      #expect(task.peek(0x20_0123, 150_000) == source)
      let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 150_000, alignment: 1)
      defer { buffer.deallocate() }
      #expect(await copy_from_user(task, buffer, 0x20_0123) == 0)
      #expect(Array(buffer) == source)
      #expect(task.kernel.statistics.fixups == 0)
      #expect(task.kernel.statistics.pageFaults >= 37)
    }
  }

  @Test(
    "pointers outside user memory copy nothing and need no fault",
    arguments: [0xFFFF_8880_0000_0000, 0x8000_0000_0000, .max, 0x7FFF_FFFF_F000] as [UInt64]
  )
  func kernelPointers(address: UInt64) throws {
    try Kernel.booted().asTask { task in
      let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 16, alignment: 1)
      defer { buffer.deallocate() }
      for index in buffer.indices { buffer[index] = 0xAA }
      #expect(await copy_from_user(task, buffer, address) == 16)
      #expect(buffer.allSatisfy { $0 == 0 })
      #expect(await copy_to_user(task, address, UnsafeRawBufferPointer(buffer)) == 16)
      #expect(await clear_user(task, address, 16) == 16)
      let empty = UnsafeMutableRawBufferPointer(start: nil, count: 0)
      #expect(await copy_from_user(task, empty, address) == 0)
      await #expect(throws: Errno.EFAULT) { try await get_user(task, address, as: UInt8.self) }
      await #expect(throws: Errno.EFAULT) { try await put_user(task, UInt8(1), address) }
      await #expect(throws: Errno.EFAULT) { try await strncpy_from_user(task, buffer, address) }
      #expect(task.kernel.statistics.pageFaults == 0)
    }
  }

  @Test("get_user and put_user move all bytes or none", arguments: models)
  func single(model: CPUModel) throws {
    try Kernel.booted(model: model).asTask { task in
      try Self.prepare(task)
      let bytes = Self.pattern(4096).suffix(8)
      let word = bytes.reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      #expect(try await get_user(task, Self.border - 8, as: UInt64.self) == word)
      #expect(try await get_user(task, Self.border - 4, as: UInt32.self) == UInt32(word >> 32))
      #expect(try await get_user(task, Self.border - 2, as: UInt16.self) == UInt16(word >> 48))
      #expect(try await get_user(task, Self.border - 1, as: UInt8.self) == UInt8(word >> 56))
      await #expect(throws: Errno.EFAULT) {
        try await get_user(task, Self.border - 4, as: UInt64.self)
      }
      await #expect(throws: Errno.EFAULT) { try await put_user(task, UInt64(0), Self.border - 4) }
      #expect(task.peek(Self.border - 8, 8) == Array(bytes), "nothing is written")
      try await put_user(task, Int32(-2), Self.border - 4)
      #expect(task.peek(Self.border - 4, 4) == [0xFE, 0xFF, 0xFF, 0xFF])
    }
  }

  @Test("clear_user clears up to the bad page", arguments: models)
  func clear(model: CPUModel) throws {
    try Kernel.booted(model: model).asTask { task in
      for good in [0, 1, 7, 8, 63, 64, 100] as [UInt64] {
        for extra in [0, 1, 8, 9] as [UInt64] {
          try Self.prepare(task)
          #expect(await clear_user(task, Self.border - good, good + extra) == extra)
          #expect(task.peek(Self.border - good, Int(good)).allSatisfy { $0 == 0 })
          #expect(task.peek(Self.border - good - 1, 1) == [Self.pattern(4096)[4095 - Int(good)]])
        }
      }
    }
  }

  @Test("strncpy_from_user stops at the NUL, the count or the bad page", arguments: models)
  func strings(model: CPUModel) throws {
    try Kernel.booted(model: model).asTask { task in
      try Self.prepare(task)
      let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 64, alignment: 1)
      defer { buffer.deallocate() }
      for length in [0, 1, 7, 8, 9, 20] {
        let text = [UInt8](repeating: 0x61, count: length) + [0]
        task.poke(Self.border - UInt64(text.count), text)
        let result = try await strncpy_from_user(task, buffer, Self.border - UInt64(text.count))
        #expect(result == length, "the NUL is the last byte of the last page")
        #expect(Array(buffer.prefix(length + 1)) == text)
      }
      task.poke(Self.border - 40, [UInt8](repeating: 0x62, count: 40))
      await #expect(throws: Errno.EFAULT) {
        try await strncpy_from_user(task, buffer, Self.border - 40)
      }
      let short = UnsafeMutableRawBufferPointer(rebasing: buffer[0..<10])
      #expect(try await strncpy_from_user(task, short, Self.border - 40) == 10)
    }
  }

  @Test("a write to read-only memory is refused, reading it is not")
  func readOnly() throws {
    try Kernel.booted().asTask { task in
      try task.map(Self.page, pages: 1, 1)
      #expect(try await get_user(task, Self.page, as: UInt32.self) == 0)
      await #expect(throws: Errno.EFAULT) { try await put_user(task, UInt32(1), Self.page) }
    }
  }

  @Test("a fault whose table entry is gone is an oops, and the task is dead")
  func removedEntry() throws {
    let kernel = try Kernel.booted(model: Self.models[2])
    let table = kernel.exceptionTable
    for index in 0..<table.count
    where kernel.symbolize(table[index].instruction).hasPrefix("copy_user_enhanced_fast_string") {
      // An instruction that is never executed takes its place.
      kernel.text.store(Int32(0), table.start &+ UInt64(index) * 12)
    }
    #expect(throws: TestFailure.neverReturned) {
      try kernel.asTask { task in
        try Self.prepare(task)
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 128, alignment: 1)
        _ = await copy_from_user(task, buffer, Self.border - 4)
      }
    }
    let text = kernel.log.records.map(\.text).joined(separator: "\n")
    #expect(text.contains("BUG: unable to handle page fault for address: 0x0000000000101000"))
    #expect(text.contains("RIP: 0010:copy_user_enhanced_fast_string+0x"))
    #expect(text.contains("kernel_thread+0x8"))
    #expect(kernel.statistics.oopses == 1)
    #expect(kernel.tasks[1]?.exitStatus == .signaled(.SIGKILL))
  }

  @Test("a kernel access without STAC is an oops even where a table entry exists")
  func withoutStac() throws {
    let kernel = try Kernel.booted(model: Self.models[2])
    let start = try #require(kernel.text.symbols["copy_user_enhanced_fast_string"])
    #expect(kernel.text.load(start, as: UInt32.self) & 0xFF_FFFF == 0xCB_010F, "stac")
    kernel.text.store(UInt16(0x9090), start)
    kernel.text.store(UInt8(0x90), start &+ 2)
    #expect(throws: TestFailure.neverReturned) {
      try kernel.asTask { task in
        try Self.prepare(task)
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 128, alignment: 1)
        _ = await copy_from_user(task, buffer, Self.border - 128)
      }
    }
    #expect(kernel.statistics.oopses == 1)
    #expect(kernel.statistics.fixups == 0)
  }
}

extension Array where Element == UInt8 {
  /// Lends the bytes to an asynchronous function.
  func withBytes<Result>(_ body: (UnsafeRawBufferPointer) async -> Result) async -> Result {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: count, alignment: 1)
    defer { buffer.deallocate() }
    buffer.copyBytes(from: self)
    return await body(UnsafeRawBufferPointer(buffer))
  }
}
