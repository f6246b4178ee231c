import LinuxABI

/// readlink(2).
func sys_readlink(_ task: Task, _ args: SyscallArguments) async throws(Errno) -> Int64 {
  try await do_readlinkat(task, AT_FDCWD, args.pointer(0), args.pointer(1), args.int32(2))
}

/// readlinkat(2).
func sys_readlinkat(_ task: Task, _ args: SyscallArguments) async throws(Errno) -> Int64 {
  try await do_readlinkat(task, args.int32(0), args.pointer(1), args.pointer(2), args.int32(3))
}

/// - SeeAlso: Linux `fs/stat.c` `do_readlinkat`.
private func do_readlinkat(
  _ task: Task,
  _ descriptor: Int32,
  _ address: UInt64,
  _ buffer: UInt64,
  _ size: Int32
) async throws(Errno) -> Int64 {
  guard size > 0 else { throw .EINVAL }
  let name = try await getname(task, address, allowEmpty: true)
  let place = try filename_lookup(task, descriptor, name, .LOOKUP_EMPTY)
  guard place.inode.isSymlink else { throw name.isEmpty ? .ENOENT : .EINVAL }
  place.inode.touch_atime(place)
  let target: [UInt8]
  switch try place.inode.get_link(task) {
  case .text(let text): target = text
  case .jump(let path):
    target = (place.inode as? MagicLink)?.text(task) ?? task.kernel.place_name(path, for: task)
  }
  let part = Array(target.prefix(Int(size)))
  try await copy_bytes_to_user(task, buffer, part)
  return Int64(part.count)
}

/// A link whose text is not where it leads.
protocol MagicLink: Inode {
  func text(_ task: Task) -> [UInt8]
}
