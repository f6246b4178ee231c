/// The processor that an ELF file was made for: `e_machine`.
///
/// - SeeAlso: Linux `include/uapi/linux/elf-em.h`.
public struct ELFMachine: RawRepresentable, Equatable, Sendable, CustomStringConvertible {
  /// The number in the header.
  public var rawValue: UInt16

  /// Makes a machine of any number.
  public init(rawValue: UInt16) {
    self.rawValue = rawValue
  }

  /// The 64-bit x86, the one that runs here.
  public static let EM_X86_64 = ELFMachine(rawValue: 62)
  /// The 32-bit x86.
  public static let EM_386 = ELFMachine(rawValue: 3)

  /// The machine's usual name, or its number.
  public var description: String {
    switch rawValue {
    case 2: "sparc"
    case 3, 6: "i386"
    case 4: "m68k"
    case 8: "mips"
    case 15: "parisc"
    case 18, 43: "sparc64"
    case 20: "powerpc"
    case 21: "powerpc64"
    case 22: "s390"
    case 40: "arm"
    case 42: "sh"
    case 50: "ia64"
    case 62: "x86-64"
    case 93: "arc"
    case 94: "xtensa"
    case 183: "aarch64"
    case 189: "microblaze"
    case 224: "amdgpu"
    case 243: "riscv"
    case 247: "bpf"
    case 252: "csky"
    case 258: "loongarch"
    case 0x9026: "alpha"
    default: "machine number \(rawValue)"
    }
  }
}
