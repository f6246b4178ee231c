import Emulation
import Testing

/// The programs about calls that only Martlet has, or that no test may make natively.
@Suite("Seed programs")
struct SeedProgramTests {
  private func program(_ name: String) throws -> String {
    let source = try #require(GuestSource.all(in: "c").first { $0.name == name })
    return try source.compile(with: .usual)
  }

  @Test("foo returns THREAD_SIZE")
  func foo() throws {
    let result = try MartletRun.run(program("foo"))
    #expect(
      result == ProgramResult(output: Array("The kernel stack size is 16384.\n".utf8), status: 0)
    )
  }

  @Test("silly_copy copies up to 8 bytes and refuses more")
  func sillyCopy() throws {
    let result = try MartletRun.run(program("silly_copy"))
    #expect(result.text.contains("length 8: result 8, destination \"sourcewo.\""))
    #expect(result.text.contains("Bad address"))
  }

  @Test("uname names the machine, not the host")
  func uname() throws {
    let result = try MartletRun.run(program("uname"))
    #expect(result.status == 0)
    #expect(result.text.contains("Linux"))
    #expect(result.text.contains("x86_64"))
  }

  @Test(
    "halt, power-off and restart stop the machine",
    arguments: ["halt", "power-off", "restart"]
  )
  func reboot(command: String) throws {
    let path = try program("reboot")
    var configuration = MachineConfiguration(program: path, arguments: [path, command])
    configuration.restarts = false
    let machine = try Machine(configuration, host: MemoryHost(input: []))
    let status = try machine.run(limit: MartletRun.limit)
    let expected: [String: MachineStatus] = [
      "halt": .halted, "power-off": .poweredOff, "restart": .restart(command: nil),
    ]
    #expect(status == expected[command])
  }

  @Test("restart2 hands its string to the machine")
  func restart2() throws {
    let path = try program("reboot")
    var configuration = MachineConfiguration(
      program: path,
      arguments: [path, "restart2", "recovery"]
    )
    configuration.restarts = false
    let machine = try Machine(configuration, host: MemoryHost(input: []))
    #expect(try machine.run(limit: MartletRun.limit) == .restart(command: "recovery"))
  }

  @Test("a restart starts init again in fresh memory")
  func restarts() throws {
    let path = try program("reboot")
    let configuration = MachineConfiguration(program: path, arguments: [path, "restart"])
    let machine = try Machine(configuration, host: MemoryHost(input: []))
    #expect(try machine.run(limit: 2_000_000) == .instructionLimit)
    #expect(machine.boots > 2)
  }

  @Test(
    "commands that do not stop the machine answer",
    arguments: [
      ("cad-on", "cad-on: 0\n", 0), ("cad-off", "cad-off: 0\n", 0),
      ("unknown", "unknown: -1 (Invalid argument)\n", 1),
      ("bad-magic", "bad-magic: -1 (Invalid argument)\n", 1),
      ("restart2-fault", "restart2-fault: -1 (Bad address)\n", 1),
    ]
  )
  func answers(command: String, output: String, status: Int32) throws {
    let result = try MartletRun.run(program("reboot"), [command])
    #expect(result == ProgramResult(output: Array(output.utf8), status: status))
  }

  @Test("without CAP_SYS_BOOT every command is refused first", arguments: ["halt", "bad-magic"])
  func unprivileged(command: String) throws {
    let result = try MartletRun.run(program("reboot"), [command]) { $0.kernel.uid = 1000 }
    #expect(result.text == "\(command): -1 (Operation not permitted)\n")
    #expect(result.status == 1)
  }

  @Test("setdomainname is refused without CAP_SYS_ADMIN")
  func setdomainname() throws {
    let result = try MartletRun.run(program("setdomainname")) {
      $0.kernel.droppedCapabilities = 1 << 21
    }
    #expect(result.text.contains("Operation not permitted"))
  }

  @Test("a name that straddles an unmapped page costs one fixup")
  func fixup() throws {
    let path = try program("efault_straddle")
    let machine = try Machine(
      MachineConfiguration(program: path, arguments: [path]),
      host: MemoryHost(input: [])
    )
    #expect(try machine.run(limit: MartletRun.limit) == .exited(0))
    #expect(machine.kernel.statistics.fixups == 1)
  }
}
