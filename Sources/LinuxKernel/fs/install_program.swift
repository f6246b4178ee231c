import LinuxABI

extension Kernel {
  /// Puts the program that the machine was given into the tree, at its own path.
  ///
  /// The directories of the path are made; they hold nothing else.
  func install(_ program: ProgramFile) -> Path? {
    guard let slash = program.absolutePath.utf8.lastIndex(of: UInt8(ascii: "/")) else { return nil }
    let directory = String(decoding: program.absolutePath.utf8[..<slash], as: UTF8.self)
    let name = FileName(program.absolutePath.utf8[slash...].dropFirst())
    guard !name.isEmpty, let place = vfs.make_directory(directory),
      let parent = place.inode as? TmpfsDirectory
    else { return nil }
    let cache = PageCache(frames: frames, source: ELFSource(program.bytes))
    let inode = ImageInode(place.mnt.sb, program, cache: cache)
    if parent.entry(name) == nil { parent.install(name, inode) }
    return Path(mnt: place.mnt, dentry: place.dentry.child(name, inode))
  }
}
