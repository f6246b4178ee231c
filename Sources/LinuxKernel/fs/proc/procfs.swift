import LinuxABI

/// The file system that shows the kernel's own state.
///
/// - SeeAlso: Linux `fs/proc/root.c`.
final class ProcSuperBlock: SuperBlock {
  private var numbers: [String: UInt64] = [:]

  init(_ kernel: Kernel, device: UInt64) {
    super.init(kernel, type: "proc", device: device, magic: 0x9fa0)
  }

  override var revalidates: Bool { true }
  override var options: String { ",relatime" }

  override func statfs() -> Statfs {
    var status = super.statfs()
    status.fragmentSize = 4096
    return status
  }

  /// The number of a file, the same each time that it is looked up.
  func number(_ path: String) -> UInt64 {
    if let known = numbers[path] { return known }
    let number = get_next_ino()
    numbers[path] = number
    return number
  }
}

/// What an entry of `/proc` is.
indirect enum ProcEntry {
  /// A text that is made when it is read.
  case text(mode: UInt32 = 0o444, (ProcContext) throws(Errno) -> String)
  /// Bytes, likewise.
  case bytes(mode: UInt32 = 0o444, (ProcContext) throws(Errno) -> [UInt8])
  /// A setting that can be written too; the body says what a write does.
  case setting(
    (ProcContext) throws(Errno) -> String,
    (ProcContext, [UInt8]) async throws(Errno) -> Void
  )
  /// A directory whose entries are always the same.
  case directory(mode: UInt32 = 0o555, [(name: String, entry: ProcEntry)])
  /// A directory whose entries are asked for.
  case listing(mode: UInt32 = 0o555, (ProcContext) -> [String], (ProcContext, String) -> ProcEntry?)
  /// A link with a text.
  case link((ProcContext) -> [UInt8])
  /// A link to a place, and what it says.
  case jump(mode: UInt32 = 0o777, (ProcContext) throws(Errno) -> Path, (ProcContext) -> [UInt8])
  /// A directory of a task.
  case task(Int32, ProcTaskKind)

  /// Whether a task's directory is a process's or a thread's.
  enum ProcTaskKind { case process, thread }

  /// Type and permissions.
  var mode: UInt32 {
    switch self {
    case .text(let mode, _), .bytes(let mode, _): Stat.S_IFREG | mode
    case .setting: Stat.S_IFREG | 0o644
    case .directory(let mode, _), .listing(let mode, _, _): Stat.S_IFDIR | mode
    case .link: Stat.S_IFLNK | 0o777
    case .jump(let mode, _, _): Stat.S_IFLNK | mode
    case .task: Stat.S_IFDIR | 0o555
    }
  }
}

/// Who looks at what.
struct ProcContext {
  let kernel: Kernel
  /// Who reads.
  let reader: Task
  /// Whose file it is; the reader for what belongs to nobody.
  let subject: Task
}

/// A file of `/proc`.
final class ProcInode: Inode, MagicLink {
  private let entry: ProcEntry
  private let path: String
  /// The task whose file it is, or 0.
  private let pid: Int32

  init(_ sb: ProcSuperBlock, _ entry: ProcEntry, path: String, pid: Int32 = 0) {
    self.entry = entry
    self.path = path
    if case .task(let own, _) = entry { self.pid = own } else { self.pid = pid }
    super.init(sb, ino: sb.number(path), mode: entry.mode)
    if self.pid != 0, let task = sb.kernel.tasks[self.pid] {
      (uid, gid) = (task.cred.euid, task.cred.egid)
    }
    if isDirectory { nlink = 2 }
  }

  override var blockSize: Int64 { 1024 }
  override var size: Int64 { isSymlink && pid != 0 ? 64 : 0 }

  /// - Throws: `ESRCH` when the task is gone.
  private func context(_ reader: Task) throws(Errno) -> ProcContext {
    if pid == 0 { return ProcContext(kernel: sb.kernel, reader: reader, subject: reader) }
    guard let subject = sb.kernel.tasks[pid] else { throw .ESRCH }
    return ProcContext(kernel: sb.kernel, reader: reader, subject: subject)
  }

  private func children(_ context: ProcContext) -> [(name: String, entry: () -> ProcEntry?)] {
    switch entry {
    case .directory(_, let list): list.map { item in (item.name, { item.entry }) }
    case .listing(_, let names, let find):
      names(context).map { name in (name, { find(context, name) }) }
    case .task(_, let kind): ProcTask.entries(kind).map { item in (item.name, { item.entry }) }
    default: []
    }
  }

  private func child(_ name: String, _ context: ProcContext) -> ProcEntry? {
    switch entry {
    case .directory(_, let list): list.first { $0.name == name }?.entry
    case .listing(_, _, let find): find(context, name)
    case .task(_, let kind): ProcTask.entries(kind).first { $0.name == name }?.entry
    default: nil
    }
  }

  override func lookup(_ name: FileName, _ task: Task) throws(Errno) -> Inode? {
    guard let sb = sb as? ProcSuperBlock else { return nil }
    let context: ProcContext
    do { context = try self.context(task) } catch { throw .ENOENT }
    let text = String(decoding: name, as: UTF8.self)
    guard let found = child(text, context) else { return nil }
    return ProcInode(sb, found, path: path + "/" + text, pid: pid)
  }

  override func iterate(
    _ position: Int64,
    _ place: Path,
    _ task: Task,
    _ emit: (DirectoryEntry) -> Bool
  ) throws(Errno) {
    guard let sb = sb as? ProcSuperBlock else { return }
    guard try emit_dots(position, place, emit) else { return }
    let context: ProcContext
    do { context = try self.context(task) } catch { throw .ENOENT }
    let list = children(context)
    var index = Int(clamping: max(position - 2, 0))
    while index < list.count {
      let (name, entry) = list[index]
      if let entry = entry() {
        let item = DirectoryEntry(
          name: FileName(name.utf8),
          ino: sb.number(path + "/" + name),
          type: entry.mode & Stat.S_IFMT,
          next: Int64(index + 3)
        )
        guard emit(item) else { return }
      }
      index += 1
    }
  }

  override func get_link(_ task: Task) throws(Errno) -> LinkTarget {
    let context: ProcContext
    do { context = try self.context(task) } catch { throw .ENOENT }
    switch entry {
    case .link(let text): return .text(text(context))
    case .jump(_, let place, _):
      guard context.mayInspect else { throw .EACCES }
      return .jump(try place(context))
    default: throw .EINVAL
    }
  }

  func text(_ task: Task) -> [UInt8] {
    guard let context = try? context(task), case .jump(_, _, let text) = entry else { return [] }
    return text(context)
  }

  override func setattr(_ change: AttributeChange) throws(Errno) { throw .EPERM }
  override func truncate(_ length: Int64) throws(Errno) {}

  override func open(_ task: Task, _ path: Path, _ flags: OpenFlags) async throws(Errno) -> File {
    switch entry {
    case .text, .bytes, .setting: return ProcFile(self, path: path, flags: flags)
    default: throw .ENXIO
    }
  }

  /// The bytes of the file now.
  fileprivate func contents(_ reader: Task) throws(Errno) -> [UInt8] {
    let context = try self.context(reader)
    switch entry {
    case .text(_, let make): return Array(try make(context).utf8)
    case .bytes(_, let make): return try make(context)
    case .setting(let make, _): return Array(try make(context).utf8)
    default: throw .EINVAL
    }
  }

  /// Takes what a program wrote.
  fileprivate func store(_ bytes: [UInt8], _ writer: Task) async throws(Errno) {
    guard case .setting(_, let store) = entry else { throw .EINVAL }
    try await store(try context(writer), bytes)
  }
}

extension ProcContext {
  /// Whether the reader may look into the other task.
  ///
  /// - SeeAlso: Linux `kernel/ptrace.c` `__ptrace_may_access`.
  var mayInspect: Bool {
    reader.tgid == subject.tgid || reader.cred.fsuid == subject.cred.uid
      || capable(reader, .CAP_SYS_PTRACE)
  }
}

/// An open file of `/proc`: the text is made when reading starts, and stays the same.
///
/// - SeeAlso: Linux `fs/seq_file.c`.
final class ProcFile: File {
  private let source: ProcInode
  private var text: [UInt8]?

  init(_ inode: ProcInode, path: Path, flags: OpenFlags) {
    source = inode
    super.init(flags: flags, path: path)
  }

  override var isSeekable: Bool { true }

  override func llseek(_ offset: Int64, _ whence: Int32) throws(Errno) -> Int64 {
    guard whence <= 1 else { throw .EINVAL }
    return try generic_llseek(offset, whence, size: 0)
  }

  override func read_iter(
    _ task: Task,
    _ iter: inout iov_iter,
    at place: Int64?
  ) async throws(Errno) -> Int {
    let start = place ?? position
    if start == 0 || text == nil { text = try source.contents(task) }
    guard let text, start < text.count else { return 0 }
    let part = Array(text[Int(start)...].prefix(Int(clamping: iter.count)))
    let copied = await iter.put(task, part)
    if copied == 0, !part.isEmpty { throw .EFAULT }
    if place == nil { position = start + Int64(copied) }
    return copied
  }

  override func write_iter(
    _ task: Task,
    _ iter: inout iov_iter,
    at place: Int64?
  ) async throws(Errno) -> Int {
    let count = Int(min(iter.count, 4096))
    let bytes = await iter.bytes(task, count)
    if bytes.count < count { throw .EFAULT }
    // A second write would go on behind the first: it is taken and forgotten.
    if (place ?? position) == 0 { try await source.store(bytes, task) }
    if place == nil { position += Int64(count) }
    return count
  }
}

extension Kernel {
  /// Mounts `/proc`.
  func mount_proc() {
    guard let place = vfs.make_directory("/proc", mode: 0o555) else { return }
    let sb = ProcSuperBlock(self, device: vfs.nextDevice())
    vfs.mount(ProcInode(sb, ProcRoot.entry, path: ""), on: place, source: "proc")
  }
}
