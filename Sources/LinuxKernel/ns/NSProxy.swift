/// The namespaces of a task, shared by tasks that see the same ones.
///
/// - SeeAlso: Linux `include/linux/nsproxy.h` `struct nsproxy`.
public final class NSProxy {
  /// The names of the machine.
  public let uts_ns: UTSNamespace
  /// The processes that exist.
  public let pid_ns: PIDNamespace

  /// The initial namespaces of a kernel.
  public convenience init(_ kernel: Kernel) {
    self.init(uts_ns: kernel.init_uts_ns, pid_ns: .init_pid_ns)
  }

  init(uts_ns: UTSNamespace, pid_ns: PIDNamespace) {
    self.uts_ns = uts_ns
    self.pid_ns = pid_ns
  }
}
