import LinuxABI
import Testing

@testable import LinuxKernel

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The rows of `sys_call_table`.
@Suite("sys_call_table")
struct SyscallTableTests {
  @Test("names are unique and numbers lead to their own rows")
  func unique() {
    #expect(Set(sys_call_table.map(\.name)).count == sys_call_table.count)
    for row in sys_call_table {
      #expect(sys_call_table[number: row.number]?.name == row.name)
      #expect(sys_call_table[name: row.name]?.number == row.number)
    }
    #expect(sys_call_table[number: -1] == nil)
    #expect(sys_call_table[number: 335] == nil)
    #expect(sys_call_table[number: SyscallTable.NR_syscalls] == nil)
  }

  @Test("numbers and names are those of SyscallNumber")
  func numbers() {
    for row in sys_call_table {
      #expect(SyscallNumber(rawValue: Int32(row.number))?.name == row.name, "\(row.number)")
    }
  }

  /// The host's own header, where there is one.
  static var header: [(name: String, number: Int)] {
    guard let file = fopen("/usr/include/x86_64-linux-gnu/asm/unistd_64.h", "r") else { return [] }
    defer { fclose(file) }
    var rows: [(String, Int)] = []
    var buffer = [CChar](repeating: 0, count: 512)
    while fgets(&buffer, 512, file) != nil {
      let text = String(
        decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) },
        as: UTF8.self
      )
      let words = text.split { $0 == " " || $0 == "\n" || $0 == "\t" }
      guard words.count == 3, words[0] == "#define", words[1].hasPrefix("__NR_"),
        let number = Int(words[2])
      else { continue }
      rows.append((String(words[1].dropFirst(5)), number))
    }
    return rows
  }

  @Test("every call of the host's header up to 450 is a row", .enabled(if: !header.isEmpty))
  func agreesWithHeader() {
    for (name, number) in Self.header where number <= 450 {
      #expect(sys_call_table[number: number]?.name == name, "\(number)")
    }
  }

  @Test("what is partial says what is missing, what is missing has no body of its own")
  func support() {
    for row in sys_call_table {
      if row.support.word == "partial" { #expect(!row.support.note.isEmpty, "\(row.name)") }
      #expect(row.arguments.count <= 6, "\(row.name)")
    }
    #expect(sys_call_table[number: 338]?.support == .ours)
    #expect(sys_call_table[number: 300]?.support == .unsupported)
  }

  @Test(
    "signatures read like the manual's",
    arguments: [
      (1, "write(int fd, const void *buf, size_t count)"),
      (39, "getpid(void)"),
      (63, "uname(struct new_utsname *name)"),
      (169, "reboot(int magic1, int magic2, int cmd, void *arg)"),
      (171, "setdomainname(const char *name, unsigned int len)"),
      (338, "foo(void)"),
    ]
  )
  func signature(number: Int, text: String) {
    #expect(sys_call_table[number: number]?.signature == text)
  }
}
