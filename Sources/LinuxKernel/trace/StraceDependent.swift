import LinuxABI

/// Arguments whose meaning depends on a code in an earlier one.
extension StraceCall {
  func describeDependent(_ index: Int) -> String? {
    let value = args[index]
    switch arguments[index].kind {
    case .ioctlRequest: return ioctlRequest(value & 0xffff_ffff)
    case .ioctlArgument: return ioctlArgument(value)
    case .fcntlCommand: return Xlat.fcntl.describe(value: value)
    case .fcntlArgument: return fcntlArgument(value)
    case .archPrctlCode: return Xlat.archPrctl.describe(value: value)
    case .archPrctlArgument: return archPrctlArgument(value)
    case .prctlCode: return Xlat.prctl.describe(value: value)
    case .prctlArgument: return prctlArgument(index, value)
    case .rebootText:
      let isWithText = args.uint32(2) == RebootCommand.LINUX_REBOOT_CMD_RESTART2.rawValue
      return isWithText ? text(value, limit: options.stringLimit) : nil
    case .futexOperation: return futexOperation(value & 0xffff_ffff)
    case .futexRest: return futexRest(index)
    case .mremapNewAddress:
      let needsAddress: UInt64 = 2 | 4  // MREMAP_FIXED, MREMAP_DONTUNMAP
      return args[3] & needsAddress == 0 ? nil : StraceText.address(value)
    case .cloneArguments: return cloneArguments()
    default: return nil
    }
  }

  // MARK: - ioctl

  private func ioctlRequest(_ code: UInt64) -> String {
    // The terminals' old numbers are also a sound timer's.
    switch code {
    case 0x5402: return "SNDCTL_TMR_START or TCSETS"
    case 0x5403: return "SNDCTL_TMR_STOP or TCSETSW"
    case 0x5404: return "SNDCTL_TMR_CONTINUE or TCSETSF"
    default: break
    }
    if let name = Xlat.ioctl.name(of: code) { return "\(name)" }
    let direction = ["_IOC_NONE", "_IOC_WRITE", "_IOC_READ", "_IOC_READ|_IOC_WRITE"][
      Int(code >> 30)
    ]
    let (type, number, size) = (code >> 8 & 0xff, code & 0xff, code >> 16 & 0x3fff)
    return "_IOC(\(direction), \(hexText(type)), \(hexText(number)), \(hexText(size)))"
  }

  private func ioctlArgument(_ value: UInt64) -> String? {
    let isFilled = !isError && result != nil
    switch IoctlRequest(rawValue: args.uint32(1)) {
    case .FIOCLEX, .FIONCLEX, .TIOCEXCL, .TIOCNXCL, .TIOCNOTTY, .TIOCSBRK, .TIOCCBRK, .TIOCCONS:
      return nil
    case .TCGETS: return isFilled ? termios(value) : StraceText.address(value)
    case .TCSETS, .TCSETSW, .TCSETSF: return termios(value)
    case .TIOCGWINSZ: return isFilled ? windowSize(value) : StraceText.address(value)
    case .TIOCSWINSZ: return windowSize(value)
    case .FIONREAD, .TIOCOUTQ, .TIOCGPGRP, .TIOCGSID, .TIOCGETD:
      return isFilled ? structure(.int, value) : StraceText.address(value)
    case .TIOCSPGRP, .FIONBIO, .FIOASYNC, .TIOCSETD: return structure(.int, value)
    default: return hexText(value)
    }
  }

  // MARK: - fcntl

  private func fcntlArgument(_ value: UInt64) -> String? {
    switch args.uint32(1) {
    case 1, 3, 9, 11, 1025, 1032, 1034: return nil  // F_GETFD, F_GETFL, F_GETOWN and their like
    case 2: return Xlat.descriptorFlags.describe(flags: value)
    case 4: return Self.openFlags(value)
    case 0, 8, 1030, 1031: return "\(Int32(truncatingIfNeeded: value))"
    case 10: return StraceText.signal(value)
    case 16 where !isError: return structure(.fileOwner, value)
    case 5...7, 36...38: return StraceText.address(value)
    default: return hexText(value)
    }
  }

  // MARK: - prctl and arch_prctl

  private func archPrctlArgument(_ value: UInt64) -> String? {
    switch ArchPrctl(rawValue: args.uint32(0)) {
    case .ARCH_GET_CPUID: nil
    case .ARCH_SET_CPUID: hexText(value)
    case .ARCH_GET_FS, .ARCH_GET_GS: pointerAt(value)
    default: StraceText.address(value)
    }
  }

  /// An address in memory: `[0x401000]`.
  private func pointerAt(_ address: UInt64) -> String {
    guard !isError, address != 0, let value = memory.integer(address, as: UInt64.self) else {
      return StraceText.address(address)
    }
    return "[\(StraceText.address(value))]"
  }

  private func prctlArgument(_ index: Int, _ value: UInt64) -> String? {
    let isFirst = index == 1
    switch Prctl(rawValue: args.uint32(0)) {
    case .PR_GET_DUMPABLE, .PR_GET_SECUREBITS, .PR_GET_KEEPCAPS, .PR_GET_TIMERSLACK,
      .PR_GET_SECCOMP, .PR_GET_TIMING, .PR_TASK_PERF_EVENTS_DISABLE, .PR_TASK_PERF_EVENTS_ENABLE:
      return nil
    case .PR_SET_NO_NEW_PRIVS, .PR_GET_NO_NEW_PRIVS, .PR_SET_THP_DISABLE, .PR_GET_THP_DISABLE:
      return "\(value)"
    case .PR_CAP_AMBIENT:
      let names: [StaticString] = [
        "PR_CAP_AMBIENT_???", "PR_CAP_AMBIENT_IS_SET", "PR_CAP_AMBIENT_RAISE",
        "PR_CAP_AMBIENT_LOWER", "PR_CAP_AMBIENT_CLEAR_ALL",
      ]
      if isFirst {
        return (1...4).contains(value)
          ? "\(names[Int(value)])" : "\(hexText(value)) /* PR_CAP_AMBIENT_??? */"
      }
      return index == 2 && (1...3).contains(args[1]) ? capability(value) : hexText(value)
    case .PR_SET_VMA where args[1] == 0:
      let parts = [
        "PR_SET_VMA_ANON_NAME", StraceText.address(args[2]), "\(args[3])",
        text(args[4], limit: options.stringLimit),
      ]
      return parts[index - 1]
    case .PR_SET_NAME: return isFirst ? text(value, limit: 15) : nil
    case .PR_GET_NAME:
      return !isFirst ? nil : isError ? StraceText.address(value) : text(value, limit: 15)
    case .PR_SET_PDEATHSIG: return isFirst ? StraceText.signal(value) : nil
    case .PR_GET_PDEATHSIG:
      guard isFirst else { return nil }
      guard !isError, let signal = memory.integer(value, as: UInt32.self) else {
        return StraceText.address(value)
      }
      return "[\(StraceText.signal(UInt64(signal)))]"
    case .PR_SET_DUMPABLE: return isFirst ? Self.dumpable(value) : nil
    case .PR_CAPBSET_READ, .PR_CAPBSET_DROP: return isFirst ? capability(value) : nil
    case .PR_SET_KEEPCAPS, .PR_SET_CHILD_SUBREAPER: return isFirst ? "\(value)" : nil
    case .PR_SET_TIMERSLACK: return isFirst ? "\(Int64(bitPattern: value))" : nil
    case .PR_GET_TID_ADDRESS: return isFirst ? pointerAt(value) : nil
    case .PR_GET_CHILD_SUBREAPER:
      return !isFirst ? nil : isError ? StraceText.address(value) : structure(.int, value)
    case .PR_GET_TSC:
      guard isFirst else { return nil }
      guard !isError, let mode = memory.integer(value, as: UInt32.self) else {
        return StraceText.address(value)
      }
      return mode == 1 ? "[PR_TSC_ENABLE]" : "[PR_TSC_SIGSEGV]"
    case .PR_SET_SECUREBITS: return isFirst ? Xlat.securebits.describe(flags: value) : nil
    default: return hexText(value)
    }
  }

  /// A capability as an argument.
  private func capability(_ value: UInt64) -> String {
    let known = UInt8(exactly: value).flatMap { Capability(rawValue: $0) }
    return known?.name ?? "\(hexText(value)) /* CAP_??? */"
  }

  /// What `PR_SET_DUMPABLE` takes.
  static func dumpable(_ value: UInt64) -> String {
    switch value {
    case 0: "SUID_DUMP_DISABLE"
    case 1: "SUID_DUMP_USER"
    case 2: "SUID_DUMP_ROOT"
    default: "\(hexText(value)) /* SUID_DUMP_??? */"
    }
  }

  // MARK: - futex and clone

  private func futexOperation(_ value: UInt64) -> String {
    let (isPrivate, isDate): (UInt64, UInt64) = (128, 256)
    let operation = value & ~(isPrivate | isDate)
    guard let name = Xlat.futex.name(of: operation) else {
      return Xlat.futex.describe(value: value)
    }
    return "\(name)\(value & isPrivate != 0 ? "_PRIVATE" : "")"
      + (value & isDate != 0 ? "|FUTEX_CLOCK_REALTIME" : "")
  }

  /// Arguments 3 (a time or a number), 4 (an address) and 5 (a number): each operation has its own.
  private func futexRest(_ index: Int) -> String? {
    func match() -> String {
      args.uint32(5) == .max ? "FUTEX_BITSET_MATCH_ANY" : hexText(args[5] & 0xffff_ffff)
    }
    let address = StraceText.address(args[4])
    let parts: [String] =
      switch args.uint32(1) & 0x7f {
      case 0, 6, 13: [structure(.timespec, args[3])]
      case 9: [structure(.timespec, args[3]), match()]
      case 1, 2, 7, 8: []
      case 10: [match()]
      case 3: ["\(args.uint32(3))", address]
      case 4, 12: ["\(args.uint32(3))", address, "\(args.uint32(5))"]
      case 5: ["\(args.uint32(3))", address, Self.wakeOperation(args.uint32(5))]
      case 11: [structure(.timespec, args[3]), address]
      default: [hexText(args[3] & 0xffff_ffff), address, hexText(args[5] & 0xffff_ffff)]
      }
    return index - 3 < parts.count ? parts[index - 3] : nil
  }

  private static func wakeOperation(_ value: UInt32) -> String {
    let operations = ["SET", "ADD", "OR", "ANDN", "XOR"]
    let comparisons = ["EQ", "NE", "LT", "LE", "GT", "GE"]
    let (operation, comparison) = (Int(value >> 28 & 7), Int(value >> 24 & 15))
    let shift = value >> 31 != 0 ? "FUTEX_OP_OPARG_SHIFT<<28|" : ""
    let first = operation < 5 ? "FUTEX_OP_\(operations[operation])" : hexText(UInt64(operation))
    let second = comparison < 6 ? "FUTEX_OP_CMP_\(comparisons[comparison])" : "\(comparison)"
    return "\(shift)\(first)<<28|\(hexText(UInt64(value >> 12 & 0xfff)))<<12|"
      + "\(second)<<24|\(hexText(UInt64(value & 0xfff)))"
  }

  private func cloneArguments() -> String {
    let (flags, signal) = (args[0] & ~0xff, args[0] & 0xff)
    let parts =
      (flags == 0 ? [] : [Xlat.cloneFlags.describe(flags: flags)])
      + (signal == 0 ? [] : [StraceText.signal(signal)])
    let set = CloneFlags(rawValue: flags)
    var text = "child_stack=\(StraceText.address(args[1])), "
    text += "flags=\(parts.isEmpty ? "0" : parts.joined(separator: "|"))"
    if !set.isDisjoint(with: [.CLONE_PARENT_SETTID, .CLONE_PIDFD]) {
      text += ", parent_tid=\(StraceText.address(args[2]))"
    }
    if set.contains(.CLONE_SETTLS) { text += ", tls=\(hexText(args[4]))" }
    if !set.isDisjoint(with: [.CLONE_CHILD_SETTID, .CLONE_CHILD_CLEARTID]) {
      text += ", child_tidptr=\(StraceText.address(args[3]))"
    }
    return text
  }
}
