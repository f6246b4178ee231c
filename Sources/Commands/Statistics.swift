import Emulation

/// `--stats`: what the machine did, in numbers.
struct Statistics {
  let machine: Machine
  let nanoseconds: Int64

  /// The report.
  var lines: [String] {
    let counts = machine.kernel.statistics
    let instructions = machine.instructionsRetired
    let microseconds = max(1, nanoseconds / 1000)
    let mips = instructions / UInt64(microseconds)
    var lines = [
      "instructions:     \(instructions)",
      "time:             \(seconds) s (\(mips) MIPS)",
      "system calls:     \(counts.syscalls)",
      "page faults:      \(counts.pageFaults)",
      "fixups:           \(counts.fixups)",
      "context switches: \(counts.contextSwitches)",
    ]
    if counts.oopses > 0 { lines.append("oopses:           \(counts.oopses)") }
    if machine.boots > 1 { lines.append("boots:            \(machine.boots)") }
    return lines
  }

  /// Seconds with six digits behind the point.
  private var seconds: String {
    let microseconds = nanoseconds / 1000
    let fraction = String(microseconds % 1_000_000)
    return "\(microseconds / 1_000_000)."
      + String(repeating: "0", count: 6 - fraction.count) + fraction
  }
}
