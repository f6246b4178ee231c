import ArgumentParser

/// Makes of a command line what the argument parser understands.
///
/// Two things it cannot do itself: an option whose value may be left out (`--strace`), and an
/// unknown option before a program whose own arguments are passed through.
enum CommandLineRewriting {
  /// `boot`'s options that take a value, in the next word if not behind `=`.
  static let valueOptions: Set<String> = [
    "--trace", "-o", "--output", "--max-instructions", "--user", "--cap-drop", "--env", "--cpu",
    "--append", "--memory", "--clock", "-s", "--string-limit",
  ]
  /// `boot`'s options without one, and the parser's own.
  static let flags: Set<String> = [
    "--stats", "--dmesg", "--no-reboot", "-v", "--verbose", "--help", "-h", "--version",
    "--help-hidden", "--generate-completion-script", "--experimental-dump-help", "--",
  ]
  /// Options whose value may be left out, and what that means.
  static let optionalValues = ["--strace": "all"]

  /// Rewrites the words after the tool's name.
  static func rewrite(_ arguments: [String]) -> [String] {
    var words = arguments
    var index = 0
    if let first = words.first {
      if ["disassemble", "syscalls", "isa", "help"].contains(first) { return words }
      if first == "boot" { index = 1 }
    }
    while index < words.count, words[index].hasPrefix("-"), words[index] != "-" {
      let word = words[index]
      if word == "--" { break }
      if let value = optionalValues[word] {
        words[index] = word + "=" + value
      } else if valueOptions.contains(word) {
        index += 1
      }
      index += 1
    }
    return words
  }

  /// The first word before the program that is no option of `boot`.
  static func unknownOption(_ arguments: [String]) -> String? {
    var words = arguments[...]
    if let first = words.first {
      if ["disassemble", "syscalls", "isa", "help"].contains(first) { return nil }
      if first == "boot" { words = words.dropFirst() }
    }
    while let word = words.first, word.hasPrefix("-"), word != "-", word != "--" {
      let name = word.hasPrefix("--") ? String(word.prefix { $0 != "=" }) : String(word.prefix(2))
      if !flags.contains(name), !valueOptions.contains(name), optionalValues[name] == nil {
        return word
      }
      if name == "--generate-completion-script" { return nil }
      words = words.dropFirst(valueOptions.contains(word) ? 2 : 1)
    }
    return nil
  }
}
