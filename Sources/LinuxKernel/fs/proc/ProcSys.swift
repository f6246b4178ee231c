import LinuxABI

/// `/proc/sys`: the kernel's settings.
///
/// - SeeAlso: Linux `kernel/sysctl.c`, `kernel/utsname_sysctl.c`.
enum ProcSys {
  static var entry: ProcEntry {
    .directory([
      (
        "fs",
        .directory([
          ("file-max", .text { _ in "9223372036854775807\n" }),
          ("nr_open", .text { _ in "1048576\n" }),
          ("pipe-max-size", .text { _ in "1048576\n" }),
        ])
      ),
      ("kernel", .directory(kernel)),
      (
        "vm",
        .directory([
          ("max_map_count", .text { _ in "65530\n" }),
          ("mmap_min_addr", .text { _ in "\(MM.mmap_min_addr)\n" }),
          ("overcommit_memory", .text { _ in "0\n" }),
        ])
      ),
    ])
  }

  private static var kernel: [(name: String, entry: ProcEntry)] {
    [
      ("arch", .text { $0.name(.machine) }),
      ("cap_last_cap", .text { _ in "40\n" }),
      ("core_pattern", .text { _ in "core\n" }),
      (
        "ctrl-alt-del",
        .setting({ "\($0.kernel.C_A_D)\n" }) { context, bytes throws(Errno) in
          guard let value = number(bytes) else { throw .EINVAL }
          context.kernel.C_A_D = value
        }
      ),
      ("domainname", utsName(.domainname)),
      ("hostname", utsName(.nodename)),
      ("ngroups_max", .text { _ in "65536\n" }),
      ("osrelease", .text { $0.name(.release) }),
      ("ostype", .text { $0.name(.sysname) }),
      ("overflowgid", .text { _ in "65534\n" }),
      ("overflowuid", .text { _ in "65534\n" }),
      ("pid_max", .text { _ in "32768\n" }),
      (
        "random",
        .directory([
          ("boot_id", .text { $0.kernel.vfs.bootID + "\n" }),
          ("entropy_avail", .text { _ in "256\n" }),
          ("poolsize", .text { _ in "256\n" }),
          ("uuid", .text { $0.kernel.uuid() + "\n" }),
        ])
      ),
      ("randomize_va_space", .text { _ in "0\n" }),
      ("tainted", .text { "\($0.kernel.statistics.oopses > 0 ? 128 : 0)\n" }),
      ("threads-max", .text { _ in "32768\n" }),
      ("version", .text { $0.name(.version) }),
    ]
  }

  /// A name of the reader's UTS namespace.
  private static func utsName(_ field: NewUtsname.Offset) -> ProcEntry {
    .setting({ $0.name(field) }) { context, bytes throws(Errno) in
      let task = context.reader
      // Up to a zero or a newline, and never more than fits.
      let name = Array(
        bytes.prefix { $0 != 0 && $0 != 10 }.prefix(NewUtsname.__NEW_UTS_LEN)
      )
      await down_write(context.kernel.uts_sem, task)
      let memory = task.nsproxy.uts_ns.field(field)
      memory.zero(0..<memory.count)
      memory.copyBytes(from: name)
      up_write(context.kernel.uts_sem, task)
    }
  }

  /// A decimal number, with blanks around it.
  private static func number(_ bytes: [UInt8]) -> Int32? {
    let digits = bytes.drop { $0 == 32 || $0 == 9 }.prefix { $0 != 10 && $0 != 0 && $0 != 32 }
    return Int32(String(decoding: digits, as: UTF8.self))
  }
}

extension ProcContext {
  /// A line with a name of the reader's UTS namespace.
  fileprivate func name(_ field: NewUtsname.Offset) -> String {
    reader.nsproxy.uts_ns.names[field] + "\n"
  }
}

extension Kernel {
  /// A random identity, version 4.
  func uuid() -> String {
    var bytes = [UInt8](repeating: 0, count: 16)
    bytes.withUnsafeMutableBytes { host.entropy($0) }
    bytes[6] = bytes[6] & 0x0f | 0x40
    bytes[8] = bytes[8] & 0x3f | 0x80
    var text = ""
    for (index, byte) in bytes.enumerated() {
      if [4, 6, 8, 10].contains(index) { text += "-" }
      text += (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }
    return text
  }
}
