import DequeModule

/// A sleeping lock with one holder.
///
/// The owner is a word of guest memory; waiters sleep first come first served, and the one who
/// unlocks hands the lock to the first of them.
///
/// - SeeAlso: Linux `kernel/locking/mutex.c`.
public final class Mutex {
  /// Bytes of guest memory that the lock needs.
  static let size = 8

  /// The lock's name.
  public let name: String
  private let word: UnsafeMutableRawPointer
  private unowned let kernel: Kernel
  private var waiters = Deque<Waiter>()

  /// One who sleeps in the queue.
  private final class Waiter {
    let task: Task
    let slot = WaitSlot()
    var isGranted = false

    init(_ task: Task) { self.task = task }
  }

  /// Makes a free lock in at least 8 bytes of guest memory.
  init(_ name: String, memory: KernelBuffer, kernel: Kernel) {
    precondition(memory.count >= Self.size, "no room for struct mutex")
    self.name = name
    self.kernel = kernel
    word = memory.host
    owner = 0
  }

  /// The owner's word, as it is in guest memory: a task's kernel stack, or 0.
  public private(set) var owner: UInt64 {
    get { word.loadUnaligned(as: UInt64.self) }
    set { word.storeBytes(of: newValue, as: UInt64.self) }
  }

  /// Takes the lock; sleeps while somebody has it.
  public func mutex_lock(_ task: Task) async {
    kernel.eventHandler?(.lock(task: task, operation: "mutex_lock", lock: name))
    guard owner != 0 else {
      owner = task.lockIdentity
      return
    }
    let waiter = Waiter(task)
    waiters.append(waiter)
    while !waiter.isGranted { await waiter.slot.wait() }
  }

  /// Gives the lock back: the first who waits has it at once, so that nobody can slip in between.
  public func mutex_unlock(_ task: Task) {
    kernel.eventHandler?(.lock(task: task, operation: "mutex_unlock", lock: name))
    guard owner == task.lockIdentity else {
      kernel.printk(.warning, "DEBUG_LOCKS_WARN_ON(__owner_task(owner) != current): \(name)")
      return
    }
    guard let next = waiters.popFirst() else {
      owner = 0
      return
    }
    owner = next.task.lockIdentity
    next.isGranted = true
    next.slot.wake()
  }
}
