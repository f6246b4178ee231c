import LinuxABI

/// The program's memory, as a tracer reads it: nothing faults, and what is missing is missing.
struct StraceMemory {
  /// Reads as many bytes as there are, and says how many.
  let read: (_ address: UInt64, _ buffer: UnsafeMutableRawBufferPointer) -> Int

  /// Bytes, all of them or none.
  func bytes(_ address: UInt64, _ count: Int) -> [UInt8]? {
    let bytes = available(address, count)
    return bytes.count == count ? bytes : nil
  }

  /// As many bytes as there are.
  func available(_ address: UInt64, _ count: Int) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: count) { buffer, done in
      done = count == 0 ? 0 : read(address, UnsafeMutableRawBufferPointer(buffer))
    }
  }

  /// A structure, or nothing when a byte of it is missing.
  func structure<S: ABIStructure>(_ address: UInt64, as type: S.Type = S.self) -> S? {
    bytes(address, S.size).flatMap { S(bytes: $0) }
  }

  /// An integer, or nothing when a byte of it is missing.
  func integer<T: FixedWidthInteger & BitwiseCopyable>(
    _ address: UInt64,
    as type: T.Type = T.self
  ) -> T? {
    bytes(address, MemoryLayout<T>.size)?.withUnsafeBytes { $0.loadLittleEndian(at: 0) }
  }

  /// A text without its zero byte, and whether there was one in `limit` bytes.
  ///
  /// Nothing when the memory ends first.
  func text(_ address: UInt64, limit: Int) -> (bytes: ArraySlice<UInt8>, isTerminated: Bool)? {
    let bytes = available(address, limit)
    if let end = bytes.firstIndex(of: 0) { return (bytes[..<end], true) }
    return bytes.count == limit ? (bytes[...], false) : nil
  }
}

extension Task {
  /// The task's memory for a tracer. Pages that were never touched are brought in, as
  /// `process_vm_readv` does.
  var straceMemory: StraceMemory {
    StraceMemory { [weak self] address, buffer in
      var done = 0
      while done < buffer.count,
        let page = self?.mm?.get_user_page(address &+ UInt64(done), isWrite: false)
      {
        let count = min(page.count, buffer.count - done)
        UnsafeMutableRawBufferPointer(rebasing: buffer[done..<(done + count)])
          .copyMemory(from: UnsafeRawBufferPointer(start: page.host, count: count))
        done += count
      }
      return done
    }
  }
}
