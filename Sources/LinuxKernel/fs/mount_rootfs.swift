import LinuxABI

extension Kernel {
  /// Builds the tree that the first program sees.
  ///
  /// - SeeAlso: Linux `fs/namespace.c` `mnt_init`, `drivers/base/devtmpfs.c`.
  func mnt_init() {
    let rootfs = TmpfsSuperBlock(self, type: "rootfs", device: vfs.nextDevice())
    vfs.mount(TmpfsDirectory(rootfs, mode: 0o755), on: nil, source: "rootfs")
    _ = vfs.make_directory("/tmp", mode: 0o1777)
    mount_devtmpfs()
    mount_shm()
    mount_proc()
  }

  private func mount_devtmpfs() {
    guard let place = vfs.make_directory("/dev") else { return }
    let sb = TmpfsSuperBlock(self, type: "devtmpfs", device: vfs.nextDevice())
    let directory = TmpfsDirectory(sb, mode: 0o755)
    vfs.mount(directory, on: place, source: "devtmpfs")
    for (name, rdev) in CharacterDevice.nodes {
      let node = NewFile(mode: Stat.S_IFCHR | 0o666, uid: 0, gid: 0, rdev: rdev)
      _ = try? directory.create(FileName(name.utf8), node)
    }
    let links = [
      ("fd", "/proc/self/fd"), ("stdin", "/proc/self/fd/0"), ("stdout", "/proc/self/fd/1"),
      ("stderr", "/proc/self/fd/2"),
    ]
    let link = NewFile(mode: Stat.S_IFLNK | 0o777, uid: 0, gid: 0)
    for (name, target) in links {
      _ = try? directory.symlink(FileName(name.utf8), Array(target.utf8), link)
    }
  }

  private func mount_shm() {
    guard let place = vfs.make_directory("/dev/shm") else { return }
    let sb = TmpfsSuperBlock(self, type: "tmpfs", device: vfs.nextDevice())
    vfs.mount(TmpfsDirectory(sb, mode: 0o1777), on: place, source: "tmpfs")
  }
}
