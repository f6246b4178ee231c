import ArgumentParser
import Disassembly
import ELF
import Emulation

/// `martlet disassemble`: the code of a program as text.
struct DisassembleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "disassemble",
    abstract: "Show a program's machine code as text, with its symbols."
  )

  @Option(
    name: .customLong("symbol"),
    parsing: .singleValue,
    help: ArgumentHelp("Only this function. May be repeated.", valueName: "NAME")
  )
  var symbolNames: [String] = []

  @Option(
    name: .customLong("syntax"),
    help: ArgumentHelp("'intel' or 'att'.", valueName: "SYNTAX"),
    completion: .list(["intel", "att"])
  )
  var syntax: String = "intel"

  @Argument(help: "An x86-64 ELF file.", completion: .file())
  var file: String

  func validate() throws {
    guard syntax == "intel" || syntax == "att" else {
      throw ValidationError("--syntax is 'intel' or 'att', not '\(syntax)'")
    }
  }

  func run() throws {
    let image: ELFImage
    do {
      image = try ELFImage(HostProgram(path: file, forExecution: false).bytes, for: .inspection)
    } catch let error as HostProgramError {
      Diagnostics.print(Diagnostics.line(file, "\(error)"))
      throw ExitCode(error == .missing ? ToolStatus.notFound : ToolStatus.cannotRun)
    } catch {
      Diagnostics.print(Diagnostics.line(file, "\(error)"))
      throw ExitCode(ToolStatus.cannotRun)
    }
    guard let disassembler = Disassembler(syntax: syntax == "intel" ? .intel : .att) else {
      Diagnostics.print(Diagnostics.line("Capstone cannot disassemble x86-64 here"))
      throw ExitCode(ToolStatus.internalError)
    }
    let listing = Listing(image: image, disassembler: disassembler)
    if symbolNames.isEmpty {
      listing.writeAll()
    } else {
      for name in symbolNames where !listing.write(function: name) {
        Diagnostics.print(Diagnostics.line(file, "no function '\(name)'", "see 'nm \(file)'"))
        throw ExitCode(1)
      }
    }
  }
}

/// Code with labels, written to standard output as it is made.
private struct Listing {
  let image: ELFImage
  let disassembler: Disassembler
  private let symbols: SymbolTable
  private let output = ReportWriter(descriptor: 1)

  init(image: ELFImage, disassembler: Disassembler) {
    self.image = image
    self.disassembler = disassembler
    symbols = image.symbolTable()
  }

  /// All executable sections, or segments where there are no sections.
  func writeAll() {
    let sections = image.sections().filter { $0.isExecutable }
    if !sections.isEmpty {
      for section in sections {
        guard let bytes = image.contents(of: section) else { continue }
        output.line("\nsection \(section.name)")
        write(bytes, at: section.address)
      }
    } else {
      for segment in image.programHeaders where segment.flags.contains(.PF_X) {
        guard let bytes = image.contents(of: segment) else { continue }
        output.line("\nsegment at \(hex(segment.virtualAddress))")
        write(bytes, at: segment.virtualAddress)
      }
    }
    output.flush()
  }

  /// One function; false when there is none of that name.
  func write(function name: String) -> Bool {
    guard let symbol = image.symbol(named: name) else { return false }
    for section in image.sections() where section.isExecutable {
      guard symbol.address >= section.address,
        symbol.address &- section.address < section.byteCount,
        let bytes = image.contents(of: section)
      else { continue }
      let start = Int(symbol.address &- section.address)
      let size = symbol.byteCount == 0 ? bytes.count - start : Int(symbol.byteCount)
      let end = min(bytes.count, start &+ max(0, size))
      guard start < end else { return false }
      write(UnsafeRawBufferPointer(rebasing: bytes[start..<end]), at: symbol.address)
      output.flush()
      return true
    }
    return false
  }

  private func write(_ bytes: UnsafeRawBufferPointer, at address: UInt64) {
    disassembler.forEachLine(bytes: bytes, address: address) { line, offset, length in
      let here = address &+ UInt64(offset)
      if let (symbol, distance) = symbols.symbol(covering: here), distance == 0 {
        output.line("\n\(hex(here)) <\(symbol.name)>:")
      }
      let code = bytes[offset..<offset + length].map {
        String($0 >> 4, radix: 16) + String($0 & 15, radix: 16)
      }.joined(separator: " ")
      output.line("  \(hex(here))  \(pad(code, 30))\(line?.text ?? "(bad)")\(target(line))")
    }
  }

  /// `<printf+0x10>` behind a branch or an address, as objdump shows it.
  private func target(_ line: Disassembler.Line?) -> String {
    guard let line, line.operands.hasPrefix("0x"),
      let address = UInt64(line.operands.dropFirst(2), radix: 16),
      let name = symbols.describe(address)
    else { return "" }
    return "  <\(name)>"
  }

  private func hex(_ value: UInt64) -> String { "0x" + String(value, radix: 16) }
}
