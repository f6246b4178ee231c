import NativeExecution
import Testing
import X86

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// How long to look: `MARTLET_NATIVE_DEPTH=20 swift test` looks twenty times as long.
enum Depth {
  static let factor = environment("MARTLET_NATIVE_DEPTH") ?? 1
  /// Where the random numbers start; printed with each failure.
  static let seed = UInt64(environment("MARTLET_NATIVE_SEED") ?? 1)
  /// `MARTLET_NATIVE_ROWS=PADD` looks at rows whose syntax begins so.
  static let rows = getenv("MARTLET_NATIVE_ROWS").map { String(cString: $0) } ?? ""

  /// `MARTLET_NATIVE_UNDEFINED=1` compares the flags that the manuals leave open, too.
  static let comparesUndefined = environment("MARTLET_NATIVE_UNDEFINED") == 1

  private static func environment(_ name: String) -> Int? {
    getenv(name).flatMap { Int(String(cString: $0)) }
  }
}

/// The instruction forms that the host runs, with what may be varied in each.
struct NativeRow: Sendable, CustomTestStringConvertible {
  let index: Int
  let shape: EncodingShape
  let undefinedFlags: UInt64
  /// Executed by portable code on a host that lacks the instruction, or one that stands for it.
  let hasPortableForm: Bool

  var testDescription: String { shape.syntax }

  /// All rows but those of `NativeExemptions`.
  static let all: [NativeRow] = InstructionTable.forms.enumerated().compactMap { index, form in
    guard NativeExemptions.reason(form) == nil, form.syntax.hasPrefix(Depth.rows),
      let shape = EncodingShape(form)
    else { return nil }
    return NativeRow(
      index: index,
      shape: shape,
      undefinedFlags: UInt64(form.traits.flagsUndefined),
      hasPortableForm: isPortable(form)
    )
  }

  private static func isPortable(_ form: InstructionForm) -> Bool {
    switch form.traits.feature {
    case .pni, .ssse3, .sse41, .sse42, .aes, .pclmulqdq, .sha: return true
    default: return ["PSHUF", "SHUFP", "PSLLDQ", "PSRLDQ"].contains { form.syntax.hasPrefix($0) }
    }
  }

  /// A random sequence of its own for each row.
  var seed: UInt64 { Depth.seed &* 0x1_0000 &+ UInt64(index) }
}

@Suite(
  "Native differential",
  .serialized,
  .enabled(if: native_is_supported(), "needs an x86-64 Linux host")
)
struct NativeDifferentialTests {
  @Test("every row's notation is understood")
  func notation() {
    for form in InstructionTable.forms {
      #expect(EncodingShape(form) != nil, "\(form.syntax): \(form.opcode)")
    }
  }

  @Test("the sampler writes whole instructions of the row", arguments: NativeRow.all)
  func samplesAreInstructions(row: NativeRow) throws {
    DifferentialRig.run { rig in
      var generator = StateGenerator(seed: row.seed)
      rig.fill(&generator)
      for _ in 0..<8 {
        let sample = row.shape.sample(&generator.random, at: TestMemory.entry)
        rig.load(sample.bytes)
        for _ in 0..<4 {
          let state = generator.state(for: sample, at: TestMemory.entry)
          let host = rig.runHost(state)
          #expect(!host.isEndless, "\(row.shape.syntax): \(sample.hex)")
          #expect(
            (host.vector == 6) == row.shape.isInvalidForUsers,
            "\(row.shape.syntax): \(sample.hex)"
          )
          guard host.vector == 3, !row.shape.transfersControl else { continue }
          #expect(
            host.state.rip == TestMemory.entry + UInt64(sample.bytes.count) + 1,
            "\(row.shape.syntax): \(sample.hex)"
          )
        }
      }
    }
  }

  @Test("does what the host does", arguments: NativeRow.all)
  func agreement(row: NativeRow) {
    compare(row, isPortable: false)
  }

  @Test(
    "does so without the host's instructions of SSE3 and later",
    arguments: NativeRow.all.filter(\.hasPortableForm)
  )
  func portableAgreement(row: NativeRow) {
    compare(row, isPortable: true)
  }

  private func compare(_ row: NativeRow, isPortable: Bool) {
    DifferentialRig.run(isPortable: isPortable) { rig in
      var generator = StateGenerator(seed: row.seed)
      rig.fill(&generator)
      for _ in 0..<12 * Depth.factor {
        let sample = row.shape.sample(&generator.random, at: TestMemory.entry)
        rig.load(sample.bytes)
        for _ in 0..<12 {
          let state = generator.state(for: sample, at: TestMemory.entry)
          if row.shape.mnemonic.hasPrefix("CMPS"), state.hasTwoBadStrings { continue }
          let differences = rig.compare(
            state,
            ignoring: Depth.comparesUndefined ? 0 : row.undefinedFlags
          )
          guard !differences.isEmpty else { continue }
          Issue.record(
            """
            \(row.shape.syntax): \(sample.hex) (seed \(Depth.seed))
            \(differences.joined(separator: "\n"))
            before: \(state.summary)
            """
          )
          return
        }
      }
    }
  }
}
