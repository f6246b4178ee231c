import LinuxABI

/// The open files of a process: a descriptor is an index.
///
/// - SeeAlso: Linux `include/linux/fdtable.h` `struct files_struct`.
public final class FilesStruct {
  /// An open file, and whether `execve` closes it.
  struct Slot {
    var file: File
    var closeOnExec = false
  }

  private var slots: [Slot?]

  /// Descriptors 0, 1 and 2 open on the host's.
  public init(_ kernel: Kernel) {
    slots = (0..<3).map { descriptor in
      HostFile(kernel, descriptor: Int32(descriptor)).map { Slot(file: $0) }
    }
  }

  /// No open files.
  init() { slots = [] }

  /// The same open files, for a child that does not share the descriptors.
  ///
  /// - SeeAlso: Linux `fs/file.c` `dup_fd`.
  init(copying other: FilesStruct) { slots = other.slots }

  /// The file of a descriptor for input and output: not one of `O_PATH`.
  func fget(_ descriptor: Int32) throws(Errno) -> File {
    guard let slot = self[descriptor], !slot.file.flags.contains(.O_PATH) else { throw .EBADF }
    return slot.file
  }

  /// The file of a descriptor, whatever it is good for.
  func fget_raw(_ descriptor: Int32) throws(Errno) -> File {
    guard let slot = self[descriptor] else { throw .EBADF }
    return slot.file
  }

  /// Takes a descriptor away, and the locks of the process on its file.
  func close(_ descriptor: Int32) throws(Errno) {
    let file = try fget_raw(descriptor)
    file.inode?.locks.release(posix: self)
    self[descriptor] = nil
  }

  /// The slot of a descriptor, or nothing when it is not open.
  subscript(_ descriptor: Int32) -> Slot? {
    get {
      guard descriptor >= 0, descriptor < slots.count else { return nil }
      return slots[Int(descriptor)]
    }
    set {
      precondition(descriptor >= 0, "a descriptor is never negative")
      while slots.count <= descriptor { slots.append(nil) }
      slots[Int(descriptor)] = newValue
    }
  }

  /// Whether a descriptor below `limit` is free.
  func hasFree(below limit: UInt64) -> Bool {
    UInt64(slots.firstIndex { $0 == nil } ?? slots.count) < limit
  }

  /// Puts a file into the lowest free descriptor from `first` on.
  ///
  /// - Throws: `EMFILE` when the lowest is not below `limit`.
  func install(
    _ file: File,
    from first: Int32 = 0,
    below limit: UInt64,
    closeOnExec: Bool
  ) throws(Errno) -> Int32 {
    var descriptor = first
    while self[descriptor] != nil { descriptor += 1 }
    guard UInt64(descriptor) < limit else { throw .EMFILE }
    self[descriptor] = Slot(file: file, closeOnExec: closeOnExec)
    return descriptor
  }

  /// Closes a range of descriptors, or marks them for `execve`.
  func close(_ range: ClosedRange<UInt32>, markOnly: Bool) {
    for index in slots.indices where range.contains(UInt32(index)) {
      if markOnly {
        slots[index]?.closeOnExec = true
      } else if slots[index] != nil {
        try? close(Int32(index))
      }
    }
  }

  /// Closes what is marked.
  ///
  /// - SeeAlso: Linux `fs/file.c` `do_close_on_exec`.
  func do_close_on_exec() {
    for index in slots.indices where slots[index]?.closeOnExec == true {
      try? close(Int32(index))
    }
  }

  /// The open descriptors, in order.
  public var openDescriptors: [Int32] {
    slots.indices.filter { slots[$0] != nil }.map { Int32($0) }
  }
}
