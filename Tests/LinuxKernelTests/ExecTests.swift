import ELF
import LinuxABI
import Testing
import X86

@testable import LinuxKernel

/// Layouts as measured on Linux 6.18 with `setarch -R`.
@Suite("execve")
struct ExecTests {
  /// A program of one segment, as small as they get.
  static func program(
    type: UInt16 = 2,
    address: UInt64 = 0x400000,
    entry: UInt64? = nil,
    segments: [(
      address: UInt64, offset: UInt64, fileSize: UInt64, memorySize: UInt64, flags: UInt32
    )]? =
      nil,
    code: [UInt8] = [0x0F, 0x0B]
  ) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: 0x1000)
    func put<T: FixedWidthInteger>(_ value: T, _ offset: Int) {
      withUnsafeBytes(of: value.littleEndian) { raw in
        for (index, byte) in raw.enumerated() { bytes[offset + index] = byte }
      }
    }
    let list =
      segments
      ?? [(address, 0, 0x1000 + UInt64(code.count), 0x1000 + UInt64(code.count), 5)]
    bytes[0..<7] = [0x7F, 0x45, 0x4C, 0x46, 2, 1, 1]
    put(type, 16)
    put(UInt16(62), 18)
    put(UInt32(1), 20)
    put(entry ?? address + 0x1000, 24)
    put(UInt64(64), 32)
    put(UInt16(64), 52)
    put(UInt16(56), 54)
    put(UInt16(list.count), 56)
    for (index, segment) in list.enumerated() {
      let at = 64 + index * 56
      put(UInt32(1), at)
      put(segment.flags, at + 4)
      put(segment.offset, at + 8)
      put(segment.address, at + 16)
      put(segment.address, at + 24)
      put(segment.fileSize, at + 32)
      put(segment.memorySize, at + 40)
      put(UInt64(4096), at + 48)
    }
    return bytes + code
  }

  static func start(
    _ kernel: Kernel,
    _ bytes: [UInt8],
    filename: String = "./s",
    arguments: [String] = ["./s"],
    environment: [String] = []
  ) throws -> LinuxKernel.Task {
    try kernel.kernel_init(
      ProgramFile(filename: filename, absolutePath: "/tmp/s", bytes: ELFBytes(bytes)),
      arguments: arguments.map { Array($0.utf8) },
      environment: environment.map { Array($0.utf8) }
    )
  }

  static func words(_ mm: MM, _ address: UInt64, _ count: Int) throws -> [UInt64] {
    try (0..<count).map {
      try #require(mm.get_user_page(address &+ UInt64($0) * 8, isWrite: false)).host
        .load(as: UInt64.self)
    }
  }

  static func string(_ mm: MM, _ address: UInt64) throws -> String {
    var bytes: [UInt8] = []
    while true {
      let page = try #require(mm.get_user_page(address &+ UInt64(bytes.count), isWrite: false))
      let byte = page.host.load(as: UInt8.self)
      if byte == 0 { return String(decoding: bytes, as: UTF8.self) }
      bytes.append(byte)
    }
  }

  @Test("the stack's image is Linux's, but for the vDSO's entry")
  func stackImage() throws {
    let kernel = try Kernel.booted()
    let task = try Self.start(
      kernel,
      Self.program(),
      arguments: ["./s", "x", "yy", "zzz"],
      environment: ["A=1", "BB=two"]
    )
    let mm = try #require(task.mm)
    // Linux has AT_SYSINFO_EHDR too: 0x7fffffffee00 there.
    #expect(mm.start_stack == 0x7FFF_FFFF_EE10)
    let words = try Self.words(mm, mm.start_stack, 9 + 44)
    #expect(
      words[0..<9] == [
        4, 0x7FFF_FFFF_EFDC, 0x7FFF_FFFF_EFE0, 0x7FFF_FFFF_EFE2, 0x7FFF_FFFF_EFE5, 0,
        0x7FFF_FFFF_EFE9, 0x7FFF_FFFF_EFED, 0,
      ]
    )
    let tags = stride(from: 9, to: words.count, by: 2).map { words[$0] }
    #expect(
      tags == [
        51, 16, 6, 17, 3, 4, 5, 7, 8, 9, 11, 12, 13, 14, 23, 25, 26, 31, 15, 27, 28, 0,
      ]
    )
    let values = Dictionary(
      uniqueKeysWithValues: stride(from: 9, to: words.count, by: 2).map {
        (words[$0], words[$0 + 1])
      }
    )
    #expect(values[25] == 0x7FFF_FFFF_EFB9, "random bytes")
    #expect(values[15] == 0x7FFF_FFFF_EFC9, "platform")
    #expect(values[31] == 0x7FFF_FFFF_EFF4, "file name")
    #expect(values[3] == 0x400040)
    #expect(values[9] == 0x401000)
    #expect(try Self.string(mm, 0x7FFF_FFFF_EFED) == "BB=two")
    #expect(try Self.string(mm, 0x7FFF_FFFF_EFC9) == "x86_64")
    #expect(try Self.string(mm, 0x7FFF_FFFF_EFF4) == "./s")
    #expect(try Self.words(mm, 0x7FFF_FFFF_EFF8, 1) == [0])
    let stack = try #require(mm.vmas.last)
    #expect((stack.start, stack.end) == (0x7FFF_FFFD_E000, 0x7FFF_FFFF_F000))
  }

  @Test("a program starts with clear registers, and its heap follows its last segment")
  func startState() throws {
    let kernel = try Kernel.booted()
    let task = try Self.start(
      kernel,
      Self.program(segments: [(0x400000, 0, 0x1002, 0x1002, 5), (0x4A_A000, 0, 0, 0x1AA0, 6)])
    )
    let frame = task.ptRegs
    #expect(frame[.rip] == 0x401000)
    #expect(frame[.eflags] == 0x202)
    #expect(frame[.cs] == 0x33)
    #expect(frame[.ss] == 0x2B)
    for offset in PtRegs.Offset.allCases where offset.rawValue < PtRegs.Offset.rip.rawValue {
      #expect(frame[offset] == 0)
    }
    #expect(task.mm?.brk == 0x4A_C000)
    #expect(task.comm == "s")
  }

  @Test("a static PIE lies below the stack area, its heap does not")
  func staticPIE() throws {
    let kernel = try Kernel.booted()
    let task = try Self.start(
      kernel,
      Self.program(type: 3, address: 0, segments: [(0, 0, 0x1002, 0xB7A00, 7)])
    )
    let mm = try #require(task.mm)
    #expect(task.ptRegs[.rip] == 0x7FFF_F7F4_8000)
    #expect(mm.start_code == 0x7FFF_F7F4_7000)
    #expect(mm.brk == 0x5555_5555_5000)
  }

  @Test("bytes behind the file's part of a segment are zero")
  func padzero() throws {
    let kernel = try Kernel.booted()
    let bytes = Self.program(segments: [
      (0x400000, 0, 0x1002, 0x1002, 5), (0x500000, 0, 0x10, 0x3000, 6),
    ])
    let mm = try #require(try Self.start(kernel, bytes).mm)
    #expect(try Self.words(mm, 0x500010, 4) == [0, 0, 0, 0])
    #expect(try Self.words(mm, 0x500000, 1) != [0])
    #expect(try Self.words(mm, 0x502FF8, 1) == [0])
  }

  @Test(
    "absurd segments kill the task and nothing else",
    arguments: [
      [(0x400000, 0, 0x1002, 0x10, 5)], [(0x400000, 0, 0x1002, UInt64.max, 5)],
      [(UInt64.max - 4095, 0, 0x1002, 0x1002, 5)], [(0x400000, 1, 0x1002, 0x1002, 5)],
      [(0x7FFF_FFFF_E000, 0, 0x1002, 0x1002, 5)], [(0xFFFF_FFFF_8100_0000, 0, 16, 16, 5)],
      [(0x400000, 0, 0x1002, 1 << 46, 6)], [(0, 0, 0x1002, 0x1002, 5)],
    ] as [[(UInt64, UInt64, UInt64, UInt64, UInt32)]]
  )
  func absurd(segments: [(UInt64, UInt64, UInt64, UInt64, UInt32)]) throws {
    var configuration = KernelConfiguration()
    configuration.uid = 1000
    configuration.memorySize = 64 << 20
    let kernel = try Kernel(configuration: configuration, host: TestHost())
    try kernel.start_kernel()
    let bytes = Self.program(
      segments: segments.map { ($0.0, $0.1, $0.2, $0.3, $0.4) }
    )
    #expect(throws: ExecError.self) {
      _ = try Self.start(kernel, bytes)
    }
  }

  @Test(
    "what is not a program is refused with Linux's error",
    arguments: [
      ([], Errno.ENOEXEC), ([0x7F, 0x45], .ENOEXEC), (Array("#!/bin/sh\n".utf8), .ENOEXEC),
      (program(type: 1), .ENOEXEC), (program(type: 4), .ENOEXEC),
    ] as [([UInt8], Errno)]
  )
  func refused(bytes: [UInt8], errno: Errno) throws {
    let kernel = try Kernel.booted()
    do {
      _ = try Self.start(kernel, bytes)
      Issue.record("it started")
    } catch let error as ExecError {
      #expect(error.errno == errno)
      #expect(!error.reason.isEmpty)
    }
  }

  @Test("arguments have limits")
  func limits() throws {
    let kernel = try Kernel.booted()
    for (length, isAccepted) in [(131_071, true), (131_072, false)] {
      let long = String(repeating: "x", count: length)
      let result = try? Self.start(kernel, Self.program(), arguments: ["./s", long])
      #expect((result != nil) == isAccepted)
    }
    let many = [String](repeating: String(repeating: "y", count: 100_000), count: 25)
    #expect(throws: ExecError.self) { try Self.start(kernel, Self.program(), arguments: many) }
    let task = try Self.start(kernel, Self.program(), arguments: [])
    let mm = try #require(task.mm)
    #expect(try Self.words(mm, mm.start_stack, 1) == [1], "argc is never 0")
  }
}
