import CHostSIMD

/// Instructions of the host beyond the first x86-64 processors', which handlers may use.
///
/// Translation asks: an instruction whose host counterpart is missing gets no handler of its own and
/// is executed by `VCPU.execute`, in portable Swift.
struct HostFeatures: OptionSet, Sendable {
  let rawValue: UInt32

  static let sse3 = HostFeatures(rawValue: 1 << 0)
  static let ssse3 = HostFeatures(rawValue: 1 << 1)
  static let sse41 = HostFeatures(rawValue: 1 << 2)
  static let sse42 = HostFeatures(rawValue: 1 << 3)
  static let aes = HostFeatures(rawValue: 1 << 4)
  static let pclmulqdq = HostFeatures(rawValue: 1 << 5)
  static let sha = HostFeatures(rawValue: 1 << 6)
  static let avx = HostFeatures(rawValue: 1 << 7)
  static let f16c = HostFeatures(rawValue: 1 << 8)
  static let fma = HostFeatures(rawValue: 1 << 9)
  static let avx2 = HostFeatures(rawValue: 1 << 10)
  static let bmi1 = HostFeatures(rawValue: 1 << 11)
  static let bmi2 = HostFeatures(rawValue: 1 << 12)

  /// What SSE instructions on halves of YMM registers need.
  static let forHalves: HostFeatures = [.sse3, .ssse3, .sse41, .sse42, .aes, .pclmulqdq]

  /// What this host has, asked once. YMM registers count only when the host's kernel saves them.
  static let current = read()

  #if arch(x86_64)
  private static func read() -> HostFeatures {
    var found: HostFeatures = []
    let last = host_cpuid(0, 0).eax
    let one = host_cpuid(1, 0)
    let seven = last >= 7 ? host_cpuid(7, 0) : HostCPUID()
    func add(_ feature: HostFeatures, _ register: UInt32, _ bit: UInt32) {
      if register >> bit & 1 != 0 { found.insert(feature) }
    }
    add(.sse3, one.ecx, 0)
    add(.pclmulqdq, one.ecx, 1)
    add(.ssse3, one.ecx, 9)
    add(.sse41, one.ecx, 19)
    add(.sse42, one.ecx, 20)
    add(.aes, one.ecx, 25)
    add(.sha, seven.ebx, 29)
    add(.bmi1, seven.ebx, 3)
    add(.bmi2, seven.ebx, 8)
    let savesYMM = one.ecx >> 27 & 1 != 0 && host_xgetbv() & 6 == 6
    if savesYMM {
      add(.avx, one.ecx, 28)
      add(.f16c, one.ecx, 29)
      add(.fma, one.ecx, 12)
      add(.avx2, seven.ebx, 5)
    }
    return found
  }
  #else
  private static func read() -> HostFeatures { [] }
  #endif
}
