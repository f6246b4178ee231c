/// Why a machine could not be built or started.
public enum KernelError: Error, Equatable {
  /// The host refused guest memory of this size, or it is too little for a kernel.
  case noMemory(Int)
  /// The kernel image is damaged.
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
