import ELF
import LinuxABI
import LinuxKernel
import X86

/// One machine: a processor, memory, a kernel and a program that is init.
///
/// `Machine` only joins them and decides what a stop of the kernel means. A restart is a real one:
/// the memory and the kernel are thrown away and made anew, and init starts from its first
/// instruction.
///
/// ```swift
/// let machine = try Machine(MachineConfiguration(program: "hello", arguments: ["hello"]))
/// switch machine.run() {
/// case .exited(let status): print("status", status)
/// default: break
/// }
/// ```
public final class Machine {
  /// As given.
  public let configuration: MachineConfiguration
  /// The outside.
  public let host: any HostPort
  /// The program that is init.
  public let program: HostProgram
  /// The kernel of this boot; another one after a restart.
  public private(set) var kernel: Kernel
  /// The first task of this boot.
  public private(set) var initTask: LinuxKernel.Task
  /// How often the machine was switched on or restarted, 1 at first.
  public private(set) var boots = 1
  /// Instructions of former boots.
  private var instructionsBefore: UInt64 = 0
  /// Called for the kernel of each boot before it runs: the place to set event handlers.
  private let prepare: (Kernel, HostProgram) -> Void

  /// Builds a machine with its program loaded; nothing is executed yet.
  ///
  /// - Parameters:
  ///   - configuration: what it is made of.
  ///   - host: the outside; by default the real one.
  ///   - prepare: called with the kernel of each boot before anything happens in it.
  /// - Throws: `MachineError`.
  public init(
    _ configuration: MachineConfiguration,
    host: any HostPort = SystemHost(),
    prepare: @escaping (Kernel, HostProgram) -> Void = { _, _ in }
  ) throws(MachineError) {
    self.configuration = configuration
    self.host = host
    self.prepare = prepare
    do { program = try HostProgram(path: configuration.program) } catch { throw .file(error) }
    (kernel, initTask) = try Self.boot(configuration, host, program, prepare)
  }

  private static func boot(
    _ configuration: MachineConfiguration,
    _ host: any HostPort,
    _ program: HostProgram,
    _ prepare: (Kernel, HostProgram) -> Void
  ) throws(MachineError) -> (Kernel, LinuxKernel.Task) {
    let kernel: Kernel
    do {
      kernel = try Kernel(configuration: configuration.kernel, host: host)
      prepare(kernel, program)
      try kernel.start_kernel()
    } catch {
      throw .kernel(error)
    }
    do {
      let task = try kernel.kernel_init(
        ProgramFile(
          filename: configuration.program,
          absolutePath: program.path,
          bytes: program.bytes
        ),
        arguments: configuration.arguments.map { Array($0.utf8) },
        environment: configuration.environment.map { Array($0.utf8) }
      )
      return (kernel, task)
    } catch {
      throw .program(error)
    }
  }

  /// Instructions executed since the machine was first switched on.
  public var instructionsRetired: UInt64 { instructionsBefore &+ kernel.cpu.instructionsRetired }

  /// Runs until the machine's work is done.
  ///
  /// - Parameter limit: at most this many more instructions; `.instructionLimit` then, and the next
  ///   call goes on.
  /// - Returns: how it ended.
  /// - Throws: `MachineError` when a restart cannot build the machine again.
  public func run(limit: UInt64? = nil) throws(MachineError) -> MachineStatus {
    let end = limit.map { instructionsRetired &+ $0 }
    while true {
      switch kernel.run(maximum: end.map { $0 &- instructionsRetired } ?? .max) {
      case .instructionLimit: return .instructionLimit
      case .deadlock: return .deadlock
      case .initExited(.exited(let status)): return .exited(status)
      case .initExited(.signaled(let signal)):
        return .killed(
          initTask.fatalSignal
            ?? FatalSignal(
              signal: signal,
              code: 0,
              address: 0,
              rip: 0,
              vector: nil,
              errorCode: 0
            )
        )
      case .reboot(.halt): return .halted
      case .reboot(.powerOff): return .poweredOff
      case .reboot(.restart(let command)):
        guard configuration.restarts else { return .restart(command: command) }
        try restart()
      }
    }
  }

  /// Throws memory and kernel away and boots again.
  private func restart() throws(MachineError) {
    instructionsBefore = instructionsRetired
    boots += 1
    (kernel, initTask) = try Self.boot(configuration, host, program, prepare)
  }
}
