import LinuxABI

extension Kernel {
  /// The date: nanoseconds since 1970.
  public func date() -> Int64 { host.bootTime &+ time() &+ syscallState.dateAdjustment }

  /// The time that the machine computed, for the accounts of a task.
  ///
  /// SIMPLIFIED: one task at a time, and kernel text is not counted apart.
  func processorTime() -> Int64 { Int64(truncatingIfNeeded: cpu.instructionsRetired) }

  /// Puts a task to sleep; `nil` is for ever.
  func sleep(_ task: Task, for nanoseconds: Int64?) async {
    guard let nanoseconds else {
      // Nothing ends this but a signal.
      await task.waitSlot.wait()
      return
    }
    let (sum, overflow) = time().addingReportingOverflow(max(nanoseconds, 0))
    await schedule_timeout(task, until: overflow ? .max : sum)
  }
}

extension Timespec {
  /// A valid time as nanoseconds, cut to what fits; nothing for an invalid one.
  ///
  /// - SeeAlso: Linux `include/linux/time64.h` `timespec64_valid`.
  var duration: Int64? {
    guard seconds >= 0, (0..<1_000_000_000).contains(nanoseconds) else { return nil }
    let (product, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
    return overflow || product > .max - nanoseconds ? .max : product + nanoseconds
  }

  /// A time of nanoseconds.
  init(total: Int64) {
    self.init(seconds: total / 1_000_000_000, nanoseconds: total % 1_000_000_000)
  }
}
