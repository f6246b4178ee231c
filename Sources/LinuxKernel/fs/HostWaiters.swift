/// Who waits for the host's descriptors: one queue each.
final class HostWaiters {
  private var queues: [Int32: PollQueue] = [:]

  /// The queue of a descriptor.
  func queue(_ descriptor: Int32) -> PollQueue {
    if let queue = queues[descriptor] { return queue }
    let queue = PollQueue()
    queues[descriptor] = queue
    return queue
  }

  /// Descriptors that somebody waits for, in order, and for what.
  var requests: [(descriptor: Int32, events: Int16)] {
    queues.filter { !$0.value.isEmpty }.sorted { $0.key < $1.key }.map {
      (
        $0.key,
        Int16(truncatingIfNeeded: $0.value.interest.rawValue & PollEvents.ready.rawValue & 0x5)
      )
    }
  }

  /// True when nobody waits.
  var isEmpty: Bool { queues.allSatisfy { $0.value.isEmpty } }
}

extension Kernel {
  /// Asks the host about descriptors that somebody waits for, and wakes who can go on.
  ///
  /// - Parameter timeout: how long the host may wait, in milliseconds; -1 is for ever.
  /// - Returns: whether anybody was woken.
  @discardableResult
  func poll_host(timeout: Int32) -> Bool {
    let requests = hostWaiters.requests
    guard !requests.isEmpty else { return false }
    var isWoken = false
    for (request, answer) in zip(requests, host.poll(requests, timeout: timeout)) where answer != 0
    {
      hostWaiters.queue(request.descriptor).wake_up(.all)
      isWoken = true
    }
    return isWoken
  }

  /// With nothing to run: waits for the host or for time, whichever comes first.
  ///
  /// Virtual time does not pass while the host waits: with a timer set, the host is asked and not
  /// waited for.
  ///
  /// - Returns: false when nobody waits for either.
  func wait_for_events() -> Bool {
    if hostWaiters.isEmpty { return run_timers() }
    guard let deadline = timers.next else {
      poll_host(timeout: -1)
      return true
    }
    var timeout: Int32 = 0
    if host.elapsedTime() != nil {
      timeout = Int32(clamping: max(0, deadline &- time() &+ 999_999) / 1_000_000)
    }
    if poll_host(timeout: timeout) { return true }
    return run_timers()
  }

  /// Whether the caller is the only task that could do anything: then a call of the host may block.
  var isAlone: Bool { executor.isIdle && timers.next == nil && hostWaiters.isEmpty }
}
