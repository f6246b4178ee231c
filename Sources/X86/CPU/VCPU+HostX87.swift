import CHostSIMD

// While the guest runs, the host's x87 unit has the guest's rounding and precision with all exceptions
// masked, an empty stack, and no exception flag set that the guest's has not. So a handler may
// compute with the host's instruction and add the host's flags to the guest's.

extension VCPU {
  /// Before guest code runs.
  func enterHostX87() {
    #if arch(x86_64)
    if cpu.x87.pointee.control | X87Status.exceptions != X87Unit.initialControl {
      host_x87_set_control(cpu.x87.pointee.control | X87Status.exceptions)
    } else if host_x87_get_status() & X87Status.exceptions != 0 {
      host_x87_clear()
    }
    #endif
  }

  /// After guest code has run: the unit is as the ABI wants it.
  func leaveHostX87() {
    #if arch(x86_64)
    if cpu.x87.pointee.control | X87Status.exceptions != X87Unit.initialControl { host_x87_reset() }
    #endif
  }

  /// After the control word was changed.
  func loadHostX87Control() {
    #if arch(x86_64)
    host_x87_set_control(cpu.x87.pointee.control | X87Status.exceptions)
    #endif
  }

  /// After the guest's flags were cleared.
  func clearHostX87() {
    #if arch(x86_64)
    host_x87_clear()
    #endif
  }
}
