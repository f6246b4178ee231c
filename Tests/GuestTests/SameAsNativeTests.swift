import LinuxKernel
import Testing

/// The programs of `guest/` do under Martlet what they do on this machine.
@Suite("Same as native")
struct SameAsNativeTests {
  /// Programs about what only Martlet has, or whose output names the machine.
  static let ours: Set<String> = ["foo", "silly_copy", "uname", "reboot"]
  static let sources = GuestSource.all(in: "c").filter { !ours.contains($0.name) }

  @Test(
    "C programs of every compiler and library print the same and end the same",
    .enabled(if: isX86Linux),
    arguments: sources,
    Toolchain.all
  )
  func programs(source: GuestSource, toolchain: Toolchain) throws {
    try compare(source, toolchain)
  }

  @Test(
    "assembler programs print the same and end the same",
    .enabled(if: isX86Linux),
    arguments: GuestSource.all(in: "asm")
  )
  func assembler(source: GuestSource) throws {
    try compare(source, .usual)
  }

  private func compare(_ source: GuestSource, _ toolchain: Toolchain) throws {
    let program = try source.compile(with: toolchain)
    let native: ProgramResult
    if source.needsUnshare {
      guard let unshare = HostProcess.unshare else { return }
      native = try HostProcess.run(
        unshare,
        ["-u", program] + source.arguments,
        input: source.input
      )
    } else {
      native = try HostProcess.run(program, source.arguments, input: source.input)
    }
    let ours = try MartletRun.run(program, source.arguments, input: source.input)
    #expect(ours.status == native.status, "\(source.name), \(toolchain.testDescription)")
    #expect(ours.text == native.text, "\(source.name), \(toolchain.testDescription)")
  }
}

/// Natively run programs are compared only where they can run.
let isX86Linux: Bool = {
  #if arch(x86_64) && os(Linux)
  true
  #else
  false
  #endif
}()
