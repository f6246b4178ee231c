import LinuxABI

/// A name in a directory: bytes without `/` and zero.
typealias FileName = [UInt8]

/// A name that leads to a file, as long as somebody uses it.
///
/// Owns its parent; a parent knows its children without owning them. What exists is decided by the
/// file system: the cache only makes sure that two users of a name see the same `Dentry`.
///
/// - SeeAlso: Linux `include/linux/dcache.h` `struct dentry`.
final class Dentry {
  /// The name; `/` for a root.
  private(set) var name: FileName
  /// The directory; nothing for a root.
  private(set) var parent: Dentry?
  /// The file.
  let inode: Inode
  /// The name was removed, and the file lives on.
  private(set) var isUnhashed = false
  /// How many file systems are mounted here.
  var mounts = 0
  private var children: [FileName: Unmanaged<Dentry>] = [:]

  /// A root, or a file that never had a name in a directory.
  init(root inode: Inode, name: FileName = Array("/".utf8)) {
    self.name = name
    self.inode = inode
  }

  private init(_ name: FileName, _ parent: Dentry, _ inode: Inode) {
    self.name = name
    self.parent = parent
    self.inode = inode
  }

  // SAFETY: a child is in `children` only while it lives: it takes itself out here.
  deinit { if !isUnhashed { parent?.forget(self) } }

  private func forget(_ child: Dentry) {
    if children[child.name]?.toOpaque() == Unmanaged.passUnretained(child).toOpaque() {
      children[child.name] = nil
    }
  }

  /// The child of a name that is in use, if any.
  func cached(_ name: FileName) -> Dentry? { children[name]?.takeUnretainedValue() }

  /// The `Dentry` of a name that leads to `inode`.
  func child(_ name: FileName, _ inode: Inode) -> Dentry {
    if let known = cached(name) {
      if known.inode === inode { return known }
      known.d_drop()
    }
    let child = Dentry(name, self, inode)
    children[name] = Unmanaged.passUnretained(child)
    return child
  }

  /// The name is gone.
  ///
  /// - SeeAlso: Linux `fs/dcache.c` `d_drop`.
  func d_drop() {
    guard !isUnhashed else { return }
    parent?.forget(self)
    isUnhashed = true
  }

  /// The name is another one now.
  ///
  /// - SeeAlso: Linux `fs/dcache.c` `d_move`.
  func d_move(_ newParent: Dentry, _ newName: FileName) {
    parent?.forget(self)
    newParent.cached(newName)?.d_drop()
    parent = newParent
    name = newName
    newParent.children[newName] = Unmanaged.passUnretained(self)
  }

  /// Whether this is `other`, or above it.
  func isAncestor(of other: Dentry) -> Bool {
    var place: Dentry? = other
    while let here = place {
      if here === self { return true }
      place = here.parent
    }
    return false
  }
}

/// A place in the file tree: a name, and the mount through which it was reached.
///
/// - SeeAlso: Linux `include/linux/path.h` `struct path`.
struct Path: Equatable {
  var mnt: Mount
  var dentry: Dentry

  /// The file.
  var inode: Inode { dentry.inode }

  static func == (left: Path, right: Path) -> Bool {
    left.mnt === right.mnt && left.dentry === right.dentry
  }

  /// The longest path with its zero byte.
  static let PATH_MAX = 4096
  /// The longest component.
  static let NAME_MAX = 255
}
