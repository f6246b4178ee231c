import Foundation
import LinuxABI
import Testing

/// The `#define`s of a C header of this machine, or nothing where it is not installed.
private func definitions(_ path: String, prefix: String) -> [String: Int]? {
  guard let text = try? String(contentsOfFile: path, encoding: .utf8) else { return nil }
  var found: [String: Int] = [:]
  for line in text.split(separator: "\n") {
    let words = line.split(whereSeparator: { $0 == " " || $0 == "\t" })
    guard words.count >= 3, words[0] == "#define", words[1].hasPrefix(prefix) else { continue }
    let number = words[2]
    if let value = number.hasPrefix("0x") ? Int(number.dropFirst(2), radix: 16) : Int(number) {
      found[String(words[1].dropFirst(prefix.count))] = value
    }
  }
  return found
}

@Suite("Numbers and names")
struct NumbersTests {
  @Test("system call numbers are those of the host's unistd_64.h")
  func syscallNumbers() throws {
    let path = "/usr/include/x86_64-linux-gnu/asm/unistd_64.h"
    guard let host = definitions(path, prefix: "__NR_") else { return }
    for (name, number) in host {
      guard let ours = SyscallNumber(rawValue: Int32(number)) else {
        #expect(number > 469, "\(name) \(number) is missing")
        continue
      }
      #expect(ours.name == name)
      #expect(SyscallNumber(name: name) == ours)
    }
  }

  @Test("the numbers of the articles have their names")
  func articleNumbers() {
    #expect(SyscallNumber.uname.rawValue == 63)
    #expect(SyscallNumber.reboot.rawValue == 169)
    #expect(SyscallNumber.sethostname.rawValue == 170)
    #expect(SyscallNumber.setdomainname.rawValue == 171)
    #expect(SyscallNumber(rawValue: 338)?.name == "foo")
    #expect(SyscallNumber(rawValue: 339)?.name == "silly_copy")
    #expect(SyscallNumber(rawValue: 337) == nil)
    #expect(SyscallNumber(rawValue: -1) == nil)
    #expect(SyscallNumber(rawValue: 512) == nil)
    #expect(SyscallNumber(name: "no_such_call") == nil)
    #expect(SyscallNumber.allCases.allSatisfy { $0.rawValue < SyscallNumber.tableSize })
  }

  @Test("errors have the number of the host's headers and the text of its strerror")
  func errnos() {
    let folder = "/usr/include/asm-generic/"
    guard let base = definitions(folder + "errno-base.h", prefix: "E"),
      let rest = definitions(folder + "errno.h", prefix: "E")
    else { return }
    let host = base.merging(rest) { first, _ in first }
    #expect(host.count == 131)
    for (name, number) in host {
      let ours = Errno(rawValue: Int32(number))
      #expect(ours.name == "E" + name)
      #expect(ours.message == String(cString: strerror(Int32(number))))
    }
    for number: Int32 in [0, 41, 58, 134, 4096, -1] {
      #expect(Errno(rawValue: number).name == nil)
      #expect(Errno(rawValue: number).message == String(cString: strerror(number)))
    }
  }

  @Test("only -4095 ... -1 is an error")
  func errorRange() {
    #expect(Errno(result: -14) == .EFAULT)
    #expect(Errno(result: -4095)?.rawValue == 4095)
    #expect(Errno(result: -4096) == nil)
    #expect(Errno(result: 0) == nil)
    #expect(Errno(result: Int64.min) == nil)
    #expect("\(Errno.EFAULT)" == "EFAULT (Bad address)")
  }

  @Test("capabilities are numbered 0 ... 40")
  func capabilities() {
    #expect(Capability.allCases.map(\.rawValue) == Array(0...40))
    #expect(Capability.CAP_SYS_ADMIN.rawValue == 21)
    #expect(Capability.CAP_SYS_BOOT.rawValue == 22)
    #expect(Capability(name: "sys_boot") == .CAP_SYS_BOOT)
    #expect(Capability(name: "CAP_BPF") == .CAP_BPF)
    #expect(Capability(name: "CAP_SYS_REBOOT") == nil)
    #expect(CapabilitySet.full.rawValue == 0x1ff_ffff_ffff)
    #expect(CapabilitySet(.CAP_BPF).contains(.CAP_BPF))
  }

  @Test("signals have the host's numbers and signal(7)'s actions")
  func signals() {
    #expect(Signal.SIGSEGV.rawValue == SIGSEGV)
    #expect(Signal.SIGSYS.rawValue == SIGSYS)
    #expect(Signal.SIGWINCH.rawValue == SIGWINCH)
    #expect("\(Signal(rawValue: 11))" == "SIGSEGV")
    #expect("\(Signal(rawValue: 34))" == "SIGRT_2")
    #expect("\(Signal(rawValue: 65))" == "65")
    #expect(Signal.SIGSEGV.defaultAction == .coreDump)
    #expect(Signal.SIGPIPE.defaultAction == .terminate)
    #expect(Signal.SIGCHLD.defaultAction == .ignore)
    #expect(Signal(rawValue: 40).defaultAction == .terminate)
  }

  @Test(
    "flags print as strace prints them",
    arguments: [
      ("\(ProtectionFlags([.PROT_READ, .PROT_WRITE]))", "PROT_READ|PROT_WRITE"),
      ("\(ProtectionFlags([]))", "PROT_NONE"),
      ("\(ProtectionFlags(rawValue: 0x11))", "PROT_READ|0x10"),
      ("\(MapFlags(rawValue: 0x32))", "MAP_PRIVATE|MAP_FIXED|MAP_ANONYMOUS"),
      ("\(MapFlags(rawValue: 0x812))", "MAP_PRIVATE|MAP_FIXED|MAP_DENYWRITE"),
      ("\(OpenFlags(rawValue: 0o2000000))", "O_RDONLY|O_CLOEXEC"),
      ("\(OpenFlags(rawValue: 0o1102))", "O_RDWR|O_CREAT|O_TRUNC"),
      ("\(OpenFlags(rawValue: 0o4010001))", "O_WRONLY|O_SYNC"),
      ("\(GetrandomFlags(rawValue: 1))", "GRND_NONBLOCK"),
      ("\(CloneFlags.CLONE_NEWUTS)", "CLONE_NEWUTS"),
    ]
  )
  func flags(ours: String, strace: String) {
    #expect(ours == strace)
  }

  @Test("constants agree with the host's headers")
  func constants() {
    #expect(IoctlRequest.TCGETS.rawValue == 0x5401)
    #expect(IoctlRequest.TIOCGWINSZ.rawValue == UInt32(TIOCGWINSZ))
    #expect(IoctlRequest.FIONREAD.rawValue == UInt32(FIONREAD))
    #expect(IoctlRequest.FIONBIO.rawValue == UInt32(FIONBIO))
    #expect(IoctlRequest.FIOCLEX.rawValue == UInt32(FIOCLEX))
    #expect(IoctlRequest.TIOCSETD.rawValue == UInt32(TIOCSETD))
    #expect(IoctlRequest.TIOCGSID.rawValue == 0x5429)
    #expect(OpenFlags.O_DIRECTORY.rawValue == UInt32(O_DIRECTORY))
    #expect(OpenFlags.O_CLOEXEC.rawValue == UInt32(O_CLOEXEC))
    #expect(OpenFlags.O_SYNC.rawValue == UInt32(O_SYNC))
    #expect(FcntlCommand.F_DUPFD_CLOEXEC.rawValue == UInt32(F_DUPFD_CLOEXEC))
    #expect(MadviseAdvice.MADV_DONTNEED.rawValue == UInt32(MADV_DONTNEED))
    #expect(Resource.RLIMIT_STACK.rawValue == 3)
    #expect(Resource.RLIMIT_RTTIME.rawValue == 15)
    #expect(ClockID.CLOCK_BOOTTIME.rawValue == 7)
    #expect(AuxiliaryVector.AT_RANDOM.rawValue == 25)
    #expect(ArchPrctl.ARCH_SET_FS.rawValue == 0x1002)
    #expect(Prctl.PR_SET_NAME.rawValue == 15)
    #expect(Prctl.PR_SET_NO_NEW_PRIVS.rawValue == 38)
    #expect(Prctl.PR_CAPBSET_READ.rawValue == 23)
    #expect(Prctl.PR_SET_TIMERSLACK.rawValue == 29)
    #expect(Prctl.PR_SET_MM.rawValue == 35)
    #expect(Prctl.PR_GET_THP_DISABLE.rawValue == 42)
    #expect(Prctl.PR_SET_SYSCALL_USER_DISPATCH.rawValue == 59)
    #expect(Prctl.PR_GET_MEMORY_MERGE.rawValue == 68)
    #expect(Reboot.isMagic2(672_274_793) && Reboot.isMagic2(85_072_278))
    #expect(Reboot.isMagic2(369_367_448) && Reboot.isMagic2(537_993_216))
    #expect(!Reboot.isMagic2(0))
  }
}
