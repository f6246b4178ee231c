import ArgumentParser

/// `martlet`: the root of all commands.
public struct MartletCommand: ParsableCommand {
  /// What the help shows.
  public static let configuration = CommandConfiguration(
    commandName: "martlet",
    abstract: "Runs x86-64 Linux programs under a small model of the Linux kernel.",
    discussion: """
      The program runs on an interpreter, in one unprivileged process; its system calls go through \
      real kernel text, sys_call_table and the exception table. It cannot see the host's files, \
      change the host's name or reboot the host.

      EXAMPLES:
        martlet hello              Run a program; what follows it is its own.
        martlet --strace hello     Show its system calls.
        martlet --stats hello      Count instructions, calls and faults.
        martlet --trace=kernel ./setdomainname
                                   Show the kernel at work.
        martlet --user 1000 ./reboot power-off
                                   Run as a user who may not do that.
        martlet disassemble --symbol main hello
        martlet syscalls           What works of which system call.
        martlet isa                The instructions.

      \(ToolStatus.table)
      """,
    version: "martlet 0.1.0",
    subcommands: [
      BootCommand.self, DisassembleCommand.self, SyscallsCommand.self, ISACommand.self,
    ],
    defaultSubcommand: BootCommand.self
  )

  /// Made by the argument parser.
  public init() {}

  /// Runs the command line and ends the process with its status.
  public static func run(_ arguments: [String]) -> Never {
    if arguments.isEmpty { fail("no program given", "martlet --help") }
    if let option = CommandLineRewriting.unknownOption(arguments) {
      fail("\(option): unknown option", "martlet boot --help")
    }
    do {
      var command = try parseAsRoot(CommandLineRewriting.rewrite(arguments))
      try command.run()
    } catch {
      // Help, version and the guest's status leave by the parser's own door.
      guard exitCode(for: error).rawValue == ToolStatus.usage, !(error is ExitCode) else {
        exit(withError: error)
      }
      fail(message(for: error), "martlet --help")
    }
    exit()
  }

  private static func fail(_ what: String, _ help: String) -> Never {
    Diagnostics.print(Diagnostics.line(what, "see '\(help)'"))
    exit(withError: ExitCode(ToolStatus.usage))
  }
}
