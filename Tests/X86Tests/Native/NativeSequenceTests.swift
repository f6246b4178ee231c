import NativeExecution
import Testing
import X86

@Suite(
  "Native sequences",
  .serialized,
  .enabled(if: native_is_supported(), "needs an x86-64 Linux host")
)
struct NativeSequenceTests {
  @Test("random code with branches does what the host does", arguments: 0..<20)
  func agreement(batch: Int) {
    DifferentialRig.run { rig in
      var generator = StateGenerator(seed: Depth.seed &* 1_000_003 &+ UInt64(batch))
      rig.fill(&generator)
      for _ in 0..<15 * Depth.factor {
        let count = 5 + generator.random.below(46)
        let code = InstructionSequence(&generator.random, count: count)
        guard code.bytes.count < 0x7F0 else { continue }
        rig.load(code.bytes)
        for _ in 0..<4 {
          let state = generator.sequenceState(at: TestMemory.entry)
          let differences = rig.compare(state, ignoring: code.undefinedFlags)
          guard !differences.isEmpty else { continue }
          Issue.record(
            """
            batch \(batch), seed \(Depth.seed)
            \(differences.joined(separator: "\n"))
            \(code.listing.joined(separator: "\n"))
            before: \(state.summary)
            """
          )
          return
        }
      }
    }
  }

  @Test("steps add up to the run", arguments: 0..<4)
  func steps(batch: Int) {
    DifferentialRig.run { rig in
      var generator = StateGenerator(seed: Depth.seed &* 7_000_003 &+ UInt64(batch))
      rig.fill(&generator)
      for _ in 0..<10 * Depth.factor {
        let code = InstructionSequence(&generator.random, count: 5 + generator.random.below(30))
        rig.load(code.bytes)
        let state = generator.sequenceState(at: TestMemory.entry)
        let differences = rig.compareSteps(state)
        if !differences.isEmpty {
          Issue.record(
            """
            batch \(batch), seed \(Depth.seed)
            \(differences.joined(separator: "\n"))
            \(code.listing.joined(separator: "\n"))
            before: \(state.summary)
            """
          )
          return
        }
      }
    }
  }
}

extension StateGenerator {
  /// A state for a sequence: the registers that addresses use point into the data pages.
  mutating func sequenceState(at rip: UInt64) -> NativeState {
    var s = state(for: nil, at: rip)
    for pointer in [3, 5, 6, 7, 12, 13, 14, 15] {
      s[gpr: pointer] = TestMemory.data + 0x200 + UInt64(random.below(0x1C0)) * 16
      if random.chance(15) { s[gpr: pointer] &+= UInt64(random.below(16)) }
    }
    s[gpr: 4] = TestMemory.data + 0x800 + UInt64(random.below(0x100)) * 16
    // The count of a loop that is entered behind its MOV ECX.
    s[gpr: 1] = UInt64(random.below(40))
    s.fsBase = UInt64(random.below(8)) * 16
    s.gsBase = UInt64(random.below(8)) * 16
    if random.chance(90) { s.mxcsr |= 0x1F80 }
    return s
  }
}
