import LinuxABI
import X86

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
  let count = to.count
  guard count > 0, let base = to.baseAddress else { return 0 }
  let kernel = task.kernel
  var left = count
  if access_ok(from, UInt64(count)) {
    left = 0
    var done = 0
    while done < count, left == 0 {
      let chunk = min(count &- done, task.bounce.count)
      left = await raw_copy(
        task,
        to: task.bounce.address,
        from: from &+ UInt64(done),
        chunk
      )
      (base + done).copyMemory(from: task.bounce.host, byteCount: chunk &- left)
      done &+= chunk
    }
    left &+= count &- done
  }
  if left > 0 {
    (base + (count &- left)).initializeMemory(as: UInt8.self, repeating: 0, count: left)
  }
  if let eventHandler = kernel.eventHandler {
    eventHandler(.copyReturned(task: task, function: "copy_from_user", notCopied: left))
  }
  return left
}

/// Copies a kernel buffer into user memory.
///
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
  let count = from.count
  guard count > 0, let base = from.baseAddress else { return 0 }
  let kernel = task.kernel
  var left = count
  if access_ok(to, UInt64(count)) {
    left = 0
    var done = 0
    while done < count, left == 0 {
      let chunk = min(count &- done, task.bounce.count)
      task.bounce.host.copyMemory(from: base + done, byteCount: chunk)
      left = await raw_copy(task, to: to &+ UInt64(done), from: task.bounce.address, chunk)
      done &+= chunk
    }
    left &+= count &- done
  }
  if let eventHandler = kernel.eventHandler {
    eventHandler(.copyReturned(task: task, function: "copy_to_user", notCopied: left))
  }
  return left
}

/// Lets `copy_user_generic` copy between a user address and a kernel address.
///
/// - Returns: bytes **not** copied.
private func raw_copy(
  _ task: Task,
  to: UInt64,
  from: UInt64,
  _ count: Int
) async -> Int {
  let kernel = task.kernel
  kernel.switch_to(task)
  let cpu = kernel.cpu
  cpu[.rdi] = to
  cpu[.rsi] = from
  cpu[.rdx] = UInt64(count)
  await kernel.call_kernel_text(task, kernel.uaccess.copy_user_generic)
  return min(Int(clamping: cpu[.rax]), count)
}

/// Zeroes user memory.
///
/// - Returns: bytes **not** cleared.
/// - SeeAlso: Linux `arch/x86/lib/usercopy_64.c` `clear_user` (v5.0).
public func clear_user(_ task: Task, _ to: UInt64, _ count: UInt64) async -> UInt64 {
  guard access_ok(to, count) else { return count }
  let kernel = task.kernel
  kernel.switch_to(task)
  kernel.cpu[.rdi] = to
  kernel.cpu[.rsi] = count
  await kernel.call_kernel_text(task, kernel.uaccess.clear_user)
  let left = min(kernel.cpu[.rax], count)
  if let eventHandler = kernel.eventHandler {
    eventHandler(
      .copyReturned(task: task, function: "clear_user", notCopied: Int(clamping: left))
    )
  }
  return left
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
  guard let base = to.baseAddress, to.count > 0 else { return 0 }
  let kernel = task.kernel
  let count = min(to.count, task.bounce.count)
  kernel.switch_to(task)
  kernel.cpu[.rdi] = task.bounce.address
  kernel.cpu[.rsi] = from
  kernel.cpu[.rdx] = UInt64(count)
  await kernel.call_kernel_text(task, kernel.uaccess.strncpy_from_user)
  let result = Int64(bitPattern: kernel.cpu[.rax])
  if let error = Errno(result: result) { throw error }
  let length = min(Int(clamping: result), count)
  // The string's NUL, and the zeros that fill its last word, come along.
  base.copyMemory(from: task.bounce.host, byteCount: min(count, (length &+ 8) & ~7))
  return length
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
  let kernel = task.kernel
  kernel.switch_to(task)
  kernel.cpu[.rax] = from
  await kernel.call_kernel_text(
    task,
    UaccessText.choose(kernel.uaccess.get_user, size: MemoryLayout<T>.size)
  )
  if let error = Errno(result: Int64(bitPattern: kernel.cpu[.rax])) { throw error }
  return T(truncatingIfNeeded: kernel.cpu[.rdx])
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
  let kernel = task.kernel
  kernel.switch_to(task)
  kernel.cpu[.rcx] = to
  kernel.cpu[.rax] = UInt64(truncatingIfNeeded: value)
  await kernel.call_kernel_text(
    task,
    UaccessText.choose(kernel.uaccess.put_user, size: MemoryLayout<T>.size)
  )
  if let error = Errno(result: Int64(bitPattern: kernel.cpu[.rax])) { throw error }
}
