import LinuxABI

/// A file system whose files are memory.
///
/// - SeeAlso: Linux `mm/shmem.c`.
final class TmpfsSuperBlock: SuperBlock {
  init(_ kernel: Kernel, type: String, device: UInt64) {
    super.init(kernel, type: type, device: device, magic: 0x0102_1994)
  }

  override func statfs() -> Statfs {
    var status = Statfs()
    status.type = magic
    // Half of the memory, as without a `size` option.
    status.blocks = Int64(kernel.frames.totalPages / 2)
    status.free = min(status.blocks, Int64(kernel.frames.freePages))
    status.available = status.free
    status.files = status.blocks
    status.filesFree = status.free
    return status
  }

  override var options: String { type == "rootfs" ? "" : ",relatime" }
}

/// A file of a `tmpfs` that is neither directory nor data: a link, a device, a FIFO.
final class TmpfsNode: Inode {
  private let target: [UInt8]

  init(_ sb: SuperBlock, _ attributes: NewFile, target: [UInt8] = []) {
    self.target = target
    super.init(sb, mode: attributes.mode)
    (uid, gid, rdev) = (attributes.uid, attributes.gid, attributes.rdev)
    btime = ctime
  }

  override var size: Int64 { Int64(target.count) }

  override func get_link(_ task: Task) throws(Errno) -> LinkTarget {
    guard isSymlink else { throw .EINVAL }
    return .text(target)
  }
}

/// A directory of a `tmpfs`.
final class TmpfsDirectory: Inode {
  /// Names with their files, and the position of each in a listing.
  private var entries: [FileName: (inode: Inode, offset: Int64)] = [:]
  /// Names by position, the oldest first; gaps are names that went away.
  private var order: [(offset: Int64, name: FileName)] = []
  /// Positions 0 and 1 are `.` and `..`.
  private var lastOffset: Int64 = 2

  init(_ sb: SuperBlock, mode: UInt32) {
    super.init(sb, mode: Stat.S_IFDIR | mode)
    nlink = 2
    btime = ctime
  }

  /// 20 bytes an entry, `.` and `..` included.
  ///
  /// - SeeAlso: Linux `mm/shmem.c` `BOGO_DIRENT_SIZE`.
  override var size: Int64 { Int64(entries.count + 2) * 20 }

  /// The file of a name.
  func entry(_ name: FileName) -> Inode? { entries[name]?.inode }

  var isEmpty: Bool { entries.isEmpty }

  override func lookup(_ name: FileName, _ task: Task) throws(Errno) -> Inode? { entry(name) }

  private func add(_ name: FileName, _ inode: Inode) {
    lastOffset += 1
    entries[name] = (inode, lastOffset)
    order.append((lastOffset, name))
    (mtime, ctime) = (now, now)
  }

  private func remove(_ name: FileName) {
    guard let (_, offset) = entries.removeValue(forKey: name) else { return }
    if let index = index(of: offset) { order.remove(at: index) }
    (mtime, ctime) = (now, now)
  }

  /// The place of a position in `order`, by bisection.
  private func index(of offset: Int64) -> Int? {
    let index = firstIndex(notBelow: offset)
    return index < order.count && order[index].offset == offset ? index : nil
  }

  private func firstIndex(notBelow offset: Int64) -> Int {
    var (low, high) = (0, order.count)
    while low < high {
      let middle = (low + high) / 2
      if order[middle].offset < offset { low = middle + 1 } else { high = middle }
    }
    return low
  }

  override func create(_ name: FileName, _ attributes: NewFile) throws(Errno) -> Inode {
    let inode: Inode
    switch attributes.mode & Stat.S_IFMT {
    case Stat.S_IFDIR:
      inode = TmpfsDirectory(sb, mode: attributes.mode & 0o7777)
      (inode.uid, inode.gid) = (attributes.uid, attributes.gid)
      nlink += 1
    case Stat.S_IFREG: inode = TmpfsFile(sb, attributes)
    default: inode = TmpfsNode(sb, attributes)
    }
    add(name, inode)
    return inode
  }

  override func tmpfile(_ attributes: NewFile) throws(Errno) -> Inode {
    let inode = TmpfsFile(sb, attributes)
    inode.nlink = 0
    return inode
  }

  override func symlink(
    _ name: FileName,
    _ target: [UInt8],
    _ attributes: NewFile
  ) throws(Errno) -> Inode {
    let inode = TmpfsNode(sb, attributes, target: target)
    add(name, inode)
    return inode
  }

  /// Puts a file of the kernel's own making into the directory.
  func install(_ name: FileName, _ inode: Inode) { add(name, inode) }

  override func link(_ name: FileName, _ inode: Inode) throws(Errno) {
    inode.nlink += 1
    inode.ctime = now
    add(name, inode)
  }

  override func unlink(_ name: FileName, _ inode: Inode) throws(Errno) {
    remove(name)
    inode.nlink -= 1
    inode.ctime = now
  }

  override func rmdir(_ name: FileName, _ inode: Inode) throws(Errno) {
    guard let directory = inode as? TmpfsDirectory else { throw .ENOTDIR }
    guard directory.isEmpty else { throw .ENOTEMPTY }
    remove(name)
    directory.nlink = 0
    directory.ctime = now
    nlink -= 1
  }

  override func rename(_ change: Rename) throws(Errno) {
    guard let target = change.newDirectory as? TmpfsDirectory else { throw .EXDEV }
    if let replaced = change.replaced {
      if change.isExchange {
        exchange(change, replaced, target)
        return
      }
      if let directory = replaced as? TmpfsDirectory {
        try target.rmdir(change.newName, directory)
      } else {
        try target.unlink(change.newName, replaced)
      }
    }
    remove(change.name)
    target.add(change.newName, change.inode)
    if change.inode.isDirectory, target !== self {
      nlink -= 1
      target.nlink += 1
    }
    change.inode.ctime = now
  }

  private func exchange(_ change: Rename, _ other: Inode, _ target: TmpfsDirectory) {
    let (first, second) = (entries[change.name], target.entries[change.newName])
    guard let first, let second else { return }
    entries[change.name] = (other, first.offset)
    target.entries[change.newName] = (change.inode, second.offset)
    if target !== self {
      let moved: Int = (other.isDirectory ? 1 : 0) - (change.inode.isDirectory ? 1 : 0)
      nlink = UInt64(Int64(nlink) + Int64(moved))
      target.nlink = UInt64(Int64(target.nlink) - Int64(moved))
    }
    for inode in [self, target] { (inode.mtime, inode.ctime) = (now, now) }
    (change.inode.ctime, other.ctime) = (now, now)
  }

  /// The newest names come first, as the order of the kernel's own list has it.
  ///
  /// - SeeAlso: Linux `fs/libfs.c` `dcache_readdir`.
  override func iterate(
    _ position: Int64,
    _ path: Path,
    _ task: Task,
    _ emit: (DirectoryEntry) -> Bool
  ) throws(Errno) {
    guard try emit_dots(position, path, emit) else { return }
    // Position p > 2 stands before the entry with the offset `max - p`.
    let top = Int64.max / 2
    let start = position <= 2 ? lastOffset : top - position
    var index = firstIndex(notBelow: start + 1) - 1
    while index >= 0 {
      let (offset, name) = order[index]
      guard let inode = entry(name) else { break }
      let next = top - (offset - 1)
      let entry = DirectoryEntry(name: name, ino: inode.ino, type: inode.type, next: next)
      guard emit(entry) else { return }
      index -= 1
    }
  }
}

extension Inode {
  /// `.` and `..`.
  ///
  /// - Returns: false when `emit` has had enough.
  /// - SeeAlso: Linux `include/linux/fs.h` `dir_emit_dots`.
  final func emit_dots(
    _ position: Int64,
    _ path: Path,
    _ emit: (DirectoryEntry) -> Bool
  ) throws(Errno) -> Bool {
    if position == 0 {
      guard emit(DirectoryEntry(name: [0x2E], ino: ino, type: Stat.S_IFDIR, next: 1)) else {
        return false
      }
    }
    if position <= 1 {
      let parent = path.dentry.parent?.inode.ino ?? ino
      let entry = DirectoryEntry(name: [0x2E, 0x2E], ino: parent, type: Stat.S_IFDIR, next: 2)
      guard emit(entry) else { return false }
    }
    return true
  }
}
