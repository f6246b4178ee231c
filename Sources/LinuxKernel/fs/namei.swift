import LinuxABI

/// Reads a path of the program.
///
/// - Throws: `EFAULT`, `ENAMETOOLONG`, or `ENOENT` for an empty one unless that is allowed.
/// - SeeAlso: Linux `fs/namei.c` `getname_flags`.
func getname(_ task: Task, _ address: UInt64, allowEmpty: Bool = false) async throws(Errno)
  -> [UInt8]
{
  let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: Path.PATH_MAX, alignment: 8)
  defer { buffer.deallocate() }
  let length = try await strncpy_from_user(task, buffer, address)
  if length == Path.PATH_MAX { throw .ENAMETOOLONG }
  if length == 0 && !allowEmpty { throw .ENOENT }
  return [UInt8](buffer.prefix(length))
}

/// Descriptor that stands for the working directory.
let AT_FDCWD: Int32 = -100

/// How a path is looked up.
///
/// - SeeAlso: Linux `include/linux/namei.h` `LOOKUP_*`, `include/uapi/linux/openat2.h`.
struct LookupFlags: OptionSet {
  var rawValue: UInt32
  /// A symbolic link at the end is followed.
  static let LOOKUP_FOLLOW = LookupFlags(rawValue: 1 << 0)
  /// The end must be a directory.
  static let LOOKUP_DIRECTORY = LookupFlags(rawValue: 1 << 1)
  /// An empty path is the descriptor itself.
  static let LOOKUP_EMPTY = LookupFlags(rawValue: 1 << 2)
  static let LOOKUP_NO_SYMLINKS = LookupFlags(rawValue: 1 << 3)
  static let LOOKUP_NO_MAGICLINKS = LookupFlags(rawValue: 1 << 4)
  static let LOOKUP_NO_XDEV = LookupFlags(rawValue: 1 << 5)
  static let LOOKUP_BENEATH = LookupFlags(rawValue: 1 << 6)
  static let LOOKUP_IN_ROOT = LookupFlags(rawValue: 1 << 7)
}

/// The last component of a path, when the walk stops before it.
struct LastComponent {
  var name: FileName
  /// Slashes follow: it must be a directory.
  var hasTrailingSlash: Bool
  /// `.` or `..`, or nothing but slashes: no name that can be made or removed.
  var isSpecial: Bool
  /// `..`.
  var isDotDot: Bool { name == [0x2E, 0x2E] }
  /// `.`.
  var isDot: Bool { name == [0x2E] }
}

/// A walk along a path, component by component.
///
/// - SeeAlso: Linux `fs/namei.c` `struct nameidata`, `link_path_walk`.
struct PathWalk {
  private let task: Task
  private let cred: Cred
  private let flags: LookupFlags
  /// Where it is.
  private(set) var path: Path
  /// Where `/` leads.
  private var root: Path
  /// What is still to be walked; links push their targets on top.
  private var rest: [ArraySlice<UInt8>]
  private var links = 0
  private static let slash = UInt8(ascii: "/")
  /// Links that one walk follows.
  private static let MAXSYMLINKS = 40

  /// Starts at the root, the working directory or a descriptor's directory.
  ///
  /// - SeeAlso: Linux `fs/namei.c` `path_init`.
  init(
    _ task: Task,
    _ descriptor: Int32,
    _ name: [UInt8],
    _ flags: LookupFlags = [],
    cred: Cred? = nil
  ) throws(Errno) {
    self.task = task
    self.cred = cred ?? task.cred
    self.flags = flags
    guard let root = task.fs.root, let pwd = task.fs.pwd else { throw .ENOENT }
    self.root = root
    rest = [name[...]]
    let isScoped = !flags.isDisjoint(with: [.LOOKUP_BENEATH, .LOOKUP_IN_ROOT])
    if name.first == Self.slash, !isScoped {
      path = root
      return
    }
    if descriptor == AT_FDCWD {
      path = pwd
    } else {
      let file = try task.files.fget_raw(descriptor)
      guard let place = file.path else { throw .ENOTDIR }
      if !name.isEmpty, !place.inode.isDirectory { throw .ENOTDIR }
      path = place
    }
    if isScoped { self.root = path }
    if name.first == Self.slash, flags.contains(.LOOKUP_BENEATH) { throw .EXDEV }
  }

  /// Walks to the end.
  mutating func walk() throws(Errno) -> Path {
    while let last = try parent() {
      if let place = try step(last, follow: flags.contains(.LOOKUP_FOLLOW)) { path = place }
    }
    if flags.contains(.LOOKUP_DIRECTORY), !path.inode.isDirectory { throw .ENOTDIR }
    return path
  }

  /// Walks to the directory that has the last component.
  ///
  /// - Returns: the component, or nothing when the walk is at its end.
  mutating func parent() throws(Errno) -> LastComponent? {
    while true {
      while let top = rest.last, top.allSatisfy({ $0 == Self.slash }), rest.count > 1 {
        // The slashes behind a link: what it leads to must be a directory.
        rest.removeLast()
        if !top.isEmpty { rest[rest.count - 1] = top + rest[rest.count - 1] }
      }
      guard var here = rest.last else { return nil }
      let stripped = here.drop { $0 == Self.slash }
      if stripped.isEmpty {
        rest = []
        if !here.isEmpty, !path.inode.isDirectory { throw .ENOTDIR }
        return nil
      }
      here = stripped
      guard path.inode.isDirectory else { throw .ENOTDIR }
      try path.inode.permission(cred, .MAY_EXEC)
      let component = here.prefix { $0 != Self.slash }
      if component.count > Path.NAME_MAX { throw .ENAMETOOLONG }
      here = here.dropFirst(component.count)
      rest[rest.count - 1] = here
      let isLast = rest.allSatisfy { $0.allSatisfy { $0 == Self.slash } }
      let isSpecial = component.elementsEqual([0x2E]) || component.elementsEqual([0x2E, 0x2E])
      let last = LastComponent(
        name: FileName(component),
        hasTrailingSlash: isLast && rest.contains { !$0.isEmpty },
        isSpecial: isSpecial
      )
      if isLast {
        rest = last.hasTrailingSlash ? [[Self.slash]] : []
        return last
      }
      if let place = try step(last, follow: true) {
        path = place
        if !path.inode.isDirectory { throw .ENOTDIR }
      }
    }
  }

  /// Looks one component up.
  ///
  /// - Returns: where it leads; nothing after a link, whose target is now what is left to walk.
  /// - Throws: `ENOENT` when there is no such name.
  mutating func step(_ last: LastComponent, follow: Bool) throws(Errno) -> Path? {
    if last.isDot { return path }
    if last.isDotDot { return try dotdot() }
    guard let place = try lookup(last.name) else { throw .ENOENT }
    if place.inode.isSymlink, follow || last.hasTrailingSlash {
      try self.follow(place)
      return nil
    }
    return place
  }

  /// The name in the directory where the walk is; what is mounted there hides it.
  func lookup(_ name: FileName) throws(Errno) -> Path? {
    guard let found = try path.dentry.lookup(name, task) else { return nil }
    var place = Path(mnt: path.mnt, dentry: found)
    while place.dentry.mounts > 0, let mount = task.kernel.vfs.mount(on: place) {
      if flags.contains(.LOOKUP_NO_XDEV) { throw .EXDEV }
      place = Path(mnt: mount, dentry: mount.root)
    }
    return place
  }

  /// Goes on with the target of a link.
  ///
  /// - SeeAlso: Linux `fs/namei.c` `pick_link`.
  mutating func follow(_ link: Path) throws(Errno) {
    links += 1
    if links > Self.MAXSYMLINKS || flags.contains(.LOOKUP_NO_SYMLINKS) { throw .ELOOP }
    link.inode.touch_atime(link)
    switch try link.inode.get_link(task) {
    case .jump(let place):
      if flags.contains(.LOOKUP_NO_MAGICLINKS) { throw .ELOOP }
      if !flags.isDisjoint(with: [.LOOKUP_BENEATH, .LOOKUP_IN_ROOT]) { throw .EXDEV }
      if flags.contains(.LOOKUP_NO_XDEV), place.mnt !== path.mnt { throw .EXDEV }
      path = place
    case .text(let target):
      if target.isEmpty { throw .ENOENT }
      if target.first == Self.slash {
        if flags.contains(.LOOKUP_BENEATH) { throw .EXDEV }
        if flags.contains(.LOOKUP_NO_XDEV), root.mnt !== path.mnt { throw .EXDEV }
        path = root
      }
      rest.append(target[...])
    }
  }

  /// The directory above; the root is its own.
  ///
  /// - SeeAlso: Linux `fs/namei.c` `follow_dotdot`.
  private func dotdot() throws(Errno) -> Path {
    var place = path
    if place == root {
      if flags.contains(.LOOKUP_BENEATH) { throw .EXDEV }
      return place
    }
    while place.dentry === place.mnt.root {
      guard let below = place.mnt.mountpoint else { return place }
      if flags.contains(.LOOKUP_NO_XDEV) { throw .EXDEV }
      place = below
      if place == root { return place }
    }
    guard let parent = place.dentry.parent else { return place }
    place.dentry = parent
    while place.dentry.mounts > 0, let mount = task.kernel.vfs.mount(on: place) {
      place = Path(mnt: mount, dentry: mount.root)
    }
    return place
  }
}

extension Dentry {
  /// The child of a name, or nothing.
  func lookup(_ name: FileName, _ task: Task) throws(Errno) -> Dentry? {
    let known = cached(name)
    // A mounted place stays, whatever the file system says.
    if let known, !inode.sb.revalidates || known.mounts > 0 { return known }
    guard let found = try inode.lookup(name, task) else {
      known?.d_drop()
      return nil
    }
    return child(name, found)
  }
}

/// Where a path of the program leads.
///
/// - SeeAlso: Linux `fs/namei.c` `user_path_at`.
func user_path_at(
  _ task: Task,
  _ descriptor: Int32,
  _ address: UInt64,
  _ flags: LookupFlags = .LOOKUP_FOLLOW
) async throws(Errno) -> Path {
  let name = try await getname(task, address, allowEmpty: flags.contains(.LOOKUP_EMPTY))
  return try filename_lookup(task, descriptor, name, flags)
}

/// Where a path leads.
///
/// - SeeAlso: Linux `fs/namei.c` `filename_lookup`.
func filename_lookup(
  _ task: Task,
  _ descriptor: Int32,
  _ name: [UInt8],
  _ flags: LookupFlags = .LOOKUP_FOLLOW,
  cred: Cred? = nil
) throws(Errno) -> Path {
  var walk = try PathWalk(task, descriptor, name, flags, cred: cred)
  return try walk.walk()
}

/// The directory that has the last component of a path, and the component.
///
/// - Throws: `special` for a path that ends in no name: `/`, `.` or `..`.
/// - SeeAlso: Linux `fs/namei.c` `filename_parentat`.
func filename_parentat(
  _ task: Task,
  _ descriptor: Int32,
  _ name: [UInt8],
  special: (LastComponent?) -> Errno
) throws(Errno) -> (directory: Path, last: LastComponent) {
  var walk = try PathWalk(task, descriptor, name)
  guard let last = try walk.parent(), !last.isSpecial else {
    throw special(try PathWalk.lastOf(name))
  }
  return (walk.path, last)
}

extension PathWalk {
  /// The last component of a text, as far as it is `.` or `..`.
  fileprivate static func lastOf(_ name: [UInt8]) throws(Errno) -> LastComponent? {
    guard let last = name.split(separator: slash).last else { return nil }
    return LastComponent(name: FileName(last), hasTrailingSlash: false, isSpecial: true)
  }
}

/// Finds the place for a new name.
///
/// - SeeAlso: Linux `fs/namei.c` `filename_create`.
func filename_create(
  _ task: Task,
  _ descriptor: Int32,
  _ name: [UInt8],
  isDirectory: Bool = false
) throws(Errno) -> (directory: Path, name: FileName) {
  let (directory, last) = try filename_parentat(task, descriptor, name) { _ in .EEXIST }
  let existing = try directory.dentry.lookup(last.name, task)
  if existing != nil { throw .EEXIST }
  if last.hasTrailingSlash, !isDirectory { throw .ENOENT }
  try directory.mnt.want_write()
  try directory.may_create(task.cred)
  return (directory, last.name)
}
