import LinuxABI
import X86

/// The files of `/proc` that belong to no task.
enum ProcRoot {
  /// The root.
  static var entry: ProcEntry {
    .listing(
      { context in
        fixed.map(\.name)
          + context.kernel.tasks.values.filter(\.isLeader).map(\.pid).sorted().map { "\($0)" }
      },
      { context, name in
        if let found = fixed.first(where: { $0.name == name }) { return found.entry }
        guard let pid = Int32(name), "\(pid)" == name, context.kernel.tasks[pid] != nil else {
          return nil
        }
        return .task(pid, .process)
      }
    )
  }

  /// Everything but the tasks.
  static let fixedNames: [String] = fixed.map(\.name)

  static var fixed: [(name: String, entry: ProcEntry)] {
    [
      ("cmdline", .text { "\($0.kernel.configuration.commandLine)\n" }),
      ("cpuinfo", .text(cpuinfo)),
      ("devices", .text { _ in "Character devices:\n  1 mem\n  5 /dev/tty\n\nBlock devices:\n" }),
      (
        "filesystems",
        .text { _ in
          ["proc", "tmpfs", "devtmpfs", "rootfs", "pipefs", "anon_inodefs"].map { "nodev\t\($0)\n" }
            .joined()
        }
      ),
      ("kallsyms", .text(kallsyms)),
      (
        "loadavg",
        .text { context in
          let running = context.kernel.tasks.count
          let last = context.kernel.tasks.keys.max() ?? 1
          return "0.00 0.00 0.00 1/\(running) \(last)\n"
        }
      ),
      ("meminfo", .text(meminfo)),
      ("mounts", .link { _ in Array("self/mounts".utf8) }),
      ("self", .link { Array("\($0.reader.tgid)".utf8) }),
      ("stat", .text(stat)),
      ("sys", ProcSys.entry),
      ("thread-self", .link { Array("\($0.reader.tgid)/task/\($0.reader.pid)".utf8) }),
      (
        "uptime",
        .text { context in
          let hundredths = context.kernel.time() / 10_000_000
          return "\(fixedPoint(hundredths)) \(fixedPoint(0))\n"
        }
      ),
      (
        "version",
        .text { context in
          let names = context.kernel.init_uts_ns.names
          return "\(names[.sysname]) version \(names[.release]) \(names[.version])\n"
        }
      ),
    ]
  }

  /// A number of hundredths.
  static func fixedPoint(_ hundredths: Int64) -> String {
    let rest = hundredths % 100
    return "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest)"
  }

  private static func meminfo(_ context: ProcContext) -> String {
    let frames = context.kernel.frames
    let (total, free) = (frames.totalPages * 4, frames.freePages * 4)
    let rows: [(String, UInt64)] = [
      ("MemTotal:", total), ("MemFree:", free), ("MemAvailable:", free), ("Buffers:", 0),
      ("Cached:", 0), ("SwapCached:", 0), ("SwapTotal:", 0), ("SwapFree:", 0), ("Shmem:", 0),
    ]
    return rows.map { "\(pad($0.0, 16))\(padLeft("\($0.1)", 8)) kB\n" }.joined()
  }

  static func pad(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.utf8.count))
  }

  static func padLeft(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.utf8.count)) + text
  }

  private static func stat(_ context: ProcContext) -> String {
    let ticks = context.kernel.processorTime() / 10_000_000
    let boot = context.kernel.host.bootTime / 1_000_000_000
    let line = "\(ticks) 0 0 0 0 0 0 0 0 0"
    let running = max(1, context.kernel.tasks.count)
    return """
      cpu  \(line)
      cpu0 \(line)
      intr 0
      ctxt \(context.kernel.statistics.contextSwitches)
      btime \(boot)
      processes \(context.kernel.tasks.keys.max() ?? 1)
      procs_running \(running)
      procs_blocked 0

      """
  }

  /// One processor, with the features that its CPUID has.
  private static func cpuinfo(_ context: ProcContext) -> String {
    let model = context.kernel.configuration.cpuModel
    let flags = model.features.map { "\($0)" }.sorted().joined(separator: " ")
    return """
      processor\t: 0
      vendor_id\t: AuthenticAMD
      model name\t: Martlet virtual CPU
      cpu MHz\t\t: 1000.000
      physical id\t: 0
      siblings\t: 1
      core id\t\t: 0
      cpu cores\t: 1
      flags\t\t: \(flags)
      bogomips\t: 2000.00
      clflush size\t: 64
      cache_alignment\t: 64
      address sizes\t: 40 bits physical, 48 bits virtual


      """
  }

  /// The symbols of the kernel text; addresses are for those who may know them.
  private static func kallsyms(_ context: ProcContext) -> String {
    let showsAddresses = capable(context.reader, .CAP_SYSLOG)
    var lines = ""
    for (name, address) in context.kernel.text.symbols.sorted(by: {
      ($0.value, $0.key) < ($1.value, $1.key)
    }) {
      let digits = String(showsAddresses ? address : 0, radix: 16)
      lines += String(repeating: "0", count: 16 - digits.count) + digits + " T \(name)\n"
    }
    return lines
  }
}
