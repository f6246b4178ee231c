/// What the processor keeps of one address space while others run: translations and jump targets of
/// its user half.
struct AddressSpace {
  /// Physical address of its top page table.
  var root: UInt64
  /// Names this life of the address space; a flush begins a new one.
  var identity: UInt64
  /// Memory context of user mode.
  let user: Raw
  /// Memory context of supervisor mode with AC set.
  let access: Raw
  /// When it was last switched to.
  var lastUse: UInt64 = 0
}

// Switching between address spaces keeps what is known of the ones left: the effect of PCIDs and of
// bit 63 of MOV to CR3 (Intel SDM Vol. 3A, 4.10), without their limit to 4096 numbers. The `cr3`
// property has the plain effect of MOV to CR3, which forgets.
extension VCPU {
  /// Address spaces remembered at a time.
  static let addressSpaceLimit = 32

  /// Makes `root` the address space in force; what the processor knows of it from before still holds.
  ///
  /// Whoever changes page tables of an address space that is not in force must say so
  /// (`invalidatePage(_:in:)`, `flushTLB(of:)`), and that it is gone (`forgetAddressSpace`).
  public func switchAddressSpace(to root: UInt64) {
    guard root != cpu.state.pointee.cr3 else { return }
    cpu.state.pointee.cr3 = root
    enterAddressSpace(root)
  }

  /// Forgets the translations of an address space, in force or not.
  public func flushTLB(of root: UInt64) {
    guard let n = spaces.firstIndex(where: { $0.root == root }) else { return }
    renew(n)
  }

  /// Forgets the translation of one page of an address space, after its entry changed.
  public func invalidatePage(_ virtual: UInt64, in root: UInt64) {
    guard let space = spaces.first(where: { $0.root == root }) else { return }
    MemoryContext.invalidate(space.user, virtual)
    MemoryContext.invalidate(space.access, virtual)
    guard cache.mayHaveCode(virtualPage: virtual & ~4095) else { return }
    MemoryContext.flushJumps(space.user)
    MemoryContext.flushJumps(space.access)
    cache.unlinkBlocks(virtualPage: virtual & ~4095, unlink: unlink)
  }

  /// Forgets an address space whose page tables are about to be freed.
  public func forgetAddressSpace(_ root: UInt64) {
    guard let n = spaces.firstIndex(where: { $0.root == root }) else { return }
    renew(n)
    if root != cpu.state.pointee.cr3 { spaces[n].root = .max }
  }

  /// Every memory context there is.
  func forEachContext(_ body: (Raw) -> Void) {
    body(contexts.1)
    for space in spaces {
      body(space.user)
      body(space.access)
    }
  }

  /// Puts the contexts of `root` in force, made anew when it is not remembered.
  func enterAddressSpace(_ root: UInt64) {
    let n = spaces.firstIndex { $0.root == root } ?? place(for: root)
    switches &+= 1
    spaces[n].lastUse = switches
    contexts.0 = spaces[n].user
    contexts.2 = spaces[n].access
    cpu.state.pointee.space = spaces[n].identity
  }

  /// Index of an empty entry for `root`: a new one, or that of the address space unused for longest.
  private func place(for root: UInt64) -> Int {
    let oldest = spaces.indices.min { spaces[$0].lastUse < spaces[$1].lastUse } ?? 0
    let mayGrow = spaces.count < Self.addressSpaceLimit && spaces[oldest].root != .max
    if mayGrow, let memory = hostPages(contextBytes &* 2) {
      let space = AddressSpace(
        root: root,
        identity: nextIdentity(),
        user: memory,
        access: memory + contextBytes
      )
      MemoryContext.prepare(space.user)
      MemoryContext.prepare(space.access)
      spaces.append(space)
      return spaces.count &- 1
    }
    spaces[oldest].root = root
    renew(oldest)
    return oldest
  }

  /// Empties an address space's contexts and outdates all that refers to it.
  func renew(_ n: Int) {
    spaces[n].identity = nextIdentity()
    for mem in [spaces[n].user, spaces[n].access] {
      MemoryContext.flushTLB(mem)
      MemoryContext.flushJumps(mem)
    }
    if spaces[n].root == cpu.state.pointee.cr3 { cpu.state.pointee.space = spaces[n].identity }
  }

  /// A number that no address space had before.
  func nextIdentity() -> UInt64 {
    identities &+= 1
    return identities
  }
}
