import LinuxABI
import X86

/// Kernel memory in the direct map: contiguous frames that kernel text and Swift can both reach.
public struct KernelBuffer {
  /// Its kernel virtual address.
  public let address: UInt64
  /// Its host address.
  public let host: UnsafeMutableRawPointer
  /// Bytes.
  public let count: Int

  /// A buffer.
  init(address: UInt64, host: UnsafeMutableRawPointer, count: Int) {
    self.address = address
    self.host = host
    self.count = count
  }
}

/// A task's kernel stack: 16 KiB with an unmapped page below.
///
/// - SeeAlso: Linux `arch/x86/include/asm/page_64_types.h` `THREAD_SIZE`.
struct KernelStack {
  /// Bytes of a kernel stack.
  static let THREAD_SIZE = 16384

  /// The address just above the stack.
  let top: UInt64
  /// The host address just above the stack.
  let hostTop: UnsafeMutableRawPointer

  /// The `pt_regs` of the entry from user mode: always at the very top.
  var ptRegs: PtRegsView { PtRegsView(base: hostTop - PtRegs.size) }

  /// The host address of a quadword on the stack, or `nil` for any other address.
  @inline(__always)
  func host(_ address: UInt64) -> UnsafeMutableRawPointer? {
    let depth = top &- address
    guard depth >= 8, depth <= UInt64(Self.THREAD_SIZE) else { return nil }
    return hostTop - Int(depth)
  }
}

/// The kernel half of every address space: image, direct map, kernel stacks.
///
/// Owns the tables below the upper half of the top table. They are all made at boot, so that
/// address spaces can copy the top entries and share the rest.
final class KernelAddressSpace {
  /// Where all physical memory is mapped.
  ///
  /// - SeeAlso: Linux `Documentation/arch/x86/x86_64/mm.rst`.
  static let PAGE_OFFSET: UInt64 = 0xFFFF_8880_0000_0000
  /// Where kernel stacks are.
  static let VMALLOC_START: UInt64 = 0xFFFF_C900_0000_0000
  /// Where the image is.
  static let START_KERNEL_map: UInt64 = 0xFFFF_FFFF_8000_0000

  let frames: FrameAllocator
  /// Physical address of the top table, which `init_mm` uses.
  let pgd: UInt64
  private var nextStack = VMALLOC_START
  private var slab: (address: UInt64, room: Int) = (0, 0)
  private var freeStacks: [KernelStack] = []

  /// Tables for the direct map and the areas that grow later.
  init?(frames: FrameAllocator) {
    guard let top = frames.allocate() else { return nil }
    self.frames = frames
    pgd = top
    guard mapDirectly() else { return nil }
    // Later mappings must not need a new entry in the top table.
    for area in [Self.VMALLOC_START, Self.START_KERNEL_map] {
      guard pte(area) != nil else { return nil }
    }
  }

  /// Maps all memory at `PAGE_OFFSET` with 2 MiB pages, readable and writable.
  private func mapDirectly() -> Bool {
    let large: UInt64 = 2 << 20
    var physical: UInt64 = 0
    while physical < UInt64(frames.memory.size) {
      let address = Self.PAGE_OFFSET &+ physical
      guard let directory = table(address, level: 2) else { return false }
      let bits =
        PageTableEntry.present | PageTableEntry.writable | PageTableEntry.large
        | PageTableEntry.noExecute | PageTableEntry.accessed | PageTableEntry.dirty
      var index = Int(address >> 21 & 511)
      while index < 512, physical < UInt64(frames.memory.size) {
        directory[index] = physical | bits
        physical &+= large
        index += 1
      }
    }
    return true
  }

  /// The table of the given level (2: directory, 1: last) for an address.
  private func table(_ address: UInt64, level: Int) -> UnsafeMutablePointer<UInt64>? {
    var table = frames.host(pgd).assumingMemoryBound(to: UInt64.self)
    for step in stride(from: 4, to: level, by: -1) {
      let slot = table + Int(address >> UInt64(3 + 9 * step) & 511)
      if slot.pointee & PageTableEntry.present == 0 {
        guard let frame = frames.allocate() else { return nil }
        slot.pointee =
          frame | PageTableEntry.present | PageTableEntry.writable | PageTableEntry.accessed
      }
      table = frames.host(slot.pointee & PageTableEntry.frameMask)
        .assumingMemoryBound(to: UInt64.self)
    }
    return table
  }

  private func pte(_ address: UInt64) -> UnsafeMutablePointer<UInt64>? {
    table(address, level: 1).map { $0 + Int(address >> 12 & 511) }
  }

  /// Maps pages for supervisor use.
  func map(
    _ address: UInt64,
    to physical: UInt64,
    pages: Int,
    isWritable: Bool,
    isExecutable: Bool
  ) -> Bool {
    for page in 0..<UInt64(pages) {
      guard let entry = pte(address &+ page << 12) else { return false }
      var value = (physical &+ page << 12) | PageTableEntry.present | PageTableEntry.accessed
      if isWritable { value |= PageTableEntry.writable | PageTableEntry.dirty }
      if !isExecutable { value |= PageTableEntry.noExecute }
      entry.pointee = value
    }
    return true
  }

  /// Memory for kernel objects, zeroed and never given back; 16-byte aligned.
  ///
  /// - Returns: `nil` when memory is full.
  func kmalloc(_ count: Int) -> KernelBuffer? {
    let size = (count + 15) & ~15
    if size > slab.room {
      let pages = max(1, (size + 4095) / 4096)
      guard let start = frames.allocateContiguous(pages) else { return nil }
      slab = (start, pages * 4096)
    }
    let physical = slab.address
    slab = (physical &+ UInt64(size), slab.room - size)
    return KernelBuffer(
      address: Self.PAGE_OFFSET &+ physical,
      host: frames.host(physical),
      count: count
    )
  }

  /// A kernel stack; the page below it is not mapped.
  func alloc_thread_stack() -> KernelStack? {
    if let stack = freeStacks.popLast() { return stack }
    let pages = KernelStack.THREAD_SIZE / 4096
    guard let physical = frames.allocateContiguous(pages) else { return nil }
    let bottom = nextStack &+ UInt64(KernelStack.THREAD_SIZE)
    nextStack &+= 2 * UInt64(KernelStack.THREAD_SIZE)
    guard map(bottom, to: physical, pages: pages, isWritable: true, isExecutable: false) else {
      return nil
    }
    return KernelStack(
      top: bottom &+ UInt64(KernelStack.THREAD_SIZE),
      hostTop: frames.host(physical) + KernelStack.THREAD_SIZE
    )
  }

  /// Takes a stack back.
  func free_thread_stack(_ stack: KernelStack) { freeStacks.append(stack) }
}

extension Kernel {
  /// Zeroed memory for a kernel object, at a kernel address; never given back.
  public func kmalloc(_ count: Int) throws(Errno) -> KernelBuffer {
    guard let buffer = kernelSpace.kmalloc(count) else { throw .ENOMEM }
    return buffer
  }
}
