import LinuxABI

/// pipe(2).
func sys_pipe(_ task: Task, _ args: SyscallArguments) async throws(Errno) -> Int64 {
  try await do_pipe2(task, args.pointer(0), [])
}

/// pipe2(2).
func sys_pipe2(_ task: Task, _ args: SyscallArguments) async throws(Errno) -> Int64 {
  try await do_pipe2(task, args.pointer(0), OpenFlags(rawValue: args.uint32(1)))
}

/// - SeeAlso: Linux `fs/pipe.c` `do_pipe2`.
private func do_pipe2(
  _ task: Task,
  _ address: UInt64,
  _ flags: OpenFlags
) async throws(Errno) -> Int64 {
  let known: OpenFlags = [.O_CLOEXEC, .O_NONBLOCK, .O_DIRECT]
  guard known.isSuperset(of: flags) else { throw .EINVAL }
  let mount = task.kernel.vfs.pipefs
  let inode = Inode(mount.sb, mode: Stat.S_IFIFO | 0o600)
  (inode.uid, inode.gid) = (task.cred.fsuid, task.cred.fsgid)
  let path = Path(mnt: mount, dentry: Dentry(root: inode))
  let pipe = Pipe()
  let kept = flags.intersection([.O_NONBLOCK, .O_DIRECT])
  let closeOnExec = flags.contains(.O_CLOEXEC)
  try await task.install_pair(
    PipeFile(pipe, path: path, flags: kept.intersection(.O_NONBLOCK)),
    PipeFile(pipe, path: path, flags: kept.union(.O_WRONLY)),
    address,
    closeOnExec: closeOnExec
  )
  return 0
}

extension Task {
  /// Gives two files descriptors and tells the program their numbers, or does nothing.
  func install_pair(
    _ first: File,
    _ second: File,
    _ address: UInt64,
    closeOnExec: Bool
  ) async throws(Errno) {
    let one = try files.install(first, below: descriptorLimit, closeOnExec: closeOnExec)
    var two: Int32 = -1
    do throws(Errno) {
      two = try files.install(second, below: descriptorLimit, closeOnExec: closeOnExec)
      var bytes = [UInt8](repeating: 0, count: 8)
      bytes.withUnsafeMutableBytes {
        $0.storeLittleEndian(one, at: 0)
        $0.storeLittleEndian(two, at: 4)
      }
      try await copy_bytes_to_user(self, address, bytes)
    } catch {
      if two >= 0 { try? files.close(two) }
      try? files.close(one)
      throw error
    }
  }
}
