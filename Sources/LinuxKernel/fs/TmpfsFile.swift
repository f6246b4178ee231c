import LinuxABI

/// A regular file whose bytes are pages of guest memory.
class CachedInode: Inode {
  /// The pages.
  let cache: PageCache

  init(_ sb: SuperBlock, mode: UInt32, cache: PageCache) {
    self.cache = cache
    super.init(sb, mode: mode)
  }

  override var size: Int64 { Int64(clamping: cache.size) }

  override var blocks: Int64 { Int64(cache.residentPages) * 8 }

  override func open(_ task: Task, _ path: Path, _ flags: OpenFlags) async throws(Errno) -> File {
    RegularFile(self, path: path, flags: flags)
  }
}

/// A regular file of a `tmpfs`.
final class TmpfsFile: CachedInode {
  /// `F_SEAL_*`.
  var seals: UInt32 = F_SEAL_SEAL

  init(_ sb: SuperBlock, _ attributes: NewFile) {
    super.init(
      sb,
      mode: Stat.S_IFREG | attributes.mode & 0o7777,
      cache: PageCache(frames: sb.kernel.frames, anonymousSize: 0)
    )
    (uid, gid) = (attributes.uid, attributes.gid)
    btime = ctime
  }

  static let (F_SEAL_SEAL, F_SEAL_SHRINK, F_SEAL_GROW): (UInt32, UInt32, UInt32) = (1, 2, 4)
  static let (F_SEAL_WRITE, F_SEAL_FUTURE_WRITE): (UInt32, UInt32) = (8, 16)

  override func truncate(_ length: Int64) throws(Errno) {
    if length < size, seals & Self.F_SEAL_SHRINK != 0 { throw .EPERM }
    if length > size, seals & Self.F_SEAL_GROW != 0 { throw .EPERM }
    if length < size {
      let firstGone = UInt64(length + 4095) >> 12
      sb.kernel.unmap_mapping_range(cache, from: firstGone)
    }
    cache.resize(UInt64(length))
    (mtime, ctime) = (now, now)
  }

  /// Reserves pages, or gives them back.
  func allocate(_ range: Range<UInt64>) throws(Errno) {
    for index in range where cache.frame(index) == nil { throw .ENOSPC }
  }
}

/// The program that the machine was given: it can be read and executed, and never changes.
final class ImageInode: CachedInode {
  /// The whole contents.
  let program: ProgramFile

  init(_ sb: SuperBlock, _ program: ProgramFile, cache: PageCache) {
    self.program = program
    super.init(sb, mode: Stat.S_IFREG | 0o755, cache: cache)
  }

  override var blocks: Int64 { (size + 4095) / 4096 * 8 }

  override func open(_ task: Task, _ path: Path, _ flags: OpenFlags) async throws(Errno) -> File {
    if flags.contains(.O_TRUNC) || flags.rawValue & OpenFlags.O_ACCMODE != 0 { throw .ETXTBSY }
    return RegularFile(self, path: path, flags: flags)
  }

  override func setattr(_ change: AttributeChange) throws(Errno) { throw .EPERM }
  override func truncate(_ length: Int64) throws(Errno) { throw .ETXTBSY }
}

/// An open regular file in memory.
class RegularFile: File {
  private let cached: CachedInode

  init(_ inode: CachedInode, path: Path, flags: OpenFlags) {
    cached = inode
    super.init(flags: flags, path: path)
    if isWritable { inode.writecount += 1 }
  }

  deinit { if isWritable { cached.writecount -= 1 } }

  override var isSeekable: Bool { true }

  override var mapping: PageCache? { cached.cache }

  /// Copies page by page; a hole is zeros.
  ///
  /// - SeeAlso: Linux `mm/filemap.c` `filemap_read`.
  override func read_iter(
    _ task: Task,
    _ iter: inout iov_iter,
    at place: Int64?
  ) async throws(Errno) -> Int {
    var position = place ?? self.position
    var done = 0
    while iter.count > 0, position < cached.size {
      let offset = Int(position & 4095)
      let left = min(Int64(4096 - offset), cached.size - position)
      let count = Int(min(UInt64(left), iter.count))
      let index = UInt64(position) >> 12
      var page = task.kernel.zeros
      if cached.cache.isResident(index) || !cached.cache.isAnonymous {
        guard let frame = cached.cache.frame(index) else { throw .ENOMEM }
        page = UnsafeRawBufferPointer(start: task.kernel.frames.host(frame), count: 4096)
      }
      let part = UnsafeRawBufferPointer(rebasing: page[offset..<(offset + count)])
      let copied = await iter.copy_to(task, part)
      position += Int64(copied)
      done += copied
      if copied < count {
        if done == 0 { throw .EFAULT }
        break
      }
    }
    if place == nil { self.position = position }
    if !flags.contains(.O_NOATIME) { cached.touch_atime(path) }
    return done
  }

  /// - SeeAlso: Linux `mm/filemap.c` `generic_perform_write`.
  override func write_iter(
    _ task: Task,
    _ iter: inout iov_iter,
    at place: Int64?
  ) async throws(Errno) -> Int {
    guard let file = cached as? TmpfsFile else { throw .EPERM }
    guard iter.count > 0 else { return 0 }
    var position = flags.contains(.O_APPEND) ? file.size : place ?? self.position
    let wanted = try generic_write_checks(task, position, iter.count)
    if file.seals & (TmpfsFile.F_SEAL_WRITE | TmpfsFile.F_SEAL_FUTURE_WRITE) != 0 { throw .EPERM }
    if file.seals & TmpfsFile.F_SEAL_GROW != 0, position + Int64(wanted) > file.size {
      throw .EPERM
    }
    remove_privs(task)
    var left = Int(wanted)
    var done = 0
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 4096, alignment: 16)
    defer { buffer.deallocate() }
    while left > 0 {
      let offset = Int(position & 4095)
      let count = min(4096 - offset, left)
      let copied = await iter.copy_from(
        task,
        UnsafeMutableRawBufferPointer(rebasing: buffer[..<count])
      )
      if copied == 0 {
        if done == 0 { throw .EFAULT }
        break
      }
      guard let frame = file.cache.frame(UInt64(position) >> 12) else {
        if done == 0 { throw .ENOSPC }
        break
      }
      task.kernel.write_page(frame, offset, UnsafeRawBufferPointer(rebasing: buffer[..<copied]))
      position += Int64(copied)
      done += copied
      left -= copied
      if position > file.size { file.cache.resize(UInt64(position)) }
      if copied < count { break }
    }
    if place == nil { self.position = position }
    (file.mtime, file.ctime) = (file.now, file.now)
    return done
  }

  /// Where an offset leads; data and holes are pages that are there and that are not.
  override func llseek(_ offset: Int64, _ whence: Int32) throws(Errno) -> Int64 {
    switch whence {
    case 3, 4:
      let size = cached.size
      guard offset >= 0, offset < size else { throw .ENXIO }
      var index = UInt64(offset) >> 12
      let end = UInt64(size + 4095) >> 12
      let wantsData = whence == 3
      while index < end, isData(index) != wantsData { index += 1 }
      if index >= end {
        if wantsData { throw .ENXIO }
        position = size
      } else {
        position = max(offset, Int64(index << 12))
      }
      return position
    default: return try generic_llseek(offset, whence, size: cached.size)
    }
  }

  private func isData(_ index: UInt64) -> Bool {
    cached.cache.isResident(index) || !cached.cache.isAnonymous
  }
}

/// A file of `memfd_create`: it never had a name in a directory.
final class MemoryFile: RegularFile {
  override var name: [UInt8] {
    [UInt8(ascii: "/")] + (path?.dentry.name ?? []) + Array(" (deleted)".utf8)
  }
}
