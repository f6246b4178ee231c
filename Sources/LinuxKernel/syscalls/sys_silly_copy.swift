import LinuxABI

/// silly_copy(2): copies from one place of the program to another by way of the kernel. Not in
/// Linux: an example of a call that trusts its caller.
///
/// The bounce buffer is one `unsigned long` on the kernel stack, but the length is the caller's. A
/// compiler that sees both sizes puts a check into `copy_from_user`: a longer length is refused with
/// a warning, and nothing is copied.
///
/// - SeeAlso: Linux `include/linux/thread_info.h` `check_copy_size`.
func sys_silly_copy(_ task: Task, _ args: SyscallArguments) async throws(Errno) -> Int64 {
  let (src, dst, len) = (args.pointer(0), args.pointer(1), args.uint64(2))
  let size = UInt64(MemoryLayout<UInt64>.size)
  guard len <= size else {
    task.kernel.WARN(task, "Buffer overflow detected (\(size) < \(len))!", at: "copy_overflow")
    throw .EFAULT
  }
  let buf = UnsafeMutableRawBufferPointer.allocate(byteCount: Int(len), alignment: 8)
  defer { buf.deallocate() }
  guard await copy_from_user(task, buf, src) == 0 else { throw .EFAULT }
  guard await copy_to_user(task, dst, UnsafeRawBufferPointer(buf)) == 0 else { throw .EFAULT }
  return Int64(len)
}
