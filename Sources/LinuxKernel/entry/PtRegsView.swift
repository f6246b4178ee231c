import LinuxABI

/// The `pt_regs` that entry code pushed on a kernel stack, in place.
///
/// Reading and writing here is reading and writing guest memory: what is written is what kernel text
/// pops on its way back to user mode. Valid as long as the stack is.
public struct PtRegsView {
  /// Host address of the frame.
  let base: UnsafeMutableRawPointer

  /// One register.
  @inline(__always)
  public subscript(_ offset: PtRegs.Offset) -> UInt64 {
    get { base.load(fromByteOffset: offset.rawValue, as: UInt64.self) }
    nonmutating set {
      base.storeBytes(of: newValue, toByteOffset: offset.rawValue, as: UInt64.self)
    }
  }

  /// The six arguments of the system call.
  @inline(__always)
  public var arguments: SyscallArguments {
    SyscallArguments(self[.rdi], self[.rsi], self[.rdx], self[.r10], self[.r8], self[.r9])
  }

  /// A copy of all registers.
  public var snapshot: PtRegs {
    PtRegs(decoding: UnsafeRawBufferPointer(start: base, count: PtRegs.size))
  }
}
