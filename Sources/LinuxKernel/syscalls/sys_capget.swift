import LinuxABI

/// capget(2).
///
/// - SeeAlso: Linux `kernel/capability.c` `sys_capget`.
func sys_capget(_ task: Task, _ args: SyscallArguments) async throws(Errno) -> Int64 {
  let (header, data) = (args.pointer(0), args.pointer(1))
  guard let elements = try await cap_validate_magic(task, header) else {
    // Asking with no place for data asks for the version.
    if data == 0 { return 0 }
    throw .EINVAL
  }
  guard data != 0 else { return 0 }
  let pid = try await get_user(task, header &+ 4, as: Int32.self)
  guard pid >= 0 else { throw .EINVAL }
  let cred = try task.find(pid).cred
  var bytes: [UInt8] = []
  for element in 0..<elements {
    func half(_ set: CapabilitySet) -> UInt32 {
      UInt32(truncatingIfNeeded: set.rawValue >> (32 * element))
    }
    bytes +=
      CapUserData(
        effective: half(cred.cap_effective),
        permitted: half(cred.cap_permitted),
        inheritable: half(cred.cap_inheritable)
      ).bytes
  }
  try await copy_bytes_to_user(task, data, bytes)
  return 0
}

/// capset(2).
///
/// - SeeAlso: Linux `kernel/capability.c` `sys_capset`, `security/commoncap.c` `cap_capset`.
func sys_capset(_ task: Task, _ args: SyscallArguments) async throws(Errno) -> Int64 {
  let header = args.pointer(0)
  guard let elements = try await cap_validate_magic(task, header) else { throw .EINVAL }
  let pid = try await get_user(task, header &+ 4, as: Int32.self)
  guard pid == 0 || pid == task.pid else { throw .EPERM }
  let bytes = try await copy_bytes_from_user(
    task,
    args.pointer(1),
    count: elements * CapUserData.size
  )
  var (effective, permitted, inheritable) = (UInt64(0), UInt64(0), UInt64(0))
  bytes.withUnsafeBytes { raw in
    for element in 0..<elements {
      let offset = element * CapUserData.size
      let data = CapUserData(decoding: UnsafeRawBufferPointer(rebasing: raw[offset...]))
      effective |= UInt64(data.effective) << (32 * element)
      permitted |= UInt64(data.permitted) << (32 * element)
      inheritable |= UInt64(data.inheritable) << (32 * element)
    }
  }
  let known = CapabilitySet.full
  let e = CapabilitySet(rawValue: effective).intersection(known)
  let p = CapabilitySet(rawValue: permitted).intersection(known)
  let i = CapabilitySet(rawValue: inheritable).intersection(known)

  let old = task.cred
  if !ns_capable(task, old.user_ns, .CAP_SETPCAP) {
    guard i.isSubset(of: old.cap_inheritable.union(old.cap_permitted)) else { throw .EPERM }
  }
  guard i.isSubset(of: old.cap_inheritable.union(old.cap_bset)), p.isSubset(of: old.cap_permitted),
    e.isSubset(of: p)
  else { throw .EPERM }
  task.cred.cap_effective = e
  task.cred.cap_permitted = p
  task.cred.cap_inheritable = i
  task.cred.cap_ambient = old.cap_ambient.intersection(p).intersection(i)
  return 0
}

/// How many elements of data a version has; an unknown version is answered with ours.
private func cap_validate_magic(_ task: Task, _ header: UInt64) async throws(Errno) -> Int? {
  switch try await get_user(task, header, as: UInt32.self) {
  case CapUserHeader._LINUX_CAPABILITY_VERSION_1: return 1
  case CapUserHeader._LINUX_CAPABILITY_VERSION_2, CapUserHeader._LINUX_CAPABILITY_VERSION_3:
    return 2
  default:
    try await put_user(task, CapUserHeader._LINUX_CAPABILITY_VERSION_3, header)
    return nil
  }
}
