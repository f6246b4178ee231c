#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// What is known of one micro-op of the arena without costing the hot path anything.
struct MicroOpNote {
  /// Address of the instruction it belongs to.
  var rip: UInt64
  /// Index of its block.
  var block: Int32
  /// Instructions of the block that are done when it starts.
  var retired: UInt16
  /// Bytes of its instruction.
  var length: UInt8
  /// For a direct branch and for its stub: how many micro-ops they are apart; else 0.
  var stubDistance: UInt16 = 0
}

/// A run of translated instructions that is entered only at its start.
struct BasicBlock {
  /// Address of the first instruction.
  let rip: UInt64
  /// First micro-op.
  let entry: Raw
  /// Physical addresses of the code bytes: first byte, and the byte past the last one in each page.
  let firstRange: Range<UInt64>
  let secondRange: Range<UInt64>
  let key: BlockKey
  /// Stubs of direct branches that have been linked to this block, to unlink when it is dropped.
  var incoming: [Raw] = []
  var isValid = true
}

/// Which block: the same address may hold other code for another address space.
struct BlockKey: Hashable {
  let rip: UInt64
  /// Physical page of the first byte, so that a changed mapping finds other code, and address spaces
  /// with the same code share it; bit 0: user mode,
  /// bit 1: a block of one instruction, for stepping.
  let page: UInt64
}

/// Translated code: an arena of micro-ops, notes that run parallel to it, and the blocks.
///
/// Owns the micro-ops; does not own guest memory.
final class CodeCache {
  static let capacity = 1 << 20
  /// Micro-ops that one block may need at most.
  static let reserve = 1024

  /// What translated code may use of the host. Tests take some of it away.
  var host = HostFeatures.current
  let arena: Raw
  let notes: UnsafeMutablePointer<MicroOpNote>
  private(set) var used = 0
  /// Counts how often the cache was emptied.
  private(set) var generation = 0
  var blocks: [BasicBlock] = []
  /// Frames that `FrameMark.code` was set for.
  var markedPages: [UInt64] = []
  var index: [BlockKey: Int32] = [:]
  /// Instructions that are executed outside the handlers; a micro-op's immediate is an index.
  var callouts: [Instruction] = []
  /// Blocks with bytes in a physical page.
  private var blocksOfPage: [UInt64: [Int32]] = [:]
  /// Blocks with bytes in a virtual page.
  private var blocksAt: [UInt64: [Int32]] = [:]

  init?() {
    #if canImport(Glibc)
    let flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE
    #else
    let flags = MAP_PRIVATE | MAP_ANON
    #endif
    let bytes = Self.capacity * MicroOp.size
    let noteBytes = Self.capacity * MemoryLayout<MicroOpNote>.stride
    guard let a = mmap(nil, bytes, PROT_READ | PROT_WRITE, flags, -1, 0), a != MAP_FAILED,
      let n = mmap(nil, noteBytes, PROT_READ | PROT_WRITE, flags, -1, 0), n != MAP_FAILED
    else { return nil }
    arena = a
    notes = n.bindMemory(to: MicroOpNote.self, capacity: Self.capacity)
  }

  deinit {
    munmap(arena, Self.capacity * MicroOp.size)
    munmap(notes, Self.capacity * MemoryLayout<MicroOpNote>.stride)
  }

  /// The micro-op that the next `append` will make.
  var position: Raw { arena + used &* MicroOp.size }

  /// False when the arena must be emptied before another block is translated.
  var hasRoom: Bool { used &+ Self.reserve < Self.capacity }

  /// The note of a micro-op.
  func note(_ pc: Raw) -> MicroOpNote { notes[(pc - arena) / MicroOp.size] }

  /// The stub of a direct branch.
  func stub(of branch: Raw) -> Raw { branch + Int(note(branch).stubDistance) &* MicroOp.size }

  /// The direct branch that has this stub.
  func branch(of stub: Raw) -> Raw { stub - Int(note(stub).stubDistance) &* MicroOp.size }

  /// Notes that a direct branch has a stub.
  func join(_ branch: Raw, _ stub: Raw) {
    let distance = UInt16(truncatingIfNeeded: (stub - branch) / MicroOp.size)
    notes[(branch - arena) / MicroOp.size].stubDistance = distance
    notes[(stub - arena) / MicroOp.size].stubDistance = distance
  }

  /// Adds a micro-op to the arena.
  func append(_ op: MicroOp, _ note: MicroOpNote) -> Raw {
    let pc = position
    pc.initializeMemory(as: MicroOp.self, to: op)
    notes[used] = note
    used &+= 1
    return pc
  }

  /// Registers a finished block.
  func insert(_ block: BasicBlock) {
    let number = Int32(truncatingIfNeeded: blocks.count)
    blocks.append(block)
    index[block.key] = number
    let page = block.rip & ~4095
    blocksAt[page, default: []].append(number)
    if !block.secondRange.isEmpty { blocksAt[page &+ 4096, default: []].append(number) }
    blocksOfPage[block.firstRange.lowerBound >> 12, default: []].append(number)
    if !block.secondRange.isEmpty {
      blocksOfPage[block.secondRange.lowerBound >> 12, default: []].append(number)
    }
  }

  /// True when a physical page holds bytes of a block.
  func hasCode(page: UInt64) -> Bool { blocksOfPage[page] != nil }

  /// Drops the blocks that have bytes in a range of one physical page.
  ///
  /// Their micro-ops stay where they are, so a block that is running may finish.
  ///
  /// - Returns: addresses of those that were dropped.
  func drop(_ range: Range<UInt64>, unlink: (Raw) -> Void) -> [UInt64] {
    let page = range.lowerBound >> 12
    guard let numbers = blocksOfPage[page] else { return [] }
    var dropped: [UInt64] = []
    var kept: [Int32] = []
    for n in numbers {
      let block = blocks[Int(n)]
      guard block.isValid else { continue }
      guard block.firstRange.overlaps(range) || block.secondRange.overlaps(range) else {
        kept.append(n)
        continue
      }
      blocks[Int(n)].isValid = false
      dropped.append(block.rip)
      for stub in block.incoming { unlink(stub) }
      blocks[Int(n)].incoming = []
      if index[block.key] == n { index[block.key] = nil }
    }
    blocksOfPage[page] = kept.isEmpty ? nil : kept
    return dropped
  }

  /// True when some block has bytes in a virtual page.
  func mayHaveCode(virtualPage page: UInt64) -> Bool { blocksAt[page] != nil }

  /// Makes direct branches to blocks of a virtual page look their target up again.
  func unlinkBlocks(virtualPage page: UInt64, unlink: (Raw) -> Void) {
    guard let numbers = blocksAt[page] else { return }
    for n in numbers {
      for stub in blocks[Int(n)].incoming { unlink(stub) }
      blocks[Int(n)].incoming = []
    }
    // Blocks of programs that are gone would pile up.
    let valid = numbers.filter { blocks[Int($0)].isValid }
    if valid.count < numbers.count { blocksAt[page] = valid.isEmpty ? nil : valid }
  }

  /// Empties everything.
  func removeAll() {
    used = 0
    generation &+= 1
    blocks.removeAll()
    index.removeAll()
    callouts.removeAll()
    blocksOfPage.removeAll()
    blocksAt.removeAll()
  }
}
