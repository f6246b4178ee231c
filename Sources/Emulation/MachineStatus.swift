import LinuxKernel

/// How a machine's work ended.
public enum MachineStatus: Equatable, Sendable {
  /// Init called `exit`.
  case exited(UInt8)
  /// A signal ended init.
  case killed(FatalSignal)
  /// `reboot(LINUX_REBOOT_CMD_HALT)`.
  case halted
  /// `reboot(LINUX_REBOOT_CMD_POWER_OFF)`.
  case poweredOff
  /// A restart, where the configuration says not to start again; with the string of RESTART2.
  case restart(command: String?)
  /// The instruction limit is reached; `run` goes on where it stopped.
  case instructionLimit
  /// Every task sleeps and nothing can wake one.
  case deadlock
}

/// Why a machine could not be built.
public enum MachineError: Error {
  /// The program cannot be opened.
  case file(HostProgramError)
  /// The program cannot be run.
  case program(ExecError)
  /// The machine itself cannot be built.
  case kernel(KernelError)
}
