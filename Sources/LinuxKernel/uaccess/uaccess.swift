import LinuxABI

/// The first address that is never a user address: 2^47 - 4096.
///
/// - SeeAlso: Linux `arch/x86/include/asm/page_64_types.h` `TASK_SIZE_MAX`.
public let TASK_SIZE_MAX: UInt64 = 0x0000_7FFF_FFFF_F000

/// True when all of `size` bytes from `address` lie below `TASK_SIZE_MAX`.
///
/// - SeeAlso: Linux `include/asm-generic/access_ok.h` `__access_ok` (v6.1).
@inline(__always)
public func access_ok(_ address: UInt64, _ size: UInt64) -> Bool {
  size <= TASK_SIZE_MAX && address <= TASK_SIZE_MAX &- size
}

/// Copies user memory into a kernel buffer.
///
/// Kernel text does the copy, so that pages come in on demand and faults go through the exception
/// table. Bytes that could not be copied are zeroed: no stale kernel data is left behind.
///
/// - Precondition: `task` is the current task.
/// - Parameters:
///   - task: whose address space.
///   - to: the kernel buffer; its size is the count.
///   - from: user address, any alignment.
/// - Returns: bytes **not** copied; 0 is success.
/// - SeeAlso: Linux `lib/usercopy.c` `_copy_from_user`.
public func copy_from_user(
  _ task: Task,
  _ to: UnsafeMutableRawBufferPointer,
  _ from: UInt64
) async -> Int {
  to.count
}

/// Copies a kernel buffer into user memory.
///
/// - Precondition: `task` is the current task.
/// - Parameters:
///   - task: whose address space.
///   - to: user address, any alignment.
///   - from: the kernel buffer; its size is the count.
/// - Returns: bytes **not** copied; 0 is success.
/// - SeeAlso: Linux `lib/usercopy.c` `_copy_to_user`.
public func copy_to_user(
  _ task: Task,
  _ to: UInt64,
  _ from: UnsafeRawBufferPointer
) async -> Int {
  from.count
}

/// Zeroes user memory.
///
/// - Returns: bytes **not** cleared.
/// - SeeAlso: Linux `arch/x86/lib/usercopy_64.c` `clear_user` (v5.0).
public func clear_user(_ task: Task, _ to: UInt64, _ count: UInt64) async -> UInt64 {
  count
}

/// Copies a C string from user memory, at most `to.count` bytes of it.
///
/// - Returns: the length without the NUL; `to.count` when there was no NUL in that many bytes.
/// - Throws: `EFAULT` when a fault, or the end of user addresses, came before the NUL.
/// - SeeAlso: Linux `lib/strncpy_from_user.c`.
public func strncpy_from_user(
  _ task: Task,
  _ to: UnsafeMutableRawBufferPointer,
  _ from: UInt64
) async throws(Errno) -> Int {
  throw .EFAULT
}

/// Reads 1, 2, 4 or 8 bytes of user memory with one instruction: all or nothing.
///
/// - Throws: `EFAULT`.
/// - SeeAlso: Linux `arch/x86/lib/getuser.S`.
public func get_user<T: FixedWidthInteger>(
  _ task: Task,
  _ from: UInt64,
  as type: T.Type = T.self
) async throws(Errno) -> T {
  throw .EFAULT
}

/// Writes 1, 2, 4 or 8 bytes of user memory with one instruction: all or nothing.
///
/// - Throws: `EFAULT`.
/// - SeeAlso: Linux `arch/x86/lib/putuser.S`.
public func put_user<T: FixedWidthInteger>(
  _ task: Task,
  _ value: T,
  _ to: UInt64
) async throws(Errno) {
  throw .EFAULT
}
