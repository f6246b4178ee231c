/// How much of a system call works here.
public enum SupportLevel: Sendable, Equatable {
  /// As in Linux, as far as a program can see.
  case full
  /// What the note says is missing.
  case partial(StaticString)
  /// Not in Linux: this kernel's own.
  case ours
  /// Answers `ENOSYS`.
  case unsupported

  /// The note of a partial call, or nothing.
  public var note: String {
    if case .partial(let note) = self { "\(note)" } else { "" }
  }

  /// One word.
  public var word: String {
    switch self {
    case .full: "full"
    case .partial: "partial"
    case .ours: "ours"
    case .unsupported: "no"
    }
  }

  /// Compares the words and the notes.
  public static func == (left: SupportLevel, right: SupportLevel) -> Bool {
    left.word == right.word && left.note == right.note
  }
}

/// One row of `sys_call_table`: everything that is known about a system call.
///
/// Calls that this kernel does not have are rows too, so that traces name them.
public struct SyscallRow: Sendable {
  /// The number in `rax`.
  public let number: Int
  /// The name without `sys_`.
  public let name: String
  /// The body; `sys_ni_syscall` when there is none.
  public let handler: SyscallHandler
  /// How much works.
  public let support: SupportLevel
  /// Makes the arguments; a function, so that a start without a tracer builds no lists.
  private let makeArguments: @Sendable () -> [SyscallArgument]

  init(
    _ number: Int,
    _ name: String,
    _ arguments: @escaping @Sendable () -> [SyscallArgument],
    _ handler: SyscallHandler,
    _ support: SupportLevel
  ) {
    self.number = number
    self.name = name
    self.handler = handler
    self.support = support
    makeArguments = arguments
  }

  /// The arguments, in order.
  public var arguments: [SyscallArgument] { makeArguments() }

  /// The C prototype's name and arguments: `write(int fd, const void *buf, size_t count)`.
  public var signature: String {
    let list = arguments.filter(\.isDeclared).map(\.declaration).joined(separator: ", ")
    return "\(name)(\(list.isEmpty ? "void" : list))"
  }
}

/// The rows by number, holes included.
///
/// Built once, without a dictionary: a number is an index.
public struct SyscallTable: RandomAccessCollection, Sendable {
  private var rows: [SyscallRow]
  /// Index into `rows` by number; -1 is a hole.
  private var index: [Int16]

  /// The size of the guest's table: the highest number and one.
  public static let NR_syscalls = 512

  init(fill: (inout SyscallTable) -> Void) {
    rows = []
    rows.reserveCapacity(400)
    index = [Int16](repeating: -1, count: Self.NR_syscalls)
    fill(&self)
  }

  /// Adds a row with a body.
  mutating func row(
    _ number: Int,
    _ name: String,
    _ arguments: @autoclosure @escaping @Sendable () -> [SyscallArgument],
    _ handler: SyscallHandler,
    _ support: SupportLevel
  ) {
    add(SyscallRow(number, name, arguments, handler, support))
  }

  /// Adds a row of a call that this kernel does not have.
  mutating func row(
    _ number: Int,
    _ name: String,
    _ arguments: @autoclosure @escaping @Sendable () -> [SyscallArgument]
  ) {
    add(SyscallRow(number, name, arguments, .sync(sys_ni_syscall), .unsupported))
  }

  private mutating func add(_ row: SyscallRow) {
    precondition(index[row.number] < 0, "two rows of sys_call_table have the same number")
    index[row.number] = Int16(rows.count)
    rows.append(row)
  }

  /// The row of a number, or nothing for a hole.
  public subscript(number number: Int) -> SyscallRow? {
    guard number >= 0, number < index.count, index[number] >= 0 else { return nil }
    return rows[Int(index[number])]
  }

  /// The row of a name. Searches the list: for command lines, not for the way of a call.
  public subscript(name name: String) -> SyscallRow? {
    rows.first { $0.name == name }
  }

  /// The first row.
  public var startIndex: Int { 0 }
  /// Past the last row.
  public var endIndex: Int { rows.count }
  /// A row by its place in the list.
  public subscript(position: Int) -> SyscallRow { rows[position] }
}
