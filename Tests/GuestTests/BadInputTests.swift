import Foundation
import Testing

/// Files that are no program that runs here: one clear line, 126 or 127, never a trap.
@Suite("Bad input", .enabled(if: isX86Linux))
struct BadInputTests {
  private func withFile(
    _ bytes: [UInt8],
    mode: Int = 0o755,
    _ body: (String) throws -> Void
  ) throws {
    let file = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try Data(bytes).write(to: file)
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file.path)
    defer { try? FileManager.default.removeItem(at: file) }
    try body(file.path)
  }

  private func expectRefusal(_ path: String, status: Int32 = 126, _ words: String) throws {
    var errors = ""
    let result = try HostProcess.run(Repository.tool.path, [path], errors: &errors)
    #expect(result.status == status, "\(errors)")
    #expect(errors.hasPrefix("martlet: \(path): "))
    #expect(errors.split(separator: "\n").count == 1, "\(errors)")
    #expect(errors.contains(words), "\(errors)")
  }

  private func hello() throws -> [UInt8] {
    let source = try #require(GuestSource.all(in: "asm").first { $0.name == "hello" })
    return [UInt8](try Data(contentsOf: URL(fileURLWithPath: source.compile(with: .usual))))
  }

  @Test("a missing file")
  func missing() throws {
    try expectRefusal("/nonexistent/program", status: 127, "no such file")
  }

  @Test("a directory, a device")
  func notRegular() throws {
    try expectRefusal("/usr", "directory")
    try expectRefusal("/dev/null", "not a regular file")
  }

  @Test("an empty file, a script, text")
  func notELF() throws {
    try withFile([]) { try expectRefusal($0, "empty") }
    try withFile(Array("#!/bin/sh\necho\n".utf8)) { try expectRefusal($0, "script for /bin/sh") }
    try withFile(Array("hello\n".utf8)) { try expectRefusal($0, "not an ELF program") }
  }

  @Test("a file that may not be executed")
  func permission() throws {
    try withFile(hello(), mode: 0o644) { try expectRefusal($0, "chmod +x") }
  }

  @Test(
    "a program for another machine",
    arguments: [(UInt8(3), "386"), (UInt8(183), "AARCH64"), (UInt8(243), "RISC")]
  )
  func otherMachine(number: UInt8, name: String) throws {
    var bytes = try hello()
    bytes[18] = number
    if number == 3 { bytes[4] = 1 }
    try withFile(bytes) { try expectRefusal($0, "only x86-64") }
  }

  @Test("a real i386 program")
  func i386() throws {
    // The 52-byte header of a 32-bit program with one segment.
    var bytes: [UInt8] = [0x7F, 0x45, 0x4C, 0x46, 1, 1, 1] + Array(repeating: 0, count: 9)
    bytes +=
      [2, 0, 3, 0, 1, 0, 0, 0] + [0x54, 0x80, 4, 8, 0x34, 0, 0, 0] + Array(repeating: 0, count: 8)
    bytes += [0x34, 0, 0x20, 0, 1, 0, 0, 0, 0, 0, 0, 0] + Array(repeating: 0, count: 40)
    try withFile(bytes) { try expectRefusal($0, "-m64") }
  }

  @Test("a dynamic program names its missing linker")
  func dynamic() throws {
    try expectRefusal("/bin/true", "static")
  }

  @Test(
    "every truncation is refused or runs into a signal",
    arguments: [1, 4, 16, 63, 64, 100, 120, 176, 4096]
  )
  func truncated(count: Int) throws {
    let bytes = try hello()
    try withFile(Array(bytes.prefix(count))) { path in
      var errors = ""
      let result = try HostProcess.run(Repository.tool.path, [path], errors: &errors)
      #expect(result.status == 126 || result.status == 139 || result.status == 135, "\(errors)")
      #expect(errors.split(separator: "\n").count == 1, "\(errors)")
    }
  }

  @Test("damaged headers never trap", arguments: 0..<60)
  func damagedHeaders(seed: Int) throws {
    var bytes = try hello()
    var state = UInt64(seed + 1) &* 0x9E37_79B9_7F4A_7C15
    func next() -> UInt64 {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return state
    }
    for _ in 0..<(1 + seed % 6) {
      let offset = 16 + Int(next() % 160)
      if offset < bytes.count { bytes[offset] = UInt8(truncatingIfNeeded: next() >> 20) }
    }
    try withFile(bytes) { try expectTidyEnd($0) }
  }

  @Test(
    "random bytes as code end in a signal or a status, never in a crash of ours",
    arguments: 0..<40
  )
  func randomCode(seed: Int) throws {
    // One segment, readable, writable and executable, entered at its first byte of code.
    var state = UInt64(seed + 77) &* 0x9E37_79B9_7F4A_7C15
    var code: [UInt8] = []
    for _ in 0..<2048 {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      code.append(UInt8(truncatingIfNeeded: state >> 24))
    }
    func word(_ value: UInt64, _ count: Int) -> [UInt8] {
      (0..<count).map { UInt8(truncatingIfNeeded: value >> UInt64(8 * $0)) }
    }
    var bytes: [UInt8] = [0x7F, 0x45, 0x4C, 0x46, 2, 1, 1] + Array(repeating: 0, count: 9)
    bytes += word(2, 2) + word(62, 2) + word(1, 4) + word(0x400078, 8) + word(64, 8) + word(0, 8)
    bytes += word(0, 4) + word(64, 2) + word(56, 2) + word(1, 2) + word(0, 6)
    bytes += word(1, 4) + word(7, 4) + word(0, 8) + word(0x400000, 8) + word(0x400000, 8)
    bytes += word(UInt64(120 + code.count), 8) + word(UInt64(120 + code.count), 8) + word(4096, 8)
    try withFile(bytes + code) { try expectTidyEnd($0) }
  }

  /// Ends by itself or by the limit, with at most a few lines, and not by a signal of the host.
  private func expectTidyEnd(_ path: String) throws {
    var errors = ""
    let result = try HostProcess.run(
      Repository.tool.path,
      ["--max-instructions", "2000000", path],
      errors: &errors
    )
    // A crash of ours prints more than our own lines.
    #expect(result.status != 125, "\(errors)")
    #expect(errors.split(separator: "\n").allSatisfy { $0.hasPrefix("martlet: ") }, "\(errors)")
  }
}
