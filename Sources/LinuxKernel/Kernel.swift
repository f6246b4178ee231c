import ELF
import LinuxABI
import X86

/// What a machine is made of, as its owner chooses it before power-on.
public struct KernelConfiguration {
  /// Bytes of guest memory; the host gives pages only as they are touched.
  public var memorySize = 4 << 30
  /// The processor.
  public var cpuModel: CPUModel = .v1
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
  /// The kernel log.
  public let log = KernelLog()
  /// Runs the kernel side of all tasks.
  let executor = KernelExecutor()

  /// The task whose registers are in the CPU.
  public internal(set) var current: Task?
  /// All tasks that are not yet reaped, by pid.
  public internal(set) var tasks: [Int32: Task] = [:]
  /// Counters.
  public internal(set) var statistics = KernelStatistics()
  /// Guards the names of all namespaces.
  public private(set) lazy var uts_sem = RWSemaphore(
    "uts_sem",
    memory: variable("uts_sem", size: RWSemaphore.size),
    kernel: self
  )
  /// The initial names.
  public private(set) lazy var init_uts_ns = UTSNamespace(
    memory: variable("init_uts_ns", size: UTSNamespace.size),
    user_ns: .init_user_ns,
    names: UTSNamespace.defaultNames
  )
  /// Held while the machine goes down.
  public private(set) lazy var system_transition_mutex = Mutex(
    "system_transition_mutex",
    memory: variable("system_transition_mutex", size: Mutex.size),
    kernel: self
  )
  /// Calls that were named on the diagnostic output because they do not exist here.
  var namedMissingCalls: Set<Int> = []
  /// Called with each event; `nil` costs nothing.
  public var eventHandler: ((KernelEvent) -> Void)?

  /// Builds the machine; nothing is executed before `start_kernel`.
  public init(configuration: KernelConfiguration, host: any HostPort) throws(KernelError) {
    guard let memory = PhysicalMemory(size: configuration.memorySize) else {
      throw .noMemory(configuration.memorySize)
    }
    self.configuration = configuration
    parameters = Kernel.parseCommandLine(configuration.commandLine)
    self.memory = memory
    self.host = host
    cpu = VCPU(memory: memory, model: configuration.cpuModel)
  }

  /// Nanoseconds since boot: the host's clock, or one per retired instruction.
  public func time() -> Int64 {
    host.elapsedTime() ?? Int64(truncatingIfNeeded: cpu.instructionsRetired)
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

/// Why a machine could not be built or started.
public enum KernelError: Error, Equatable {
  /// The host refused to reserve guest memory of this size.
  case noMemory(Int)
  /// The embedded kernel image is damaged.
  case badImage(String)
}

/// Why `Kernel.run` returned.
public enum KernelStop: Equatable, Sendable {
  /// The instruction limit of this call is reached; call again to go on.
  case instructionLimit
  /// Init has ended.
  case initExited(ExitStatus)
  /// `reboot(2)` stopped the machine.
  case reboot(RebootAction)
  /// Every task sleeps and nothing can wake one.
  case deadlock
}

/// What `reboot(2)` did to the machine.
public enum RebootAction: Equatable, Sendable {
  case halt, powerOff
  /// Start again, with the string of RESTART2.
  case restart(command: String?)
}

extension Kernel {
  /// Ends the machine's work: `run` returns `.reboot(action)`, and no task runs again.
  ///
  /// The caller's body may still return; its result reaches nobody.
  public func machine_stop(_ action: RebootAction) {
  }

  /// Ends a task: its address space goes, its parent is told, it never returns to user mode.
  ///
  /// The caller's body may still return; its result reaches nobody.
  ///
  /// - SeeAlso: Linux `kernel/exit.c` `do_group_exit`.
  public func do_group_exit(_ task: Task, _ status: ExitStatus) {
  }
}
