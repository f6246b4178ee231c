#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// One x86-64 processor: its registers, and the interpreter that runs it.
///
/// Knows no Linux. Exceptions do not vector through an IDT: `run` returns them with precise state,
/// and whoever models the kernel decides.
public final class VCPU {
  /// Guest physical memory.
  public let memory: PhysicalMemory
  /// What CPUID says.
  public let model: CPUModel
  /// A fetch in this range at CPL 0 leaves `run` with `ExitReason.hostCall`.
  public var hostCallRange: Range<UInt64> = 0..<0

  /// CS SS DS ES FS GS.
  public var cs: UInt16 = 0x10
  /// Stack segment selector.
  public var ss: UInt16 = 0x18
  /// Data segment selector.
  public var ds: UInt16 = 0
  /// Extra segment selector.
  public var es: UInt16 = 0
  /// FS selector.
  public var fs: UInt16 = 0
  /// GS selector.
  public var gs: UInt16 = 0
  /// What SWAPGS exchanges the GS base with.
  public var kernelGSBase: UInt64 = 0
  /// IA32_STAR.
  public var star: UInt64 = 0
  /// IA32_LSTAR: where SYSCALL goes.
  public var lstar: UInt64 = 0
  /// IA32_FMASK: RFLAGS bits that SYSCALL clears.
  public var fmask: UInt64 = 0
  /// IA32_TSC_AUX.
  public var tscAux: UInt32 = 0
  /// Where RDRAND and RDSEED get their numbers; nil, or an answer of nil: there is none.
  public var entropy: (() -> UInt64?)?
  /// What only system software sees.
  var system = SystemRegisters()

  /// Storage of the `CPUState`, the vector registers and the bounce area.
  let cpu: Raw
  /// Memory contexts in force: user, supervisor, supervisor with AC.
  var contexts: (Raw, Raw, Raw)
  /// Address spaces that are remembered; the one in force is among them.
  var spaces: [AddressSpace]
  /// Counts switches of the address space.
  var switches: UInt64 = 0
  /// Identities given out so far.
  var identities: UInt64 = 2
  let cache: CodeCache
  /// Executes what the first x86-64 processors lacked without the host's instructions. For tests.
  var usesPortableVectors = false {
    didSet { cache.host = usesPortableVectors ? [] : HostFeatures.current }
  }
  /// Compute x87 results without the host's x87 unit. For tests.
  var usesSoftX87 = false {
    didSet { updateX87Slow() }
  }
  /// Instructions retired in completed runs.
  var retired: UInt64 = 0
  /// `CPUState.budget` at the start of the current slice.
  var sliceBudget: Int64 = 0
  /// Instructions of the current block that are done before the current callout.
  var calloutRetired: UInt16 = 0
  private let frameMarks: Raw
  private let frameMarkBytes: Int
  let contextBytes: Int

  /// A processor after reset, in 64-bit mode at CPL 0, on `memory`.
  ///
  /// - Returns: nil when the host gives no memory for it.
  public init?(memory: PhysicalMemory, model: CPUModel = .v3) {
    guard let cache = CodeCache() else { return nil }
    self.memory = memory
    self.model = model
    self.cache = cache
    frameMarkBytes = max(memory.size >> 12, 4096)
    contextBytes = (MemoryContext.size &+ 4095) & ~4095
    guard let marks = hostPages(frameMarkBytes), let c = hostPages(contextBytes &* 3),
      let state = hostPages(Slot.size)
    else { return nil }
    frameMarks = marks
    contexts = (c, c + 2 &* contextBytes, c + contextBytes)
    spaces = [AddressSpace(root: 0, identity: 1, user: contexts.0, access: contexts.2)]
    cpu = state
    cpu.initializeMemory(as: CPUState.self, to: CPUState())
    (cpu + Slot.x87Unit).initializeMemory(as: X87Unit.self, to: X87Unit())
    cpu.state.pointee.physicalBase = UInt64(UInt(bitPattern: memory.base))
    cpu.state.pointee.physicalSize = UInt64(memory.size)
    cpu.state.pointee.frameMarks = UInt64(UInt(bitPattern: marks))
    (scratchPC(cpu) + MicroOp.size).initializeMemory(
      as: MicroOp.self,
      to: MicroOp { finishBounce($0, $1, $2) }
    )
    for mem in [contexts.0, contexts.1, contexts.2] {
      MemoryContext.prepare(mem)
    }
  }

  deinit {
    munmap(frameMarks, frameMarkBytes)
    for (n, space) in spaces.enumerated() {
      munmap(space.user, contextBytes &* (n == 0 ? 3 : 2))
    }
    munmap(cpu, Slot.size)
  }

  /// The context for the privilege in force.
  var context: Raw {
    if cpu.state.pointee.cpl == 3 { return contexts.0 }
    return cpu.state.pointee.otherFlags & RFLAGS.ac.rawValue == 0 ? contexts.1 : contexts.2
  }
}

/// Zeroed pages of the host, or nil.
func hostPages(_ bytes: Int) -> Raw? {
  #if canImport(Glibc)
  let flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE
  #else
  let flags = MAP_PRIVATE | MAP_ANON
  #endif
  guard let p = mmap(nil, bytes, PROT_READ | PROT_WRITE, flags, -1, 0), p != MAP_FAILED else {
    return nil
  }
  return p
}
