/// An ELF file: its header, its segments and, on demand, its sections and symbols.
///
/// Any bytes may be given: what is wrong is an ``ELFError``, and nothing traps. The checks are those
/// that Linux makes before it gives up the old program, in its order; the judgement on a single
/// segment comes with ``checkSegment(_:)``, because Linux finds out only while it maps.
///
/// - SeeAlso: Linux `fs/binfmt_elf.c` `load_elf_binary`.
public struct ELFImage: Sendable {
  /// What the caller wants to do with the file.
  public enum Purpose: Sendable {
    /// Run it: it must be a program with segments.
    case execution
    /// Look at it: object files and files without segments are welcome too.
    case inspection
  }

  /// The end of the user's addresses.
  ///
  /// - SeeAlso: Linux `arch/x86/include/asm/page_64_types.h` `TASK_SIZE_MAX`.
  static let taskSize: UInt64 = 0x7fff_ffff_f000

  /// The file.
  public let bytes: ELFBytes
  /// The first 64 bytes.
  public let header: ELFHeader
  /// The segments, in the file's order.
  public let programHeaders: [ProgramHeader]

  /// Reads the header and the program headers.
  public init(_ bytes: ELFBytes, for purpose: Purpose = .execution) throws(ELFError) {
    try Self.checkMagic(bytes)
    guard let header = ELFHeader(bytes) else {
      throw .truncatedHeader(byteCount: bytes.count)
    }
    guard header.machine == .EM_X86_64 else {
      // Only for the message: a big-endian file has its machine the other way round.
      let bigEndian = header.identData == 2
      let number = header.machine.rawValue
      throw .wrongMachine(ELFMachine(rawValue: bigEndian ? number.byteSwapped : number))
    }
    self.bytes = bytes
    self.header = header
    programHeaders = try Self.readProgramHeaders(bytes, header, purpose)
  }

  /// Reads an array's bytes.
  public init(bytes: [UInt8], for purpose: Purpose = .execution) throws(ELFError) {
    try self.init(ELFBytes(bytes), for: purpose)
  }

  private static func checkMagic(_ bytes: ELFBytes) throws(ELFError) {
    guard let start = bytes.slice(at: 0, count: min(bytes.count, 256)), !start.isEmpty else {
      throw .empty
    }
    if start.count >= 2, start[0] == 0x23, start[1] == 0x21 {
      let line = start.dropFirst(2).prefix { $0 != 0x0a }
      let words = line.split(whereSeparator: { $0 == 0x20 || $0 == 0x09 })
      throw .script(interpreter: words.first.map { String(decoding: $0, as: UTF8.self) } ?? "")
    }
    let magic: [UInt8] = [0x7f, 0x45, 0x4c, 0x46]
    guard start.starts(with: magic) else {
      throw .notELF(firstBytes: [UInt8](start.prefix(4)))
    }
  }

  private static func readProgramHeaders(
    _ bytes: ELFBytes,
    _ header: ELFHeader,
    _ purpose: Purpose
  ) throws(ELFError) -> [ProgramHeader] {
    let count = header.programHeaderCount
    if purpose == .inspection, count == 0 { return [] }
    guard purpose == .inspection || header.type == .ET_EXEC || header.type == .ET_DYN else {
      throw .wrongType(header.type)
    }
    guard header.programHeaderEntrySize == ProgramHeader.size else {
      throw .badProgramHeaderSize(header.programHeaderEntrySize, is32Bit: header.identClass == 1)
    }
    guard count != 0 else { throw .noProgramHeaders }
    let tableSize = UInt64(count) * ProgramHeader.size
    guard tableSize <= 65536 else { throw .tooManyProgramHeaders(count) }
    guard let table = bytes.slice(at: header.programHeaderOffset, count: tableSize) else {
      throw .truncatedProgramHeaders(
        offset: header.programHeaderOffset,
        byteCount: tableSize,
        fileSize: bytes.count
      )
    }
    return (0..<Int(count)).map { ProgramHeader(table, at: $0 * Int(ProgramHeader.size)) }
  }

  /// The path of the dynamic linker without its terminating zero, or nothing for a static program.
  ///
  /// It is bytes, not text, because a path may hold any.
  public func interpreterPath() throws(ELFError) -> [UInt8]? {
    guard let segment = programHeaders.first(where: { $0.kind == .PT_INTERP }) else { return nil }
    guard (2...4096).contains(segment.fileSize) else {
      throw .badInterpreterPath(fileSize: segment.fileSize)
    }
    guard let path = bytes.slice(at: segment.fileOffset, count: segment.fileSize) else {
      throw .interpreterPathBeyondFile(offset: segment.fileOffset, fileSize: bytes.count)
    }
    guard path.last == 0 else { throw .badInterpreterPath(fileSize: segment.fileSize) }
    return [UInt8](path.prefix { $0 != 0 })
  }

  /// Judges one segment for loading at its own address.
  ///
  /// Linux does not refuse such a file: it maps what it can and kills the process. A segment that
  /// ends beyond the file is an error here, too, though Linux starts the program and sends SIGBUS
  /// when it touches the missing bytes.
  public func checkSegment(_ index: Int) throws(ELFError) {
    guard programHeaders.indices.contains(index) else { return }
    let segment = programHeaders[index]
    guard segment.kind == .PT_LOAD else { return }
    guard segment.fileSize <= segment.memorySize else {
      throw .segmentLargerInFile(
        index: index,
        fileSize: segment.fileSize,
        memorySize: segment.memorySize
      )
    }
    guard segment.memorySize <= Self.taskSize,
      segment.virtualAddress <= Self.taskSize - segment.memorySize
    else {
      throw .segmentOutsideAddressSpace(
        index: index,
        virtualAddress: segment.virtualAddress,
        memorySize: segment.memorySize
      )
    }
    guard (segment.virtualAddress &- segment.fileOffset) & 4095 == 0 else {
      throw .segmentMisaligned(
        index: index,
        virtualAddress: segment.virtualAddress,
        fileOffset: segment.fileOffset
      )
    }
    guard bytes.slice(at: segment.fileOffset, count: segment.fileSize) != nil else {
      throw .segmentBeyondFile(
        index: index,
        end: segment.fileOffset &+ segment.fileSize,
        fileSize: bytes.count
      )
    }
  }

  /// The bytes of a segment that are in the file; nothing if it reaches beyond the file's end.
  ///
  /// The memory is valid as long as ``bytes`` lives.
  public func contents(of segment: ProgramHeader) -> UnsafeRawBufferPointer? {
    bytes.slice(at: segment.fileOffset, count: segment.fileSize)
  }
}

// MARK: - Sections

extension ELFImage {
  /// The sections in the file's order, the empty first one included.
  ///
  /// A damaged table is an empty one: nobody needs sections to run a program.
  public func sections() -> [SectionHeader] {
    guard header.sectionHeaderOffset != 0, header.sectionHeaderEntrySize == SectionHeader.size
    else { return [] }
    var sections: [SectionHeader] = []
    for index in 0..<UInt64(header.sectionHeaderCount) {
      let offset = header.sectionHeaderOffset.addingReportingOverflow(index * SectionHeader.size)
      guard !offset.overflow,
        let raw = bytes.slice(at: offset.partialValue, count: SectionHeader.size)
      else { return [] }
      sections.append(SectionHeader(raw))
    }
    if sections.indices.contains(Int(header.sectionNameIndex)) {
      let names = sections[Int(header.sectionNameIndex)]
      for index in sections.indices {
        sections[index].name = string(sections[index].nameOffset, in: names) ?? ""
      }
    }
    return sections
  }

  /// The bytes of a section, or nothing if it has none in the file or reaches beyond its end.
  ///
  /// The memory is valid as long as ``bytes`` lives.
  public func contents(of section: SectionHeader) -> UnsafeRawBufferPointer? {
    guard section.kind != SectionHeader.SHT_NOBITS else { return nil }
    return bytes.slice(at: section.fileOffset, count: section.byteCount)
  }

  /// A zero-terminated text in a section of texts.
  func string(_ offset: UInt32, in table: SectionHeader) -> String? {
    rawString(offset, in: table).map { String(decoding: $0, as: UTF8.self) }
  }

  func rawString(_ offset: UInt32, in table: SectionHeader) -> UnsafeRawBufferPointer? {
    let end = table.fileOffset.addingReportingOverflow(table.byteCount)
    let start = table.fileOffset.addingReportingOverflow(UInt64(offset))
    guard !end.overflow, !start.overflow else { return nil }
    return bytes.string(at: start.partialValue, limit: min(end.partialValue, bytes.count))
  }
}
