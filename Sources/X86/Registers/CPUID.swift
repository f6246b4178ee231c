// CPUID: a feature bit is set exactly when its instructions work on the model.
// Intel SDM Vol. 2A, CPUID; AMD64 Architecture Programmer's Manual Vol. 3, Appendix E.
//
// The vendor is AMD, because what the manuals leave open (undefined flags, SYSENTER in 64-bit mode) is
// done as AMD's processors do it.

/// EAX, EBX, ECX, EDX.
struct CPUIDRegisters: Equatable {
  var eax: UInt32 = 0
  var ebx: UInt32 = 0
  var ecx: UInt32 = 0
  var edx: UInt32 = 0
}

extension CPUModel {
  /// What CPUID gives for `leaf` and `subleaf`; unknown leaves are zero, as on AMD's processors.
  ///
  /// - Parameters:
  ///   - hasOSXSAVE: CR4.OSXSAVE, which leaf 1 shows.
  ///   - xcr0: what leaf 0Dh tells the size of.
  func cpuid(
    leaf: UInt32,
    subleaf: UInt32,
    hasOSXSAVE: Bool = false,
    xcr0: UInt64 = 1
  ) -> CPUIDRegisters {
    switch leaf {
    case 0x0000_0000:
      return CPUIDRegisters(eax: 0xD, ebx: 0x6874_7541, ecx: 0x444D_4163, edx: 0x6974_6E65)
    case 0x0000_0001:
      // EBX: CLFLUSH line in quadwords, one logical processor, APIC ID 0.
      return CPUIDRegisters(
        eax: signature,
        ebx: 0x0001_0800,
        ecx: featuresECX | (hasOSXSAVE ? 1 << 27 : 0),
        edx: featuresEDX
      )
    case 0x0000_0007 where subleaf == 0:
      return CPUIDRegisters(
        ebx: bit(0, .fsgsbase) | bit(3, .bmi1) | bit(5, .avx2) | bit(7, .smep) | bit(8, .bmi2)
          | bit(9, .erms)
          | bit(18, .rdseed) | bit(19, .adx) | bit(20, .smap) | bit(23, .clflushopt)
          | bit(24, .clwb) | bit(29, .sha),
        ecx: bit(22, .rdpid),
        edx: bit(4, .fsrm)
      )
    // One thread, one core.
    case 0x0000_000B where subleaf == 0: return CPUIDRegisters(ebx: 1, ecx: 0x100)
    case 0x0000_000B where subleaf == 1: return CPUIDRegisters(ebx: 1, ecx: 0x201)
    case 0x0000_000B: return CPUIDRegisters(ecx: subleaf & 0xFF)
    case 0x0000_000D where has(.xsave): return extendedState(subleaf, xcr0)
    case 0x8000_0000:
      return CPUIDRegisters(eax: 0x8000_0008, ebx: 0x6874_7541, ecx: 0x444D_4163, edx: 0x6974_6E65)
    case 0x8000_0001:
      return CPUIDRegisters(
        eax: signature,
        // PREFETCHW
        ecx: bit(0, .lahf) | bit(5, .abm) | 1 << 8,
        // SYSCALL, 1 GB pages, long mode
        edx: featuresEDX & 0x0183_F3FF | 1 << 11 | bit(20, .nx) | 1 << 26 | bit(27, .rdtscp)
          | 1 << 29
      )
    case 0x8000_0002...0x8000_0004: return brand(part: Int(leaf - 0x8000_0002))
    // First-level caches: 32 KB, 8 ways, lines of 64 bytes.
    case 0x8000_0005: return CPUIDRegisters(ecx: 0x2008_0140, edx: 0x2008_0140)
    // Second level: 512 KB, 8 ways; third: 8 MB, 16 ways.
    case 0x8000_0006: return CPUIDRegisters(ecx: 0x0200_6140, edx: 0x0040_8140)
    // The time-stamp counter does not depend on power states.
    case 0x8000_0007: return CPUIDRegisters(edx: 1 << 8)
    // 48 bits of physical and of virtual address.
    case 0x8000_0008: return CPUIDRegisters(eax: 0x3030)
    default: return CPUIDRegisters()
    }
  }

  /// XCR0 bits that exist.
  var xcr0Bits: UInt64 { has(.avx) ? 7 : 3 }

  /// Leaf 0Dh: sizes and offsets of register states in XSAVE's image.
  private func extendedState(_ subleaf: UInt32, _ xcr0: UInt64) -> CPUIDRegisters {
    let size = UInt32(XSaveImage.size(xcr0))
    return switch subleaf {
    case 0:
      CPUIDRegisters(
        eax: UInt32(truncatingIfNeeded: xcr0Bits),
        ebx: size,
        ecx: UInt32(XSaveImage.size(xcr0Bits))
      )
    // XSAVEOPT, XSAVEC, XGETBV with ECX 1.
    case 1:
      CPUIDRegisters(eax: bit(0, .xsaveopt) | bit(1, .xsavec) | bit(2, .xsavec), ebx: size)
    case 2 where has(.avx):
      CPUIDRegisters(eax: UInt32(XSaveImage.upperSize), ebx: UInt32(XSaveImage.upper))
    default: CPUIDRegisters()
    }
  }

  /// Family, model, stepping. Linux derives REP_GOOD from AMD's family: 10h and above have it
  /// (Linux arch/x86/kernel/cpu/amd.c `early_init_amd`).
  private var signature: UInt32 { has(.repGood) ? 0x00A1_0F11 : 0x0002_0FC2 }

  private func bit(_ n: UInt32, _ feature: Feature) -> UInt32 { has(feature) ? 1 << n : 0 }

  private var featuresECX: UInt32 {
    bit(12, .fma) | bit(26, .xsave) | bit(28, .avx) | bit(29, .f16c) | bit(0, .pni)
      | bit(1, .pclmulqdq) | bit(9, .ssse3) | bit(13, .cx16) | bit(19, .sse41)
      | bit(20, .sse42) | bit(22, .movbe) | bit(23, .popcnt) | bit(25, .aes) | bit(30, .rdrand)
  }

  /// What the kernel hands to programs as `AT_HWCAP`: leaf 1, EDX.
  public var hardwareCapabilities: UInt32 { featuresEDX }

  /// DE, PSE, TSC, MSR, PAE, CX8, PGE, CMOV, CLFLUSH, FXSR, SSE, SSE2.
  private var featuresEDX: UInt32 {
    1 << 2 | 1 << 3 | 1 << 4 | 1 << 5 | 1 << 6 | 1 << 8 | 1 << 13 | 1 << 15 | 1 << 19 | 1 << 24
      | 1 << 25 | 1 << 26
  }

  /// 16 of the 48 bytes of the processor's name.
  private func brand(part: Int) -> CPUIDRegisters {
    let name: StaticString = "Martlet x86-64 interpreter"
    var words: (UInt32, UInt32, UInt32, UInt32) = (0, 0, 0, 0)
    withUnsafeMutableBytes(of: &words) { bytes in
      name.withUTF8Buffer { text in
        for k in 0..<16 where part &* 16 &+ k < text.count { bytes[k] = text[part &* 16 &+ k] }
      }
    }
    return CPUIDRegisters(eax: words.0, ebx: words.1, ecx: words.2, edx: words.3)
  }
}
