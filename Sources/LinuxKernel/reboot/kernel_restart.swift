import LinuxABI

extension Kernel {
  /// What Ctrl-Alt-Del does: 1 restarts at once, 0 sends SIGINT to init. A variable of the kernel,
  /// in guest memory.
  ///
  /// - SeeAlso: Linux `kernel/reboot.c` `C_A_D`.
  public internal(set) var C_A_D: Int32 {
    get { variable("C_A_D", size: 4).host.loadUnaligned(as: Int32.self) }
    set { variable("C_A_D", size: 4).host.storeBytes(of: newValue, as: Int32.self) }
  }

  /// Restarts the machine: memory is lost, init starts again.
  ///
  /// - SeeAlso: Linux `kernel/reboot.c` `kernel_restart`.
  public func kernel_restart(_ command: String?) {
    if let command {
      printk(.emergency, "reboot: Restarting system with command '\(command)'")
    } else {
      printk(.emergency, "reboot: Restarting system")
    }
    printk(.notice, "reboot: machine restart")
    machine_stop(.restart(command: command))
  }

  /// Stops the machine; the power stays on.
  ///
  /// - SeeAlso: Linux `kernel/reboot.c` `kernel_halt`.
  public func kernel_halt() {
    printk(.emergency, "reboot: System halted")
    machine_stop(.halt)
  }

  /// Stops the machine and switches it off.
  ///
  /// - SeeAlso: Linux `kernel/reboot.c` `kernel_power_off`.
  public func kernel_power_off() {
    printk(.emergency, "reboot: Power down")
    machine_stop(.powerOff)
  }

  /// What the three-key salute does.
  ///
  /// - SeeAlso: Linux `kernel/reboot.c` `ctrl_alt_del`.
  public func ctrl_alt_del() {
    if C_A_D != 0 {
      kernel_restart(nil)
    } else if let initTask = tasks[1] {
      send_signal(initTask, .SIGINT)
    }
  }
}
