/// A request number of `ioctl`.
///
/// - SeeAlso: Linux `include/uapi/asm-generic/ioctls.h`.
public enum IoctlRequest: UInt32, CaseIterable, Sendable {
  // swift-format-ignore
  case TCGETS = 0x5401, TCSETS, TCSETSW, TCSETSF, TCGETA, TCSETA, TCSETAW, TCSETAF, TCSBRK
  // swift-format-ignore
  case TCXONC = 0x540a, TCFLSH, TIOCEXCL, TIOCNXCL, TIOCSCTTY, TIOCGPGRP, TIOCSPGRP, TIOCOUTQ
  // swift-format-ignore
  case TIOCSTI = 0x5412, TIOCGWINSZ, TIOCSWINSZ
  // swift-format-ignore
  case FIONREAD = 0x541b, TIOCLINUX, TIOCCONS, TIOCGSERIAL, TIOCSSERIAL, TIOCPKT, FIONBIO, TIOCNOTTY
  // swift-format-ignore
  case TIOCSETD = 0x5423, TIOCGETD, TCSBRKP, TIOCSBRK = 0x5427, TIOCCBRK, TIOCGSID
  // swift-format-ignore
  case FIONCLEX = 0x5450, FIOCLEX, FIOASYNC
  /// Terminal settings with free line speeds (`struct termios2`).
  case TCGETS2 = 0x802c_542a
}

/// The settings of a terminal, as the kernel's `TCGETS` writes them.
///
/// The C library's own `struct termios` is larger.
///
/// - SeeAlso: Linux `include/uapi/asm-generic/termbits.h` `struct termios`.
public struct KernelTermios: ABIStructure, Equatable {
  /// The number of bytes.
  public static let size = 36
  /// The number of control characters.
  public static let NCCS = 19

  /// Input modes.
  public var inputFlags: UInt32
  /// Output modes.
  public var outputFlags: UInt32
  /// Line modes and speed.
  public var controlFlags: UInt32
  /// Echo, signals, line editing.
  public var localFlags: UInt32
  /// The line discipline.
  public var line: UInt8
  /// The control characters, ``NCCS`` of them.
  public var controlCharacters: [UInt8]

  /// Makes the settings of a terminal that was just opened.
  public init() {
    inputFlags = 0x500  // ICRNL|IXON
    outputFlags = 0x5  // OPOST|ONLCR
    controlFlags = 0xbf  // B38400|CS8|CREAD
    localFlags = 0x8a3b  // ISIG|ICANON|ECHO|ECHOE|ECHOK|ECHOCTL|ECHOKE|IEXTEN
    line = 0
    controlCharacters = [
      3, 0x1c, 0x7f, 0x15, 4, 0, 1, 0, 0x11, 0x13, 0x1a, 0, 0x12, 0xf, 0x17, 0x16, 0, 0, 0,
    ]
  }

  /// Reads the structure.
  public init(decoding bytes: UnsafeRawBufferPointer) {
    inputFlags = bytes.loadLittleEndian(at: 0)
    outputFlags = bytes.loadLittleEndian(at: 4)
    controlFlags = bytes.loadLittleEndian(at: 8)
    localFlags = bytes.loadLittleEndian(at: 12)
    line = bytes[16]
    controlCharacters = [UInt8](bytes[17..<Self.size])
  }

  /// Writes the structure.
  public func encode(into bytes: UnsafeMutableRawBufferPointer) {
    bytes.zero(0..<Self.size)
    bytes.storeLittleEndian(inputFlags, at: 0)
    bytes.storeLittleEndian(outputFlags, at: 4)
    bytes.storeLittleEndian(controlFlags, at: 8)
    bytes.storeLittleEndian(localFlags, at: 12)
    bytes[16] = line
    for (index, byte) in controlCharacters.prefix(Self.NCCS).enumerated() {
      bytes[17 + index] = byte
    }
  }
}

/// The size of a terminal window.
///
/// - SeeAlso: Linux `include/uapi/asm-generic/termios.h` `struct winsize`.
public struct WinSize: ABIStructure, Equatable {
  /// The number of bytes.
  public static let size = 8

  /// Lines of text.
  public var rows: UInt16
  /// Characters in a line.
  public var columns: UInt16
  /// Width in pixels, or 0.
  public var widthInPixels: UInt16 = 0
  /// Height in pixels, or 0.
  public var heightInPixels: UInt16 = 0

  /// Makes a size in characters.
  public init(rows: UInt16, columns: UInt16) {
    self.rows = rows
    self.columns = columns
  }

  /// Reads the structure.
  public init(decoding bytes: UnsafeRawBufferPointer) {
    rows = bytes.loadLittleEndian(at: 0)
    columns = bytes.loadLittleEndian(at: 2)
    widthInPixels = bytes.loadLittleEndian(at: 4)
    heightInPixels = bytes.loadLittleEndian(at: 6)
  }

  /// Writes the structure.
  public func encode(into bytes: UnsafeMutableRawBufferPointer) {
    bytes.storeLittleEndian(rows, at: 0)
    bytes.storeLittleEndian(columns, at: 2)
    bytes.storeLittleEndian(widthInPixels, at: 4)
    bytes.storeLittleEndian(heightInPixels, at: 6)
  }
}
