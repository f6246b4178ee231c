/// What the system calls of a machine remember between each other.
final class SyscallState {
  /// Who sleeps in `futex`.
  var futexWaiters: [FutexWaiter] = []
  /// Nanoseconds that `clock_settime` added to the date.
  var dateAdjustment: Int64 = 0
  /// The parameter `uts.copy_under_lock`, once somebody asked.
  var copiesNamesUnderLock: Bool?
}
