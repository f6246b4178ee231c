import LinuxKernel
import X86

/// All that is decided about a machine before it is switched on.
///
/// ```swift
/// var configuration = MachineConfiguration(program: "./hello", arguments: ["hello", "world"])
/// configuration.kernel.uid = 1000
/// let machine = try Machine(configuration)
/// let status = machine.run()
/// ```
public struct MachineConfiguration {
  /// Path of the program that is init, on the host.
  public var program: String
  /// `argv`, the name of the program included.
  public var arguments: [String]
  /// `envp`, each `NAME=value`; by default what Linux gives init.
  public var environment: [String] = MachineConfiguration.initEnvironment
  /// Memory, processor, kernel parameters, user.
  public var kernel = KernelConfiguration()
  /// What `reboot(LINUX_REBOOT_CMD_RESTART)` does: start again, or end with a status.
  public var restarts = true

  /// What Linux gives init.
  ///
  /// - SeeAlso: Linux `init/main.c` `envp_init`.
  public static let initEnvironment = ["HOME=/", "TERM=linux"]

  /// A machine that runs `program`.
  public init(program: String, arguments: [String]) {
    self.program = program
    self.arguments = arguments
  }
}
