import NativeExecution

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// Where the tests' memory lies: at the same addresses in the host process and in the guest.
///
/// ```
/// 0x10000000  data       two pages, read-write
/// 0x10002000  read-only  one page
/// 0x10003000  nothing
/// 0x20000000  code       one page, read-write-execute, filled with INT3
/// ```
enum TestMemory {
  static let pageSize: UInt64 = 4096
  static let data: UInt64 = 0x1000_0000
  static let dataPages: UInt64 = 2
  static let readOnly: UInt64 = 0x1000_2000
  static let unmapped: UInt64 = 0x1000_3000
  static let code: UInt64 = 0x2000_0000
  /// Data and read-only pages together, in bytes.
  static let dataSize = 3 * 4096
  /// Where instructions are put: the middle, so that short branches stay in the page.
  static let entry: UInt64 = 0x2000_0800

  /// The host's copy of the data pages.
  static var hostData: UnsafeMutableRawPointer? { UnsafeMutableRawPointer(bitPattern: UInt(data)) }
  /// The host's copy of the code page.
  static var hostCode: UnsafeMutableRawPointer? { UnsafeMutableRawPointer(bitPattern: UInt(code)) }

  /// The host has AVX: states have upper halves of YMM registers.
  static let hasYMM = native_has_avx()

  /// Maps the pages in this process, once. False where the host cannot run the bytes.
  static let isMapped: Bool = {
    guard native_is_supported(),
      native_map(data, dataSize, true, false), native_map(code, 4096, true, true),
      let hostCode
    else { return false }
    memset(hostCode, 0xCC, 4096)
    return true
  }()
}
