import LinuxABI

/// Copies a C structure from user memory.
///
/// - Throws: `EFAULT` when any byte could not be copied.
public func copy_struct_from_user<S: ABIStructure>(
  _ task: Task,
  _ from: UInt64,
  as type: S.Type = S.self
) async throws(Errno) -> S {
  let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: S.size, alignment: 16)
  defer { buffer.deallocate() }
  guard await copy_from_user(task, buffer, from) == 0 else { throw .EFAULT }
  return S(decoding: UnsafeRawBufferPointer(buffer))
}

/// Copies a C structure to user memory.
///
/// - Throws: `EFAULT` when any byte could not be copied; those before it are written.
public func copy_struct_to_user<S: ABIStructure>(
  _ task: Task,
  _ to: UInt64,
  _ value: S
) async throws(Errno) {
  let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: S.size, alignment: 16)
  defer { buffer.deallocate() }
  value.encode(into: buffer)
  guard await copy_to_user(task, to, UnsafeRawBufferPointer(buffer)) == 0 else { throw .EFAULT }
}

/// Copies an array of bytes from user memory.
///
/// - Precondition: `count` is bounded by the caller.
/// - Throws: `EFAULT` when any byte could not be copied.
public func copy_bytes_from_user(
  _ task: Task,
  _ from: UInt64,
  count: Int
) async throws(Errno) -> [UInt8] {
  let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: count, alignment: 16)
  defer { buffer.deallocate() }
  guard await copy_from_user(task, buffer, from) == 0 else { throw .EFAULT }
  return [UInt8](buffer)
}

/// Copies an array of bytes to user memory.
///
/// - Throws: `EFAULT` when any byte could not be copied; those before it are written.
public func copy_bytes_to_user(
  _ task: Task,
  _ to: UInt64,
  _ bytes: [UInt8]
) async throws(Errno) {
  let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 16)
  defer { buffer.deallocate() }
  buffer.copyBytes(from: bytes)
  guard await copy_to_user(task, to, UnsafeRawBufferPointer(buffer)) == 0 else { throw .EFAULT }
}
