import LinuxABI

extension Task {
  /// The bytes of a range of user memory, as far as they are there.
  func memory(_ start: UInt64, _ end: UInt64) -> [UInt8] {
    guard start < end, end &- start <= 8 << 20 else { return [] }
    return straceMemory.available(start, Int(end &- start))
  }

  /// `/proc/PID/maps`.
  ///
  /// - SeeAlso: Linux `fs/proc/task_mmu.c` `show_map_vma`.
  func maps(_ reader: Task) -> [UInt8] {
    guard let mm else { return [] }
    var bytes: [UInt8] = []
    for vma in mm.vmas {
      let flags = vma.flags
      var line = "\(hex(vma.start))-\(hex(vma.end)) "
      line += flags.contains(.VM_READ) ? "r" : "-"
      line += flags.contains(.VM_WRITE) ? "w" : "-"
      line += flags.contains(.VM_EXEC) ? "x" : "-"
      line += flags.contains(.VM_SHARED) ? "s" : "p"
      let (device, inode, name) = backing(vma, mm, reader)
      let offset = vma.cache == nil ? 0 : vma.pageOffset << 12
      line += " \(hex(offset)) \(pad2(device >> 8)):\(pad2(device & 0xff)) \(inode) "
      bytes += line.utf8
      if !name.isEmpty {
        bytes += [UInt8](repeating: 0x20, count: max(0, 73 - line.utf8.count)) + name
      }
      bytes.append(10)
    }
    return bytes
  }

  private func hex(_ value: UInt64) -> String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: max(0, 8 - digits.count)) + digits
  }

  private func pad2(_ value: UInt64) -> String {
    (value < 16 ? "0" : "") + String(value, radix: 16)
  }

  private func backing(
    _ vma: VMA,
    _ mm: MM,
    _ reader: Task
  ) -> (device: UInt64, inode: UInt64, name: [UInt8]) {
    if let file = vma.file {
      let inode = file.inode
      return (inode?.sb.device ?? 0, inode?.ino ?? 0, kernel.file_path(file, for: reader))
    }
    if let cache = vma.cache {
      if let exe = exe_file?.inode as? CachedInode, exe.cache === cache {
        return (exe.sb.device, exe.ino, Array(executablePath.utf8))
      }
      return (1, 0, Array((cache.isAnonymous ? "/dev/zero (deleted)" : "").utf8))
    }
    if vma.start <= mm.brk, vma.end >= mm.start_brk, mm.brk > mm.start_brk {
      return (0, 0, Array("[heap]".utf8))
    }
    if vma.start <= mm.start_stack, vma.end >= mm.start_stack {
      return (0, 0, Array("[stack]".utf8))
    }
    return (0, 0, [])
  }

  /// `/proc/PID/stat`.
  ///
  /// - SeeAlso: Linux `fs/proc/array.c` `do_task_stat`.
  var statLine: String {
    let ticks = kernel.processorTime() / 10_000_000
    let threads = kernel.tasks.values.count { $0.tgid == tgid }
    let memory = mm.map { "\($0.total_vm << 12) \($0.rss)" } ?? "0 0"
    let layout =
      mm.map { "\($0.start_code) \($0.end_code) \($0.start_stack)" } ?? "0 0 0"
    let data = mm.map {
      "\($0.start_data) \($0.end_data) \($0.start_brk) \($0.arg_start) \($0.arg_end) "
        + "\($0.env_start) \($0.env_end)"
    }
    return "\(pid) (\(comm)) \(stateLetter) \(parentPID) \(processGroup) \(session) 0 -1 4194304 "
      + "\(mm?.minorFaults ?? 0) 0 0 0 \(ticks) 0 0 0 20 0 \(threads) 0 0 \(memory) "
      + "\(rlimit(5)) \(layout) 0 0 0 0 0 0 0 0 0 17 0 0 0 0 0 0 "
      + "\(data ?? "0 0 0 0 0 0 0") 0\n"
  }

  /// `/proc/PID/status`.
  ///
  /// - SeeAlso: Linux `fs/proc/array.c` `proc_pid_status`.
  var statusText: String {
    let names = ["R": "running", "S": "sleeping", "D": "disk sleep", "T": "stopped", "Z": "zombie"]
    func mask(_ value: UInt64) -> String {
      let digits = String(value, radix: 16)
      return String(repeating: "0", count: 16 - digits.count) + digits
    }
    func kB(_ pages: UInt64) -> String { "\(ProcRoot.padLeft("\(pages * 4)", 8)) kB" }
    let letter = stateLetter
    let threads = kernel.tasks.values.count { $0.tgid == tgid }
    var text = """
      Name:\t\(comm)
      Umask:\t\(umaskText)
      State:\t\(letter) (\(names[letter] ?? "dead"))
      Tgid:\t\(tgid)
      Ngid:\t0
      Pid:\t\(pid)
      PPid:\t\(parentPID)
      TracerPid:\t0
      Uid:\t\(cred.uid)\t\(cred.euid)\t\(cred.suid)\t\(cred.fsuid)
      Gid:\t\(cred.gid)\t\(cred.egid)\t\(cred.sgid)\t\(cred.fsgid)
      FDSize:\t64
      Groups:\t\(cred.groups.map { "\($0) " }.joined())

      """
    if let mm {
      text += """
        VmPeak:\t\(kB(mm.total_vm))
        VmSize:\t\(kB(mm.total_vm))
        VmHWM:\t\(kB(mm.hiwater_rss))
        VmRSS:\t\(kB(mm.rss))
        VmData:\t\(kB(mm.data_vm))

        """
    }
    text += """
      Threads:\t\(threads)
      SigBlk:\t\(mask(blockedSignals))
      CapInh:\t\(mask(cred.cap_inheritable.rawValue))
      CapPrm:\t\(mask(cred.cap_permitted.rawValue))
      CapEff:\t\(mask(cred.cap_effective.rawValue))
      CapBnd:\t\(mask(cred.cap_bset.rawValue))
      CapAmb:\t\(mask(cred.cap_ambient.rawValue))
      NoNewPrivs:\t\(attributes.noNewPrivileges ? 1 : 0)
      Cpus_allowed:\t1
      Cpus_allowed_list:\t0

      """
    return text
  }

  private var umaskText: String {
    let digits = String(fs.umask, radix: 8)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }

  /// The letter of the state: one that is looked at runs.
  private var stateLetter: String { kernel.current === self ? "R" : isDead ? "Z" : "S" }
}
