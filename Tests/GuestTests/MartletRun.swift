import Emulation
import LinuxABI
import LinuxKernel

/// A host whose descriptors are arrays.
final class MemoryHost: HostPort {
  private var input: ArraySlice<UInt8>
  private(set) var output: [UInt8] = []
  private(set) var errors: [UInt8] = []
  private(set) var diagnostics: [String] = []

  init(input: [UInt8]) { self.input = input[...] }

  var bootTime: Int64 { SystemHost.virtualEpoch }
  func elapsedTime() -> Int64? { nil }
  func sleep(until deadline: Int64) {}
  func entropy(_ buffer: UnsafeMutableRawBufferPointer) {
    for index in buffer.indices { buffer[index] = UInt8(truncatingIfNeeded: index &* 7 &+ 1) }
  }

  func read(_ descriptor: Int32, _ buffer: UnsafeMutableRawBufferPointer) throws(Errno) -> Int {
    guard descriptor == 0 else { throw .EBADF }
    let part = input.prefix(buffer.count)
    buffer.copyBytes(from: part)
    input = input.dropFirst(part.count)
    return part.count
  }

  func write(_ descriptor: Int32, _ buffer: UnsafeRawBufferPointer) throws(Errno) -> Int {
    switch descriptor {
    case 1: output.append(contentsOf: buffer)
    case 2: errors.append(contentsOf: buffer)
    default: throw .EBADF
    }
    return buffer.count
  }

  func seek(_ descriptor: Int32, _ offset: Int64, _ whence: Int32) throws(Errno) -> Int64 {
    throw .ESPIPE
  }

  func status(_ descriptor: Int32) throws(Errno) -> Stat {
    var status = Stat()
    status.mode = 0o010600  // a pipe
    return status
  }

  func openFlags(_ descriptor: Int32) throws(Errno) -> OpenFlags {
    descriptor == 0 ? [] : OpenFlags(rawValue: 1)
  }

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
  func bytesAvailable(_ descriptor: Int32) throws(Errno) -> Int32 { Int32(input.count) }
  func diagnose(_ line: String) { diagnostics.append(line) }
}

/// Runs programs under Martlet, in this process.
enum MartletRun {
  /// More than any test needs; an endless program is a failure, not a hang.
  static let limit: UInt64 = 20_000_000_000

  /// Runs a program to its end.
  static func run(
    _ path: String,
    _ arguments: [String] = [],
    input: [UInt8] = [],
    configure: (inout MachineConfiguration) -> Void = { _ in }
  ) throws -> ProgramResult {
    let host = MemoryHost(input: input)
    var configuration = MachineConfiguration(program: path, arguments: [path] + arguments)
    configuration.restarts = false
    configure(&configuration)
    let machine = try Machine(configuration, host: host)
    let status = try machine.run(limit: limit)
    return ProgramResult(output: host.output, status: shellStatus(status))
  }

  static func shellStatus(_ status: MachineStatus) -> Int32 {
    switch status {
    case .exited(let code): Int32(code)
    case .killed(let signal): 128 + signal.signal.rawValue
    case .halted, .poweredOff, .restart: 0
    case .instructionLimit: 124
    case .deadlock: 125
    }
  }
}
