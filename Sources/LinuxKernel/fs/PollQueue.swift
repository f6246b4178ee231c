import LinuxABI

/// What a file is ready for.
///
/// - SeeAlso: Linux `include/uapi/asm-generic/poll.h`, `include/uapi/linux/eventpoll.h`.
struct PollEvents: OptionSet {
  var rawValue: UInt32
  static let POLLIN = PollEvents(rawValue: 0x1)
  static let POLLPRI = PollEvents(rawValue: 0x2)
  static let POLLOUT = PollEvents(rawValue: 0x4)
  static let POLLERR = PollEvents(rawValue: 0x8)
  static let POLLHUP = PollEvents(rawValue: 0x10)
  static let POLLNVAL = PollEvents(rawValue: 0x20)
  static let POLLRDNORM = PollEvents(rawValue: 0x40)
  static let POLLRDBAND = PollEvents(rawValue: 0x80)
  static let POLLWRNORM = PollEvents(rawValue: 0x100)
  static let POLLWRBAND = PollEvents(rawValue: 0x200)
  static let POLLRDHUP = PollEvents(rawValue: 0x2000)

  static let readable: PollEvents = [.POLLIN, .POLLRDNORM]
  static let writable: PollEvents = [.POLLOUT, .POLLWRNORM]
  /// A file that never waits.
  static let ready: PollEvents = [.POLLIN, .POLLOUT, .POLLRDNORM, .POLLWRNORM]
  static let all = PollEvents(rawValue: .max)
}

/// Where those wait who want to know that a file's state has changed.
///
/// - SeeAlso: Linux `include/linux/wait.h` `wait_queue_head`.
final class PollQueue {
  private var entries: [PollEntry] = []

  /// True when nobody waits.
  var isEmpty: Bool { entries.isEmpty }

  /// What those who wait are interested in.
  var interest: PollEvents { entries.reduce([]) { $0.union($1.interest) } }

  func add(_ entry: PollEntry) { entries.append(entry) }
  func remove(_ entry: PollEntry) { entries.removeAll { $0 === entry } }

  /// Tells those who are interested, in the order of their coming.
  func wake_up(_ events: PollEvents = .all) {
    for entry in entries where !entry.interest.isDisjoint(with: events) { entry.wake(events) }
  }

  /// Sleeps until somebody calls `wake_up`, a signal comes, or `deadline` passes.
  func sleep(
    _ task: Task,
    _ events: PollEvents = .all,
    until deadline: Int64? = nil,
    _ reason: String
  ) async {
    let entry = PollEntry(events) { _ in task.kernel.wake(task) }
    add(entry)
    await task.kernel.sleep_interruptible(task, until: deadline, reason)
    remove(entry)
  }
}

/// Somebody who waits, and for what.
final class PollEntry {
  let interest: PollEvents
  let wake: (PollEvents) -> Void

  init(_ interest: PollEvents, _ wake: @escaping (PollEvents) -> Void) {
    self.interest = interest
    self.wake = wake
  }
}

/// The queues that one call or one interest waits at.
///
/// - SeeAlso: Linux `include/linux/poll.h` `poll_table`.
final class PollTable {
  private let wake: (PollEvents) -> Void
  private var places: [(PollQueue, PollEntry)] = []
  /// What the file that is being asked is wanted for.
  var interest = PollEvents.all

  init(_ wake: @escaping (PollEvents) -> Void) { self.wake = wake }

  /// Waits at a queue too.
  func poll_wait(_ queue: PollQueue) {
    let entry = PollEntry(interest.union([.POLLERR, .POLLHUP]), wake)
    queue.add(entry)
    places.append((queue, entry))
  }

  /// Leaves all queues.
  func clear() {
    for (queue, entry) in places { queue.remove(entry) }
    places = []
  }
}

extension Kernel {
  /// Makes a task ready that sleeps in `sleep_interruptible`.
  func wake(_ task: Task) { task.waitSlot.wake() }

  /// Sleeps until `wake`, a signal or the deadline; may be woken for nothing.
  func sleep_interruptible(_ task: Task, until deadline: Int64?, _ reason: String) async {
    if task.signal_pending { return }
    if let deadline {
      await schedule_timeout(task, until: deadline)
    } else {
      await task.waitSlot.wait()
    }
  }
}

extension Task {
  /// Whether a signal waits that is not blocked.
  ///
  /// - SeeAlso: Linux `include/linux/sched/signal.h` `signal_pending`.
  public var signal_pending: Bool { flags.contains(.TIF_SIGPENDING) }
}
