/// The numbers of `reboot(2)`.
///
/// - SeeAlso: Linux `include/uapi/linux/reboot.h`.
public enum Reboot {
  /// The first magic number: "feel dead".
  public static let LINUX_REBOOT_MAGIC1: UInt32 = 0xfee1_dead
  /// The second magic numbers: birthdays, written in hexadecimal.
  public static let LINUX_REBOOT_MAGIC2: UInt32 = 0x2812_1969
  /// Another second magic number.
  public static let LINUX_REBOOT_MAGIC2A: UInt32 = 0x0512_1996
  /// Another second magic number.
  public static let LINUX_REBOOT_MAGIC2B: UInt32 = 0x1604_1998
  /// Another second magic number.
  public static let LINUX_REBOOT_MAGIC2C: UInt32 = 0x2011_2000

  /// Whether a second magic number is one of the four.
  public static func isMagic2(_ value: UInt32) -> Bool {
    value == LINUX_REBOOT_MAGIC2 || value == LINUX_REBOOT_MAGIC2A
      || value == LINUX_REBOOT_MAGIC2B || value == LINUX_REBOOT_MAGIC2C
  }
}

/// What `reboot(2)` shall do.
public enum RebootCommand: UInt32, CaseIterable, Sendable {
  /// Restart with the default command.
  case LINUX_REBOOT_CMD_RESTART = 0x0123_4567
  /// Stop; give control to a monitor if there is one.
  case LINUX_REBOOT_CMD_HALT = 0xcdef_0123
  /// Ctrl-Alt-Del restarts at once.
  case LINUX_REBOOT_CMD_CAD_ON = 0x89ab_cdef
  /// Ctrl-Alt-Del sends SIGINT to init.
  case LINUX_REBOOT_CMD_CAD_OFF = 0
  /// Stop and switch the power off.
  case LINUX_REBOOT_CMD_POWER_OFF = 0x4321_fedc
  /// Restart with a command text.
  case LINUX_REBOOT_CMD_RESTART2 = 0xa1b2_c3d4
  /// Suspend to disk.
  case LINUX_REBOOT_CMD_SW_SUSPEND = 0xd000_fce2
  /// Start the kernel that was loaded before.
  case LINUX_REBOOT_CMD_KEXEC = 0x4558_4543
}
