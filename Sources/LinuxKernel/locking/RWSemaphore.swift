import DequeModule

/// A sleeping lock: one writer or many readers.
///
/// The state is two words of guest memory, in the layout of C's `struct rw_semaphore`: the count
/// and the owner. The low half of the count is the number of holders, the high half falls by one
/// while a writer holds the lock and by one while somebody waits. So each operation is one
/// addition, and the sign of the result says whether there is more to do:
///
/// | count | meaning |
/// |---|---|
/// | `0` | free |
/// | `n` | n readers |
/// | `0xffffffff00000001` | one writer |
/// | `0xffffffff00000000 + n` | n readers, and somebody waits |
/// | `0xfffffffe00000001` | one writer, and somebody waits |
///
/// Waiters sleep in one queue, first come first served. Unlocking wakes the first of them: a
/// writer alone, readers together with all readers right behind.
///
/// - SeeAlso: Linux `kernel/locking/rwsem-xadd.c`, `include/asm-generic/rwsem.h` (v5.0).
public final class RWSemaphore {
  /// What one holder adds.
  public static let ACTIVE_BIAS: UInt64 = 1
  /// What waiters add, together.
  public static let WAITING_BIAS: UInt64 = 0xffff_ffff_0000_0000
  /// What a writer adds.
  public static let ACTIVE_WRITE_BIAS: UInt64 = 0xffff_ffff_0000_0001
  /// The half of the count that counts holders.
  static let ACTIVE_MASK: UInt64 = 0xffff_ffff
  /// The owner's word while readers hold the lock: nobody in particular.
  static let READER_OWNED: UInt64 = 1

  /// Bytes of guest memory that the lock needs.
  static let size = 16

  /// What happened, counted.
  public struct Statistics: Equatable, Sendable {
    /// Locks taken for reading and for writing.
    public var reads: UInt64 = 0, writes: UInt64 = 0
    /// How often somebody had to sleep for the lock.
    public var contentions: UInt64 = 0
    /// How often somebody was woken.
    public var wakeups: UInt64 = 0

    /// All zero.
    public init() {}
  }

  /// The lock's name.
  public let name: String
  /// Counters.
  public private(set) var statistics = Statistics()

  private let words: UnsafeMutableRawPointer
  private unowned let kernel: Kernel
  private var waiters = Deque<Waiter>()

  /// One who sleeps in the queue.
  private final class Waiter {
    let isWriter: Bool
    let slot = WaitSlot()
    /// Set for a reader that was given the lock while it slept.
    var isGranted = false

    init(isWriter: Bool) { self.isWriter = isWriter }
  }

  /// Makes a free lock.
  ///
  /// - Parameters:
  ///   - name: for traces and warnings.
  ///   - memory: at least 16 bytes of guest memory, which the lock sets to zero.
  ///   - kernel: whose log and tracer hear of it.
  init(_ name: String, memory: KernelBuffer, kernel: Kernel) {
    precondition(memory.count >= Self.size, "no room for struct rw_semaphore")
    self.name = name
    self.kernel = kernel
    words = memory.host
    count = 0
    owner = 0
  }

  /// The count, as it is in guest memory.
  public private(set) var count: UInt64 {
    get { words.loadUnaligned(as: UInt64.self) }
    set { words.storeBytes(of: newValue, as: UInt64.self) }
  }

  /// The owner's word, as it is in guest memory: a task's kernel stack, 1 when readers have or
  /// had it, or 0.
  public private(set) var owner: UInt64 {
    get { words.loadUnaligned(fromByteOffset: 8, as: UInt64.self) }
    set { words.storeBytes(of: newValue, toByteOffset: 8, as: UInt64.self) }
  }

  /// How many sleep in the queue.
  public var waiterCount: Int { waiters.count }

  /// Whether a writer holds the lock.
  public var isWriteLocked: Bool {
    // The count alone does not tell a writer from readers with a queue behind them.
    owner != 0 && owner & Self.READER_OWNED == 0
  }

  /// Adds to the count and returns the new value: `atomic_long_add_return`.
  private func add(_ bias: UInt64) -> Int64 {
    count &+= bias
    return Int64(bitPattern: count)
  }

  private func trace(_ task: Task, _ operation: StaticString) {
    guard let handler = kernel.eventHandler else { return }
    handler(.lock(task: task, operation: "\(operation)", lock: name))
  }
}

extension RWSemaphore {
  /// Takes the lock for reading; sleeps while a writer has it or waits for it.
  public func down_read(_ task: Task) async {
    trace(task, "down_read")
    if add(Self.ACTIVE_BIAS) <= 0 { await rwsem_down_read_failed() }
    owner = Self.READER_OWNED
    statistics.reads &+= 1
  }

  /// Takes the lock for reading if nobody has to be waited for.
  public func down_read_trylock(_ task: Task) -> Bool {
    trace(task, "down_read_trylock")
    guard Int64(bitPattern: count) >= 0 else { return false }
    _ = add(Self.ACTIVE_BIAS)
    owner = Self.READER_OWNED
    statistics.reads &+= 1
    return true
  }

  /// Takes the lock for writing; sleeps while anybody has it.
  public func down_write(_ task: Task) async {
    trace(task, "down_write")
    if add(Self.ACTIVE_WRITE_BIAS) != Int64(bitPattern: Self.ACTIVE_WRITE_BIAS) {
      await rwsem_down_write_failed()
    }
    owner = task.lockIdentity
    statistics.writes &+= 1
  }

  /// Takes the lock for writing if it is free.
  public func down_write_trylock(_ task: Task) -> Bool {
    trace(task, "down_write_trylock")
    guard count == 0 else { return false }
    count = Self.ACTIVE_WRITE_BIAS
    owner = task.lockIdentity
    statistics.writes &+= 1
    return true
  }

  /// Gives a read lock back.
  public func up_read(_ task: Task) {
    trace(task, "up_read")
    guard owner & Self.READER_OWNED != 0, count & Self.ACTIVE_MASK != 0 else {
      warn("up_read", "sem->owner != RWSEM_READER_OWNED", task)
      return
    }
    let result = add(0 &- Self.ACTIVE_BIAS)
    // The owner's word stays: who reads is a hint, as in Linux.
    if result < 0 && result & Int64(Self.ACTIVE_MASK) == 0 { rwsem_wake(readersHold: false) }
  }

  /// Gives the write lock back.
  public func up_write(_ task: Task) {
    trace(task, "up_write")
    guard owner == task.lockIdentity else {
      warn("up_write", "sem->owner != current", task)
      return
    }
    owner = 0
    if add(0 &- Self.ACTIVE_WRITE_BIAS) < 0 { rwsem_wake(readersHold: false) }
  }

  /// Turns the write lock into a read lock, and lets waiting readers in.
  public func downgrade_write(_ task: Task) {
    trace(task, "downgrade_write")
    guard owner == task.lockIdentity else {
      warn("downgrade_write", "sem->owner != current", task)
      return
    }
    owner = Self.READER_OWNED
    if add(0 &- Self.WAITING_BIAS) < 0 { rwsem_wake(readersHold: true) }
  }

  /// What a kernel with `CONFIG_DEBUG_RWSEMS` says of a lock that is given back by the wrong task.
  private func warn(_ function: StaticString, _ condition: StaticString, _ task: Task) {
    kernel.printk(.warning, "------------[ cut here ]------------")
    kernel.printk(
      .warning,
      "DEBUG_RWSEMS_WARN_ON(\(condition)): \(name) count = 0x\(String(count, radix: 16)), "
        + "owner = 0x\(String(owner, radix: 16)), curr 0x\(String(task.lockIdentity, radix: 16)), "
        + "list \(waiters.isEmpty ? "" : "not ")empty"
    )
    kernel.printk(
      .warning,
      "WARNING: CPU: 0 PID: \(task.pid) at kernel/locking/rwsem.c \(function)"
    )
  }
}

// MARK: - The slow paths

extension RWSemaphore {
  private func rwsem_down_read_failed() async {
    let waiter = Waiter(isWriter: false)
    var adjustment = 0 &- Self.ACTIVE_BIAS
    if waiters.isEmpty {
      // The writer may have left between the addition and here; on one processor it cannot.
      if Int64(bitPattern: count) >= 0 { return }
      adjustment &+= Self.WAITING_BIAS
    }
    waiters.append(waiter)
    statistics.contentions &+= 1
    let result = add(adjustment)
    // Nobody is active: the queue would sleep for ever, so wake its head.
    let isFirst = adjustment != 0 &- Self.ACTIVE_BIAS
    if count == Self.WAITING_BIAS
      || (result > Int64(bitPattern: Self.WAITING_BIAS) && isFirst)
    {
      rwsem_wake(readersHold: false)
    }
    while !waiter.isGranted { await waiter.slot.wait() }
  }

  private func rwsem_down_write_failed() async {
    let waiter = Waiter(isWriter: true)
    // Undo the write bias from the fast path.
    _ = add(0 &- Self.ACTIVE_WRITE_BIAS)
    let isFirst = waiters.isEmpty
    waiters.append(waiter)
    statistics.contentions &+= 1
    if isFirst { _ = add(Self.WAITING_BIAS) }
    while !rwsem_try_write_lock() { await waiter.slot.wait() }
    waiters.removeAll { $0 === waiter }
  }

  /// Takes the lock for a writer in the queue when nobody is active.
  private func rwsem_try_write_lock() -> Bool {
    guard count == Self.WAITING_BIAS else { return false }
    // The waiting bias stays while somebody else waits.
    count =
      waiters.count == 1
      ? Self.ACTIVE_WRITE_BIAS : Self.ACTIVE_WRITE_BIAS &+ Self.WAITING_BIAS
    return true
  }

  /// Wakes the head of the queue.
  ///
  /// A writer takes the lock itself when it runs. Readers get it before they run: those at the head
  /// of the queue, up to the first writer.
  ///
  /// - Parameter readersHold: the caller holds the lock for reading, so a writer need not wake.
  private func rwsem_wake(readersHold: Bool) {
    guard let head = waiters.first else { return }
    if head.isWriter {
      guard !readersHold else { return }
      statistics.wakeups &+= 1
      head.slot.wake()
      return
    }
    // A writer that took the lock in the meantime wins.
    if !readersHold && Int64(bitPattern: count) < Int64(bitPattern: Self.WAITING_BIAS) { return }
    while let reader = waiters.first, !reader.isWriter {
      waiters.removeFirst()
      reader.isGranted = true
      statistics.wakeups &+= 1
      _ = add(Self.ACTIVE_BIAS)
      reader.slot.wake()
    }
    owner = Self.READER_OWNED
    if waiters.isEmpty { _ = add(0 &- Self.WAITING_BIAS) }
  }
}

/// Takes a lock for reading.
public func down_read(_ lock: RWSemaphore, _ task: Task) async { await lock.down_read(task) }
/// Takes a lock for writing.
public func down_write(_ lock: RWSemaphore, _ task: Task) async { await lock.down_write(task) }
/// Gives a read lock back.
public func up_read(_ lock: RWSemaphore, _ task: Task) { lock.up_read(task) }
/// Gives the write lock back.
public func up_write(_ lock: RWSemaphore, _ task: Task) { lock.up_write(task) }

extension Task {
  /// What a lock's owner word holds for this task: the lowest address of its kernel stack, where
  /// old kernels kept its `thread_info`.
  var lockIdentity: UInt64 { stack.top &- UInt64(KernelStack.THREAD_SIZE) }
}
