#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif
import ELF

/// A program file of the host, mapped for reading.
///
/// Owns the mapping; the file must not be cut short while it lives.
public final class HostProgram: @unchecked Sendable {
  // SAFETY: sendable because nothing changes after `init` and the memory is never written.

  /// The absolute path.
  public let path: String
  /// The bytes.
  public var bytes: ELFBytes {
    ELFBytes(unowned: UnsafeRawBufferPointer(start: memory, count: size), owner: self)
  }

  private let memory: UnsafeMutableRawPointer?
  private let size: Int

  /// Opens and maps a file.
  ///
  /// - Parameters:
  ///   - path: the path, relative to the host's working directory.
  ///   - forExecution: false to look only: the user need not be allowed to execute it.
  /// - Throws: `HostProgramError`.
  public init(path: String, forExecution: Bool = true) throws(HostProgramError) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw Self.openError(errno, path) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw .unreadable(errno) }
    switch status.st_mode & S_IFMT {
    case S_IFREG: break
    case S_IFDIR: throw .directory
    default: throw .notRegular
    }
    guard !forExecution || access(path, X_OK) == 0 else { throw .notExecutable }
    size = Int(status.st_size)
    if size > 0 {
      let mapping = mmap(nil, size, PROT_READ, MAP_PRIVATE, descriptor, 0)
      guard let mapping, mapping != MAP_FAILED else { throw .unreadable(errno) }
      memory = mapping
    } else {
      memory = nil
    }
    self.path = Self.absolute(path)
  }

  deinit { if let memory { munmap(memory, size) } }

  private static func openError(_ code: Int32, _ path: String) -> HostProgramError {
    switch code {
    case ENOENT, ENOTDIR: .missing
    case EACCES: .noPermission
    default: .unreadable(code)
    }
  }

  private static func absolute(_ path: String) -> String {
    guard let resolved = realpath(path, nil) else { return path }
    defer { free(resolved) }
    return String(cString: resolved)
  }
}

/// Why a file cannot be opened as a program.
public enum HostProgramError: Error, Equatable, Sendable {
  /// There is no such file.
  case missing
  /// The path names a directory.
  case directory
  /// The path names a device, a pipe or a socket.
  case notRegular
  /// The user may not read it.
  case noPermission
  /// The user may read but not execute it.
  case notExecutable
  /// The host's error number.
  case unreadable(Int32)
}

extension HostProgramError: CustomStringConvertible {
  /// What is wrong and what to do, to stand behind the file's name.
  public var description: String {
    switch self {
    case .missing: "no such file; check the path"
    case .directory: "this is a directory; give an x86-64 Linux program"
    case .notRegular: "not a regular file; give an x86-64 Linux program"
    case .noPermission: "permission denied; make it readable (chmod +r)"
    case .notExecutable: "permission denied; make it executable (chmod +x)"
    case .unreadable(let code): "cannot be read (\(String(cString: strerror(code))))"
    }
  }
}
