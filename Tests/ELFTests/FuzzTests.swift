import ELF
import Testing

/// A small generator with a fixed seed: a failure can be repeated.
private struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }
}

@Suite("Damaged files")
struct FuzzTests {
  /// Calls everything that reads the file; an error is fine, a trap is not.
  private func readAll(_ bytes: [UInt8]) {
    for purpose in [ELFImage.Purpose.execution, .inspection] {
      guard let image = try? ELFImage(bytes: bytes, for: purpose) else { continue }
      _ = try? image.interpreterPath()
      for index in image.programHeaders.indices {
        try? image.checkSegment(index)
        _ = image.contents(of: image.programHeaders[index])
      }
      for section in image.sections() { _ = image.contents(of: section) }
      let table = image.symbolTable()
      for address: UInt64 in [0, 0x40_1000, 0x40_1015, 0x40_1050, UInt64.max] {
        _ = table.describe(address)
      }
      _ = table.all
      _ = image.symbol(named: "inner")
      _ = image.symbolsByName()
    }
  }

  @Test("no mutation of a sound file makes a reader trap")
  func mutations() {
    let sound = SampleELF().bytes
    var random = SplitMix(state: 2026)
    let edges: [UInt8] = [0, 1, 0x7f, 0x80, 0xfe, 0xff]
    for _ in 0..<4000 {
      var bytes = sound
      for _ in 0..<Int.random(in: 1...8, using: &random) {
        // Most damage goes where the structures are: the first 0x780 bytes.
        let limit = Bool.random(using: &random) ? 64 : 0x780
        let start = Int.random(in: 0..<limit, using: &random)
        for index in start..<min(start + Int.random(in: 1...8, using: &random), bytes.count) {
          bytes[index] =
            Bool.random(using: &random)
            ? edges[Int.random(in: 0..<edges.count, using: &random)]
            : UInt8.random(in: 0...255, using: &random)
        }
      }
      // The magic and machine stay, or most files would be refused at once.
      bytes.replaceSubrange(0..<4, with: sound[0..<4])
      bytes.replaceSubrange(16..<20, with: sound[16..<20])
      readAll(bytes)
    }
  }

  @Test("no truncation of a sound file makes a reader trap")
  func truncations() {
    let sound = SampleELF().bytes
    for count in 0..<0x780 { readAll(Array(sound.prefix(count))) }
  }

  @Test("random bytes behind the magic make no reader trap")
  func randomBytes() {
    var random = SplitMix(state: 7)
    for count in [0, 1, 40, 64, 120, 500, 4096] {
      for _ in 0..<50 {
        var bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
        for (index, byte) in [UInt8]([0x7f, 0x45, 0x4c, 0x46]).enumerated() where index < count {
          bytes[index] = byte
        }
        readAll(bytes)
      }
    }
  }
}
