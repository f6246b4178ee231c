/// Which field of a VEX encoding names which operand, read from a row's syntax.
///
/// The SDM's "Op/En" column, which a row does not repeat: an operand in memory is ModRM.rm, and the
/// others follow from the number of registers.
struct VEXRoles {
  enum Role: UInt8 {
    case reg, vvvv, rm, is4
  }

  private var roles = (Role.reg, Role.vvvv, Role.rm, Role.is4)

  init() {}

  /// - Parameters:
  ///   - syntax: the row's.
  ///   - hasDigit: ModRM.reg is part of the opcode.
  ///   - storesFirst: of registers alone the first one is ModRM.rm (VMOVSS, opcode 11).
  init(_ syntax: UnsafePointer<UInt8>, hasDigit: Bool, storesFirst: Bool) {
    var count = 0
    var memory: Int?
    var cursor = syntax
    while cursor.pointee != 0 && cursor.pointee != UInt8(ascii: " ") { cursor += 1 }
    while cursor.pointee != 0 {
      while cursor.pointee == UInt8(ascii: " ") || cursor.pointee == UInt8(ascii: ",") {
        cursor += 1
      }
      let start = cursor
      var hasSlash = false
      while cursor.pointee != 0 && cursor.pointee != UInt8(ascii: ",") {
        if cursor.pointee == UInt8(ascii: "/") { hasSlash = true }
        cursor += 1
      }
      switch start.pointee {
      case UInt8(ascii: "i"), UInt8(ascii: "<"): break
      case UInt8(ascii: "m"), UInt8(ascii: "v"):
        memory = count
        count += 1
      default:
        if hasSlash { memory = count }
        count += 1
      }
    }
    switch (count, hasDigit, memory) {
    case (1, _, _): roles = (.rm, .rm, .rm, .is4)
    case (2, true, _): roles = (.vvvv, .rm, .rm, .is4)
    case (2, false, 0): roles = (.rm, .reg, .rm, .is4)
    case (2, false, _): roles = (.reg, .rm, .rm, .is4)
    case (_, _, 0): roles = (.rm, .vvvv, .reg, .is4)
    case (_, _, 1): roles = (.reg, .rm, .vvvv, .is4)
    case (_, _, nil) where storesFirst: roles = (.rm, .vvvv, .reg, .is4)
    default: roles = (.reg, .vvvv, .rm, .is4)
    }
  }

  func role(of operand: Int) -> Role {
    switch operand {
    case 0: roles.0
    case 1: roles.1
    case 2: roles.2
    default: roles.3
    }
  }
}
