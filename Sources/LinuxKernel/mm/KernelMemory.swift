import LinuxABI

/// Kernel memory in the direct map: contiguous frames that kernel text and Swift can both reach.
public struct KernelBuffer {
  /// Its kernel virtual address.
  public let address: UInt64
  /// Its host address.
  public let host: UnsafeMutableRawPointer
  /// Bytes.
  public let count: Int
}

/// A task's kernel stack: 16 KiB with an unmapped page below.
///
/// - SeeAlso: Linux `arch/x86/include/asm/page_64_types.h` `THREAD_SIZE`.
struct KernelStack {
  /// Bytes of a kernel stack.
  static let THREAD_SIZE = 16384

  /// The address just above the stack.
  let top: UInt64
  /// The host address just above the stack.
  let hostTop: UnsafeMutableRawPointer

  /// The `pt_regs` of the entry from user mode: always at the very top.
  var ptRegs: PtRegsView { PtRegsView(base: hostTop - PtRegs.size) }
}
