import LinuxABI

extension StraceCall {
  /// What stands behind the equals sign.
  func describe(result: Int64) -> String {
    if let error = Errno(result: result) {
      if (512...516).contains(error.rawValue) {
        return "? \(error.name ?? "ERESTART") (\(Self.restartText(error.rawValue)))"
      }
      guard let name = error.name else { return "-1 (errno \(error.rawValue))" }
      return "-1 \(name) (\(error.message))"
    }
    let value = UInt64(bitPattern: result)
    switch name {
    case "brk", "mmap", "mremap", "shmat": return hexText(value)
    case "umask": return StraceText.mode(value)
    case "fcntl": return fcntlResult(value)
    case "personality":
      return "\(hexText(value)) (\(Self.persona(value, isArgument: false)))"
    case "time": return "\(result) (\(StraceText.date(result)))"
    case "poll", "ppoll": return pollResult(result)
    case "prctl":
      let isDumpable = Prctl(rawValue: args.uint32(0)) == .PR_GET_DUMPABLE
      return isDumpable ? "\(result) (\(Self.dumpable(value)))" : "\(result)"
    default: return "\(result)"
    }
  }

  private static func restartText(_ number: Int32) -> String {
    switch number {
    case 512: "To be restarted if SA_RESTART is set"
    case 513: "To be restarted"
    case 514: "To be restarted if no handler"
    default: "Interrupted by signal"
    }
  }

  private func fcntlResult(_ value: UInt64) -> String {
    switch args.uint32(1) {
    case 1:
      return value == 0
        ? "0" : "\(hexText(value)) (flags \(Xlat.descriptorFlags.describe(flags: value)))"
    case 3: return "\(hexText(value)) (flags \(Self.openFlags(value)))"
    default: return "\(value)"
    }
  }

  private func pollResult(_ result: Int64) -> String {
    if result == 0 { return "0 (Timeout)" }
    var parts: [String] = []
    for index in 0..<(args[1] & 0xffff_ffff) {
      guard let bytes = memory.bytes(args[0] &+ index &* 8, 8) else { break }
      let (descriptor, answer) = Self.pollEntry(bytes, answer: true)
      if descriptor < 0 || answer == 0 { continue }
      if !options.isVerbose && parts.count >= options.stringLimit {
        parts.append("...")
        break
      }
      parts.append("{fd=\(descriptor), revents=\(Xlat.poll.describe(flags: UInt64(answer)))}")
    }
    return "\(result) ([\(parts.joined(separator: ", "))])"
  }
}
