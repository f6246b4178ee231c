import X86

extension Kernel {
  /// Zeros, as many as a page has.
  var zeros: UnsafeRawBufferPointer {
    guard let zero = frames.zeroPage() else { return UnsafeRawBufferPointer(start: nil, count: 0) }
    return UnsafeRawBufferPointer(start: frames.host(zero), count: 4096)
  }

  /// Writes into a page of a file; programs that execute it see the change.
  func write_page(_ frame: UInt64, _ offset: Int, _ bytes: UnsafeRawBufferPointer) {
    guard let base = bytes.baseAddress else { return }
    (frames.host(frame) + offset).copyMemory(from: base, byteCount: bytes.count)
    frames.contentsChanged(frame)
  }

  /// Unmaps the pages of a file from a file page on, wherever they are mapped.
  ///
  /// - SeeAlso: Linux `mm/memory.c` `unmap_mapping_range`.
  func unmap_mapping_range(_ cache: PageCache, from first: UInt64, to last: UInt64 = .max) {
    var seen: [MM] = []
    for task in tasks.values {
      guard let mm = task.mm, !seen.contains(where: { $0 === mm }) else { continue }
      seen.append(mm)
      for vma in mm.vmas where vma.cache === cache {
        let pages = (vma.end &- vma.start) >> 12
        let start = max(first, vma.pageOffset)
        let end = min(last, vma.pageOffset &+ pages)
        guard start < end else { continue }
        mm.zap_page_range(
          vma.start &+ (start &- vma.pageOffset) << 12,
          vma.start &+ (end &- vma.pageOffset) << 12
        )
      }
    }
  }

  /// Makes a range of a file read as zeros, and gives its pages back.
  ///
  /// - SeeAlso: Linux `mm/truncate.c` `truncate_pagecache_range`.
  func punch_hole(_ cache: PageCache, _ range: Range<UInt64>) {
    let whole = (range.lowerBound &+ 4095) >> 12
    let end = range.upperBound >> 12
    if whole < end {
      unmap_mapping_range(cache, from: whole, to: end)
      cache.punch(whole..<end)
    }
    func clear(_ start: UInt64, _ end: UInt64) {
      guard start < end, cache.isResident(start >> 12), let frame = cache.frame(start >> 12) else {
        return
      }
      let zero = UnsafeRawBufferPointer(rebasing: zeros[..<Int(end &- start)])
      write_page(frame, Int(start & 4095), zero)
    }
    clear(range.lowerBound, min(range.upperBound, whole << 12))
    if end >= whole { clear(end << 12, range.upperBound) }
  }
}

extension MM {
  /// Notes which open file a new mapping belongs to.
  func set_file(_ address: UInt64, _ file: File) {
    guard let index = index(containing: address) else { return }
    vmas[index].file = file
    merge_vmas(index, index + 1)
  }
}
