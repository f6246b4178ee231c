import LinuxABI

/// An entry of `__ex_table` with its relative fields resolved.
public struct ExtableEntry: Equatable, Sendable {
  /// The address of the instruction that may fault.
  public let instruction: UInt64
  /// Where to go on.
  public let fixup: UInt64
  /// Type, register, flags and immediate.
  public let data: Int32

  /// How to resolve the fault; `nil` for a number that no handler has.
  public var type: ExtableType? { ExtableType(rawValue: UInt8(truncatingIfNeeded: data)) }
  /// A register in hardware order, for the types that name one.
  var register: UInt8 { UInt8(truncatingIfNeeded: data >> 8) & 15 }
  /// Clear rax.
  var clearsAX: Bool { data >> 12 & 1 != 0 }
  /// Clear rdx.
  var clearsDX: Bool { data >> 12 & 2 != 0 }
  /// A signed 16-bit number, for the types that have one.
  var immediate: Int64 { Int64(data >> 16) }
}

/// `__ex_table`, where it lies in guest memory.
///
/// Nothing of it is kept here: each search reads the guest's bytes, so a changed table changes what
/// happens. An entry is three 32-bit words; the first two are relative to their own address.
///
/// - SeeAlso: Linux `arch/x86/include/asm/extable.h` (v6.1).
public struct ExceptionTable {
  /// Bytes an entry.
  public static let entrySize: UInt64 = 12

  let text: KernelText
  /// `__start___ex_table`.
  public let start: UInt64
  /// `__stop___ex_table`.
  public let stop: UInt64

  /// How many entries there are.
  public var count: Int { Int((stop &- start) / Self.entrySize) }

  /// The entry at an index.
  public subscript(_ index: Int) -> ExtableEntry {
    let address = start &+ UInt64(index) &* Self.entrySize
    return ExtableEntry(
      instruction: resolve(address),
      fixup: resolve(address &+ 4),
      data: text.load(address &+ 8, as: Int32.self)
    )
  }

  /// The target of a self-relative word.
  private func resolve(_ address: UInt64) -> UInt64 {
    address &+ UInt64(bitPattern: Int64(text.load(address, as: Int32.self)))
  }

  private func store(_ entry: ExtableEntry, at index: Int) {
    let address = start &+ UInt64(index) &* Self.entrySize
    text.store(Int32(truncatingIfNeeded: entry.instruction &- address), address)
    text.store(Int32(truncatingIfNeeded: entry.fixup &- (address &+ 4)), address &+ 4)
    text.store(entry.data, address &+ 8)
  }

  /// Sorts the entries by instruction; the relative words are computed anew for each new place.
  ///
  /// - SeeAlso: Linux `lib/extable.c` `sort_extable`, `swap_ex`.
  func sort_extable() {
    let entries = (0..<count).map { self[$0] }
    let sorted = entries.sorted { $0.instruction < $1.instruction }
    for (index, entry) in sorted.enumerated() where entry != entries[index] {
      store(entry, at: index)
    }
  }

  /// The entry for a faulting instruction: an exact match, found by binary search.
  ///
  /// - SeeAlso: Linux `lib/extable.c` `search_extable`.
  public func search_extable(_ address: UInt64) -> ExtableEntry? {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      let entry = self[middle]
      if entry.instruction == address { return entry }
      if entry.instruction < address { low = middle + 1 } else { high = middle }
    }
    return nil
  }
}
