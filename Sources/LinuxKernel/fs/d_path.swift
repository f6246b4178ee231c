import LinuxABI

extension Kernel {
  /// The name of a place as seen from a root.
  ///
  /// - Returns: the path, and whether it leads up to that root.
  /// - SeeAlso: Linux `fs/d_path.c` `prepend_path`.
  func d_path(_ place: Path, from root: Path?) -> (bytes: [UInt8], isReachable: Bool) {
    var components: [FileName] = []
    var here = place
    var isReachable = true
    while here != root {
      if here.dentry === here.mnt.root {
        guard let below = here.mnt.mountpoint else {
          isReachable = root == nil || here == vfs.root
          break
        }
        here = below
        continue
      }
      guard let parent = here.dentry.parent else {
        // A file that never had a name in the tree shows the one it was made with.
        components.append(here.dentry.name)
        isReachable = false
        break
      }
      components.append(here.dentry.name)
      here.dentry = parent
    }
    if components.isEmpty { return ([UInt8(ascii: "/")], isReachable) }
    return (components.reversed().flatMap { [UInt8(ascii: "/")] + $0 }, isReachable)
  }

  /// What `/proc/PID/fd` says about an open file.
  func file_path(_ file: File, for task: Task) -> [UInt8] {
    guard let path = file.path, path.mnt.mountpoint != nil || path.mnt === vfs.mounts.first else {
      return file.name
    }
    return place_name(path, for: task)
  }

  /// The name of a place; one that was removed says so.
  func place_name(_ path: Path, for task: Task) -> [UInt8] {
    let (bytes, _) = d_path(path, from: task.fs.root)
    return path.dentry.isUnhashed ? bytes + Array(" (deleted)".utf8) : bytes
  }
}
