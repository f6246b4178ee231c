/// A user namespace: in it, and below it, capabilities count.
///
/// Immutable, and so shared by all machines of a process.
public final class UserNamespace: Sendable {
  /// The namespace that this one was made in; the initial one has none.
  public let parent: UserNamespace?
  /// The user who made it.
  public let owner: UInt32
  /// How far it is from the initial one.
  public let level: Int

  /// The initial namespace.
  public static let init_user_ns = UserNamespace(parent: nil, owner: 0)

  /// Makes a namespace below another.
  public init(parent: UserNamespace?, owner: UInt32) {
    self.parent = parent
    self.owner = owner
    level = parent.map { $0.level + 1 } ?? 0
  }
}

/// A process namespace: who its owner is decides who may reboot.
public final class PIDNamespace: Sendable {
  /// The user namespace whose capabilities count here.
  public let user_ns: UserNamespace

  /// The initial namespace.
  public static let init_pid_ns = PIDNamespace(user_ns: .init_user_ns)

  /// Makes a namespace.
  public init(user_ns: UserNamespace) {
    self.user_ns = user_ns
  }
}
