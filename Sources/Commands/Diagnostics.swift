#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// Martlet's own messages: one line each, on standard error, so that the guest's output is its own.
enum Diagnostics {
  /// `martlet: hello: no such file: check the path`.
  static func line(_ what: String, _ rest: String...) -> String {
    "martlet: " + ([what] + rest).joined(separator: ": ")
  }

  /// Writes a line to standard error.
  static func print(_ line: String) {
    write(line + "\n", to: 2)
  }

  /// Writes text to a descriptor, all of it unless the other side is gone.
  static func write(_ text: String, to descriptor: Int32) {
    var text = text
    text.withUTF8 { bytes in
      var rest = UnsafeRawBufferPointer(bytes)
      while !rest.isEmpty {
        #if canImport(Glibc)
        let count = Glibc.write(descriptor, rest.baseAddress, rest.count)
        #else
        let count = Darwin.write(descriptor, rest.baseAddress, rest.count)
        #endif
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { return }
        rest = UnsafeRawBufferPointer(rebasing: rest[count...])
      }
    }
  }
}
