import LinuxABI

/// A function of `sys_call_table`.
///
/// The result is what `rax` gets; errors are thrown, and `do_syscall_x64` turns them into a
/// negative number, nowhere else.
public enum SyscallHandler: Sendable {
  /// A body that can never sleep and touches no user memory.
  case sync(@Sendable (Task, SyscallArguments) throws(Errno) -> Int64)
  /// A body that may sleep, for example in a copy from a page that must be fetched first.
  case async(@Sendable (Task, SyscallArguments) async throws(Errno) -> Int64)
}

/// The six arguments of a system call, as the registers held them at entry.
///
/// A C prototype's types are applied by the accessors: `int` arguments are cut to 32 bits.
public struct SyscallArguments: Equatable, Sendable {
  /// rdi, rsi, rdx, r10, r8, r9.
  public var values: (UInt64, UInt64, UInt64, UInt64, UInt64, UInt64)

  /// From the six registers.
  @inline(__always)
  public init(
    _ a: UInt64 = 0,
    _ b: UInt64 = 0,
    _ c: UInt64 = 0,
    _ d: UInt64 = 0,
    _ e: UInt64 = 0,
    _ f: UInt64 = 0
  ) {
    values = (a, b, c, d, e, f)
  }

  /// Argument 0 ... 5 as it came; 0 for any other index.
  @inline(__always)
  public subscript(_ index: Int) -> UInt64 {
    switch index {
    case 0: values.0
    case 1: values.1
    case 2: values.2
    case 3: values.3
    case 4: values.4
    case 5: values.5
    default: 0
    }
  }

  /// A C `int`.
  @inline(__always)
  public func int32(_ index: Int) -> Int32 { Int32(truncatingIfNeeded: self[index]) }

  /// A C `unsigned int`.
  @inline(__always)
  public func uint32(_ index: Int) -> UInt32 { UInt32(truncatingIfNeeded: self[index]) }

  /// A C `long`.
  @inline(__always)
  public func int64(_ index: Int) -> Int64 { Int64(bitPattern: self[index]) }

  /// A C `unsigned long` or `size_t`.
  @inline(__always)
  public func uint64(_ index: Int) -> UInt64 { self[index] }

  /// A user pointer, unchecked.
  @inline(__always)
  public func pointer(_ index: Int) -> UInt64 { self[index] }

  /// Same six values.
  public static func == (a: SyscallArguments, b: SyscallArguments) -> Bool {
    a.values == b.values
  }
}
