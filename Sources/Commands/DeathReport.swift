import Disassembly
import Emulation
import LinuxABI
import LinuxKernel

/// Why a signal killed the program, in one line: what, where, by which instruction.
struct DeathReport {
  private let signal: FatalSignal
  private let machine: Machine

  init(_ signal: FatalSignal, _ machine: Machine) {
    self.signal = signal
    self.machine = machine
  }

  /// `killed by SIGSEGV: address 0x0 (not mapped): rip 0x401136 (main+0x16): mov eax, ...`.
  var text: String {
    var parts = ["killed by \(signal.signal)"]
    if let cause { parts.append(cause) }
    let names = AddressNames(machine.kernel, program: machine.program.bytes)
    parts.append("rip \(names.name(machine.initTask, signal.rip))")
    if let instruction { parts.append(instruction) }
    return parts.joined(separator: ": ")
  }

  /// What the processor objected to; `nil` when the program asked for the signal itself.
  private var cause: String? {
    let address = "0x" + String(signal.address, radix: 16)
    guard let vector = signal.vector else { return nil }
    switch vector {
    case .pageFault:
      if signal.signal == .SIGBUS { return "address \(address) lies past the end of its file" }
      return signal.code == 1
        ? "nothing is mapped at address \(address)"
        : "address \(address) may not be \(access)"
    case .divideError: return "division by zero, or a quotient that is too large"
    case .invalidOpcode: return "invalid instruction"
    case .generalProtection:
      return "general protection (privileged, misaligned, or a non-canonical address)"
    case .stackFault: return "non-canonical stack address"
    case .simdFloatingPoint: return "unmasked floating-point exception"
    case .alignmentCheck: return "misaligned address with AC set"
    case .breakpoint: return "breakpoint instruction"
    case .debug: return "single step"
    case .overflow: return "overflow trap"
    default: return "\(vector)"
    }
  }

  private var access: String {
    if signal.errorCode & 16 != 0 { return "executed" }
    return signal.errorCode & 2 != 0 ? "written" : "read"
  }

  /// The instruction at rip; for a trap the one before is over and is not shown.
  private var instruction: String? {
    guard signal.vector != nil, signal.vector != .breakpoint else { return nil }
    var bytes = [UInt8](repeating: 0, count: 15)
    let count = bytes.withUnsafeMutableBytes { machine.kernel.cpu.peek(signal.rip, into: $0) }
    guard count > 0 else { return nil }
    let read = Array(bytes.prefix(count))
    let line = Disassembler()?.disassemble(bytes: read, address: signal.rip)
    if signal.vector == .invalidOpcode || line == nil {
      let shown = read.prefix(line?.length ?? 8).map {
        String($0 >> 4, radix: 16) + String($0 & 15, radix: 16)
      }
      return (line.map { "\($0.text) " } ?? "") + "[\(shown.joined(separator: " "))]"
    }
    return line?.text
  }
}
