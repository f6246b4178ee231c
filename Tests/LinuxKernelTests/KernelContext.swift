import ELF
import LinuxABI
import X86

@testable import LinuxKernel

extension Kernel {
  /// Runs `body` as the kernel side of a task whose program never runs.
  func asTask<Result>(_ body: @escaping (LinuxKernel.Task) async throws -> Result) throws -> Result
  {
    let program = ProgramFile(
      filename: "./s",
      absolutePath: "/s",
      bytes: ELFBytes(ExecTests.program())
    )
    let task = try create_init(program, arguments: [[0x73]], environment: [])
    tasks[task.pid] = task
    limit = UInt64(Int64.max)
    switch_to(task)
    var result: Swift.Result<Result, any Error>?
    // SAFETY: the executor is drained right here, on this thread.
    nonisolated(unsafe) let body = body
    nonisolated(unsafe) let current = task
    nonisolated(unsafe) var outcome: Swift.Result<Result, any Error>?
    _Concurrency.Task(executorPreference: executor) {
      do {
        outcome = .success(try await body(current))
      } catch {
        outcome = .failure(error)
      }
    }
    executor.drain()
    result = outcome
    guard let result else { throw TestFailure.neverReturned }
    return try result.get()
  }
}

enum TestFailure: Error {
  /// The kernel function is asleep, or its task died in it.
  case neverReturned
}

extension LinuxKernel.Task {
  /// Maps pages at a fixed address.
  func map(_ address: UInt64, pages: UInt64, _ protection: UInt64 = 3) throws {
    _ = try mm?.do_mmap(
      address,
      length: pages << 12,
      protection: protection,
      flags: [.MAP_PRIVATE, .MAP_ANONYMOUS, .MAP_FIXED],
      source: .anonymous,
      limits: mappingLimits
    )
  }

  /// Writes user memory behind the program's back.
  func poke(_ address: UInt64, _ bytes: [UInt8]) {
    _ = bytes.withUnsafeBytes { mm?.access_process_vm(write: $0, address) }
  }

  /// Reads user memory behind the program's back.
  func peek(_ address: UInt64, _ count: Int) -> [UInt8] {
    (0..<UInt64(count)).map {
      mm?.get_user_page(address &+ $0, isWrite: false)?.host.load(as: UInt8.self) ?? 0xEE
    }
  }
}
