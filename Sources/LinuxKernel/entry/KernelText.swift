import ELF
import LinuxABI
import X86

/// The kernel's own program: `kernel.elf`, in guest memory.
///
/// Owns the symbols. The bytes are in guest frames, mapped as their segments say; nothing else of
/// the image is kept.
public final class KernelText {
  /// Physical address of the image, as on a PC.
  static let physicalStart: UInt64 = 0x100_0000
  /// Virtual address of `physicalStart`.
  public static let virtualStart: UInt64 = 0xFFFF_FFFF_8100_0000

  /// The file, for tools that want its debugging information.
  public let image: ELFImage
  /// Every name's address.
  public let symbols: [String: UInt64]
  /// The first address after the image, virtual.
  let end: UInt64
  private let memory: PhysicalMemory
  private lazy var table = image.symbolTable()

  /// Copies the image to `physicalStart`; it is not mapped yet.
  init(_ bytes: [UInt8], memory: PhysicalMemory) throws(KernelError) {
    do {
      image = try ELFImage(bytes: bytes)
    } catch {
      throw .badImage("\(error)")
    }
    self.memory = memory
    symbols = image.symbolsByName()
    var end = Self.virtualStart
    for segment in image.programHeaders where segment.kind == .PT_LOAD && segment.memorySize > 0 {
      let offset = segment.virtualAddress &- Self.virtualStart
      guard segment.virtualAddress >= Self.virtualStart, segment.memorySize < 64 << 20,
        offset < 64 << 20, let contents = image.contents(of: segment),
        let target = memory.pointer(Self.physicalStart &+ offset, count: Int(segment.memorySize)),
        contents.count <= Int(segment.memorySize)
      else { throw .badImage("segment at 0x\(String(segment.virtualAddress, radix: 16))") }
      if let base = contents.baseAddress {
        target.copyMemory(from: base, byteCount: contents.count)
      }
      end = max(end, segment.virtualAddress &+ segment.memorySize)
    }
    self.end = (end &+ 4095) & ~4095
  }

  /// The first physical address after the image.
  var physicalEnd: UInt64 { Self.physicalStart &+ (end &- Self.virtualStart) }

  /// Maps the segments: text read and execute, constants read, data read and write.
  func map(in space: KernelAddressSpace) -> Bool {
    for segment in image.programHeaders where segment.kind == .PT_LOAD && segment.memorySize > 0 {
      let start = segment.virtualAddress & ~4095
      let end = (segment.virtualAddress &+ segment.memorySize &+ 4095) & ~4095
      let isMapped = space.map(
        start,
        to: Self.physicalStart &+ (start &- Self.virtualStart),
        pages: Int((end &- start) >> 12),
        isWritable: segment.flags.contains(.PF_W),
        isExecutable: segment.flags.contains(.PF_X)
      )
      guard isMapped else { return false }
    }
    return true
  }

  /// True for an address in the image.
  func contains(_ address: UInt64) -> Bool { address >= Self.virtualStart && address < end }

  /// Host address of `count` bytes of the image, or `nil` when they are not all in it.
  func host(_ address: UInt64, count: Int = 1) -> UnsafeMutableRawPointer? {
    guard contains(address), UInt64(count) <= end &- address else { return nil }
    return memory.pointer(Self.physicalStart &+ (address &- Self.virtualStart), count: count)
  }

  /// Reads an integer of the image; 0 outside it.
  func load<T: FixedWidthInteger & BitwiseCopyable>(_ address: UInt64, as type: T.Type) -> T {
    host(address, count: MemoryLayout<T>.size)?.loadUnaligned(as: T.self) ?? 0
  }

  /// Writes an integer of the image; nothing happens outside it.
  func store<T: FixedWidthInteger & BitwiseCopyable>(_ value: T, _ address: UInt64) {
    host(address, count: MemoryLayout<T>.size)?.storeBytes(of: value, as: T.self)
  }

  /// The address of a symbol that the kernel cannot do without.
  func address(of name: String) throws(KernelError) -> UInt64 {
    guard let address = symbols[name] else { throw .badImage("no symbol \(name)") }
    return address
  }

  /// `name+0x1c/0x40` as an oops prints it, or `nil` outside the image.
  public func describe(_ address: UInt64) -> String? {
    guard contains(address), let (symbol, offset) = table.symbol(covering: address) else {
      return nil
    }
    return "\(symbol.name)+0x\(String(offset, radix: 16))/0x\(String(symbol.byteCount, radix: 16))"
  }
}
