/// Finds the symbol of an address: built once, then a binary search.
public struct SymbolTable: Sendable {
  private let image: ELFImage
  private let sections: [SectionHeader]
  /// Sorted by address; of two at the same address the better name comes later.
  private let symbols: [RawSymbol]
  /// The largest end of any symbol up to this one: where a search may stop.
  private let furthestEnd: [UInt64]

  init(_ image: ELFImage) {
    self.image = image
    sections = image.sections()
    var found: [RawSymbol] = []
    image.forEachRawSymbol(in: sections) { symbol in
      if let kind = symbol.kind, kind != .absolute { found.append(symbol) }
      return true
    }
    found.sort { left, right in
      if left.address != right.address { return left.address < right.address }
      return Self.rank(left) < Self.rank(right)
    }
    symbols = found
    var furthest: UInt64 = 0
    furthestEnd = found.map { symbol in
      furthest = max(furthest, symbol.end)
      return furthest
    }
  }

  /// How good a name is: one with a size, of a function, that other files see.
  private static func rank(_ symbol: RawSymbol) -> Int {
    (symbol.byteCount != 0 ? 4 : 0) + (symbol.kind == .function ? 2 : 0) + (symbol.isGlobal ? 1 : 0)
  }

  /// Whether the file has no symbols.
  public var isEmpty: Bool { symbols.isEmpty }

  /// All symbols that name an address, sorted by it.
  public var all: [Symbol] { symbols.compactMap { image.symbol($0, in: sections) } }

  /// The symbol that covers an address, and the distance from its start.
  ///
  /// A symbol without a size covers what follows up to the next symbol or the section's end, if no
  /// other symbol says that it covers the address.
  public func symbol(covering address: UInt64) -> (symbol: Symbol, offset: UInt64)? {
    var low = 0
    var high = symbols.count
    while low < high {
      let middle = (low + high) / 2
      if symbols[middle].address <= address { low = middle + 1 } else { high = middle }
    }
    let last = low - 1
    var index = last
    while index >= 0, furthestEnd[index] > address {
      if symbols[index].end > address { return result(symbols[index], address) }
      index -= 1
    }
    // A label within a function covers no more than the function does.
    guard last >= 0, furthestEnd[last] == symbols[last].address,
      isInSection(of: symbols[last], address)
    else { return nil }
    return result(symbols[last], address)
  }

  /// The symbol's name and, unless it is 0, the distance: `main+0x1c`.
  public func describe(_ address: UInt64) -> String? {
    guard let (symbol, offset) = symbol(covering: address) else { return nil }
    return offset == 0 ? symbol.name : symbol.name + "+0x" + String(offset, radix: 16)
  }

  private func result(_ raw: RawSymbol, _ address: UInt64) -> (Symbol, UInt64)? {
    image.symbol(raw, in: sections).map { ($0, address &- raw.address) }
  }

  private func isInSection(of symbol: RawSymbol, _ address: UInt64) -> Bool {
    guard sections.indices.contains(Int(symbol.section)) else { return true }
    let section = sections[Int(symbol.section)]
    return address >= section.address && address &- section.address < section.byteCount
  }
}

extension ELFImage {
  /// Builds the table that finds the symbol of an address. It costs a sort: keep it.
  public func symbolTable() -> SymbolTable { SymbolTable(self) }

  /// The address or number that a name stands for, found without building a table.
  public func symbol(named name: String) -> Symbol? {
    let sections = sections()
    var found: Symbol?
    var copy = name
    copy.withUTF8 { wanted in
      forEachRawSymbol(in: sections) { raw in
        guard raw.kind != nil,
          let bytes = rawString(raw.nameOffset, in: names(of: raw, in: sections)),
          bytes.elementsEqual(wanted)
        else { return true }
        found = symbol(raw, in: sections)
        // A local symbol may share its name with a global one, which is then meant.
        return !raw.isGlobal
      }
    }
    return found
  }

  /// All numbers that names stand for, absolute ones included, by name.
  public func symbolsByName() -> [String: UInt64] {
    let sections = sections()
    var found: [String: UInt64] = [:]
    forEachRawSymbol(in: sections) { raw in
      if let symbol = symbol(raw, in: sections), found[symbol.name] == nil || symbol.isGlobal {
        found[symbol.name] = symbol.address
      }
      return true
    }
    return found
  }

  /// Visits the symbols of `.symtab`, then of `.dynsym`, until the body returns false.
  func forEachRawSymbol(in sections: [SectionHeader], _ body: (RawSymbol) -> Bool) {
    for wanted in [SectionHeader.SHT_SYMTAB, SectionHeader.SHT_DYNSYM] {
      for (index, section) in sections.enumerated() where section.kind == wanted {
        guard sections.indices.contains(Int(section.link)), let raw = contents(of: section)
        else { continue }
        for number in 0..<(raw.count / Int(RawSymbol.size)) {
          let symbol = RawSymbol(raw, at: number * Int(RawSymbol.size), table: index)
          if !body(symbol) { return }
        }
      }
    }
  }

  private func names(of raw: RawSymbol, in sections: [SectionHeader]) -> SectionHeader {
    sections[Int(sections[raw.table].link)]
  }

  /// Reads a symbol's name; nothing if it has none.
  func symbol(_ raw: RawSymbol, in sections: [SectionHeader]) -> Symbol? {
    guard let kind = raw.kind,
      let name = string(raw.nameOffset, in: names(of: raw, in: sections)), !name.isEmpty
    else { return nil }
    return Symbol(
      name: name,
      address: raw.address,
      byteCount: raw.byteCount,
      kind: kind,
      isGlobal: raw.isGlobal
    )
  }
}
