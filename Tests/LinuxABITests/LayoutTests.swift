import Foundation
import LinuxABI
import Testing

/// Structures that the host's own kernel filled are the oracle for our layouts.
@Suite("Structure layouts")
struct LayoutTests {
  @Test("pt_regs is 21 words in memory order")
  func ptRegs() {
    var regs = PtRegs()
    regs.r15 = 1
    regs.rax = 0xffff_ffff_ffff_ffda
    regs.ss = 0x2b
    let bytes = regs.bytes
    #expect(bytes.count == 168)
    #expect(bytes[0] == 1 && bytes[80] == 0xda && bytes[87] == 0xff && bytes[160] == 0x2b)
    #expect(PtRegs(bytes: bytes) == regs)
    #expect(PtRegs.Offset.allCases.map(\.rawValue) == Array(stride(from: 0, to: 168, by: 8)))
    let counting = PtRegs(bytes: (0..<168).map { UInt8($0) })
    #expect(counting?.bytes == (0..<168).map { UInt8($0) })
    #expect(PtRegs(bytes: [1, 2, 3]) == nil)
  }

  #if os(Linux) && arch(x86_64)
  @Test("stat decodes what the host's stat call wrote")
  func stat() throws {
    var host = Glibc.stat()
    #expect(Glibc.lstat("/usr", &host) == 0)
    let ours = withUnsafeBytes(of: &host) { Stat(decoding: $0) }
    #expect(MemoryLayout<Glibc.stat>.size == Stat.size)
    #expect(ours.device == UInt64(host.st_dev) && ours.inode == UInt64(host.st_ino))
    #expect(ours.links == UInt64(host.st_nlink) && ours.mode == host.st_mode)
    #expect(ours.mode & Stat.S_IFMT == Stat.S_IFDIR)
    #expect(ours.length == Int64(host.st_size) && ours.blockSize == Int64(host.st_blksize))
    #expect(ours.blocks == Int64(host.st_blocks))
    #expect(ours.modificationTime.seconds == Int64(host.st_mtim.tv_sec))
    #expect(ours.changeTime.nanoseconds == Int64(host.st_ctim.tv_nsec))
    #expect(Stat(bytes: ours.bytes) == ours)
  }

  @Test("uname decodes what the host's uname call wrote")
  func utsname() {
    var host = Glibc.utsname()
    #expect(Glibc.uname(&host) == 0)
    let ours = withUnsafeBytes(of: &host) { NewUtsname(decoding: $0) }
    #expect(MemoryLayout<Glibc.utsname>.size == NewUtsname.size)
    #expect(ours[.sysname] == "Linux")
    #expect(ours[.machine] == "x86_64")
    #expect(NewUtsname(bytes: ours.bytes) == ours)
  }

  @Test("rusage decodes what the host's getrusage call wrote")
  func accounting() {
    var usage = Glibc.rusage()
    #expect(getrusage(0, &usage) == 0)
    let our = withUnsafeBytes(of: &usage) { Rusage(decoding: $0) }
    #expect(MemoryLayout<Glibc.rusage>.size == Rusage.size)
    #expect(our.maximumResidentKilobytes == Int64(usage.ru_maxrss))
    #expect(our.minorFaults == Int64(usage.ru_minflt))
    #expect(our.involuntarySwitches == Int64(usage.ru_nivcsw))
  }
  #endif

  @Test("small structures survive a round trip at their C size")
  func roundTrips() {
    let time = Timespec(seconds: -1, nanoseconds: 999_999_999)
    #expect(Timespec(bytes: time.bytes) == time && time.bytes.count == 16)
    let limit = RLimit64(current: 8 << 20, maximum: RLimit64.RLIM64_INFINITY)
    #expect(RLimit64(bytes: limit.bytes) == limit && limit.bytes.count == 16)
    let piece = IOVec(base: 0x1234, length: 5)
    #expect(IOVec(bytes: piece.bytes) == piece && piece.bytes.count == 16)
    var action = KernelSigAction()
    action.handler = 0x40_1000
    action.flags = [.SA_SIGINFO, .SA_RESTORER]
    action.restorer = 0x40_2000
    action.mask = 1 << 10
    #expect(KernelSigAction(bytes: action.bytes) == action && action.bytes.count == 32)
    let window = WinSize(rows: 24, columns: 80)
    #expect(window.bytes == [24, 0, 80, 0, 0, 0, 0, 0])
    let terminal = KernelTermios()
    #expect(KernelTermios(bytes: terminal.bytes) == terminal && terminal.bytes.count == 36)
    var system = Sysinfo()
    system.totalRAM = 1 << 30
    system.processes = 3
    #expect(Sysinfo(bytes: system.bytes) == system && system.bytes.count == 112)
    #expect(system.bytes[80] == 3 && system.bytes[104] == 1)
    let data = CapUserData(effective: 1, permitted: 2, inheritable: 3)
    #expect(CapUserData(bytes: data.bytes) == data && data.bytes.count == 12)
  }

  @Test("a name is cut to 64 bytes and terminated")
  func longName() {
    let long = NewUtsname(domainname: String(repeating: "x", count: 100))
    #expect(long[.domainname].utf8.count == 64)
    #expect(long.bytes[389] == 0 && long.bytes[388] == 0x78)
  }
}
