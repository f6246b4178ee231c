/// The open files of a task.
public final class FilesStruct {
  /// Descriptors 0, 1 and 2 open on the host's.
  public init(_ kernel: Kernel) {}
}
