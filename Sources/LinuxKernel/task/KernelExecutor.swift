import DequeModule

/// Runs the kernel side of every guest task: one thread, first come first served, by hand.
///
/// Owns the queue of ready jobs. Nothing runs before `drain()` is called and nothing runs on
/// another thread, so the order of events depends on the guest's input alone. Each `Kernel` has its
/// own, so that machines in one process do not share a queue.
final class KernelExecutor: SerialExecutor, TaskExecutor, @unchecked Sendable {
  private var ready = Deque<UnownedJob>()
  /// `drain` returns at once while this is set.
  var isPaused = false
  /// Jobs that become ready while this is set run before all others.
  var enqueuesInFront = false

  /// True when no job is ready.
  var isIdle: Bool { ready.isEmpty }

  init() {
    ready.reserveCapacity(16)
  }

  /// Puts a job at the end of the queue.
  func enqueue(_ job: consuming ExecutorJob) {
    if enqueuesInFront {
      ready.prepend(UnownedJob(job))
    } else {
      ready.append(UnownedJob(job))
    }
  }

  func asUnownedSerialExecutor() -> UnownedSerialExecutor {
    UnownedSerialExecutor(ordinary: self)
  }

  /// Runs ready jobs, and those that they make ready, until none is left or `isPaused` is set.
  func drain() {
    let executor = asUnownedTaskExecutor()
    while !isPaused, let job = ready.popFirst() {
      job.runSynchronously(on: executor)
    }
  }
}

/// A place where one kernel-side task sleeps until somebody wakes it: a `wait_queue_head` of one.
///
/// The sleeper calls `wait()`; any later `wake()` makes it ready. A wake-up without a sleeper is
/// lost, as in Linux: check the condition before each sleep.
final class WaitSlot {
  private var continuation: UnsafeContinuation<Void, Never>?

  /// True while somebody sleeps here.
  var isOccupied: Bool { continuation != nil }

  /// Sleeps until `wake()`.
  func wait() async {
    await withUnsafeContinuation { continuation = $0 }
  }

  /// Makes the sleeper ready; does nothing when there is none.
  func wake() {
    guard let sleeper = continuation else { return }
    continuation = nil
    sleeper.resume()
  }
}
