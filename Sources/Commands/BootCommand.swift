import ArgumentParser
import Emulation
import LinuxABI
import LinuxKernel
import X86

/// `martlet boot`: switches a machine on whose init is the given program.
struct BootCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "boot",
    abstract: "Run a program as init of a fresh machine (the default command).",
    discussion: """
      Options come before PROGRAM; everything after it belongs to the program.

      \(ToolStatus.table)
      """
  )

  @Option(
    name: .customLong("strace"),
    help: ArgumentHelp(
      "Show system calls as strace does, on standard error; all, or those of SET.",
      discussion: "SET is a list of names, such as --strace=uname,write; !write is all but write.",
      valueName: "SET"
    )
  )
  var strace: String?

  @Option(
    name: [.customShort("s"), .customLong("string-limit")],
    help: ArgumentHelp("Characters of a string that --strace shows.", valueName: "N")
  )
  var stringLimit: Int = 32

  @Flag(
    name: [.customShort("v"), .customLong("verbose")],
    help: "Let --strace show structures in full."
  )
  var verbose = false

  @Option(
    name: .customLong("trace"),
    help: ArgumentHelp(
      "Show the kernel at work: entry, table call, faults, fixups, return.",
      discussion: "The only kind is 'kernel'.",
      valueName: "KIND"
    )
  )
  var trace: String?

  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: ArgumentHelp("Write traces, the log and the statistics to a file.", valueName: "FILE"),
    completion: .file()
  )
  var output: String?

  @Flag(name: .customLong("stats"), help: "At the end, count instructions, calls and faults.")
  var stats = false

  @Flag(name: .customLong("dmesg"), help: "Show the kernel log as it is written.")
  var dmesg = false

  @Option(
    name: .customLong("max-instructions"),
    help: ArgumentHelp("Stop with status 124 after N instructions.", valueName: "N")
  )
  var maxInstructions: UInt64?

  @Option(
    name: .customLong("user"),
    help: ArgumentHelp("User and group that init runs as (0 is root).", valueName: "UID")
  )
  var user: UInt32 = 0

  @Option(
    name: .customLong("cap-drop"),
    parsing: .singleValue,
    help: ArgumentHelp(
      "Take a capability away, such as CAP_SYS_BOOT; 'all' takes all. May be repeated.",
      valueName: "CAP"
    )
  )
  var droppedCapabilities: [String] = []

  @Option(
    name: .customLong("env"),
    parsing: .singleValue,
    help: ArgumentHelp(
      "Set a variable of the guest; NAME alone takes the host's value. May be repeated.",
      valueName: "NAME=VALUE"
    )
  )
  var environment: [String] = []

  @Option(
    name: .customLong("cpu"),
    help: ArgumentHelp(
      "Processor: \(CPUModel.names.joined(separator: ", ")); then features, as in 'v2,-erms'.",
      valueName: "MODEL"
    )
  )
  var cpu: String?

  @Option(
    name: .customLong("append"),
    parsing: .singleValue,
    help: ArgumentHelp(
      "Kernel parameters, such as 'uts.copy_under_lock=0'. May be repeated.",
      valueName: "PARAMETERS"
    )
  )
  var append: [String] = []

  @Option(
    name: .customLong("memory"),
    help: ArgumentHelp("Guest memory in MiB.", valueName: "MIB")
  )
  var memory: Int?

  @Option(
    name: .customLong("clock"),
    help: ArgumentHelp(
      "'host', or 'virtual': one nanosecond an instruction, and repeatable random numbers.",
      valueName: "KIND"
    ),
    completion: .list(["host", "virtual"])
  )
  var clock: String = "host"

  @Flag(
    name: .customLong("no-reboot"),
    help: "End with status 0 where the guest restarts the machine."
  )
  var noReboot = false

  @Argument(
    help: ArgumentHelp("An x86-64 Linux program.", valueName: "program"),
    completion: .file()
  )
  var program: String

  @Argument(
    parsing: .captureForPassthrough,
    help: ArgumentHelp("Its arguments.", valueName: "arguments")
  )
  var arguments: [String] = []

  func validate() throws {
    if program.hasPrefix("-"), program != "-" {
      throw ValidationError("Unknown option '\(program)'")
    }
    if let trace, trace != "kernel" {
      throw ValidationError("--trace knows only 'kernel', not '\(trace)'")
    }
    if let strace {
      do { _ = try StraceFilter(strace) } catch { throw ValidationError("--strace: \(error)") }
    }
    if stringLimit < 0 { throw ValidationError("-s: give 0 or more, not \(stringLimit)") }
    guard clock == "host" || clock == "virtual" else {
      throw ValidationError("--clock is 'host' or 'virtual', not '\(clock)'")
    }
    if let cpu {
      do { _ = try CPUModel.parse(cpu) } catch { throw ValidationError("--cpu: \(error)") }
    }
    if let memory, !(16...1_048_576).contains(memory) {
      throw ValidationError("--memory: give 16 ... 1048576 (MiB)")
    }
    for name in droppedCapabilities where name != "all" && Capability(name: name) == nil {
      throw ValidationError("--cap-drop: no capability '\(name)'; see capabilities(7)")
    }
  }

  /// What `--strace` and its helpers ask for; nothing without `--strace`.
  var straceOptions: StraceOptions? {
    guard let strace else { return nil }
    var options = StraceOptions()
    options.filter = (try? StraceFilter(strace)) ?? .all
    options.stringLimit = stringLimit
    options.isVerbose = verbose
    return options
  }

  func run() throws {
    throw ExitCode(BootSession(self).run())
  }
}
