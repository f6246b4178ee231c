import LinuxABI

/// How calls are printed.
public struct StraceOptions: Sendable {
  /// Which calls are printed.
  public var filter = StraceFilter.all
  /// How many bytes of a string are printed (`-s`).
  public var stringLimit = 32
  /// Whether structures are printed in full (`-v`).
  public var isVerbose = false
  /// Where results start (`-a`).
  public var column = 40

  /// What strace does without options.
  public init() {}
}

/// One system call on its way through the tracer: what is printed when, and how.
///
/// Arguments that the program gives are printed at entry, those that the kernel fills at exit. Owns
/// no memory of the program; reads it when it prints.
struct StraceCall {
  let number: Int
  let row: SyscallRow?
  let args: SyscallArguments
  let arguments: [SyscallArgument]
  let options: StraceOptions
  let memory: StraceMemory
  /// The arguments that are printed.
  private var parts: [String] = []
  /// What `rax` holds at exit; nothing at entry.
  private(set) var result: Int64?

  init(
    number: Int,
    args: SyscallArguments,
    options: StraceOptions,
    memory: StraceMemory
  ) {
    self.number = number
    self.args = args
    self.options = options
    self.memory = memory
    row = sys_call_table[number: number]
    arguments = row?.arguments ?? .registers(6)
  }

  /// The name; a number without a call is shown as such.
  var name: String {
    row?.name ?? "syscall_" + hexText(UInt64(bitPattern: Int64(number)))
  }

  /// Whether the call failed.
  var isError: Bool { result.map { Errno(result: $0) != nil } ?? false }

  private var line: String { name + "(" + parts.joined(separator: ", ") }

  /// What is printed at entry.
  mutating func entry() -> String {
    while parts.count < arguments.count, !arguments[parts.count].isPrintedAtExit,
      let text = describe(parts.count)
    {
      parts.append(text)
    }
    return line
  }

  /// What is printed at exit: the other arguments, the result, the end of the line.
  ///
  /// - Parameter result: what `rax` holds, or nothing for a call that never comes back.
  mutating func exit(_ result: Int64?) -> String {
    let before = line
    self.result = result
    while parts.count < arguments.count, let text = describe(parts.count) { parts.append(text) }
    let call = line + ") "
    let padding = String(repeating: " ", count: max(0, options.column - call.count))
    let end = result.map { "= " + describe(result: $0) } ?? "= ?"
    return call.dropFirst(before.count) + padding + end + "\n"
  }
}
