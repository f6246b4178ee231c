import LinuxABI

/// The credentials of a task: who it is and what it may do.
///
/// A value: a change makes a new one, as `prepare_creds` and `commit_creds` do in Linux.
public struct Cred: Equatable {
  /// Who runs the task, for accounting and signals.
  public var uid: UInt32 = 0, gid: UInt32 = 0
  /// Who checks look at.
  public var euid: UInt32 = 0, egid: UInt32 = 0
  /// What `euid` may go back to.
  public var suid: UInt32 = 0, sgid: UInt32 = 0
  /// Who files are looked up for.
  public var fsuid: UInt32 = 0, fsgid: UInt32 = 0
  /// Supplementary groups.
  public var groups: [UInt32] = []
  /// What checks look at.
  public var cap_effective: CapabilitySet = .full
  /// The ceiling of `cap_effective`.
  public var cap_permitted: CapabilitySet = .full
  /// What may survive `execve`.
  public var cap_inheritable: CapabilitySet = []
  /// The ceiling of what `execve` may give.
  public var cap_bset: CapabilitySet = .full
  /// What survives `execve` of an ordinary program.
  public var cap_ambient: CapabilitySet = []
  /// The `SECBIT_` flags.
  public var securebits: UInt32 = 0
  /// The user namespace in which the capabilities count.
  public var user_ns: UserNamespace = .init_user_ns

  /// Root's, with all capabilities.
  public init() {}

  /// What init gets: a user other than root has no capabilities; dropped ones cannot come back.
  public init(uid: UInt32, gid: UInt32, dropped: CapabilitySet = []) {
    self.uid = uid
    (euid, suid, fsuid) = (uid, uid, uid)
    self.gid = gid
    (egid, sgid, fsgid) = (gid, gid, gid)
    cap_bset.subtract(dropped)
    let powers: CapabilitySet = uid == 0 ? cap_bset : []
    (cap_permitted, cap_effective) = (powers, powers)
  }

  /// Keep the permitted capabilities when no user is root any more.
  static let SECBIT_KEEP_CAPS: UInt32 = 1 << 4
  /// Do not touch capabilities when users change.
  static let SECBIT_NO_SETUID_FIXUP: UInt32 = 1 << 2

  /// Same fields, same namespace.
  public static func == (left: Cred, right: Cred) -> Bool {
    left.uid == right.uid && left.euid == right.euid && left.suid == right.suid
      && left.fsuid == right.fsuid && left.gid == right.gid && left.egid == right.egid
      && left.sgid == right.sgid && left.fsgid == right.fsgid && left.groups == right.groups
      && left.cap_effective == right.cap_effective && left.cap_permitted == right.cap_permitted
      && left.cap_inheritable == right.cap_inheritable && left.cap_bset == right.cap_bset
      && left.cap_ambient == right.cap_ambient && left.securebits == right.securebits
      && left.user_ns === right.user_ns
  }
}

extension Cred {
  /// Whether a capability counts in a user namespace.
  ///
  /// It does in the task's own namespace and in those below it; and the owner of a namespace has
  /// all capabilities in it, seen from the parent.
  ///
  /// - SeeAlso: Linux `security/commoncap.c` `cap_capable`.
  public func isCapable(_ capability: Capability, in target: UserNamespace) -> Bool {
    var namespace = target
    while true {
      if namespace === user_ns { return cap_effective.contains(capability) }
      if namespace.level <= user_ns.level { return false }
      guard let parent = namespace.parent else { return false }
      if parent === user_ns && namespace.owner == euid { return true }
      namespace = parent
    }
  }

  /// Adapts the capabilities after the users changed from those of `old`.
  ///
  /// - SeeAlso: Linux `security/commoncap.c` `cap_emulate_setxuid`.
  mutating func cap_emulate_setxuid(_ old: Cred) {
    guard securebits & Self.SECBIT_NO_SETUID_FIXUP == 0 else { return }
    let wasRoot = old.uid == 0 || old.euid == 0 || old.suid == 0
    if wasRoot && uid != 0 && euid != 0 && suid != 0 {
      if securebits & Self.SECBIT_KEEP_CAPS == 0 {
        cap_permitted = []
        cap_effective = []
      }
      cap_ambient = []
    }
    if old.euid == 0 && euid != 0 { cap_effective = [] }
    if old.euid != 0 && euid == 0 { cap_effective = cap_permitted }
  }
}

/// Whether a task has a capability in a namespace's owner.
///
/// - SeeAlso: Linux `kernel/capability.c` `ns_capable`.
public func ns_capable(_ task: Task, _ namespace: UserNamespace, _ capability: Capability) -> Bool {
  task.cred.isCapable(capability, in: namespace)
}

/// Whether a task has a capability in the initial user namespace.
///
/// - SeeAlso: Linux `kernel/capability.c` `capable`.
public func capable(_ task: Task, _ capability: Capability) -> Bool {
  ns_capable(task, .init_user_ns, capability)
}
