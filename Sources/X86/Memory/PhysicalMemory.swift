#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// Guest physical memory: one host reservation, touched only where the guest touches it.
///
/// Owns the host pages; does not know which of them are in use (the kernel's frame allocator does).
public final class PhysicalMemory {
  /// Bytes.
  public let size: Int
  /// Host address of guest physical address 0.
  public let base: UnsafeMutableRawPointer

  /// Reserves `size` bytes (rounded up to whole pages), all zero.
  ///
  /// - Returns: `nil` when the host refuses.
  public init?(size: Int) {
    let rounded = (size &+ 4095) & ~4095
    guard rounded > 0 else { return nil }
    #if canImport(Glibc)
    let flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE
    #else
    let flags = MAP_PRIVATE | MAP_ANON
    #endif
    guard let p = mmap(nil, rounded, PROT_READ | PROT_WRITE, flags, -1, 0), p != MAP_FAILED else {
      return nil
    }
    self.size = rounded
    base = p
  }

  deinit { munmap(base, size) }

  /// Host address of a physical address; `nil` outside the memory.
  @inline(__always)
  public func pointer(_ physical: UInt64, count: Int = 1) -> UnsafeMutableRawPointer? {
    guard physical < UInt64(size), UInt64(count) <= UInt64(size) &- physical else { return nil }
    return base + Int(truncatingIfNeeded: physical)
  }

  /// Gives a frame back to the host and makes it read as zero.
  public func discard(frameAt physical: UInt64) {
    guard let p = pointer(physical & ~4095, count: 4096) else { return }
    madvise(p, 4096, MADV_DONTNEED)
  }
}
