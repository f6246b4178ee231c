/// The credentials of a task.
public final class Cred {
  /// Root's.
  public init() {}
}
