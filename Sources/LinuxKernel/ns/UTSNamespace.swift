import LinuxABI

/// The names that `uname` reports.
///
/// The names live in guest memory, in the layout of C's `struct uts_namespace`, and are read and
/// written there: a debugger that looks at `init_uts_ns` sees them, and one that changes them is
/// believed. `uts_sem` guards them.
///
/// - SeeAlso: Linux `include/linux/utsname.h` `struct uts_namespace` (v6.1: the name comes first).
public final class UTSNamespace {
  /// The structure in guest memory.
  public let memory: KernelBuffer
  /// The owner, whose capabilities count for changing names; immutable.
  public let user_ns: UserNamespace

  /// The bytes that the structure takes: the names, and what Linux keeps behind them.
  static let size = 432

  /// Wraps a structure; what is in it are the names.
  init(memory: KernelBuffer, user_ns: UserNamespace) {
    precondition(memory.count >= Self.size, "no room for struct uts_namespace")
    self.memory = memory
    self.user_ns = user_ns
  }

  /// The 390 bytes of `struct new_utsname`, in place.
  public var bytes: UnsafeMutableRawBufferPointer {
    UnsafeMutableRawBufferPointer(start: memory.host, count: NewUtsname.size)
  }

  /// A copy of the names.
  public var names: NewUtsname { NewUtsname(decoding: UnsafeRawBufferPointer(bytes)) }

  /// One field of 65 bytes, in place.
  func field(_ offset: NewUtsname.Offset) -> UnsafeMutableRawBufferPointer {
    UnsafeMutableRawBufferPointer(
      rebasing: bytes[offset.rawValue..<(offset.rawValue + NewUtsname.fieldSize)]
    )
  }
}
