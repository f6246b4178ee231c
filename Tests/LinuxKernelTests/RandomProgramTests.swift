import ELF
import LinuxABI
import Testing
import X86

@testable import LinuxKernel

/// Programs that nobody wrote.
@Suite("Random programs")
struct RandomProgramTests {
  /// A generator that gives the same numbers each time (xorshift64*).
  struct Generator: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state ^= state >> 12
      state ^= state << 25
      state ^= state >> 27
      return state &* 0x2545_F491_4F6C_DD1D
    }
  }

  static func run(_ bytes: [UInt8], limit: UInt64 = 20_000) throws -> KernelStop? {
    var configuration = KernelConfiguration()
    configuration.memorySize = 64 << 20
    let kernel = try Kernel(configuration: configuration, host: TestHost())
    try kernel.start_kernel()
    do {
      _ = try ExecTests.start(kernel, bytes)
    } catch is ExecError {
      return nil
    }
    return kernel.run(maximum: limit)
  }

  @Test(
    "random bytes end in an exit, a signal or the limit",
    arguments: 1...150 as ClosedRange<UInt64>
  )
  func randomCode(seed: UInt64) throws {
    var generator = Generator(state: seed &* 0x9E37_79B9_7F4A_7C15)
    // Half of the bytes are frequent opcodes, so that programs live longer than an instruction.
    let frequent: [UInt8] = [
      0x48, 0x89, 0x8B, 0x83, 0x0F, 0x85, 0x31, 0xC0, 0xFF, 0x50, 0x58, 0x05, 0x24, 0xEB, 0x90,
      0xF3,
    ]
    let code = (0..<4096).map { _ in
      Bool.random(using: &generator)
        ? frequent.randomElement(using: &generator) ?? 0
        : UInt8.random(in: 0...255, using: &generator)
    }
    let size = 0x1000 + UInt64(code.count)
    let bytes = ExecTests.program(segments: [(0x400000, 0, size, size, 7)], code: code)
    switch try #require(try Self.run(bytes)) {
    case .initExited, .instructionLimit, .reboot, .deadlock: break
    }
  }

  @Test("damaged headers are refused or run", arguments: 1...150 as ClosedRange<UInt64>)
  func damagedHeaders(seed: UInt64) throws {
    var generator = Generator(state: seed &* 0xD134_2543_DE82_EF95)
    var bytes = ExecTests.program(
      type: seed % 3 == 0 ? 3 : 2,
      address: seed % 3 == 0 ? 0 : 0x400000,
      code: [0x0F, 0x05, 0xEB, 0xFC]
    )
    for _ in 0..<Int.random(in: 1...12, using: &generator) {
      let index = Int.random(in: 16..<120, using: &generator)
      bytes[index] = UInt8.random(in: 0...255, using: &generator)
    }
    if seed % 5 == 0 { bytes = Array(bytes.prefix(Int.random(in: 0..<200, using: &generator))) }
    _ = try Self.run(bytes, limit: 500)
  }
}
