import LinuxABI

/// What a mapping allows and how it behaves.
///
/// - SeeAlso: Linux `include/linux/mm.h` `VM_*`.
struct VMFlags: OptionSet {
  var rawValue: UInt32
  static let VM_READ = VMFlags(rawValue: 0x1)
  static let VM_WRITE = VMFlags(rawValue: 0x2)
  static let VM_EXEC = VMFlags(rawValue: 0x4)
  static let VM_SHARED = VMFlags(rawValue: 0x8)
  static let VM_MAYREAD = VMFlags(rawValue: 0x10)
  static let VM_MAYWRITE = VMFlags(rawValue: 0x20)
  static let VM_MAYEXEC = VMFlags(rawValue: 0x40)
  static let VM_GROWSDOWN = VMFlags(rawValue: 0x100)
  static let VM_LOCKED = VMFlags(rawValue: 0x2000)
  static let VM_DONTCOPY = VMFlags(rawValue: 0x20000)
  static let VM_DONTDUMP = VMFlags(rawValue: 0x400_0000)
  static let VM_NORESERVE = VMFlags(rawValue: 0x20_0000)
  static let VM_WIPEONFORK = VMFlags(rawValue: 0x200_0000)

  static let VM_ACCESS: VMFlags = [.VM_READ, .VM_WRITE, .VM_EXEC]
  static let VM_MAYALL: VMFlags = [.VM_MAYREAD, .VM_MAYWRITE, .VM_MAYEXEC]

  /// From `PROT_*` bits; others are ignored.
  init(protection: UInt64) {
    rawValue = UInt32(truncatingIfNeeded: protection & 7)
  }

  init(rawValue: UInt32) { self.rawValue = rawValue }
}

/// A mapped range with one set of permissions and one backing: Linux's `vm_area_struct`.
struct VMA {
  /// The first address; page-aligned.
  var start: UInt64
  /// The address after the last; page-aligned.
  var end: UInt64
  var flags: VMFlags
  /// The file, or `nil` for private anonymous memory.
  var cache: PageCache?
  /// The open file that was mapped, which stays open as long as the mapping.
  var file: File?
  /// The file page at `start`.
  var pageOffset: UInt64 = 0

  /// Lowest address that another mapping may come near: growing stacks keep a gap.
  ///
  /// - SeeAlso: Linux `include/linux/mm.h` `vm_start_gap`.
  var startWithGap: UInt64 {
    guard flags.contains(.VM_GROWSDOWN) else { return start }
    return start > VMA.stack_guard_gap ? start &- VMA.stack_guard_gap : 0
  }

  /// The file page that holds `address`.
  func pageIndex(_ address: UInt64) -> UInt64 { pageOffset &+ (address &- start) >> 12 }

  /// True when `next` starts where this ends and differs in nothing else.
  func continues(into next: VMA) -> Bool {
    end == next.start && flags == next.flags && cache === next.cache && file === next.file
      && (cache == nil || pageIndex(end) == next.pageOffset)
  }

  /// Private and writable: counted as data, and against commit limits.
  var isData: Bool {
    flags.contains(.VM_WRITE) && flags.isDisjoint(with: [.VM_SHARED, .VM_GROWSDOWN])
  }

  /// 256 pages.
  static let stack_guard_gap: UInt64 = 256 << 12
}
