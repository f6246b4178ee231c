#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif
import Emulation
import LinuxABI
import LinuxKernel
import X86

/// One `martlet boot`, from the options to the exit status.
struct BootSession {
  private let options: BootCommand

  init(_ options: BootCommand) { self.options = options }

  /// Boots, runs, reports; returns the tool's exit status.
  func run() -> Int32 {
    var descriptor: Int32 = 2
    if let output = options.output {
      descriptor = open(output, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
      guard descriptor >= 0 else {
        return fail(ToolStatus.usage, output, String(cString: strerror(errno)), "choose another -o")
      }
    }
    let report = ReportWriter(descriptor: descriptor)
    let host = SystemHost(
      clock: options.clock == "virtual" ? .virtual : .host,
      seed: options.clock == "virtual" ? 0 : nil
    )
    let start = now()
    do {
      let machine = try Machine(configuration(), host: host) { kernel, program in
        observe(kernel, program, report)
      }
      let status = try machine.run(limit: options.maxInstructions)
      report.flush()
      let code = conclude(status, machine)
      if options.stats {
        Statistics(machine: machine, nanoseconds: now() - start).lines.forEach(report.line)
        report.flush()
      }
      return code
    } catch {
      report.flush()
      return explain(error)
    }
  }

  // MARK: - Before

  private func configuration() -> MachineConfiguration {
    var configuration = MachineConfiguration(
      program: options.program,
      arguments: [options.program] + options.arguments
    )
    configuration.restarts = !options.noReboot
    for setting in options.environment {
      if setting.contains("=") {
        set(setting, in: &configuration.environment)
      } else if let value = getenv(setting) {
        set("\(setting)=\(String(cString: value))", in: &configuration.environment)
      }
    }
    configuration.kernel.uid = options.user
    configuration.kernel.gid = options.user
    configuration.kernel.commandLine = options.append.joined(separator: " ")
    if let cpu = options.cpu, let model = try? CPUModel.parse(cpu) {
      configuration.kernel.cpuModel = model
    }
    if let memory = options.memory { configuration.kernel.memorySize = memory << 20 }
    for name in options.droppedCapabilities {
      if name == "all" {
        configuration.kernel.droppedCapabilities = .max
      } else if let capability = Capability(name: name) {
        configuration.kernel.droppedCapabilities |= 1 << UInt64(capability.rawValue)
      }
    }
    return configuration
  }

  /// A later setting of a variable replaces an earlier one.
  private func set(_ setting: String, in environment: inout [String]) {
    let name = setting.prefix { $0 != "=" } + "="
    if let index = environment.firstIndex(where: { $0.hasPrefix(name) }) {
      environment[index] = setting
    } else {
      environment.append(setting)
    }
  }

  private func observe(_ kernel: Kernel, _ program: HostProgram, _ report: ReportWriter) {
    if options.dmesg {
      for record in kernel.log.records { report.line(record.description) }
      kernel.log.console = { report.line($0.description) }
    }
    kernel.symbolizer = { [unowned kernel] task, address in
      AddressNames(kernel, program: program.bytes).symbol(task, address)
    }
    guard options.trace != nil || options.strace != nil else { return }
    let names = AddressNames(kernel, program: program.bytes)
    let trace =
      options.trace == nil ? nil : KernelTrace(symbol: names.name, write: report.line)
    let strace = options.straceOptions.map { Strace(options: $0, sink: report.text) }
    kernel.eventHandler = { event in
      trace?(event)
      strace?.handle(event)
    }
  }

  // MARK: - After

  private func conclude(_ status: MachineStatus, _ machine: Machine) -> Int32 {
    switch status {
    case .exited(let code): return Int32(code)
    case .halted, .poweredOff: return 0
    case .restart: return 0
    case .killed(let signal):
      Diagnostics.print(
        Diagnostics.line(options.program, DeathReport(signal, machine).text)
      )
      return 128 &+ signal.signal.rawValue
    case .instructionLimit:
      return fail(
        ToolStatus.limit,
        options.program,
        "stopped after \(machine.instructionsRetired) instructions",
        "raise --max-instructions to go on longer"
      )
    case .deadlock:
      return fail(
        ToolStatus.internalError,
        options.program,
        "every task sleeps and nothing can wake one",
        "see --trace=kernel"
      )
    }
  }

  private func explain(_ error: MachineError) -> Int32 {
    switch error {
    case .file(.missing):
      return fail(ToolStatus.notFound, options.program, "\(HostProgramError.missing)")
    case .file(let error):
      return fail(ToolStatus.cannotRun, options.program, "\(error)")
    case .program(let error):
      return fail(ToolStatus.cannotRun, options.program, error.reason)
    case .kernel(let error):
      return fail(ToolStatus.internalError, options.program, "\(error)")
    }
  }

  private func fail(_ status: Int32, _ parts: String...) -> Int32 {
    Diagnostics.print("martlet: " + parts.joined(separator: ": "))
    return status
  }

  private func now() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec)
  }
}
