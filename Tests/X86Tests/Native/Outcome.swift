import NativeExecution
import X86

/// Everything that a run left behind but memory.
struct Outcome {
  var state: NativeState
  var vector: UInt64
  var errorCode: UInt64
  var address: UInt64
  /// The run had no end of its own.
  var isEndless = false

  /// Flags that a program can see: RF is in what a fault pushes, IF and IOPL are not the program's.
  static let visibleFlags: UInt64 = 0x24_4DD5 | 0x100

  /// What differs, one line each; flags in `ignoring` are not compared.
  func differences(from host: Outcome, ignoring flags: UInt64) -> [String] {
    var lines: [String] = []
    func compare(_ name: @autoclosure () -> String, _ ours: UInt64, _ theirs: UInt64) {
      guard ours != theirs else { return }
      lines.append("\(name()): host \(hexadecimal(theirs)), ours \(hexadecimal(ours))")
    }
    compare("vector", vector, host.vector)
    if vector == host.vector {
      if vector == 14, address == host.address, errorCode != host.errorCode {
        lines.append("at \(hexadecimal(address))")
      }
      compare("error code", errorCode, host.errorCode)
      if vector == 14 { compare("cr2", address, host.address) }
    }
    compare("rip", state.rip, host.state.rip)
    for i in 0..<16 {
      compare(
        "\(GPR(rawValue: UInt8(i)).map { "\($0)" } ?? "?")",
        state[gpr: i],
        host.state[gpr: i]
      )
    }
    for i in 0..<32 {
      compare("xmm\(i / 2)[\(i % 2)]", state[xmmHalf: i], host.state[xmmHalf: i])
    }
    for i in 0..<32 {
      compare("ymm\(i / 2)[\(2 + i % 2)]", state[ymmQuarter: i], host.state[ymmQuarter: i])
    }
    compare("mxcsr", UInt64(state.mxcsr), UInt64(host.state.mxcsr))
    for (name, ours, theirs) in x87Parts(state.x87State, host.state.x87State) {
      compare(name, ours, theirs)
    }
    let mask = Self.visibleFlags & ~flags
    if (state.rflags ^ host.state.rflags) & mask != 0 {
      let wrong = flagNames((state.rflags ^ host.state.rflags) & mask)
      lines.append(
        "rflags (\(wrong)): host \(flagNames(host.state.rflags)), ours \(flagNames(state.rflags))"
      )
    }
    return lines
  }
}

/// `0x1f`.
func hexadecimal(_ value: UInt64) -> String { "0x" + String(value, radix: 16) }

/// `CF ZF`.
func flagNames(_ flags: UInt64) -> String {
  let names: [(UInt64, String)] = [
    (0, "CF"), (2, "PF"), (4, "AF"), (6, "ZF"), (7, "SF"), (8, "TF"), (10, "DF"), (11, "OF"),
    (14, "NT"), (18, "AC"), (21, "ID"),
  ]
  return names.filter { flags >> $0.0 & 1 == 1 }.map(\.1).joined(separator: " ")
}
