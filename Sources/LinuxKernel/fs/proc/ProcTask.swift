import LinuxABI

/// The files of `/proc/PID`.
enum ProcTask {
  static func entries(_ kind: ProcEntry.ProcTaskKind) -> [(name: String, entry: ProcEntry)] {
    var list = common
    if kind == .process {
      list.append(
        (
          "task",
          .listing(
            { context in threads(context).map { "\($0)" } },
            { context, name in
              guard let pid = Int32(name), threads(context).contains(pid) else { return nil }
              return .task(pid, .thread)
            }
          )
        )
      )
    }
    return list
  }

  private static func threads(_ context: ProcContext) -> [Int32] {
    context.kernel.tasks.values.filter { $0.tgid == context.subject.tgid }.map(\.pid).sorted()
  }

  private static var common: [(name: String, entry: ProcEntry)] {
    [
      (
        "auxv",
        .bytes(mode: 0o400) { context in
          (context.subject.mm?.saved_auxv ?? []).flatMap { word in
            (0..<8).map { UInt8(truncatingIfNeeded: word >> (8 * $0)) }
          }
        }
      ),
      (
        "cmdline",
        .bytes { context in
          guard let mm = context.subject.mm else { return [] }
          return context.subject.memory(mm.arg_start, mm.arg_end)
        }
      ),
      (
        "comm",
        .setting({ "\($0.subject.comm)\n" }) { context, bytes throws(Errno) in
          guard context.reader.tgid == context.subject.tgid else { throw .EINVAL }
          let name = bytes.prefix { $0 != 0 && $0 != 10 }.prefix(15)
          context.subject.comm = String(decoding: name, as: UTF8.self)
        }
      ),
      (
        "cwd",
        .jump({ context throws(Errno) in
          guard let pwd = context.subject.fs.pwd else { throw .ENOENT }
          return pwd
        }) { context in
          context.subject.fs.pwd.map { context.kernel.place_name($0, for: context.reader) } ?? []
        }
      ),
      (
        "environ",
        .bytes(mode: 0o400) { context throws(Errno) in
          guard context.mayInspect else { throw .EACCES }
          guard let mm = context.subject.mm else { return [] }
          return context.subject.memory(mm.env_start, mm.env_end)
        }
      ),
      (
        "exe",
        .jump({ context throws(Errno) in
          guard let place = context.subject.exe_file else { throw .ENOENT }
          return place
        }) { Array($0.subject.executablePath.utf8) }
      ),
      (
        "fd",
        .listing(mode: 0o500, descriptors) { context, name in
          guard let number = Int32(name), "\(number)" == name,
            let slot = context.subject.files[number]
          else { return nil }
          return descriptor(slot.file)
        }
      ),
      (
        "fdinfo",
        .listing(mode: 0o555, descriptors) { context, name in
          guard let number = Int32(name), let slot = context.subject.files[number] else {
            return nil
          }
          return .text(mode: 0o400) { context in
            let flags = slot.file.flags.union(slot.closeOnExec ? .O_CLOEXEC : [])
            return "pos:\t\(slot.file.position)\nflags:\t0\(String(flags.rawValue, radix: 8))\n"
              + "mnt_id:\t\(slot.file.path?.mnt.id ?? 1)\nino:\t\(slot.file.inode?.ino ?? 0)\n"
              + slot.file.fdinfo
          }
        }
      ),
      ("limits", .text(limits)),
      ("maps", .bytes { $0.subject.maps($0.reader) }),
      ("mountinfo", .text(mountinfo)),
      ("mounts", .text(mounts)),
      ("ns", ProcNamespaces.entry),
      (
        "root",
        .jump({ context throws(Errno) in
          guard let root = context.subject.fs.root else { throw .ENOENT }
          return root
        }) { context in
          context.subject.fs.root.map { context.kernel.place_name($0, for: context.reader) } ?? []
        }
      ),
      ("stat", .text { $0.subject.statLine }),
      (
        "statm",
        .text { context in
          guard let mm = context.subject.mm else { return "0 0 0 0 0 0 0\n" }
          let text = (mm.end_code &- (mm.start_code & ~4095) &+ 4095) >> 12
          return "\(mm.total_vm) \(mm.rss) 0 \(text) 0 \(mm.data_vm) 0\n"
        }
      ),
      ("status", .text { $0.subject.statusText }),
    ]
  }

  private static func descriptors(_ context: ProcContext) -> [String] {
    context.subject.files.openDescriptors.map { "\($0)" }
  }

  /// A link to an open file: its permissions say how it was opened.
  private static func descriptor(_ file: File) -> ProcEntry {
    let mode: UInt32 = (file.isReadable ? 0o500 : 0) | (file.isWritable ? 0o300 : 0)
    return .jump(
      mode: mode,
      { context throws(Errno) in
        guard let path = file.path else {
          // One of the host's: opening it again is opening the same.
          guard let host = file as? HostFile else { throw .ENXIO }
          return host.place(context.kernel)
        }
        return path
      },
      { context in context.kernel.file_path(file, for: context.reader) }
    )
  }

  private static func limits(_ context: ProcContext) -> String {
    let rows: [(String, Int, String)] = [
      ("Max cpu time", 0, "seconds"), ("Max file size", 1, "bytes"), ("Max data size", 2, "bytes"),
      ("Max stack size", 3, "bytes"), ("Max core file size", 4, "bytes"),
      ("Max resident set", 5, "bytes"), ("Max processes", 6, "processes"),
      ("Max open files", 7, "files"), ("Max locked memory", 8, "bytes"),
      ("Max address space", 9, "bytes"), ("Max file locks", 10, "locks"),
      ("Max pending signals", 11, "signals"), ("Max msgqueue size", 12, "bytes"),
      ("Max nice priority", 13, ""), ("Max realtime priority", 14, ""),
      ("Max realtime timeout", 15, "us"),
    ]
    func text(_ value: UInt64) -> String { value == .max ? "unlimited" : "\(value)" }
    var lines = line("Limit", "Soft Limit", "Hard Limit", "Units")
    for (name, index, unit) in rows {
      let limit = context.subject.rlimits[index]
      lines += line(name, text(limit.current), text(limit.maximum), unit)
    }
    return lines
  }

  private static func line(_ name: String, _ soft: String, _ hard: String, _ unit: String)
    -> String
  {
    "\(ProcRoot.pad(name, 26))\(ProcRoot.pad(soft, 21))\(ProcRoot.pad(hard, 21))"
      + "\(ProcRoot.pad(unit, 10))\n"
  }

  private static func mounts(_ context: ProcContext) -> String {
    context.kernel.vfs.mounts.map { mount in
      let access = mount.isReadOnly || mount.sb.isReadOnly ? "ro" : "rw"
      return "\(mount.source) \(place(mount, context)) \(mount.sb.type) "
        + "\(access)\(mount.sb.options) 0 0\n"
    }.joined()
  }

  private static func mountinfo(_ context: ProcContext) -> String {
    context.kernel.vfs.mounts.map { mount in
      let access = mount.isReadOnly || mount.sb.isReadOnly ? "ro" : "rw"
      let parent = mount.mountpoint?.mnt.id ?? mount.id
      return "\(mount.id) \(parent) 0:\(mount.sb.device) / \(place(mount, context)) "
        + "\(access)\(mount.sb.options) - \(mount.sb.type) \(mount.source) \(access)\n"
    }.joined()
  }

  private static func place(_ mount: Mount, _ context: ProcContext) -> String {
    let root = Path(mnt: mount, dentry: mount.root)
    let bytes = context.kernel.d_path(root, from: context.reader.fs.root).bytes
    return String(decoding: bytes, as: UTF8.self)
  }
}

/// `/proc/PID/ns`.
enum ProcNamespaces {
  static var entry: ProcEntry {
    .listing(mode: 0o511, { _ in ["pid", "user", "uts"] }) { context, name in
      guard let number = number(name, context.subject) else { return nil }
      let text = Array("\(name):[\(number)]".utf8)
      return .jump({ context throws(Errno) in context.kernel.vfs.nsPlace(name, context.subject) }) {
        _ in
        text
      }
    }
  }

  /// The numbers that the initial namespaces have everywhere; others follow.
  private static func number(_ name: String, _ task: Task) -> UInt64? {
    switch name {
    case "uts": task.nsproxy.uts_ns === task.kernel.init_uts_ns ? 0xeffffffe : 0xf000_0000
    case "user": task.cred.user_ns === UserNamespace.init_user_ns ? 0xeffffffd : 0xf000_0001
    case "pid": task.nsproxy.pid_ns === PIDNamespace.init_pid_ns ? 0xeffffffc : 0xf000_0002
    default: nil
    }
  }
}

/// A namespace as a file, for `setns`.
final class NamespaceInode: Inode {
  /// `uts`, `user` or `pid`.
  let kind: String
  /// The namespaces of the task whose file it is.
  let nsproxy: NSProxy
  let user_ns: UserNamespace

  init(_ sb: SuperBlock, kind: String, _ task: Task) {
    self.kind = kind
    nsproxy = task.nsproxy
    user_ns = task.cred.user_ns
    super.init(sb, mode: Stat.S_IFREG | 0o444)
  }

  override func open(_ task: Task, _ path: Path, _ flags: OpenFlags) async throws(Errno) -> File {
    DirectoryFile(flags: flags, path: path)
  }
}

extension VFS {
  /// The place of a namespace.
  func nsPlace(_ kind: String, _ task: Task) -> Path {
    Path(mnt: nsfs, dentry: Dentry(root: NamespaceInode(nsfs.sb, kind: kind, task)))
  }
}
