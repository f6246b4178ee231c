#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif
import X86

/// Hands out frames of guest memory and counts their users.
///
/// Owns the reference counts; the bytes belong to `PhysicalMemory`. A frame comes back zeroed.
final class FrameAllocator {
  static let PAGE_SIZE: UInt64 = 4096

  let memory: PhysicalMemory
  /// One word a frame: users in the low bits, `executableMark` on top. Untouched words cost nothing.
  private let counts: UnsafeMutablePointer<UInt32>
  /// Frames given back, last in first out.
  private var free: [UInt32] = []
  /// The lowest frame never handed out; from here on all memory is still zero.
  private var next: UInt64
  private var zero: UInt64?
  /// Called before a frame that was mapped executable gets new contents.
  var codeChanged: ((Range<UInt64>) -> Void)?

  /// The frame was mapped executable, so the CPU may hold translations of it.
  private static let executableMark: UInt32 = 1 << 31

  /// Frames from physical address `start` up to the end of `memory`.
  init?(memory: PhysicalMemory, start: UInt64) {
    let frames = memory.size / 4096
    guard let words = calloc(frames, 4) else { return nil }
    self.memory = memory
    counts = words.bindMemory(to: UInt32.self, capacity: frames)
    next = start
  }

  deinit { counts.deallocate() }

  /// All frames of the machine, in pages.
  var totalPages: UInt64 { UInt64(memory.size) / Self.PAGE_SIZE }
  /// Frames that nobody uses, in pages.
  var freePages: UInt64 {
    (UInt64(memory.size) &- next) / Self.PAGE_SIZE &+ UInt64(free.count)
  }

  /// A zeroed frame with one user, or `nil` when memory is full.
  func allocate() -> UInt64? {
    let frame: UInt64
    if let number = free.popLast() {
      frame = UInt64(number) << 12
      memset(memory.base + Int(frame), 0, 4096)
    } else {
      guard next < UInt64(memory.size) else { return nil }
      frame = next
      next &+= Self.PAGE_SIZE
    }
    counts[Int(frame >> 12)] = 1
    return frame
  }

  /// The frame of zeros that stands for untouched private memory.
  func zeroPage() -> UInt64? {
    if let zero { return zero }
    zero = allocate()
    return zero
  }

  /// `count` frames in a row, zeroed, with one user each; they are never given back.
  func allocateContiguous(_ count: Int) -> UInt64? {
    let bytes = UInt64(count) << 12
    guard bytes <= UInt64(memory.size) &- next else { return nil }
    let start = next
    next &+= bytes
    for index in 0..<count { counts[Int(start >> 12) + index] = 1 }
    return start
  }

  /// One more user.
  @inline(__always)
  func get(_ frame: UInt64) { counts[Int(frame >> 12)] &+= 1 }

  /// One user less; the last one frees the frame.
  func put(_ frame: UInt64) {
    let index = Int(frame >> 12)
    let count = counts[index]
    guard count & ~Self.executableMark == 1 else {
      counts[index] = count &- 1
      return
    }
    if count & Self.executableMark != 0 { codeChanged?(frame..<(frame &+ Self.PAGE_SIZE)) }
    counts[index] = 0
    free.append(UInt32(truncatingIfNeeded: frame >> 12))
  }

  /// How many use the frame.
  func users(of frame: UInt64) -> UInt32 { counts[Int(frame >> 12)] & ~Self.executableMark }

  /// Notes that the frame is mapped executable somewhere.
  @inline(__always)
  func markExecutable(_ frame: UInt64) { counts[Int(frame >> 12)] |= Self.executableMark }

  /// The kernel has written to a frame: what was translated from it is void.
  func contentsChanged(_ frame: UInt64) {
    guard counts[Int(frame >> 12)] & Self.executableMark != 0 else { return }
    codeChanged?(frame..<(frame &+ Self.PAGE_SIZE))
  }

  /// Host address of a frame.
  @inline(__always)
  func host(_ frame: UInt64) -> UnsafeMutableRawPointer { memory.base + Int(frame) }
}
