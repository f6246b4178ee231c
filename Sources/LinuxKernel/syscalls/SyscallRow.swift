/// One row of `sys_call_table`: everything that is known about a system call.
public struct SyscallRow: Sendable {
  /// The number in `rax`.
  public let number: Int
  /// The name without `sys_`.
  public let name: String
  /// The body.
  public let handler: SyscallHandler

  /// A row.
  public init(_ number: Int, _ name: String, _ handler: SyscallHandler) {
    self.number = number
    self.name = name
    self.handler = handler
  }
}
