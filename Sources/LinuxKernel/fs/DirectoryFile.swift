import LinuxABI

/// An open directory.
final class DirectoryFile: File {
  /// Where it is; the root is empty.
  let path: String
  /// How many entries were given out.
  private var position = 0

  init(path: String, flags: OpenFlags) {
    self.path = path
    super.init(flags: flags)
  }

  override var isSeekable: Bool { true }

  override func read(_ buffer: UnsafeMutableRawBufferPointer) throws(Errno) -> Int {
    throw .EISDIR
  }

  override func llseek(_ offset: Int64, _ whence: Int32) throws(Errno) -> Int64 {
    guard whence == 0, offset >= 0 else { throw .EINVAL }
    position = Int(clamping: offset)
    return offset
  }

  /// Entries as `struct linux_dirent64`, as many as fit.
  ///
  /// - Throws: `EINVAL` when not even one fits.
  func getdents64(limit: Int) throws(Errno) -> [UInt8] {
    let names = [".", ".."] + (Path.directories.first { $0.path == path }?.entries ?? [])
    var bytes: [UInt8] = []
    while position < names.count {
      let name = Array(names[position].utf8)
      let node = (try? Path.walk(path + "/" + names[position])) ?? .directory("")
      let status = node.status
      // inode, offset, length, type, name with a zero; a multiple of eight.
      let length = (19 + name.count + 1 + 7) & ~7
      if bytes.count + length > limit {
        if bytes.isEmpty { throw .EINVAL }
        break
      }
      position += 1
      var entry = [UInt8](repeating: 0, count: length)
      entry.withUnsafeMutableBytes { raw in
        raw.storeLittleEndian(status.inode, at: 0)
        raw.storeLittleEndian(UInt64(position), at: 8)
        raw.storeLittleEndian(UInt16(length), at: 16)
        raw[18] = UInt8(truncatingIfNeeded: (status.mode & Stat.S_IFMT) >> 12)
        for (index, byte) in name.enumerated() { raw[19 + index] = byte }
      }
      bytes += entry
    }
    return bytes
  }

  override func status() throws(Errno) -> Stat { Self.status(of: path) }

  /// What `stat` reports about a directory.
  static func status(of path: String) -> Stat {
    let index = Path.directories.firstIndex { $0.path == path } ?? 0
    let isProc = path.hasPrefix("/proc")
    var status = Stat()
    status.device = path.hasPrefix("/dev") ? Device.devtmpfs : isProc ? 20 : 2
    status.inode = UInt64(index + 1)
    status.mode = Stat.S_IFDIR | (isProc ? 0o555 : 0o755)
    status.links = 2
    return status
  }
}
