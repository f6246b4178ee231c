/// The protection of a mapping.
///
/// - SeeAlso: Linux `include/uapi/asm-generic/mman-common.h`.
public struct ProtectionFlags: NamedFlags {
  /// The bits.
  public var rawValue: UInt32

  /// Makes a set of bits.
  public init(rawValue: UInt32) {
    self.rawValue = rawValue
  }

  /// What an empty set is called.
  public static var emptyName: StaticString { "PROT_NONE" }

  /// The pages may be read.
  public static let PROT_READ = ProtectionFlags(rawValue: 1)
  /// The pages may be written.
  public static let PROT_WRITE = ProtectionFlags(rawValue: 2)
  /// Instructions may be fetched.
  public static let PROT_EXEC = ProtectionFlags(rawValue: 4)
  /// Has no meaning on x86.
  public static let PROT_SEM = ProtectionFlags(rawValue: 8)
  /// `mprotect` reaches down to the start of a growing mapping.
  public static let PROT_GROWSDOWN = ProtectionFlags(rawValue: 0x0100_0000)
  /// `mprotect` reaches up to the end of a growing mapping.
  public static let PROT_GROWSUP = ProtectionFlags(rawValue: 0x0200_0000)

  /// The members with their names.
  public static var names: [(name: StaticString, flag: ProtectionFlags)] {
    [
      ("PROT_READ", .PROT_READ),
      ("PROT_WRITE", .PROT_WRITE),
      ("PROT_EXEC", .PROT_EXEC),
      ("PROT_SEM", .PROT_SEM),
      ("PROT_GROWSDOWN", .PROT_GROWSDOWN),
      ("PROT_GROWSUP", .PROT_GROWSUP),
    ]
  }
}

/// How `mmap` places and shares a mapping.
///
/// - SeeAlso: Linux `include/uapi/linux/mman.h`, `include/uapi/asm-generic/mman.h`.
public struct MapFlags: NamedFlags {
  /// The bits.
  public var rawValue: UInt32

  /// Makes a set of bits.
  public init(rawValue: UInt32) {
    self.rawValue = rawValue
  }

  /// Shared, and unknown flags are refused.
  public static let MAP_SHARED_VALIDATE = MapFlags(rawValue: 3)
  /// Writes reach the file and other processes.
  public static let MAP_SHARED = MapFlags(rawValue: 1)
  /// Writes stay in this process.
  public static let MAP_PRIVATE = MapFlags(rawValue: 2)
  /// Exactly here; what is there goes away.
  public static let MAP_FIXED = MapFlags(rawValue: 0x10)
  /// No file; zeros.
  public static let MAP_ANONYMOUS = MapFlags(rawValue: 0x20)
  /// Below 2 GiB.
  public static let MAP_32BIT = MapFlags(rawValue: 0x40)
  /// Reserve no swap space.
  public static let MAP_NORESERVE = MapFlags(rawValue: 0x4000)
  /// Fault all pages in now.
  public static let MAP_POPULATE = MapFlags(rawValue: 0x8000)
  /// With `MAP_POPULATE`: no input.
  public static let MAP_NONBLOCK = MapFlags(rawValue: 0x1_0000)
  /// A stack: grows on a fault below it.
  public static let MAP_GROWSDOWN = MapFlags(rawValue: 0x100)
  /// Ignored.
  public static let MAP_DENYWRITE = MapFlags(rawValue: 0x800)
  /// Ignored.
  public static let MAP_EXECUTABLE = MapFlags(rawValue: 0x1000)
  /// Keep the pages in memory.
  public static let MAP_LOCKED = MapFlags(rawValue: 0x2000)
  /// A thread stack; no huge pages.
  public static let MAP_STACK = MapFlags(rawValue: 0x2_0000)
  /// Huge pages.
  public static let MAP_HUGETLB = MapFlags(rawValue: 0x4_0000)
  /// Persistent memory: writes are durable.
  public static let MAP_SYNC = MapFlags(rawValue: 0x8_0000)
  /// Exactly here, or `EEXIST`.
  public static let MAP_FIXED_NOREPLACE = MapFlags(rawValue: 0x10_0000)
  /// Needs no zeroing; ignored with an MMU.
  public static let MAP_UNINITIALIZED = MapFlags(rawValue: 0x400_0000)

  /// The bits that hold `MAP_SHARED`, `MAP_PRIVATE` or `MAP_SHARED_VALIDATE`.
  public static let MAP_TYPE: UInt32 = 0xf

  /// The members with their names.
  public static var names: [(name: StaticString, flag: MapFlags)] {
    [
      ("MAP_SHARED_VALIDATE", .MAP_SHARED_VALIDATE),
      ("MAP_SHARED", .MAP_SHARED),
      ("MAP_PRIVATE", .MAP_PRIVATE),
      ("MAP_FIXED", .MAP_FIXED),
      ("MAP_ANONYMOUS", .MAP_ANONYMOUS),
      ("MAP_32BIT", .MAP_32BIT),
      ("MAP_NORESERVE", .MAP_NORESERVE),
      ("MAP_POPULATE", .MAP_POPULATE),
      ("MAP_NONBLOCK", .MAP_NONBLOCK),
      ("MAP_GROWSDOWN", .MAP_GROWSDOWN),
      ("MAP_DENYWRITE", .MAP_DENYWRITE),
      ("MAP_EXECUTABLE", .MAP_EXECUTABLE),
      ("MAP_LOCKED", .MAP_LOCKED),
      ("MAP_STACK", .MAP_STACK),
      ("MAP_HUGETLB", .MAP_HUGETLB),
      ("MAP_SYNC", .MAP_SYNC),
      ("MAP_FIXED_NOREPLACE", .MAP_FIXED_NOREPLACE),
      ("MAP_UNINITIALIZED", .MAP_UNINITIALIZED),
    ]
  }
}

/// How `mremap` may move a mapping.
///
/// - SeeAlso: Linux `include/uapi/linux/mman.h`.
public struct MremapFlags: NamedFlags {
  /// The bits.
  public var rawValue: UInt32

  /// Makes a set of bits.
  public init(rawValue: UInt32) {
    self.rawValue = rawValue
  }

  /// A new address is fine.
  public static let MREMAP_MAYMOVE = MremapFlags(rawValue: 1)
  /// Exactly to the new address.
  public static let MREMAP_FIXED = MremapFlags(rawValue: 2)
  /// Leave an empty mapping behind.
  public static let MREMAP_DONTUNMAP = MremapFlags(rawValue: 4)

  /// The members with their names.
  public static var names: [(name: StaticString, flag: MremapFlags)] {
    [
      ("MREMAP_MAYMOVE", .MREMAP_MAYMOVE),
      ("MREMAP_FIXED", .MREMAP_FIXED),
      ("MREMAP_DONTUNMAP", .MREMAP_DONTUNMAP),
    ]
  }
}

/// Advice about a mapping.
///
/// - SeeAlso: Linux `include/uapi/asm-generic/mman-common.h`.
public enum MadviseAdvice: UInt32, CaseIterable, Sendable {
  /// No advice.
  case MADV_NORMAL = 0
  /// Expect random access.
  case MADV_RANDOM = 1
  /// Expect sequential access.
  case MADV_SEQUENTIAL = 2
  /// Read ahead.
  case MADV_WILLNEED = 3
  /// Drop the pages; the next access sees zeros or the file.
  case MADV_DONTNEED = 4
  /// Drop the pages when memory is short.
  case MADV_FREE = 8
  /// Punch a hole into the file.
  case MADV_REMOVE = 9
  /// A child does not get the mapping.
  case MADV_DONTFORK = 10
  /// A child gets the mapping.
  case MADV_DOFORK = 11
  /// Equal pages may be merged.
  case MADV_MERGEABLE = 12
  /// Undo merging.
  case MADV_UNMERGEABLE = 13
  /// Huge pages welcome.
  case MADV_HUGEPAGE = 14
  /// No huge pages.
  case MADV_NOHUGEPAGE = 15
  /// Leave out of a core file.
  case MADV_DONTDUMP = 16
  /// Put into a core file.
  case MADV_DODUMP = 17
  /// A child sees zeros.
  case MADV_WIPEONFORK = 18
  /// A child sees a copy.
  case MADV_KEEPONFORK = 19
  /// Reclaim these first.
  case MADV_COLD = 20
  /// Reclaim these now.
  case MADV_PAGEOUT = 21
  /// Fault in for reading.
  case MADV_POPULATE_READ = 22
  /// Fault in for writing.
  case MADV_POPULATE_WRITE = 23
  /// Like `MADV_DONTNEED`, locked pages too.
  case MADV_DONTNEED_LOCKED = 24
  /// Make huge pages now.
  case MADV_COLLAPSE = 25
  /// Pretend that the memory failed.
  case MADV_HWPOISON = 100
  /// Pretend that the memory will fail.
  case MADV_SOFT_OFFLINE = 101
  /// Make guard pages.
  case MADV_GUARD_INSTALL = 102
  /// Remove guard pages.
  case MADV_GUARD_REMOVE = 103
}
