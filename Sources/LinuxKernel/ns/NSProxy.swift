/// The namespaces of a task.
public final class NSProxy {
  /// The initial namespaces of a kernel.
  public init(_ kernel: Kernel) {}
}
