/// Where traces, the log and the statistics go: lines, in the order in which things happen.
///
/// Standard error is written at once, because the guest's own output lies between the lines; a file
/// is written in blocks.
final class ReportWriter {
  private let descriptor: Int32
  private let isBuffered: Bool
  private var pending = ""

  init(descriptor: Int32) {
    self.descriptor = descriptor
    isBuffered = descriptor != 2
  }

  deinit { flush() }

  /// Adds text without a newline.
  func text(_ text: String) {
    if isBuffered {
      pending += text
      if pending.utf8.count > 1 << 16 { flush() }
    } else {
      Diagnostics.write(text, to: descriptor)
    }
  }

  /// Adds a line.
  func line(_ line: String) { text(line + "\n") }

  /// Writes what is pending.
  func flush() {
    guard !pending.isEmpty else { return }
    Diagnostics.write(pending, to: descriptor)
    pending = ""
  }
}
