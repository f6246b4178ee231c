/// One argument of a system call: its name, and what it means.
///
/// The meaning is enough to print the argument as strace does, to show it in a debugger and to
/// write its C declaration. It says nothing about how the call is carried out.
public struct SyscallArgument: Sendable {
  /// What an argument means.
  ///
  /// An associated `Int` is the index of the argument that holds a length.
  public enum Kind: Sendable {
    /// Numbers.
    case int, unsigned, long, ulong, size, hex, hex32, octal
    /// A file descriptor, or one that may be `AT_FDCWD`.
    case descriptor, directory
    /// A user or group; all ones is printed as -1.
    case identity
    /// An address that is not followed.
    case address
    /// A path, or another text that ends with a zero byte.
    case path, text
    /// Bytes that the program gives: a text of `length` bytes.
    case bytes(length: Int)
    /// A name of at most 64 bytes: longer ones are printed as an address.
    case utsText(length: Int)
    /// Bytes that the kernel fills; the result says how many.
    case filled
    /// The same, printed in hexadecimal.
    case filledHex
    /// A text that the kernel fills.
    case filledText
    /// Pieces of memory that the program gives, or that the kernel fills.
    case pieces(count: Int), filledPieces(count: Int)
    /// A bit set, or one value of a list.
    case flags(Xlat), value(Xlat)
    /// A signal's number.
    case signal
    /// A signal set whose size is another argument; given, or filled.
    case signalSet(size: Int), filledSignalSet(size: Int)
    /// A structure that the program gives, or that the kernel fills.
    case given(Structure), filledBy(Structure)
    /// Flags of `open`, and the mode that exists only when a file is made.
    case openFlags, openMode(flags: Int)
    /// An argument whose meaning depends on a code in the argument before it.
    case ioctlRequest, ioctlArgument
    case fcntlCommand, fcntlArgument
    case archPrctlCode, archPrctlArgument
    case prctlCode, prctlArgument
    case rebootText
    case futexOperation, futexRest
    case mremapNewAddress
    case cloneArguments
    case pollSet(count: Int)
    case cpuSet, filledCPUSet
    /// A list of groups, given or filled.
    case identities(count: Int), filledIdentities(count: Int)
    /// Command line arguments, and the environment.
    case argumentVector, environment
    /// A file offset, printed in hexadecimal (`mmap`).
    case hexOffset
    /// No argument, but a word in its place: the call that `restart_syscall` stands for.
    case resumed
    /// A personality.
    case persona
  }

  /// A structure that crosses the border.
  public enum Structure: Sendable {
    case utsname, stat, timespec, timeval, timezone, rlimit, rusage, sysinfo, tms
    case sigaction, sigaltstack, capHeader, capData
    case int, unsigned, size, pointer, intPair, time, identity, fileOwner
  }

  /// The name, as the manual page has it.
  public let name: StaticString
  /// The meaning.
  public let kind: Kind

  /// Makes an argument.
  public init(_ name: StaticString, _ kind: Kind) {
    self.name = name
    self.kind = kind
  }

  /// Whether the argument can be printed only when the call is over.
  public var isPrintedAtExit: Bool {
    switch kind {
    case .filled, .filledHex, .filledText, .filledPieces, .filledSignalSet, .filledBy,
      .filledCPUSet,
      .ioctlArgument, .fcntlArgument, .archPrctlArgument, .prctlArgument:
      true
    default: false
    }
  }

  /// Whether C's prototype has the argument.
  public var isDeclared: Bool {
    if case .resumed = kind { return false }
    return true
  }

  /// The C declaration, such as `const char *filename`.
  public var declaration: String {
    let type = kind.cType
    return type.hasSuffix("*") ? "\(type)\(name)" : "\(type) \(name)"
  }
}

extension SyscallArgument.Kind {
  /// The C type, as the manual pages write it.
  var cType: String {
    switch self {
    case .int, .descriptor, .directory, .value, .signal, .ioctlRequest, .fcntlCommand,
      .archPrctlCode, .prctlCode, .futexOperation, .openFlags:
      "int"
    case .unsigned, .hex32, .flags: "unsigned int"
    case .long, .hexOffset: "long"
    case .resumed, .ulong, .hex, .ioctlArgument, .fcntlArgument, .archPrctlArgument, .prctlArgument,
      .futexRest, .mremapNewAddress, .cloneArguments, .persona:
      "unsigned long"
    case .size: "size_t"
    case .octal, .openMode: "mode_t"
    case .identity: "uid_t"
    case .address: "void *"
    case .path, .text, .utsText: "const char *"
    case .bytes: "const void *"
    case .filled, .filledHex: "void *"
    case .filledText: "char *"
    case .pieces, .filledPieces: "const struct iovec *"
    case .signalSet: "const sigset_t *"
    case .filledSignalSet: "sigset_t *"
    case .given(let structure): "const \(structure.cName) *"
    case .filledBy(let structure): "\(structure.cName) *"
    case .rebootText: "void *"
    case .pollSet: "struct pollfd *"
    case .cpuSet: "const unsigned long *"
    case .filledCPUSet: "unsigned long *"
    case .identities: "const gid_t *"
    case .filledIdentities: "gid_t *"
    case .argumentVector, .environment: "const char *const *"
    }
  }
}

extension SyscallArgument.Structure {
  /// The C name of the structure.
  var cName: String {
    switch self {
    case .utsname: "struct new_utsname"
    case .stat: "struct stat"
    case .timespec: "struct timespec"
    case .timeval: "struct timeval"
    case .timezone: "struct timezone"
    case .rlimit: "struct rlimit"
    case .rusage: "struct rusage"
    case .sysinfo: "struct sysinfo"
    case .tms: "struct tms"
    case .sigaction: "struct sigaction"
    case .sigaltstack: "stack_t"
    case .capHeader: "struct __user_cap_header_struct"
    case .capData: "struct __user_cap_data_struct"
    case .int, .intPair: "int"
    case .unsigned: "unsigned int"
    case .size: "size_t"
    case .pointer: "void *"
    case .fileOwner: "struct f_owner_ex"
    case .time: "time_t"
    case .identity: "uid_t"
    }
  }
}

/// Short spellings for the rows of the table.
extension SyscallArgument {
  static func int(_ name: StaticString) -> Self { .init(name, .int) }
  static func unsigned(_ name: StaticString) -> Self { .init(name, .unsigned) }
  static func long(_ name: StaticString) -> Self { .init(name, .long) }
  static func ulong(_ name: StaticString) -> Self { .init(name, .ulong) }
  static func size(_ name: StaticString) -> Self { .init(name, .size) }
  static func hex(_ name: StaticString) -> Self { .init(name, .hex) }
  static func hex32(_ name: StaticString) -> Self { .init(name, .hex32) }
  static func mode(_ name: StaticString) -> Self { .init(name, .octal) }
  static func fd(_ name: StaticString) -> Self { .init(name, .descriptor) }
  static func dirfd(_ name: StaticString) -> Self { .init(name, .directory) }
  static func id(_ name: StaticString) -> Self { .init(name, .identity) }
  static func pointer(_ name: StaticString) -> Self { .init(name, .address) }
  static func path(_ name: StaticString) -> Self { .init(name, .path) }
  static func text(_ name: StaticString) -> Self { .init(name, .text) }
  static func signal(_ name: StaticString) -> Self { .init(name, .signal) }
  static func flags(_ name: StaticString, _ xlat: Xlat) -> Self { .init(name, .flags(xlat)) }
  static func value(_ name: StaticString, _ xlat: Xlat) -> Self { .init(name, .value(xlat)) }
  static func given(_ name: StaticString, _ structure: Structure) -> Self {
    .init(name, .given(structure))
  }
  static func out(_ name: StaticString, _ structure: Structure) -> Self {
    .init(name, .filledBy(structure))
  }
}
