import LinuxABI

/// The locks on a file: whole ones of `flock`, ranges of `fcntl`.
///
/// - SeeAlso: Linux `fs/locks.c`.
final class FileLocks {
  /// A range of bytes that one owner has locked.
  struct RangeLock {
    /// A process's descriptors for `F_SETLK`, an open file for `F_OFD_SETLK`.
    var owner: ObjectIdentifier
    var pid: Int32
    var isExclusive: Bool
    /// The first byte, and the one behind the last.
    var range: Range<Int64>
  }

  private var flocks: [(owner: ObjectIdentifier, isExclusive: Bool)] = []
  private var ranges: [RangeLock] = []
  /// Where those wait who want a lock.
  let queue = PollQueue()

  /// Takes or changes a whole lock.
  ///
  /// - Returns: false when somebody else's is in the way.
  func flock(_ file: File, isExclusive: Bool) -> Bool {
    let owner = ObjectIdentifier(file)
    let others = flocks.filter { $0.owner != owner }
    if others.contains(where: { isExclusive || $0.isExclusive }) { return false }
    flocks = others + [(owner, isExclusive)]
    queue.wake_up()
    return true
  }

  /// Gives the locks of an open file up.
  func release(_ file: File) {
    let owner = ObjectIdentifier(file)
    guard
      flocks.contains(where: { $0.owner == owner }) || ranges.contains(where: { $0.owner == owner })
    else { return }
    flocks.removeAll { $0.owner == owner }
    ranges.removeAll { $0.owner == owner }
    queue.wake_up()
  }

  /// Gives the ranges of a process up.
  func release(posix files: FilesStruct) {
    let owner = ObjectIdentifier(files)
    guard ranges.contains(where: { $0.owner == owner }) else { return }
    ranges.removeAll { $0.owner == owner }
    queue.wake_up()
  }

  /// The first lock that is in the way of another.
  func conflict(with lock: RangeLock) -> RangeLock? {
    ranges.first {
      $0.owner != lock.owner && $0.range.overlaps(lock.range)
        && ($0.isExclusive || lock.isExclusive)
    }
  }

  /// Replaces what the owner has in the range; nothing but holes with `unlock`.
  func set(_ lock: RangeLock, unlock: Bool = false) {
    var result: [RangeLock] = []
    for old in ranges {
      guard old.owner == lock.owner, old.range.overlaps(lock.range) else {
        result.append(old)
        continue
      }
      var before = old
      before.range = old.range.lowerBound..<max(old.range.lowerBound, lock.range.lowerBound)
      var after = old
      after.range = min(old.range.upperBound, lock.range.upperBound)..<old.range.upperBound
      result += [before, after].filter { !$0.range.isEmpty }
    }
    if !unlock { result.append(lock) }
    ranges = result.sorted { $0.range.lowerBound < $1.range.lowerBound }
    queue.wake_up()
  }
}
