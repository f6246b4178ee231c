import ELF
import LinuxABI

/// A file that can be executed.
public struct ProgramFile {
  /// The path by which it was called: `AT_EXECFN`.
  public var filename: String
  /// Its absolute path: `/proc/self/exe`.
  public var absolutePath: String
  /// Its contents.
  public var bytes: ELFBytes
  /// Its pages, when it is a file of the tree.
  var cache: PageCache?

  /// A file.
  public init(filename: String, absolutePath: String, bytes: ELFBytes) {
    self.filename = filename
    self.absolutePath = absolutePath
    self.bytes = bytes
  }
}

/// Why a program could not be started.
public struct ExecError: Error, Equatable {
  /// What `execve` returns; `nil` when the old program was gone already, so that the task was killed.
  public var errno: Errno?
  /// The reason in words.
  public var reason: String

  /// An error that `execve` returns.
  init(_ errno: Errno, _ reason: String) {
    self.errno = errno
    self.reason = reason
  }

  /// An error after the point of no return.
  init(fatal reason: String) {
    self.reason = reason
  }
}

/// Pages of an executable file.
final class ELFSource: PageSource {
  private let bytes: ELFBytes
  init(_ bytes: ELFBytes) { self.bytes = bytes }

  var size: UInt64 { bytes.count }

  func read(page index: UInt64, into page: UnsafeMutableRawPointer) {
    let start = index << 12
    guard start < bytes.count,
      let part = bytes.slice(at: start, count: min(4096, bytes.count &- start))
    else { return }
    UnsafeMutableRawBufferPointer(start: page, count: part.count).copyMemory(from: part)
  }
}
