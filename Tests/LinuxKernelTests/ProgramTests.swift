import LinuxABI
import Testing
import X86

@testable import LinuxKernel

/// Whole programs, a few instructions long, through kernel text and back.
@Suite("Programs")
struct ProgramTests {
  // Pieces of machine code.
  static let syscall: [UInt8] = [0x0F, 0x05]
  static let edi_eax: [UInt8] = [0x89, 0xC7]
  static func eax(_ value: UInt32) -> [UInt8] { [0xB8] + value.bytes }
  static func rax(_ value: UInt64) -> [UInt8] { [0x48, 0xB8] + value.bytes }
  static func rdi(_ value: UInt64) -> [UInt8] { [0x48, 0xBF] + value.bytes }
  static func rsi(_ value: UInt64) -> [UInt8] { [0x48, 0xBE] + value.bytes }
  static func rdx(_ value: UInt64) -> [UInt8] { [0x48, 0xBA] + value.bytes }
  static func call(_ number: UInt32) -> [UInt8] { eax(number) + syscall }
  /// exit_group(eax)
  static let exit = edi_eax + call(231)

  static func start(_ code: [UInt8], _ kernel: Kernel? = nil) throws -> Kernel {
    let kernel = try kernel ?? Kernel.booted()
    _ = try ExecTests.start(kernel, ExecTests.program(code: code))
    return kernel
  }

  static func log(_ kernel: Kernel) -> String {
    kernel.log.records.map(\.text).joined(separator: "\n")
  }

  @Test("a call goes through kernel text and the table to its body and back")
  func getpid() throws {
    let kernel = try Self.start(Self.call(39) + Self.exit)
    #expect(kernel.run() == .initExited(.exited(1)))
    #expect(kernel.statistics.syscalls == 2)
    #expect(kernel.run() == .initExited(.exited(1)), "the end is final")
  }

  @Test("write and uname reach the host and the program")
  func output() throws {
    let host = TestHost()
    let buffer: UInt64 = 0x7FFF_FFFF_E000
    let code =
      Self.rdi(buffer) + Self.call(63) + Self.rdi(1) + Self.rsi(buffer) + Self.rdx(5) + Self.call(1)
      + Self.exit
    let kernel = try Self.start(code, Kernel.booted(host: host))
    #expect(kernel.run() == .initExited(.exited(5)))
    #expect(String(decoding: host.output, as: UTF8.self) == "Linux")
  }

  @Test("what is written into sys_call_table is what is called")
  func patchedTable() throws {
    var configuration = KernelConfiguration()
    configuration.uid = 77
    let kernel = try Kernel(configuration: configuration, host: TestHost())
    try kernel.start_kernel()
    let table = try #require(kernel.text.symbols["sys_call_table"])
    let target = try #require(kernel.swiftText.address(of: "__x64_sys_getuid"))
    kernel.text.store(target, table &+ 39 * 8)
    #expect(try Self.start(Self.call(39) + Self.exit, kernel).run() == .initExited(.exited(77)))
  }

  @Test("a null pointer in sys_call_table is an oops, not a crash")
  func nullInTable() throws {
    let kernel = try Kernel.booted()
    let table = try #require(kernel.text.symbols["sys_call_table"])
    kernel.text.store(UInt64(0), table &+ 39 * 8)
    #expect(
      try Self.start(Self.call(39) + Self.exit, kernel).run() == .initExited(.signaled(.SIGKILL))
    )
    #expect(
      Self.log(kernel).contains("BUG: kernel NULL pointer dereference, address: 0x0000000000000000")
    )
    #expect(Self.log(kernel).contains("#PF: supervisor instruction fetch in kernel mode"))
    #expect(
      Self.log(kernel).contains("do_syscall_64+0x")
        || Self.log(kernel).contains("entry_SYSCALL_64+0x")
    )
  }

  @Test(
    "numbers beyond the table are ENOSYS, and only 32 bits count",
    arguments: [
      (512, -38), (0xFFFF_FFFF, -38), (.max, -38), (0x8000_0000, -38), (1000, -38),
      (0x1234_5678_0000_0027, 1), (0xFFFF_FFFF_0000_0027, 1),
    ] as [(UInt64, Int64)]
  )
  func numbers(number: UInt64, result: Int64) throws {
    let kernel = try Self.start(Self.rax(number) + Self.syscall + [0x0F, 0x0B])
    #expect(kernel.run() == .initExited(.signaled(.SIGILL)))
    #expect(Int64(bitPattern: kernel.cpu[.rax]) == result)
  }

  @Test("a call changes rax, rcx and r11 only")
  func preserved() throws {
    let setup: [UInt8] = [
      0x48, 0xC7, 0xC3, 3, 0, 0, 0, 0x48, 0xC7, 0xC5, 5, 0, 0, 0,  // rbx 3, rbp 5
      0x49, 0xC7, 0xC0, 8, 0, 0, 0, 0x49, 0xC7, 0xC1, 9, 0, 0, 0,  // r8 8, r9 9
      0x49, 0xC7, 0xC2, 10, 0, 0, 0, 0x49, 0xC7, 0xC4, 12, 0, 0, 0,  // r10 10, r12 12
      0x49, 0xC7, 0xC7, 15, 0, 0, 0,  // r15 15
    ]
    let code =
      setup + Self.rdi(1) + Self.rsi(2) + Self.rdx(4) + Self.eax(39) + [0xFD, 0xF9] + Self.syscall
      + [0x0F, 0x0B]
    let kernel = try Self.start(code)
    _ = kernel.run()
    let cpu = kernel.cpu
    #expect(
      [GPR.rbx, .rbp, .r8, .r9, .r10, .r12, .r15, .rdi, .rsi, .rdx].map { cpu[$0] } == [
        3, 5, 8, 9, 10, 12, 15, 1, 2, 4,
      ]
    )
    #expect(cpu[.rcx] == 0x401000 + UInt64(code.count) - 2)
    #expect(cpu[.r11] & 0x401 == 0x401, "DF and CF were set")
    #expect(cpu.rflags.contains([.df, .cf]))
    #expect(cpu.cpl == 3)
  }

  @Test(
    "faults are the signals that Linux sends",
    arguments: [
      ("ud2", [0x0F, 0x0B], .SIGILL, 2, 0x401000, .invalidOpcode, 0),
      ("int3", [0xCC], .SIGTRAP, 0x80, 0, .breakpoint, 0),
      ("int1", [0xF1], .SIGTRAP, 1, 0x401001, .debug, 0),
      ("div", [0x31, 0xC9, 0xF7, 0xF1], .SIGFPE, 1, 0x401002, .divideError, 0),
      ("read 0", [0x8B, 0x04, 0x25, 0, 0, 0, 0], .SIGSEGV, 1, 0, .pageFault, 4),
      ("write 16", [0x89, 0x04, 0x25, 16, 0, 0, 0], .SIGSEGV, 1, 16, .pageFault, 6),
      ("jump 0", [0x31, 0xC0, 0xFF, 0xE0], .SIGSEGV, 1, 0, .pageFault, 0x14),
      ("write text", [0x89, 0x04, 0x25, 0, 0x10, 0x40, 0], .SIGSEGV, 2, 0x401000, .pageFault, 7),
      (
        "read kernel", rax(0xFFFF_FFFF_8100_0000) + [0x8B, 0x00], .SIGSEGV, 1,
        0xFFFF_FFFF_8100_0000, .pageFault, 5
      ),
      (
        "read end", rax(0x7FFF_FFFF_F000) + [0x8B, 0x00], .SIGSEGV, 1, 0x7FFF_FFFF_F000,
        .pageFault, 5
      ),
      (
        "non-canonical", rax(0x8000_0000_0000) + [0x8B, 0x00], .SIGSEGV, 0x80, 0,
        .generalProtection, 0
      ),
      (
        "non-canonical stack", [0x48, 0xBD] + UInt64(0x8000_0000_0000).bytes + [0x8B, 0x45, 0],
        .SIGBUS, 0x80, 0, .stackFault, 0
      ),
      ("hlt", [0xF4], .SIGSEGV, 0x80, 0, .generalProtection, 0),
      ("int 0x80", [0xCD, 0x80], .SIGSEGV, 0x80, 0, .generalProtection, 0x402),
      ("jump to stack", [0x50, 0xFF, 0xE4], .SIGSEGV, 2, 0x7FFF_FFFF_EE58, .pageFault, 0x15),
    ] as [(String, [UInt8], Signal, Int32, UInt64, ExceptionVector, UInt32)]
  )
  func signals(
    name: String,
    code: [UInt8],
    signal: Signal,
    siCode: Int32,
    address: UInt64,
    vector: ExceptionVector,
    errorCode: UInt32
  ) throws {
    let kernel = try Self.start(code)
    #expect(kernel.run() == .initExited(.signaled(signal)))
    let fatal = try #require(kernel.tasks[1]?.fatalSignal)
    #expect((fatal.signal, fatal.code, fatal.vector) == (signal, siCode, vector))
    #expect(fatal.errorCode == errorCode)
    if name == "jump to stack" {
      #expect(fatal.address == kernel.cpu[.rsp])
    } else {
      #expect(fatal.address == address)
    }
    #expect(kernel.statistics.oopses == 0)
  }

  @Test("an instruction limit is exact everywhere, inside a copy too")
  func exactLimits() throws {
    let code = Self.rdi(0x7FFF_FFFF_E000) + Self.call(63) + Self.call(39) + Self.exit
    let whole = try Self.start(code)
    #expect(whole.run() == .initExited(.exited(1)))
    let total = whole.cpu.instructionsRetired
    #expect(total > 100)
    for step in [1, 2, 3, 7, 50] as [UInt64] {
      let kernel = try Self.start(code)
      var expected: UInt64 = 0
      while kernel.run(maximum: step) == .instructionLimit {
        expected += step
        #expect(kernel.cpu.instructionsRetired == expected)
      }
      #expect(kernel.run() == .initExited(.exited(1)))
      #expect(kernel.cpu.instructionsRetired == total)
      #expect(kernel.statistics == whole.statistics)
    }
  }

  @Test("a machine that has stopped leaves nothing behind")
  func freed() throws {
    weak var kernel: Kernel?
    do {
      let machine = try Self.start(Self.rdi(0x7FFF_FFFF_E000) + Self.call(63) + Self.exit)
      _ = machine.run()
      kernel = machine
    }
    #expect(kernel == nil)
  }

  @Test("a name that straddles a bad page shows each step in order, and changes nothing")
  func straddle() throws {
    let kernel = try Kernel.booted()
    var events: [String] = []
    kernel.eventHandler = { event in
      switch event {
      case .syscallEntry(_, 171, _): events.append("entry")
      case .tableCall(_, 171, _, let name): events.append("call \(name)")
      case .pageFault(_, 0x402000, let error, let rip):
        events.append("#PF \(error.rawValue) \(kernel.symbolize(rip).prefix { $0 != "+" })")
      case .extableFound(_, _, let fixup, let type):
        events.append("extable \(kernel.symbolize(fixup).prefix { $0 != "+" }) \(type)")
      case .fixupResume: events.append("resume")
      case .copyReturned(_, let function, let left): events.append("\(function) \(left)")
      case .syscallExit(_, 171, let result): events.append("exit \(result)")
      default: break
      }
    }
    let code = Self.rdi(0x401FFB) + Self.rsi(10) + Self.call(171) + [0xF7, 0xD8] + Self.exit
    let bytes = code + [UInt8](repeating: 0x61, count: 0x1000 - code.count)
    #expect(try Self.start(bytes, kernel).run() == .initExited(.exited(14)))
    #expect(
      events == [
        "entry", "call __x64_sys_setdomainname", "#PF 0 copy_user_enhanced_fast_string",
        "extable copy_user_enhanced_fast_string UACCESS", "resume", "copy_from_user 5", "exit -14",
      ]
    )
    #expect(kernel.statistics.fixups == 1)
    #expect(kernel.statistics.oopses == 0)
  }
}

extension FixedWidthInteger {
  /// Little-endian bytes.
  var bytes: [UInt8] { withUnsafeBytes(of: littleEndian) { Array($0) } }
}
