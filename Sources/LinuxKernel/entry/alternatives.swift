import X86

/// The kernel's own numbering of processor features, as the table of alternatives uses it: 32 times
/// a word of CPUID bits, plus the bit.
///
/// - SeeAlso: Linux `arch/x86/include/asm/cpufeatures.h`.
enum CPUFeature: UInt16 {
  case X86_FEATURE_REP_GOOD = 112  // 3 * 32 + 16
  case X86_FEATURE_FSGSBASE = 288  // 9 * 32
  case X86_FEATURE_SMEP = 295  // 9 * 32 + 7
  case X86_FEATURE_ERMS = 297  // 9 * 32 + 9
  case X86_FEATURE_SMAP = 308  // 9 * 32 + 20
  case X86_FEATURE_FSRM = 580  // 18 * 32 + 4
}

extension Kernel {
  /// Replaces instructions of kernel text by better ones, where the processor has them.
  ///
  /// Works on guest memory: what a debugger disassembles afterwards is what runs.
  ///
  /// - SeeAlso: Linux `arch/x86/kernel/alternative.c` `apply_alternatives`.
  func alternative_instructions() throws(KernelError) {
    var address = try text.address(of: "__alt_start")
    let end = try text.address(of: "__alt_end")
    while address < end {
      defer { address &+= 12 }
      guard let feature = CPUFeature(rawValue: text.load(address &+ 8, as: UInt16.self)),
        hasFeature(feature)
      else { continue }
      let old = relative(address)
      let new = relative(address &+ 4)
      let oldLength = Int(text.load(address &+ 10, as: UInt8.self))
      let newLength = Int(text.load(address &+ 11, as: UInt8.self))
      guard newLength <= oldLength, let target = text.host(old, count: oldLength),
        let source = text.host(new, count: max(newLength, 1))
      else { throw .badImage("alternative at 0x\(String(old, radix: 16))") }
      target.copyMemory(from: source, byteCount: newLength)
      if newLength == 5, [0xE8, 0xE9].contains(text.load(old, as: UInt8.self)) {
        // A call or jump keeps its target, so its distance changes with its place.
        let distance = text.load(old &+ 1, as: UInt32.self)
        text.store(distance &+ UInt32(truncatingIfNeeded: new &- old), old &+ 1)
      }
      addNops(target + newLength, oldLength - newLength)
    }
  }

  private func relative(_ address: UInt64) -> UInt64 {
    address &+ UInt64(bitPattern: Int64(text.load(address, as: Int32.self)))
  }

  /// Fills a gap with as few instructions as possible.
  private func addNops(_ start: UnsafeMutableRawPointer, _ count: Int) {
    var done = 0
    while done < count {
      let length = min(count - done, Self.nops.count)
      for (index, byte) in Self.nops[length - 1].enumerated() {
        start.storeBytes(of: byte, toByteOffset: done + index, as: UInt8.self)
      }
      done += length
    }
  }

  /// NOPs of 1 ... 8 bytes (Intel SDM Vol. 2B, table 4-12).
  private static let nops: [[UInt8]] = [
    [0x90], [0x66, 0x90], [0x0F, 0x1F, 0x00], [0x0F, 0x1F, 0x40, 0x00],
    [0x0F, 0x1F, 0x44, 0x00, 0x00], [0x66, 0x0F, 0x1F, 0x44, 0x00, 0x00],
    [0x0F, 0x1F, 0x80, 0x00, 0x00, 0x00, 0x00], [0x0F, 0x1F, 0x84, 0x00, 0x00, 0x00, 0x00, 0x00],
  ]

  /// Whether the processor has a feature, by what it says itself.
  func hasFeature(_ feature: CPUFeature) -> Bool {
    switch feature {
    case .X86_FEATURE_REP_GOOD: cpu.model.has(.repGood)
    case .X86_FEATURE_FSGSBASE: cpu.model.has(.fsgsbase)
    case .X86_FEATURE_ERMS: cpu.model.has(.erms)
    case .X86_FEATURE_FSRM: cpu.model.has(.fsrm)
    case .X86_FEATURE_SMEP: cpu.model.has(.smep)
    case .X86_FEATURE_SMAP: cpu.model.has(.smap)
    }
  }
}
