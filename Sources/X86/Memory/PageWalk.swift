/// How an access reaches memory.
public enum AccessKind: UInt8, Sendable {
  case read, write, fetch
}

/// A page fault before it is reported: the error code without the address.
struct WalkFault: Error {
  var errorCode: UInt32
}

/// Walks the four levels of page tables (Intel SDM Vol. 3A, 4.5 and 4.6).
enum PageWalk {
  /// True when bits 63 ... 47 are equal.
  @inline(__always) static func isCanonical(_ address: UInt64) -> Bool {
    let top = Int64(bitPattern: address) >> 47
    return top == 0 || top == -1
  }

  /// Host address of a physical quadword, or nil outside memory.
  @inline(__always) static func host(_ cpu: Raw, _ physical: UInt64) -> Raw? {
    guard physical < cpu.state.pointee.physicalSize &- 7 else { return nil }
    return hostPointer(cpu.state.pointee.physicalBase &+ physical)
  }

  /// The physical address of `address` and its leaf entry, after the permission checks.
  ///
  /// Sets A on the way and D on a write, as the processor does.
  ///
  /// - Parameters:
  ///   - cpl: 0 or 3.
  ///   - ac: RFLAGS.AC: under SMAP, supervisor data accesses to user pages need it.
  static func translate(
    _ cpu: Raw,
    _ address: UInt64,
    _ kind: AccessKind,
    cpl: UInt8,
    ac: Bool
  ) throws(WalkFault) -> (physical: UInt64, entry: UInt64) {
    let state = cpu.state
    var code: UInt32 = cpl == 3 ? 4 : 0
    if kind == .write { code |= 2 }
    if kind == .fetch { code |= 16 }
    var table = state.pointee.cr3 & PageTableEntry.frameMask
    var rights = PageTableEntry.writable | PageTableEntry.user
    var noExecute: UInt64 = 0
    var shift: UInt64 = 39
    var slot: Raw
    var entry: UInt64
    while true {
      guard let p = host(cpu, table &+ (address >> shift & 511) &* 8) else {
        throw WalkFault(errorCode: code | 9)
      }
      slot = p
      entry = p.load(as: UInt64.self)
      guard entry & PageTableEntry.present != 0 else { throw WalkFault(errorCode: code) }
      rights &= entry
      noExecute |= entry & PageTableEntry.noExecute
      let isLeaf = shift == 12 || (shift < 39 && entry & PageTableEntry.large != 0)
      if isLeaf { break }
      if entry & PageTableEntry.accessed == 0 {
        p.storeBytes(of: entry | PageTableEntry.accessed, as: UInt64.self)
      }
      table = entry & PageTableEntry.frameMask
      shift &-= 9
    }
    let isUserPage = rights & PageTableEntry.user != 0
    var allowed = true
    if cpl == 3 {
      allowed = isUserPage && (kind != .write || rights & PageTableEntry.writable != 0)
    } else {
      if kind == .write && rights & PageTableEntry.writable == 0 {
        allowed = state.pointee.cr0 & (1 << 16) == 0
      }
      if isUserPage {
        if kind == .fetch {
          allowed = allowed && state.pointee.cr4 & (1 << 20) == 0
        } else {
          allowed = allowed && (state.pointee.cr4 & (1 << 21) == 0 || ac)
        }
      }
    }
    if kind == .fetch && noExecute != 0 { allowed = false }
    guard allowed else { throw WalkFault(errorCode: code | 1) }
    let marks =
      kind == .write
      ? PageTableEntry.accessed | PageTableEntry.dirty : PageTableEntry.accessed
    if entry & marks != marks {
      entry |= marks
      slot.storeBytes(of: entry, as: UInt64.self)
    }
    let offsetMask = (UInt64(1) << shift) &- 1
    let physical = (entry & PageTableEntry.frameMask & ~offsetMask) | (address & offsetMask)
    guard physical | 4095 < state.pointee.physicalSize else {
      throw WalkFault(errorCode: code | 9)
    }
    // The leaf may allow less than the levels above it, and the other way round.
    return (physical, entry & ~(PageTableEntry.writable | PageTableEntry.user) | rights)
  }
}
