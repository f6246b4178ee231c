import ArgumentParser
import X86

/// `martlet isa`: the instruction table.
struct ISACommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "isa",
    abstract: "List the instructions that the processor has, as the Intel SDM writes them."
  )

  @Flag(name: .customLong("summary"), help: "Only count the encodings of each group.")
  var summary = false

  @Argument(help: ArgumentHelp("Only these mnemonics, such as ADD.", valueName: "mnemonic"))
  var mnemonics: [String] = []

  func run() throws {
    let wanted = Set(mnemonics.map { $0.uppercased() })
    var text = ""
    var total = 0
    for group in InstructionTable.Group.allCases {
      let forms = group.forms.filter {
        wanted.isEmpty || wanted.contains($0.mnemonic.uppercased())
      }
      guard !forms.isEmpty else { continue }
      total += forms.count
      text += "\(group.name): \(forms.count) encodings\n"
      guard !summary else { continue }
      for form in forms { text += "  \(pad(form.opcode, 26))\(form.syntax)\n" }
    }
    text += "Total: \(total) encodings\n"
    Diagnostics.write(text, to: 1)
  }
}
