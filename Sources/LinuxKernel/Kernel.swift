import ELF
import LinuxABI
import X86

/// What a machine is made of, as its owner chooses it before power-on.
public struct KernelConfiguration {
  /// Bytes of guest memory; the host gives pages only as they are touched.
  public var memorySize = 4 << 30
  /// The processor.
  public var cpuModel: CPUModel = .v3
  /// The kernel command line, such as `uts.copy_under_lock=0 quiet`.
  public var commandLine = ""
  /// The user and group that init runs as.
  public var uid: UInt32 = 0
  /// See `uid`.
  public var gid: UInt32 = 0
  /// Capabilities that init does not get; bit n is capability n.
  public var droppedCapabilities: UInt64 = 0

  /// Root, 4 GiB, the default processor.
  public init() {}
}

/// The kernel of one machine, from power-on to power-off.
///
/// Owns the CPU, the guest's memory, all tasks and the kernel log. Knows no debugger and no
/// terminal: the outside is a `HostPort`, and whoever wants to watch sets `eventHandler`.
public final class Kernel {
  /// As given at power-on.
  public let configuration: KernelConfiguration
  /// Parameters of the command line: name -> value; a flag's value is empty.
  public let parameters: [String: String]
  /// The processor.
  public let cpu: VCPU
  /// The guest's RAM.
  public let memory: PhysicalMemory
  /// The outside.
  public let host: any HostPort
  /// What system calls remember between each other.
  let syscallState = SyscallState()
  /// The file systems.
  private(set) lazy var vfs = VFS(self)
  /// Who waits for the host's descriptors.
  let hostWaiters = HostWaiters()
  /// Names the place of an instruction, for diagnostics: `main+0x12`.
  public var symbolizer: ((Task, UInt64) -> String?)?
  /// The kernel log.
  public let log = KernelLog()

  // Memory

  /// The kernel's program and variables.
  public let text: KernelText
  /// Addresses of Swift functions.
  public internal(set) var swiftText = SwiftText()
  /// Who uses which frame.
  let frames: FrameAllocator
  /// The kernel half of all address spaces.
  let kernelSpace: KernelAddressSpace
  /// `__ex_table`.
  public private(set) var exceptionTable: ExceptionTable
  /// The kernel text that touches user memory.
  let uaccess: UaccessText
  /// The processor's own area: guest address, and the same for the host.
  var percpu: UInt64 = 0
  /// See `percpu`.
  var percpuHost: UnsafeMutableRawPointer

  // Tasks

  /// Runs the kernel side of all tasks.
  let executor = KernelExecutor()
  /// The task whose registers are in the CPU.
  public internal(set) var current: Task?
  /// All tasks that are not yet reaped, by pid.
  public internal(set) var tasks: [Int32: Task] = [:]
  /// Where the running task waits when the owner's limit is reached.
  let paused = WaitSlot()
  /// Sleepers with a deadline.
  var timers = TimerQueue()
  /// Virtual time that passed while every task slept, in nanoseconds.
  var skippedTime: Int64 = 0
  /// Instruction count at which this call of `run` ends.
  var limit: UInt64 = 0
  /// Instruction count at which the current task's turn ends.
  var sliceEnd: UInt64 = 0
  /// Why this call of `run` ends.
  var stop: KernelStop?
  /// Why no task will ever run again.
  var finalStop: KernelStop?
  /// The Swift function that kernel text returns to when no system call is under way.
  var kernelFrame: UInt64 = 0

  // Observation

  /// Counters.
  public internal(set) var statistics = KernelStatistics()
  /// Called with each event; `nil` costs nothing.
  public var eventHandler: ((KernelEvent) -> Void)?
  /// Oopses so far.
  var oopsCount = 0
  /// The warning of a general protection fault in a user access was given.
  var hasWarnedOfUserAccess = false

  /// Guards the names of all namespaces.
  public private(set) lazy var uts_sem = RWSemaphore(
    "uts_sem",
    memory: variable("uts_sem", size: RWSemaphore.size),
    kernel: self
  )
  /// The initial names.
  public private(set) lazy var init_uts_ns = UTSNamespace(
    memory: variable("init_uts_ns", size: UTSNamespace.size),
    user_ns: .init_user_ns
  )
  /// Held while the machine goes down.
  public private(set) lazy var system_transition_mutex = Mutex(
    "system_transition_mutex",
    memory: variable("system_transition_mutex", size: Mutex.size),
    kernel: self
  )
  /// Calls that were named on the diagnostic output because they do not exist here.
  var namedMissingCalls: Set<Int> = []

  /// Builds the machine and puts the kernel image into its memory; nothing runs yet.
  ///
  /// - Parameters:
  ///   - configuration: what the machine is made of.
  ///   - host: its way to the outside.
  ///   - image: the kernel's ELF file, or `nil` for the one that is built in.
  /// - Throws: `KernelError`.
  public init(
    configuration: KernelConfiguration,
    host: any HostPort,
    image: [UInt8]? = nil
  ) throws(KernelError) {
    let noMemory = KernelError.noMemory(configuration.memorySize)
    guard configuration.memorySize >= 32 << 20,
      let memory = PhysicalMemory(size: configuration.memorySize),
      let cpu = VCPU(memory: memory, model: configuration.cpuModel)
    else { throw noMemory }
    self.configuration = configuration
    parameters = Kernel.parseCommandLine(configuration.commandLine)
    self.memory = memory
    self.host = host
    self.cpu = cpu
    text = try KernelText(image ?? PackageResources.kernel_elf, memory: memory)
    guard let frames = FrameAllocator(memory: memory, start: text.physicalEnd),
      let kernelSpace = KernelAddressSpace(frames: frames)
    else { throw noMemory }
    self.frames = frames
    self.kernelSpace = kernelSpace
    exceptionTable = ExceptionTable(
      text: text,
      start: try text.address(of: "__start___ex_table"),
      stop: try text.address(of: "__stop___ex_table")
    )
    uaccess = try UaccessText(text)
    percpuHost = memory.base
  }

  /// Nanoseconds since boot: the host's clock, or one per retired instruction.
  public func time() -> Int64 {
    host.elapsedTime() ?? Int64(truncatingIfNeeded: cpu.instructionsRetired) &+ skippedTime
  }

  /// A kernel parameter as a truth value: `name`, `name=1`, `name=y`; `fallback` when absent.
  public func flag(_ name: String, default fallback: Bool) -> Bool {
    guard let value = parameters[name] else { return fallback }
    switch value {
    case "", "1", "y", "Y", "on": return true
    case "0", "n", "N", "off": return false
    default: return fallback
    }
  }

  static func parseCommandLine(_ line: String) -> [String: String] {
    var parameters: [String: String] = [:]
    for word in line.split(separator: " ") {
      let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      parameters[String(parts[0])] = parts.count == 2 ? String(parts[1]) : ""
    }
    return parameters
  }
}
