/// Gives each Swift function that kernel text can call an address of its own.
///
/// No memory is behind the addresses: a fetch there makes the CPU leave, and the kernel calls the
/// function. Each function has 16 bytes; its first byte is the entry, byte 8 is where kernel text
/// that it called returns to, so that a stack trace names it.
public struct SwiftText {
  /// The lowest address.
  public static let base: UInt64 = 0xFFFF_FFFF_8200_0000
  /// One past the highest.
  public static let end: UInt64 = 0xFFFF_FFFF_8210_0000
  /// Bytes a function.
  static let stride: UInt64 = 16
  /// Where nested calls return to, from the function's entry.
  static let returnOffset: UInt64 = 8

  /// What an address stands for.
  enum Function {
    /// The body of a system call.
    case syscall(SyscallEntry)
    /// A number without a body.
    case sys_ni_syscall
    /// Work before going back to user mode.
    case exit_to_user_mode_loop
    /// Only returned to.
    case frame
  }

  /// A row's body, by reference: a call must not copy the row.
  final class SyscallEntry {
    let name: String
    let handler: SyscallHandler

    init(_ row: SyscallRow) {
      name = row.name
      handler = row.handler
    }
  }

  /// All functions, in the order of their addresses.
  private(set) var functions: [Function] = []
  /// Their names; those of system calls without the prefix, which costs time at boot.
  private var names: [String] = []

  /// Gives a function the next address.
  mutating func register(_ name: String, _ function: Function) -> UInt64 {
    let address = Self.base &+ UInt64(functions.count) &* Self.stride
    functions.append(function)
    names.append(name)
    return address
  }

  /// The index of the function at an address, and the offset in it.
  @inline(__always)
  func locate(_ address: UInt64) -> (index: Int, offset: UInt64)? {
    let distance = address &- Self.base
    let index = Int(truncatingIfNeeded: distance >> 4)
    guard distance < Self.end &- Self.base, index < functions.count else { return nil }
    return (index, distance & (Self.stride &- 1))
  }

  /// The symbol of a function: the bodies of system calls have Linux's prefix.
  private func name(_ index: Int) -> String {
    if case .syscall = functions[index] { return "__x64_sys_" + names[index] }
    return names[index]
  }

  /// `__x64_sys_uname`, or `__x64_sys_uname+0x8`.
  public func symbol(_ address: UInt64) -> String? {
    guard let (index, offset) = locate(address) else { return nil }
    let name = name(index)
    return offset == 0 ? name : name + "+0x" + String(offset, radix: 16)
  }

  /// The address of a function by name.
  public func address(of name: String) -> UInt64? {
    names.indices.first { self.name($0) == name }.map { Self.base &+ UInt64($0) &* Self.stride }
  }
}
