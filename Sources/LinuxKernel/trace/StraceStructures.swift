import LinuxABI

/// Structures in the program's memory.
extension StraceCall {
  /// A structure in braces, or its address when it cannot be read.
  func structure(_ kind: SyscallArgument.Structure, _ address: UInt64) -> String {
    guard address != 0 else { return "NULL" }
    return decode(kind, address) ?? hexText(address)
  }

  private func decode(_ kind: SyscallArgument.Structure, _ address: UInt64) -> String? {
    switch kind {
    case .utsname: utsname(address)
    case .stat: memory.structure(address, as: Stat.self).map(stat)
    case .timespec: memory.structure(address, as: Timespec.self).map(Self.timespec)
    case .timeval: memory.structure(address, as: Timeval.self).map(Self.timeval)
    case .timezone:
      memory.bytes(address, 8)?.withUnsafeBytes { raw in
        let (west, summer): (Int32, Int32) = (
          raw.loadLittleEndian(at: 0), raw.loadLittleEndian(at: 4)
        )
        return "{tz_minuteswest=\(west), tz_dsttime=\(summer)}"
      }
    case .rlimit:
      memory.structure(address, as: RLimit64.self).map {
        "{rlim_cur=\(StraceText.limit($0.current)), rlim_max=\(StraceText.limit($0.maximum))}"
      }
    case .rusage: memory.bytes(address, Rusage.size).map(rusage)
    case .sysinfo: memory.structure(address, as: Sysinfo.self).map(Self.sysinfo)
    case .tms:
      memory.bytes(address, 32)?.withUnsafeBytes { raw in
        let names = ["tms_utime", "tms_stime", "tms_cutime", "tms_cstime"]
        let fields = names.enumerated().map { index, name in
          "\(name)=\(raw.loadLittleEndian(at: index * 8, as: UInt64.self))"
        }
        return "{" + fields.joined(separator: ", ") + "}"
      }
    case .sigaction: memory.structure(address, as: KernelSigAction.self).map(Self.sigaction)
    case .sigaltstack: memory.bytes(address, 24).map(Self.sigaltstack)
    case .capHeader:
      memory.structure(address, as: CapUserHeader.self).map {
        let version = Xlat.capabilityVersion.describe(value: UInt64($0.version))
        return "{version=\(version), pid=\($0.pid)}"
      }
    case .capData: capData(address)
    case .int: memory.integer(address, as: Int32.self).map { "[\($0)]" }
    case .unsigned: memory.integer(address, as: UInt32.self).map { "[\($0)]" }
    case .size: memory.integer(address, as: UInt64.self).map { "[\($0)]" }
    case .pointer:
      memory.integer(address, as: UInt64.self).map { "[\(StraceText.address($0))]" }
    case .identity:
      memory.integer(address, as: UInt32.self).map { "[\(StraceText.identity(UInt64($0)))]" }
    case .intPair:
      memory.bytes(address, 8)?.withUnsafeBytes { raw in
        let (first, second): (Int32, Int32) = (
          raw.loadLittleEndian(at: 0), raw.loadLittleEndian(at: 4)
        )
        return "[\(first), \(second)]"
      }
    case .fileOwner:
      memory.bytes(address, 8)?.withUnsafeBytes { raw in
        let (type, pid): (Int32, Int32) = (raw.loadLittleEndian(at: 0), raw.loadLittleEndian(at: 4))
        let names = ["F_OWNER_TID", "F_OWNER_PID", "F_OWNER_PGRP"]
        let name = names.indices.contains(Int(type)) ? names[Int(type)] : "\(type)"
        return "{type=\(name), pid=\(pid)}"
      }
    case .time:
      memory.integer(address, as: Int64.self).map { "[\($0) /* \(StraceText.date($0)) */]" }
    }
  }

  private func utsname(_ address: UInt64) -> String? {
    guard let bytes = memory.bytes(address, NewUtsname.size) else { return nil }
    let shown: [NewUtsname.Offset] =
      options.isVerbose ? NewUtsname.Offset.allCases : [.sysname, .nodename]
    let fields = shown.map { offset in
      let field = bytes[offset.rawValue..<(offset.rawValue + NewUtsname.fieldSize)]
      return "\(offset)=\(StraceText.quote(field.prefix { $0 != 0 }))"
    }
    return "{" + fields.joined(separator: ", ") + (options.isVerbose ? "}" : ", ...}")
  }

  private func stat(_ status: Stat) -> String {
    let isDevice = [Stat.S_IFCHR, Stat.S_IFBLK].contains(status.mode & Stat.S_IFMT)
    let size =
      isDevice
      ? "st_rdev=\(StraceText.device(status.specialDevice))" : "st_size=\(status.length)"
    let mode = "st_mode=\(StraceText.fileMode(status.mode))"
    guard options.isVerbose else { return "{\(mode), \(size), ...}" }
    func time(_ name: String, _ time: Timespec) -> String {
      let date = StraceText.date(time.seconds, nanoseconds: time.nanoseconds)
      let comment = time.seconds == 0 && time.nanoseconds == 0 ? "" : " /* \(date) */"
      return "\(name)=\(time.seconds)\(comment), \(name)_nsec=\(time.nanoseconds)"
    }
    return "{st_dev=\(StraceText.device(status.device)), st_ino=\(status.inode), \(mode), "
      + "st_nlink=\(status.links), st_uid=\(status.user), st_gid=\(status.group), "
      + "st_blksize=\(status.blockSize), st_blocks=\(status.blocks), \(size), "
      + "\(time("st_atime", status.accessTime)), \(time("st_mtime", status.modificationTime)), "
      + "\(time("st_ctime", status.changeTime))}"
  }

  private static func timespec(_ time: Timespec) -> String {
    "{tv_sec=\(time.seconds), tv_nsec=\(UInt64(bitPattern: time.nanoseconds))}"
  }

  private static func timeval(_ time: Timeval) -> String {
    "{tv_sec=\(time.seconds), tv_usec=\(UInt64(bitPattern: time.microseconds))}"
  }

  private func rusage(_ bytes: [UInt8]) -> String {
    let usage = bytes.withUnsafeBytes { Rusage(decoding: $0) }
    var text =
      "{ru_utime=\(Self.timeval(usage.userTime)), ru_stime=\(Self.timeval(usage.systemTime)), "
    guard options.isVerbose else { return text + "...}" }
    let names = [
      "maxrss", "ixrss", "idrss", "isrss", "minflt", "majflt", "nswap", "inblock", "oublock",
      "msgsnd", "msgrcv", "nsignals", "nvcsw", "nivcsw",
    ]
    text += bytes.withUnsafeBytes { raw in
      names.enumerated().map { index, name in
        "ru_\(name)=\(raw.loadLittleEndian(at: 32 + index * 8, as: UInt64.self))"
      }.joined(separator: ", ")
    }
    return text + "}"
  }

  private static func sysinfo(_ info: Sysinfo) -> String {
    "{uptime=\(info.uptime), loads=[\(info.loads.0), \(info.loads.1), \(info.loads.2)], "
      + "totalram=\(info.totalRAM), freeram=\(info.freeRAM), sharedram=\(info.sharedRAM), "
      + "bufferram=\(info.bufferRAM), totalswap=\(info.totalSwap), freeswap=\(info.freeSwap), "
      + "procs=\(info.processes), totalhigh=\(info.totalHigh), freehigh=\(info.freeHigh), "
      + "mem_unit=\(info.memoryUnit)}"
  }

  private static func sigaction(_ action: KernelSigAction) -> String {
    let handler: String =
      switch action.handler {
      case KernelSigAction.SIG_DFL: "SIG_DFL"
      case KernelSigAction.SIG_IGN: "SIG_IGN"
      case .max: "SIG_ERR"
      default: hexText(action.handler)
      }
    var text = "{sa_handler=\(handler), sa_mask=\(StraceText.signalSet(action.mask)), "
    text += "sa_flags=\(Xlat.sigactionFlags.describe(flags: action.flags.rawValue))"
    if action.flags.contains(.SA_RESTORER) {
      text += ", sa_restorer=\(StraceText.address(action.restorer))"
    }
    return text + "}"
  }

  private static func sigaltstack(_ bytes: [UInt8]) -> String {
    bytes.withUnsafeBytes { raw in
      let flags: UInt32 = raw.loadLittleEndian(at: 8)
      return "{ss_sp=\(StraceText.address(raw.loadLittleEndian(at: 0))), "
        + "ss_flags=\(Xlat.sigaltstackFlags.describe(flags: UInt64(flags))), "
        + "ss_size=\(raw.loadLittleEndian(at: 16, as: UInt64.self))}"
    }
  }

  /// Two elements of data, or one with the first version.
  private func capData(_ address: UInt64) -> String? {
    let version = memory.integer(args[0], as: UInt32.self)
    let elements = version == CapUserHeader._LINUX_CAPABILITY_VERSION_1 ? 1 : 2
    guard let bytes = memory.bytes(address, elements * CapUserData.size) else { return nil }
    func set(_ offset: Int) -> String {
      var bits: UInt64 = 0
      bytes.withUnsafeBytes { raw in
        for element in 0..<elements {
          let word: UInt32 = raw.loadLittleEndian(at: element * CapUserData.size + offset)
          bits |= UInt64(word) << (32 * element)
        }
      }
      if bits == 0 { return "0" }
      let names = Capability.allCases.filter { bits >> UInt64($0.rawValue) & 1 != 0 }
      let unknown = bits & ~CapabilitySet.full.rawValue
      let parts = names.map { "1<<\($0.name)" } + (unknown == 0 ? [] : [hexText(unknown)])
      return parts.joined(separator: "|")
    }
    return "{effective=\(set(0)), permitted=\(set(4)), inheritable=\(set(8))}"
  }

  // MARK: - Terminals

  func windowSize(_ address: UInt64) -> String {
    guard let size = memory.structure(address, as: WinSize.self) else {
      return StraceText.address(address)
    }
    return "{ws_row=\(size.rows), ws_col=\(size.columns), ws_xpixel=\(size.widthInPixels), "
      + "ws_ypixel=\(size.heightInPixels)}"
  }

  func termios(_ address: UInt64) -> String {
    guard let settings = memory.structure(address, as: KernelTermios.self) else {
      return StraceText.address(address)
    }
    let output = UInt64(settings.outputFlags)
    let delays = [
      output & 0o400 == 0 ? "NL0" : "NL1", "CR\(output >> 9 & 3)",
      output >> 11 & 3 == 3 ? "XTABS" : "TAB\(output >> 11 & 3)",
      output & 0o20000 == 0 ? "BS0" : "BS1", output & 0o40000 == 0 ? "VT0" : "VT1",
      output & 0o100000 == 0 ? "FF0" : "FF1",
    ]
    let outputFlags = output & ~0o177400
    let control = UInt64(settings.controlFlags)
    let speed = Xlat.baudRate.describe(value: control & 0o10017)
    let controlFlags = control & ~(0o10017 | 0o60)
    var text =
      "{c_iflag=\(Xlat.inputModes.describe(flags: UInt64(settings.inputFlags))), "
      + "c_oflag=\(delays.joined(separator: "|"))"
    if outputFlags != 0 { text += "|\(Xlat.outputModes.describe(flags: outputFlags))" }
    text += ", c_cflag=\(speed)|CS\(5 + (control >> 4 & 3))"
    if controlFlags != 0 { text += "|\(Xlat.controlModes.describe(flags: controlFlags))" }
    text += ", c_lflag=\(Xlat.localModes.describe(flags: UInt64(settings.localFlags))), "
    guard options.isVerbose else { return text + "...}" }
    let names = [
      "VINTR", "VQUIT", "VERASE", "VKILL", "VEOF", "VTIME", "VMIN", "VSWTC", "VSTART", "VSTOP",
      "VSUSP", "VEOL", "VREPRINT", "VDISCARD", "VWERASE", "VLNEXT", "VEOL2", "17", "18",
    ]
    let characters = zip(names, settings.controlCharacters).map {
      "[\($0)]=\(hexText(UInt64($1)))"
    }
    let line = settings.line == 0 ? "N_TTY" : hexText(UInt64(settings.line))
    return text + "c_line=\(line), c_cc=[\(characters.joined(separator: ", "))]}"
  }
}
