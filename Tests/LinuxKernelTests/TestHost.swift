import LinuxABI
import X86

@testable import LinuxKernel

/// A host without an outside: virtual time, a fixed seed, output kept in memory.
final class TestHost: HostPort {
  var output: [UInt8] = []
  var input: [UInt8] = []
  var diagnostics: [String] = []
  let bootTime: Int64 = 1_700_000_000_000_000_000

  func elapsedTime() -> Int64? { nil }
  func sleep(until deadline: Int64) {}
  func entropy(_ buffer: UnsafeMutableRawBufferPointer) {
    for index in buffer.indices { buffer[index] = UInt8(truncatingIfNeeded: index &* 7 &+ 1) }
  }
  func read(_ descriptor: Int32, _ buffer: UnsafeMutableRawBufferPointer) throws(Errno) -> Int {
    let count = min(buffer.count, input.count)
    buffer.copyBytes(from: input.prefix(count))
    input.removeFirst(count)
    return count
  }
  func write(_ descriptor: Int32, _ buffer: UnsafeRawBufferPointer) throws(Errno) -> Int {
    output.append(contentsOf: buffer)
    return buffer.count
  }
  func seek(_ descriptor: Int32, _ offset: Int64, _ whence: Int32) throws(Errno) -> Int64 {
    throw .ESPIPE
  }
  func status(_ descriptor: Int32) throws(Errno) -> Stat {
    var status = Stat()
    status.mode = 0o010600
    return status
  }
  func openFlags(_ descriptor: Int32) throws(Errno) -> OpenFlags { .O_RDWR }
  func poll(_ requests: [(descriptor: Int32, events: Int16)], timeout: Int32) -> [Int16] {
    requests.map(\.events)
  }
  func terminalSettings(_ descriptor: Int32) throws(Errno) -> KernelTermios { throw .ENOTTY }
  func setTerminalSettings(
    _ descriptor: Int32,
    _ settings: KernelTermios,
    _ request: IoctlRequest
  ) throws(Errno) { throw .ENOTTY }
  func windowSize(_ descriptor: Int32) throws(Errno) -> WinSize { throw .ENOTTY }
  func bytesAvailable(_ descriptor: Int32) throws(Errno) -> Int32 { throw .ENOTTY }
  func diagnose(_ line: String) { diagnostics.append(line) }
}

extension Kernel {
  /// A kernel that has booted, on a small machine.
  static func booted(
    model: CPUModel = .v3,
    host: TestHost = TestHost(),
    commandLine: String = ""
  ) throws -> Kernel {
    var configuration = KernelConfiguration()
    configuration.memorySize = 256 << 20
    configuration.cpuModel = model
    configuration.commandLine = commandLine
    let kernel = try Kernel(configuration: configuration, host: host)
    try kernel.start_kernel()
    return kernel
  }
}

extension CPUModel {
  /// A processor with just these features.
  static func with(_ features: [Feature]) -> CPUModel {
    var model = CPUModel.baseline
    model.features = Set(features)
    return model
  }
}
