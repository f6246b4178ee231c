import LinuxABI

/// uname(2): the names of the machine.
///
/// The names are copied under the lock, but given to the program without it: a page of the program
/// may have to be fetched first.
///
/// - SeeAlso: Linux `kernel/sys.c` `sys_newuname`.
func sys_newuname(_ task: Task, _ args: SyscallArguments) async throws(Errno) -> Int64 {
  let name = args.pointer(0)
  let tmp = UnsafeMutableRawBufferPointer.allocate(byteCount: NewUtsname.size, alignment: 8)
  defer { tmp.deallocate() }

  await down_read(task.kernel.uts_sem, task)
  tmp.copyMemory(from: UnsafeRawBufferPointer(task.nsproxy.uts_ns.bytes))
  up_read(task.kernel.uts_sem, task)

  guard await copy_to_user(task, name, UnsafeRawBufferPointer(tmp)) == 0 else { throw .EFAULT }
  if task.personality & UNAME26 != 0 {
    try await override_release(task, name &+ UInt64(NewUtsname.Offset.release.rawValue))
  }
  if task.personality & PER_MASK == PER_LINUX32 {
    let machine = name &+ UInt64(NewUtsname.Offset.machine.rawValue)
    try await copy_bytes_to_user(task, machine, Array("i686\0".utf8))
  }
  return 0
}

/// Tells a program that cannot stand version numbers above 2.6 what it wants to hear.
///
/// - SeeAlso: Linux `kernel/sys.c` `override_release`.
private func override_release(_ task: Task, _ release: UInt64) async throws(Errno) {
  let own = Array(task.nsproxy.uts_ns.names[.release].utf8)
  // What follows the first three numbers stays.
  var dots = 0
  let rest = own.drop { byte in
    if byte == UInt8(ascii: ".") { dots += 1 }
    return dots < 3 && (byte == UInt8(ascii: ".") || (0x30...0x39).contains(byte))
  }
  let patchLevel = own.split(separator: UInt8(ascii: ".")).dropFirst().first
  let version = patchLevel.flatMap { Int(String(decoding: $0, as: UTF8.self)) } ?? 0
  let text = Array("2.6.\(version + 60)".utf8) + rest
  try await copy_bytes_to_user(task, release, text.prefix(NewUtsname.__NEW_UTS_LEN) + [0])
}

/// The bit of a personality that asks for a version 2.6.
let UNAME26: UInt32 = 0x0020000
/// The bits of a personality that name an execution domain.
let PER_MASK: UInt32 = 0xff
/// The execution domain of 32-bit programs.
let PER_LINUX32: UInt32 = 8
