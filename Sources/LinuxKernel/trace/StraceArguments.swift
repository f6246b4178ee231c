import LinuxABI

extension StraceCall {
  /// One argument, or nothing when it and all that follow are left out.
  func describe(_ index: Int) -> String? {
    let value = args[index]
    switch arguments[index].kind {
    case .int, .descriptor: return "\(Int32(truncatingIfNeeded: value))"
    case .unsigned: return "\(UInt32(truncatingIfNeeded: value))"
    case .long: return "\(Int64(bitPattern: value))"
    case .ulong, .size: return "\(value)"
    case .hex, .hexOffset: return hexText(value)
    case .hex32: return hexText(value & 0xffff_ffff)
    case .octal: return StraceText.mode(value & 0xffff_ffff)
    case .directory: return StraceText.directory(value)
    case .identity: return StraceText.identity(value)
    case .address: return StraceText.address(value)
    case .flags(let xlat): return xlat.describe(flags: value)
    case .value(let xlat): return xlat.describe(value: value)
    case .signal: return StraceText.signal(value)
    case .path: return path(value)
    case .text: return text(value, limit: options.stringLimit)
    case .bytes(let length): return bytes(value, args[length])
    case .utsText(let length): return utsText(value, UInt32(truncatingIfNeeded: args[length]))
    case .filled: return filled(value, isHex: false)
    case .filledHex: return filled(value, isHex: true)
    case .filledText:
      return isError ? StraceText.address(value) : text(value, limit: options.stringLimit)
    case .pieces(let count): return pieces(value, args[count], data: .max)
    case .filledPieces(let count): return pieces(value, args[count], data: result ?? 0)
    case .signalSet(let size): return signalSet(value, args[size])
    case .filledSignalSet(let size):
      return isError ? StraceText.address(value) : signalSet(value, args[size])
    case .given(let structure): return self.structure(structure, value)
    case .filledBy(let structure):
      return isError || result == nil ? StraceText.address(value) : self.structure(structure, value)
    case .openFlags: return openFlags(value)
    case .openMode(let flags):
      let makesFile: UInt64 = 0o100 | 0o20000000  // O_CREAT, __O_TMPFILE
      return args[flags] & makesFile == 0 ? nil : StraceText.mode(value & 0xffff_ffff)
    case .pollSet(let count): return pollSet(value, args[count])
    case .cpuSet: return cpuSet(value, Int(args[1] & 0xffff_ffff))
    case .filledCPUSet:
      return isError ? StraceText.address(value) : cpuSet(value, Int(result ?? 0))
    case .identities(let count): return identities(value, Int(args[count] & 0xffff_ffff))
    case .filledIdentities(let count):
      if isError || args[count] == 0 { return StraceText.address(value) }
      return identities(value, Int(result ?? 0))
    case .argumentVector: return stringList(value)
    case .environment: return environment(value)
    case .resumed: return "<... resuming interrupted system call ...>"
    case .persona: return Self.persona(value, isArgument: true)
    case .ioctlRequest, .ioctlArgument, .fcntlCommand, .fcntlArgument, .archPrctlCode,
      .archPrctlArgument, .prctlCode, .prctlArgument, .rebootText, .futexOperation, .futexRest,
      .mremapNewAddress, .cloneArguments:
      return describeDependent(index)
    }
  }

  /// A path: never shortened.
  private func path(_ address: UInt64) -> String {
    if address == 0 { return "NULL" }
    guard let text = memory.text(address, limit: 4095) else { return hexText(address) }
    return StraceText.quote(text.bytes) + (text.isTerminated ? "" : "...")
  }

  /// A text that ends with a zero byte.
  func text(_ address: UInt64, limit: Int) -> String {
    if address == 0 { return "NULL" }
    guard let text = memory.text(address, limit: limit + 1) else { return hexText(address) }
    let isLong = text.bytes.count > limit
    return StraceText.quote(text.bytes.prefix(limit)) + (isLong ? "..." : "")
  }

  /// Bytes of a given number.
  func bytes(_ address: UInt64, _ count: UInt64, isHex: Bool = false) -> String {
    if address == 0 { return "NULL" }
    let shown = Int(min(count, UInt64(options.stringLimit)))
    guard let bytes = memory.bytes(address, shown) else { return hexText(address) }
    let end = count > UInt64(shown) ? "..." : ""
    return StraceText.quote(bytes, isHex: isHex) + end
  }

  /// A name for `sethostname`: one that is too long is not looked at, but one that fits is shown
  /// whole.
  private func utsText(_ address: UInt64, _ count: UInt32) -> String {
    if address == 0 { return "NULL" }
    guard count <= 64 else { return hexText(address) }
    return bytes(address, UInt64(count))
  }

  private func filled(_ address: UInt64, isHex: Bool) -> String {
    guard !isError, let result, result >= 0 else { return StraceText.address(address) }
    return bytes(address, UInt64(result), isHex: isHex)
  }

  /// Pieces of memory; `data` bytes of them are worth showing.
  private func pieces(_ address: UInt64, _ count: UInt64, data: Int64) -> String {
    if count == 0 { return "[]" }
    if address == 0 { return "NULL" }
    var rest = UInt64(clamping: data)
    return list(address, count, size: IOVec.size) { bytes in
      guard let piece = IOVec(bytes: bytes) else { return "" }
      let shown = min(piece.length, rest)
      rest -= shown
      let base =
        isError && data <= 0 ? StraceText.address(piece.base) : self.bytes(piece.base, shown)
      return "{iov_base=\(base), iov_len=\(piece.length)}"
    }
  }

  /// A list of structures: as many as strings have characters, then dots.
  func list(
    _ address: UInt64,
    _ count: UInt64,
    size: Int,
    _ describe: ([UInt8]) -> String
  ) -> String {
    var parts: [String] = []
    let shown = options.isVerbose ? count : min(count, UInt64(options.stringLimit))
    for index in 0..<shown {
      let place = address &+ index &* UInt64(size)
      guard let bytes = memory.bytes(place, size) else {
        if parts.isEmpty { return StraceText.address(address) }
        parts.append("... /* \(hexText(place)) */")
        return "[" + parts.joined(separator: ", ") + "]"
      }
      parts.append(describe(bytes))
    }
    if shown < count { parts.append("...") }
    return "[" + parts.joined(separator: ", ") + "]"
  }

  private func signalSet(_ address: UInt64, _ size: UInt64) -> String {
    if address == 0 { return "NULL" }
    guard size == 8, let mask = memory.integer(address, as: UInt64.self) else {
      return hexText(address)
    }
    return StraceText.signalSet(mask)
  }

  private func openFlags(_ value: UInt64) -> String { Self.openFlags(value) }

  /// The access mode, then the other flags.
  static func openFlags(_ value: UInt64) -> String {
    let rest = value & 0xffff_ffff & ~3
    let mode = Xlat.openMode.describe(value: value & 3)
    guard rest != 0 else { return mode }
    let names = Xlat.openFlags.describe(flags: rest)
    // Flags without any name are a bare number here.
    return "\(mode)|\(names.prefix { $0 != " " })"
  }

  private func pollSet(_ address: UInt64, _ count: UInt64) -> String {
    if count & 0xffff_ffff == 0 { return "[]" }
    return list(address, count & 0xffff_ffff, size: 8) { bytes in
      let (descriptor, events) = Self.pollEntry(bytes)
      if descriptor < 0 { return "{fd=\(descriptor)}" }
      return "{fd=\(descriptor), events=\(Xlat.poll.describe(flags: UInt64(events)))}"
    }
  }

  /// The descriptor of a `struct pollfd`, and what was asked or answered.
  static func pollEntry(_ bytes: [UInt8], answer: Bool = false) -> (Int32, UInt16) {
    bytes.withUnsafeBytes {
      ($0.loadLittleEndian(at: 0), $0.loadLittleEndian(at: answer ? 6 : 4))
    }
  }

  private func cpuSet(_ address: UInt64, _ size: Int) -> String {
    guard address != 0, size <= 4096, let bytes = memory.bytes(address, size) else {
      return StraceText.address(address)
    }
    let set = (0..<(size * 8)).filter { bytes[$0 / 8] >> ($0 % 8) & 1 != 0 }
    return "[" + set.map(String.init).joined(separator: " ") + "]"
  }

  private func identities(_ address: UInt64, _ count: Int) -> String {
    if address == 0 { return "NULL" }
    if count == 0 { return "[]" }
    return list(address, UInt64(count), size: 4) { bytes in
      StraceText.identity(
        UInt64(bytes.withUnsafeBytes { $0.loadLittleEndian(at: 0, as: UInt32.self) })
      )
    }
  }

  private func stringList(_ address: UInt64) -> String {
    if address == 0 { return "NULL" }
    var parts: [String] = []
    var place = address
    while let pointer = memory.integer(place, as: UInt64.self), pointer != 0 {
      if !options.isVerbose && parts.count == options.stringLimit {
        parts.append("...")
        break
      }
      parts.append(text(pointer, limit: options.stringLimit))
      place &+= 8
    }
    return "[" + parts.joined(separator: ", ") + "]"
  }

  private func environment(_ address: UInt64) -> String {
    if address == 0 { return "NULL" }
    if options.isVerbose { return stringList(address) }
    var count = 0
    while let pointer = memory.integer(address &+ UInt64(count) &* 8, as: UInt64.self),
      pointer != 0
    {
      count += 1
    }
    return "\(hexText(address)) /* \(count) var\(count == 1 ? "" : "s") */"
  }

  /// A personality: the execution domain, then the flags.
  static func persona(_ value: UInt64, isArgument: Bool) -> String {
    let persona = value & 0xffff_ffff
    if persona == 0xffff_ffff { return "0xffffffff" }
    let base = Xlat.personalityBase.describe(value: persona & 0xff)
    let flags = persona & ~0xff
    return flags == 0 ? base : "\(base)|\(Xlat.personalityFlags.describe(flags: flags))"
  }
}
