/// Where the pages of a file come from.
///
/// A conforming type owns the bytes, or knows how to get them.
public protocol PageSource: AnyObject {
  /// Bytes in the file.
  var size: UInt64 { get }
  /// Fills a zeroed page with the file's bytes from `index * 4096` on; less at the end of the file.
  func read(page index: UInt64, into page: UnsafeMutableRawPointer)
}

/// A file's bytes in host memory.
public final class BytesSource: PageSource {
  private let bytes: [UInt8]
  /// The bytes of the file.
  public init(_ bytes: [UInt8]) { self.bytes = bytes }
  /// Bytes in the file.
  public var size: UInt64 { UInt64(bytes.count) }
  /// Copies a page's bytes.
  public func read(page index: UInt64, into page: UnsafeMutableRawPointer) {
    guard index < (size &+ 4095) >> 12 else { return }
    let start = Int(index) << 12
    bytes.withUnsafeBytes { source in
      let part = source[start..<min(start + 4096, source.count)]
      UnsafeMutableRawBufferPointer(start: page, count: 4096).copyBytes(from: part)
    }
  }
}

/// The frames that hold a file's pages: Linux's `address_space`.
///
/// Shared by all mappings of the file, so that private ones copy only what they write. Without a
/// source it is shared anonymous memory.
public final class PageCache {
  private let frames: FrameAllocator
  private let source: (any PageSource)?
  private var pages: [UInt64: UInt64] = [:]
  private var anonymousSize: UInt64

  /// The pages of a file.
  init(frames: FrameAllocator, source: any PageSource) {
    self.frames = frames
    self.source = source
    anonymousSize = 0
  }

  /// Shared anonymous memory of `size` bytes.
  init(frames: FrameAllocator, anonymousSize: UInt64) {
    self.frames = frames
    source = nil
    self.anonymousSize = anonymousSize
  }

  deinit { for frame in pages.values { frames.put(frame) } }

  /// Bytes; pages wholly past the end raise SIGBUS.
  var size: UInt64 { source?.size ?? anonymousSize }

  /// Pages that are in memory.
  var residentPages: Int { pages.count }

  /// Makes a file in memory longer or shorter; what is cut off reads as zeros if it comes back.
  func resize(_ size: UInt64) {
    guard isAnonymous else { return }
    if size < anonymousSize {
      let kept = (size &+ 4095) >> 12
      for index in pages.keys where index >= kept {
        if let frame = pages.removeValue(forKey: index) { frames.put(frame) }
      }
      if size & 4095 != 0, let last = pages[size >> 12] {
        let start = Int(size & 4095)
        (frames.host(last) + start).initializeMemory(
          as: UInt8.self,
          repeating: 0,
          count: 4096 - start
        )
      }
    }
    anonymousSize = size
  }

  /// True for shared memory that no file backs.
  var isAnonymous: Bool { source == nil }

  /// True when the page is in memory.
  func isResident(_ index: UInt64) -> Bool { pages[index] != nil }

  /// The frame of a page, read in if need be; it stays owned by the cache.
  func frame(_ index: UInt64) -> UInt64? {
    if let frame = pages[index] { return frame }
    guard let frame = frames.allocate() else { return nil }
    source?.read(page: index, into: frames.host(frame))
    pages[index] = frame
    return frame
  }

  /// Forgets pages, so that shared memory reads as zeros again.
  func punch(_ range: Range<UInt64>) {
    guard isAnonymous else { return }
    for index in range {
      if let frame = pages.removeValue(forKey: index) { frames.put(frame) }
    }
  }

  /// Fills a fresh frame that only the caller owns, without keeping a copy here.
  func fill(_ index: UInt64, _ frame: UInt64) {
    if let cached = pages[index] {
      frames.host(frame).copyMemory(from: frames.host(cached), byteCount: 4096)
    } else {
      source?.read(page: index, into: frames.host(frame))
    }
  }
}
