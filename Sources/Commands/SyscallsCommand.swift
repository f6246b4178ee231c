import ArgumentParser
import LinuxKernel

/// `martlet syscalls`: the table of system calls.
struct SyscallsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "syscalls",
    abstract: "List the system calls: number, signature and how much of each works.",
    discussion: """
      SUPPORT is 'full', 'partial' with what is missing, 'ours' for a call that Linux does not have, \
      or 'no': such a call answers ENOSYS.
      """
  )

  @Flag(name: .customLong("all"), help: "Also list the calls that answer ENOSYS.")
  var all = false

  @Argument(help: ArgumentHelp("Only these calls.", valueName: "name"))
  var names: [String] = []

  func run() throws {
    var text = ""
    for row in sys_call_table {
      let name = "\(row.name)"
      guard names.isEmpty ? all || row.support != .unsupported : names.contains(name) else {
        continue
      }
      let note = row.support.note.isEmpty ? "" : "  (\(row.support.note))"
      text +=
        "\(pad(String(row.number), 4, left: true))  \(pad(row.support.word, 8))\(row.signature)\(note)\n"
    }
    Diagnostics.write("  NR  SUPPORT SIGNATURE\n" + text, to: 1)
  }
}

/// `text` filled with spaces up to `width`.
func pad(_ text: String, _ width: Int, left: Bool = false) -> String {
  let fill = String(repeating: " ", count: max(0, width - text.count))
  return left ? fill + text : text + fill
}
