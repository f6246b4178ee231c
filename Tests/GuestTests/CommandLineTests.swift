import Foundation
import Testing

/// The built tool: statuses, messages, options.
@Suite("Command line", .enabled(if: isX86Linux))
struct CommandLineTests {
  struct Run {
    let result: ProgramResult
    let errors: String
    var status: Int32 { result.status }
    var text: String { result.text }
  }

  private func martlet(_ arguments: String..., input: String = "") throws -> Run {
    var errors = ""
    let result = try HostProcess.run(
      Repository.tool.path,
      arguments,
      input: Array(input.utf8),
      errors: &errors
    )
    return Run(result: result, errors: errors)
  }

  private func guest(_ name: String) throws -> String {
    let source = try #require(GuestSource.all(in: "c").first { $0.name == name })
    return try source.compile(with: .usual)
  }

  @Test("the guest's output and status are the tool's, and nothing else is printed")
  func hello() throws {
    let run = try martlet(guest("hello"))
    #expect(run.text == "Hello, world!\n")
    #expect(run.errors == "")
    #expect(run.status == 0)
  }

  @Test("what follows the program is the guest's, options too")
  func arguments() throws {
    let program = try guest("args")
    let run = try martlet("boot", program, "--stats", "--", "-x")
    let native = try HostProcess.run(program, ["--stats", "--", "-x"])
    #expect(run.text == native.text)
    #expect(run.status == native.status)
  }

  @Test("standard input reaches the guest")
  func input() throws {
    let run = try martlet(guest("wc"), input: "two words\n")
    #expect(run.text.contains("2"))
  }

  @Test(
    "a killed guest: 128 + N and one line with the signal, rip, symbol and instruction",
    arguments: [
      ("fault_null", 139, "SIGSEGV"), ("fault_divide", 136, "SIGFPE"),
      ("fault_illegal", 132, "SIGILL"), ("fault_abort", 134, "SIGABRT"),
      ("fault_trap", 133, "SIGTRAP"),
    ]
  )
  func killed(name: String, status: Int32, signal: String) throws {
    let run = try martlet(guest(name))
    #expect(run.status == status)
    #expect(run.text == "before\n")
    let lines = run.errors.split(separator: "\n")
    #expect(lines.count == 1, "\(run.errors)")
    #expect(run.errors.contains("killed by \(signal)"))
    #expect(run.errors.contains("rip 0x"))
    if name == "fault_null" { #expect(run.errors.contains("main")) }
  }

  @Test("--stats counts, --max-instructions stops with 124, exactly")
  func limits() throws {
    let program = try guest("hello")
    let all = try martlet("--stats", program)
    #expect(all.status == 0)
    #expect(all.errors.contains("instructions:"))
    let stopped = try martlet("--stats", "--max-instructions", "1000", program)
    #expect(stopped.status == 124)
    #expect(stopped.errors.contains("instructions:     1000\n"))
  }

  @Test("--clock=virtual makes two runs identical")
  func deterministic() throws {
    let program = try guest("hello")
    let first = try martlet("--clock=virtual", "--dmesg", "--trace=kernel", program)
    let second = try martlet("--clock=virtual", "--dmesg", "--trace=kernel", program)
    #expect(first.errors == second.errors)
    #expect(first.errors.contains("SYSCALL"))
  }

  @Test("--trace=kernel shows a straddling name from entry to return, in order")
  func trace() throws {
    let run = try martlet("--trace=kernel", try guest("efault_straddle"))
    #expect(run.status == 0)
    let call = try #require(run.errors.range(of: "(setdomainname): entry_SYSCALL_64"))
    var rest = run.errors[call.upperBound...]
    for step in [
      "call *sys_call_table", "#PF at 0x", "__ex_table entry", "resume at", "bytes not copied",
      "returns -EFAULT", "return to user",
    ] {
      let found = try #require(rest.range(of: step), "\(step) is missing or out of order")
      rest = rest[found.upperBound...]
    }
  }

  @Test("-o takes the reports away from standard error")
  func output() throws {
    let file = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: file) }
    let run = try martlet("--stats", "-o", file.path, guest("hello"))
    #expect(run.errors == "")
    #expect(try String(contentsOf: file, encoding: .utf8).contains("system calls:"))
  }

  @Test("--env sets, --user chooses, the host's environment stays outside")
  func environment() throws {
    let program = try #require(Repository.find("busybox"))
    let run = try martlet("--env", "COLOR=blue", "--env", "HOME=/root", program, "env")
    #expect(run.text == "HOME=/root\nTERM=linux\nCOLOR=blue\n")
    #expect(try martlet("--user", "1000", program, "id", "-u").text == "1000\n")
  }

  @Test(
    "a wrong command line is one line and status 64",
    arguments: [
      [], ["--bogus", "x"], ["boot", "--bogus", "x"], ["boot"], ["--user", "me", "x"],
      ["--cpu", "z80", "x"], ["--trace=user", "x"], ["--cap-drop", "CAP_NOTHING", "x"],
      ["isa", "--bogus"], ["disassemble"], ["--max-instructions", "many", "x"],
    ]
  )
  func usage(arguments: [String]) throws {
    var errors = ""
    let result = try HostProcess.run(Repository.tool.path, arguments, errors: &errors)
    #expect(result.status == 64)
    #expect(errors.hasPrefix("martlet: "))
    #expect(errors.split(separator: "\n").count == 1, "\(errors)")
    #expect(result.output.isEmpty)
  }

  @Test("--help shows examples and statuses; --version and completions work")
  func help() throws {
    let run = try martlet("--help")
    #expect(run.status == 0)
    #expect(run.text.contains("EXAMPLES:"))
    #expect(run.text.contains("EXIT STATUS:"))
    #expect(run.text.split(separator: "\n").allSatisfy { $0.count <= 80 })
    #expect(try martlet("--version").text.hasPrefix("martlet "))
    for shell in ["bash", "zsh", "fish"] {
      #expect(try martlet("--generate-completion-script", shell).text.contains("martlet"))
    }
  }

  @Test("every option of boot is known to the rewriting of the command line")
  func optionsAreKnown() throws {
    let help = try martlet("boot", "--help").text
    let options = help.split(separator: "\n").filter { $0.hasPrefix("  -") }
    #expect(options.count > 10)
    for line in options {
      for word in line.split(separator: " ") where word.hasPrefix("--") {
        let name = String(word.prefix { $0 != "," && $0 != "=" })
        guard name != "--help", name != "--version", name != "--help-hidden" else { continue }
        // A value of its own would be taken for the program if the option were not known.
        let run = try martlet(name)
        #expect(!run.errors.contains("unknown option"), "\(name)")
        break
      }
    }
  }

  @Test("disassemble, syscalls and isa print tables")
  func tables() throws {
    let program = try guest("hello")
    let code = try martlet("disassemble", "--symbol", "main", program)
    #expect(code.status == 0)
    #expect(code.text.contains("<main>:"))
    #expect(code.text.contains("call"))
    #expect(try martlet("syscalls", "uname").text.contains("63  full"))
    #expect(try martlet("isa", "ADD").text.contains("ADD r/m8, r8"))
  }
}
