import LinuxABI

/// The file systems of a machine and where they are mounted.
///
/// Owns the mounts. Built when the first task needs it.
///
/// - SeeAlso: Linux `fs/namespace.c`, `init/do_mounts.c`.
final class VFS {
  // SAFETY: the kernel owns this.
  private unowned(unsafe) let kernel: Kernel
  /// In the order in which they were made; the first is the root.
  private(set) var mounts: [Mount] = []
  private var lastDevice: UInt64 = 0
  private var lastMount = 0
  /// Files without a place in the tree: pipes, sockets, `memfd`s and the like.
  private(set) lazy var pipefs = internalMount("pipefs", magic: 0x5049_5045)
  private(set) lazy var anon_inodefs = internalMount("anon_inodefs", magic: 0x0904_1934)
  private(set) lazy var sockfs = internalMount("sockfs", magic: 0x534f_434b)
  private(set) lazy var nsfs = internalMount("nsfs", magic: 0x6e73_6673)
  /// Names this boot.
  private(set) lazy var bootID = kernel.uuid()
  private(set) lazy var shmem = Mount(
    id: nextMountID(),
    TmpfsSuperBlock(kernel, type: "tmpfs", device: nextDevice()),
    root: Dentry(
      root: TmpfsDirectory(TmpfsSuperBlock(kernel, type: "tmpfs", device: 0), mode: 0o755)
    ),
    on: nil,
    source: "none"
  )
  /// The file that all `eventfd`s and their like share.
  private(set) lazy var anonInode = Inode(anon_inodefs.sb, mode: 0o600)

  init(_ kernel: Kernel) {
    self.kernel = kernel
  }

  /// A number for a file system without a device.
  func nextDevice() -> UInt64 {
    lastDevice += 1
    return lastDevice
  }

  private func nextMountID() -> Int {
    lastMount += 1
    return lastMount
  }

  private func internalMount(_ type: String, magic: Int64) -> Mount {
    let sb = SuperBlock(kernel, type: type, device: nextDevice(), magic: magic)
    let root = Dentry(root: Inode(sb, mode: Stat.S_IFDIR | 0o555))
    return Mount(id: nextMountID(), sb, root: root, on: nil, source: type)
  }

  /// What is mounted on a place, or nothing.
  func mount(on place: Path) -> Mount? { mounts.last { $0.mountpoint == place } }

  /// The root of the tree.
  var root: Path? {
    guard let first = mounts.first else { return nil }
    var place = Path(mnt: first, dentry: first.root)
    while place.dentry.mounts > 0, let mount = mount(on: place) {
      place = Path(mnt: mount, dentry: mount.root)
    }
    return place
  }

  /// Mounts a file system.
  @discardableResult
  func mount(
    _ root: Inode,
    on place: Path?,
    source: String,
    isReadOnly: Bool = false
  ) -> Mount {
    let mount = Mount(
      id: nextMountID(),
      root.sb,
      root: Dentry(root: root),
      on: place,
      source: source,
      isReadOnly: isReadOnly
    )
    mounts.append(mount)
    return mount
  }

  /// Takes a mount away.
  func umount(_ mount: Mount) {
    mounts.removeAll { $0 === mount }
    mount.mountpoint?.dentry.mounts -= 1
  }

  /// The directory of an absolute path, made if need be: for the kernel's own set-up.
  func make_directory(_ path: String, mode: UInt32 = 0o755) -> Path? {
    guard var place = root else { return nil }
    for component in path.utf8.split(separator: UInt8(ascii: "/")) {
      let name = FileName(component)
      let dentry: Dentry
      if let known = place.dentry.cached(name) {
        dentry = known
      } else if let inode = try? place.inode.lookupOrMake(name, mode: mode) {
        dentry = place.dentry.child(name, inode)
      } else {
        return nil
      }
      place.dentry = dentry
      while place.dentry.mounts > 0, let mount = mount(on: place) {
        place = Path(mnt: mount, dentry: mount.root)
      }
    }
    return place
  }
}

extension Inode {
  /// A directory for the kernel's own use: found, made, or pretended.
  func lookupOrMake(_ name: FileName, mode: UInt32) throws(Errno) -> Inode {
    if let directory = self as? TmpfsDirectory {
      if let found = directory.entry(name) { return found }
      return try create(name, NewFile(mode: Stat.S_IFDIR | mode, uid: 0, gid: 0))
    }
    throw .ENOENT
  }
}
