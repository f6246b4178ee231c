import LinuxABI
import Testing

@testable import LinuxKernel

/// `rw_semaphore`: its count, and who is woken when.
@Suite("RWSemaphore")
struct RWSemaphoreTests {
  static let writer: UInt64 = 0xffff_ffff_0000_0001
  static let waiting: UInt64 = 0xffff_ffff_0000_0000

  /// A lock, and tasks to fight for it.
  private func setUp(_ count: Int) throws -> (Kernel, RWSemaphore, [LinuxKernel.Task]) {
    let kernel = try Kernel.booted()
    let program = ProgramFile(
      filename: "./s",
      absolutePath: "/s",
      bytes: .init(ExecTests.program())
    )
    let tasks = try (0..<count).map { _ in
      try kernel.create_init(program, arguments: [[0x73]], environment: [])
    }
    return (kernel, kernel.uts_sem, tasks)
  }

  /// Starts the kernel side of a task.
  private func start(_ kernel: Kernel, _ body: @escaping () async -> Void) {
    // SAFETY: the executor is drained on this thread.
    nonisolated(unsafe) let body = body
    _Concurrency.Task(executorPreference: kernel.executor) { await body() }
    kernel.executor.drain()
  }

  @Test("the count is 1 for each reader and the bias for a writer, and lies in guest memory")
  func counts() throws {
    let (kernel, lock, tasks) = try setUp(2)
    let word = kernel.variable("uts_sem", size: 16).host
    start(kernel) {
      await lock.down_read(tasks[0])
      #expect(lock.count == 1)
      await lock.down_read(tasks[1])
      #expect(word.load(as: UInt64.self) == 2)
      #expect(lock.owner == 1)
      lock.up_read(tasks[0])
      lock.up_read(tasks[1])
      #expect(lock.count == 0)
      await lock.down_write(tasks[0])
      #expect(word.load(as: UInt64.self) == Self.writer)
      #expect(word.load(fromByteOffset: 8, as: UInt64.self) == tasks[0].lockIdentity)
      #expect(lock.isWriteLocked)
      lock.up_write(tasks[0])
      #expect(lock.count == 0 && lock.owner == 0)
    }
    #expect(lock.statistics.reads == 2 && lock.statistics.writes == 1)
    #expect(lock.statistics.contentions == 0)
  }

  @Test("a try fails where the call would sleep")
  func trylock() throws {
    let (kernel, lock, tasks) = try setUp(2)
    start(kernel) {
      #expect(lock.down_write_trylock(tasks[0]))
      #expect(!lock.down_write_trylock(tasks[1]))
      #expect(!lock.down_read_trylock(tasks[1]))
      lock.up_write(tasks[0])
      #expect(lock.down_read_trylock(tasks[0]))
      #expect(lock.down_read_trylock(tasks[1]))
      #expect(!lock.down_write_trylock(tasks[1]))
      lock.up_read(tasks[0])
      lock.up_read(tasks[1])
      #expect(lock.count == 0)
    }
  }

  @Test("two writers and readers: first come, first served, readers side by side")
  func contention() throws {
    let (kernel, lock, tasks) = try setUp(6)
    var log: [String] = []
    func reader(_ name: String, _ task: LinuxKernel.Task) {
      start(kernel) {
        await lock.down_read(task)
        log.append(name)
      }
    }
    func writer(_ name: String, _ task: LinuxKernel.Task) {
      start(kernel) {
        await lock.down_write(task)
        log.append(name)
      }
    }
    writer("w0", tasks[0])
    reader("r1", tasks[1])
    #expect(lock.count == Self.writer &+ Self.waiting)
    reader("r2", tasks[2])
    writer("w3", tasks[3])
    reader("r4", tasks[4])
    #expect(log == ["w0"])
    #expect(lock.waiterCount == 4)

    // The readers at the head of the queue come in together; the one behind the writer does not.
    lock.up_write(tasks[0])
    #expect(lock.count == Self.waiting &+ 2, "given before they run")
    kernel.executor.drain()
    #expect(log == ["w0", "r1", "r2"])
    lock.up_read(tasks[1])
    kernel.executor.drain()
    #expect(log == ["w0", "r1", "r2"])
    lock.up_read(tasks[2])
    kernel.executor.drain()
    #expect(log == ["w0", "r1", "r2", "w3"])
    #expect(lock.count == Self.writer &+ Self.waiting)
    #expect(lock.owner == tasks[3].lockIdentity)
    lock.up_write(tasks[3])
    kernel.executor.drain()
    #expect(log.last == "r4")
    #expect(lock.count == 1)
    lock.up_read(tasks[4])
    #expect(lock.count == 0 && lock.waiterCount == 0)
    #expect(lock.statistics.contentions == 4)
  }

  @Test("a reader queues behind a waiting writer")
  func readerBehindWriter() throws {
    let (kernel, lock, tasks) = try setUp(3)
    var log: [String] = []
    start(kernel) { await lock.down_read(tasks[0]) }
    start(kernel) {
      await lock.down_write(tasks[1])
      log.append("writer")
    }
    #expect(lock.count == Self.waiting &+ 1)
    start(kernel) {
      await lock.down_read(tasks[2])
      log.append("reader")
    }
    #expect(log.isEmpty)
    lock.up_read(tasks[0])
    kernel.executor.drain()
    #expect(log == ["writer"])
    lock.up_write(tasks[1])
    kernel.executor.drain()
    #expect(log == ["writer", "reader"])
  }

  @Test("a downgrade lets waiting readers in and keeps writers out")
  func downgrade() throws {
    let (kernel, lock, tasks) = try setUp(3)
    var log: [String] = []
    start(kernel) { await lock.down_write(tasks[0]) }
    start(kernel) {
      await lock.down_read(tasks[1])
      log.append("reader")
    }
    start(kernel) {
      await lock.down_write(tasks[2])
      log.append("writer")
    }
    lock.downgrade_write(tasks[0])
    kernel.executor.drain()
    #expect(log == ["reader"])
    #expect(lock.count == Self.waiting &+ 2)
    lock.up_read(tasks[0])
    lock.up_read(tasks[1])
    kernel.executor.drain()
    #expect(log == ["reader", "writer"])
  }

  @Test("giving back what one does not hold warns and changes nothing")
  func wrongOwner() throws {
    let (kernel, lock, tasks) = try setUp(2)
    start(kernel) {
      lock.up_write(tasks[0])
      lock.up_read(tasks[0])
      #expect(lock.count == 0)
      await lock.down_write(tasks[0])
      lock.up_write(tasks[1])
      lock.up_read(tasks[1])
      #expect(lock.count == Self.writer)
      lock.up_write(tasks[0])
      lock.up_write(tasks[0])
      #expect(lock.count == 0)
    }
    let warnings = kernel.log.records.filter { $0.text.hasPrefix("DEBUG_RWSEMS_WARN_ON") }
    #expect(warnings.count == 5)
  }

  @Test("a mutex goes to who waited longest")
  func mutex() throws {
    let (kernel, _, tasks) = try setUp(3)
    let mutex = kernel.system_transition_mutex
    var log: [Int] = []
    for (index, task) in tasks.enumerated() {
      start(kernel) {
        await mutex.mutex_lock(task)
        log.append(index)
      }
    }
    #expect(log == [0])
    for index in 0..<3 {
      #expect(mutex.owner == tasks[index].lockIdentity)
      mutex.mutex_unlock(tasks[index])
      kernel.executor.drain()
    }
    #expect(log == [0, 1, 2])
    #expect(mutex.owner == 0)
  }
}
