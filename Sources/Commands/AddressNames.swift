import ELF
import LinuxKernel

/// Names the addresses of kernel text and of the program, for traces and reports.
final class AddressNames {
  private unowned let kernel: Kernel
  private let program: ELFBytes
  /// The program's symbols, read at the first question.
  private lazy var image = try? ELFImage(program)
  private lazy var symbols = image?.symbolTable()

  init(_ kernel: Kernel, program: ELFBytes) {
    self.kernel = kernel
    self.program = program
  }

  /// `0x401136 (main+0x16)`, or only the number.
  func name(_ task: LinuxKernel.Task, _ address: UInt64) -> String {
    let number = "0x" + String(address, radix: 16)
    return symbol(task, address).map { "\(number) (\($0))" } ?? number
  }

  /// `main+0x16`.
  func symbol(_ task: LinuxKernel.Task, _ address: UInt64) -> String? {
    if address >> 63 == 1 {
      return kernel.text.describe(address) ?? kernel.swiftText.symbol(address)
    }
    guard let image, let symbols else { return nil }
    return symbols.describe(address &- bias(task, image))
  }

  /// How far the program lies from the addresses in its file: 0 but for a static PIE.
  private func bias(_ task: LinuxKernel.Task, _ image: ELFImage) -> UInt64 {
    let starts = image.programHeaders.filter { $0.kind == .PT_LOAD && $0.flags.contains(.PF_X) }
      .map { $0.virtualAddress & ~4095 }
    guard let first = starts.min(), let mm = task.mm else { return 0 }
    return (mm.start_code & ~4095) &- first
  }
}
