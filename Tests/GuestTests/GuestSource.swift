import Foundation
import Testing

/// A compiler and its flags.
struct Toolchain: Sendable, CustomTestStringConvertible {
  let compiler: String
  let flags: [String]

  var testDescription: String { ([compiler] + flags).joined(separator: " ") }
  /// Its compiler is installed.
  var isInstalled: Bool { Repository.has(compiler) }

  /// Both libraries, both compilers, all levels of optimisation between them.
  static let all: [Toolchain] = [
    Toolchain(compiler: "gcc", flags: ["-O0"]),
    Toolchain(compiler: "gcc", flags: ["-O3"]),
    Toolchain(compiler: "clang", flags: ["-O2"]),
    Toolchain(compiler: "clang", flags: ["-O0", "-static-pie", "-fPIE"]),
    Toolchain(compiler: "musl-gcc", flags: ["-O2"]),
    Toolchain(compiler: "musl-gcc", flags: ["-O3"]),
  ].filter(\.isInstalled)

  /// The one for programs whose point is not the compiler.
  static let usual = Toolchain(compiler: "gcc", flags: ["-O2"])
}

/// A file of `guest/c` or `guest/asm`, and what its head comment says of how to run it.
struct GuestSource: Sendable, CustomTestStringConvertible {
  let file: URL
  let head: String

  var name: String { file.deletingPathExtension().lastPathComponent }
  var isAssembler: Bool { file.pathExtension == "S" }
  var testDescription: String { name }

  /// All files of a folder of `guest`.
  static func all(in folder: String) -> [GuestSource] {
    let directory = Repository.root.appendingPathComponent("guest/\(folder)")
    let files = (try? FileManager.default.contentsOfDirectory(atPath: directory.path)) ?? []
    return files.filter { $0.hasSuffix(".c") || $0.hasSuffix(".S") }.sorted().compactMap {
      GuestSource(file: directory.appendingPathComponent($0))
    }
  }

  init?(file: URL) {
    guard let text = try? String(contentsOf: file, encoding: .utf8) else { return nil }
    self.file = file
    head = text.components(separatedBy: "*/")[0]
  }

  /// The text behind `Args:` and the like.
  private func field(_ name: String) -> String? {
    for line in head.split(separator: "\n") {
      guard let range = line.range(of: "* \(name):") else { continue }
      return line[range.upperBound...].trimmingCharacters(in: .whitespaces)
    }
    return nil
  }

  /// Needs names of its own natively.
  var needsUnshare: Bool { field("Native")?.hasPrefix("unshare -u") ?? false }

  /// Words, quoted ones as one.
  var arguments: [String] {
    guard let text = field("Args"), !text.hasPrefix("[") else { return [] }
    var words: [String] = []
    var word = ""
    var isQuoted = false
    var isWord = false
    for character in text {
      switch character {
      case "\"":
        isQuoted.toggle()
        isWord = true
      case " " where !isQuoted:
        if isWord { words.append(word) }
        (word, isWord) = ("", false)
      default:
        word.append(character)
        isWord = true
      }
    }
    if isWord { words.append(word) }
    return words
  }

  /// The bytes of a quoted `Stdin:`, or some text for a program that reads anything.
  var input: [UInt8] {
    guard let text = field("Stdin") else { return [] }
    guard text.hasPrefix("\""), text.hasSuffix("\"") else {
      return Array("any bytes\nwill do\tfor this\n\nprogram".utf8)
    }
    return Array(
      text.dropFirst().dropLast().replacingOccurrences(of: "\\n", with: "\n").utf8
    )
  }

  /// Compiles statically and returns the program; keeps it while the source does not change.
  func compile(with toolchain: Toolchain) throws -> String {
    let manager = FileManager.default
    let flavour = toolchain.testDescription.replacingOccurrences(of: " ", with: "")
    let directory = Repository.guestBuild.appendingPathComponent(flavour)
    try manager.createDirectory(at: directory, withIntermediateDirectories: true)
    let program = directory.appendingPathComponent(name + (isAssembler ? "-asm" : ""))
    if let built = Self.date(program), let written = Self.date(file), built > written {
      return program.path
    }
    let scratch = directory.appendingPathComponent(UUID().uuidString)
    let isPIE = toolchain.flags.contains("-static-pie")
    let libraries = isAssembler ? ["-nostdlib"] : ["-lm", "-pthread"]
    var errors = ""
    let result = try HostProcess.run(
      Repository.find(toolchain.compiler) ?? toolchain.compiler,
      toolchain.flags.filter { !isAssembler || !$0.contains("pie") && !$0.contains("PIE") }
        + (isPIE && !isAssembler ? [] : ["-static"]) + ["-w", "-o", scratch.path, file.path]
        + libraries,
      errors: &errors
    )
    guard result.status == 0 else { throw CompilationError(file: name, message: errors) }
    _ = try? manager.removeItem(at: program)
    try manager.moveItem(at: scratch, to: program)
    return program.path
  }

  private static func date(_ file: URL) -> Date? {
    (try? FileManager.default.attributesOfItem(atPath: file.path))?[.modificationDate] as? Date
  }
}

/// A guest does not compile.
struct CompilationError: Error {
  let file: String
  let message: String
}
