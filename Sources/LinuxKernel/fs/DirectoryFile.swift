import LinuxABI

/// An open directory, or a place that was opened with `O_PATH`.
final class DirectoryFile: File {
  override var isSeekable: Bool { true }

  override func read_iter(
    _ task: Task,
    _ iter: inout iov_iter,
    at place: Int64?
  ) async throws(Errno) -> Int { throw .EISDIR }

  override func llseek(_ offset: Int64, _ whence: Int32) throws(Errno) -> Int64 {
    guard whence <= 1 else { throw .EINVAL }
    return try generic_llseek(offset, whence, size: 0)
  }

  /// Entries as `struct linux_dirent64`, or as the older `struct linux_dirent`, as many as fit.
  ///
  /// - Throws: `EINVAL` when not even one fits.
  /// - SeeAlso: Linux `fs/readdir.c` `filldir64`, `filldir`.
  func getdents(_ task: Task, limit: Int, isOld: Bool) throws(Errno) -> [UInt8] {
    guard let path, path.inode.isDirectory else { throw .ENOTDIR }
    if path.dentry.isUnhashed, path.inode.nlink == 0 { throw .ENOENT }
    var bytes: [UInt8] = []
    var isTooSmall = false
    try path.inode.iterate(position, path, task) { item in
      // inode, offset, length, (type,) name with a zero (and the type); a multiple of eight.
      let header = isOld ? 18 : 19
      let length = (header + item.name.count + (isOld ? 2 : 1) + 7) & ~7
      if bytes.count + length > limit {
        isTooSmall = bytes.isEmpty
        return false
      }
      position = item.next
      var entry = [UInt8](repeating: 0, count: length)
      entry.withUnsafeMutableBytes { raw in
        raw.storeLittleEndian(item.ino, at: 0)
        raw.storeLittleEndian(item.next, at: 8)
        raw.storeLittleEndian(UInt16(length), at: 16)
        raw[isOld ? length - 1 : 18] = UInt8(truncatingIfNeeded: item.type >> 12)
        for (index, byte) in item.name.enumerated() { raw[header + index] = byte }
      }
      bytes += entry
      return true
    }
    if isTooSmall { throw .EINVAL }
    path.inode.touch_atime(path)
    return bytes
  }
}
