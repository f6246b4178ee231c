import LinuxABI

/// Sleepers in the order of their deadlines.
struct TimerQueue {
  private struct Timer {
    let deadline: Int64
    let order: UInt64
    let slot: WaitSlot
  }

  /// Sorted, the earliest last.
  private var timers: [Timer] = []
  private var nextOrder: UInt64 = 0

  /// The earliest deadline.
  var next: Int64? { timers.last?.deadline }

  mutating func add(_ deadline: Int64, _ slot: WaitSlot) {
    let timer = Timer(deadline: deadline, order: nextOrder, slot: slot)
    nextOrder &+= 1
    // Of equal deadlines the one set first fires first.
    let index = timers.firstIndex { $0.deadline <= deadline } ?? timers.count
    timers.insert(timer, at: index)
  }

  mutating func popExpired(_ now: Int64) -> WaitSlot? {
    guard let timer = timers.last, timer.deadline <= now else { return nil }
    timers.removeLast()
    return timer.slot
  }

  mutating func remove(_ slot: WaitSlot) { timers.removeAll { $0.slot === slot } }
}

extension Kernel {
  /// Puts a task to sleep until a time on the machine's own clock.
  ///
  /// - SeeAlso: Linux `kernel/time/hrtimer.c` `schedule_hrtimeout`.
  public func schedule_timeout(_ task: Task, until deadline: Int64) async {
    guard deadline > time() else { return }
    timers.add(deadline, task.waitSlot)
    await task.waitSlot.wait()
    timers.remove(task.waitSlot)
  }

  /// With nothing to run, lets time pass until the next timer and wakes its sleepers.
  ///
  /// - Returns: false when nobody waits for time.
  func run_timers() -> Bool {
    guard let deadline = timers.next else { return false }
    let now = time()
    if deadline > now {
      if host.elapsedTime() == nil {
        skippedTime &+= deadline &- now
      } else {
        host.sleep(until: deadline)
      }
    }
    let then = time()
    while let slot = timers.popExpired(then) { slot.wake() }
    return true
  }
}
