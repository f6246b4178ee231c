/// Small settings of a task that only their own calls read.
public struct TaskAttributes: Equatable, Sendable {
  /// The signal sent when the parent dies (`PR_SET_PDEATHSIG`).
  public var parentDeathSignal: Int32 = 0
  /// Whether a core file may be written (`PR_SET_DUMPABLE`).
  public var dumpable: UInt32 = 1
  /// `execve` gives no privileges (`PR_SET_NO_NEW_PRIVS`).
  public var noNewPrivileges = false
  /// Orphans below come to this process (`PR_SET_CHILD_SUBREAPER`).
  public var childSubreaper = false
  /// How exact timers must be, in nanoseconds (`PR_SET_TIMERSLACK`).
  public var timerSlack: UInt64 = 50_000
  /// Transparent huge pages are off (`PR_SET_THP_DISABLE`).
  public var hugePagesDisabled = false
  /// The process group and the session; 0 until set: the process's own.
  public var processGroup: Int32 = 0, session: Int32 = 0

  /// A new program's.
  public init() {}
}
