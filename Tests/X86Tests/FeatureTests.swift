import Testing

@testable import X86

@Suite("CPU features")
struct FeatureTests {
  /// A row's feature, and the switch for it.
  static let switches: [(row: InstructionTraits.Feature, model: CPUModel.Feature)] =
    InstructionTraits.Feature.allCases.compactMap { row in
      CPUModel.Feature.allCases.first { $0.rawValue == "\(row.name)" }.map { (row, $0) }
    }

  @Test(
    "without its feature an instruction is #UD, with it not",
    arguments: InstructionTraits.Feature.allCases
  )
  func missingFeature(feature: InstructionTraits.Feature) throws {
    guard let switches = Self.switches.first(where: { $0.row == feature }) else { return }
    // TZCNT and LZCNT have a meaning without the feature; MONITOR-like rows none at CPL 3.
    let rows = InstructionTable.forms.filter {
      $0.traits.feature == feature && !["TZCNT", "LZCNT", "STAC", "CLAC"].contains($0.mnemonic)
        && !$0.traits.properties.contains(.privileged)
    }
    let full = try #require(BareProcessor(.everything))
    var features = CPUModel.everything.features
    features.remove(switches.model)
    let less = try #require(BareProcessor(CPUModel(features: features)))
    for row in rows {
      let bytes = try #require(row.sampleEncodings().first, "\(row.syntax)")
      #expect(
        less.run(bytes).exit == .exception(CPUException(.invalidOpcode)),
        "\(row.syntax) without \(feature.name)"
      )
      // The operating system's part is not done here.
      if [.xsave, .xsavec, .xsaveopt, .avx, .avx2, .fma, .f16c].contains(feature) { continue }
      #expect(
        full.run(bytes).exit != .exception(CPUException(.invalidOpcode)),
        "\(row.syntax) with \(feature.name)"
      )
    }
  }

  /// Where CPUID shows a feature: leaf, register (0 EBX, 1 ECX, 2 EDX), bit. Intel SDM Vol. 2A and AMD64
  /// Architecture Programmer's Manual Vol. 3.
  static let places: [(feature: CPUModel.Feature, leaf: UInt32, register: Int, bit: UInt32)] = [
    (.pni, 1, 1, 0), (.pclmulqdq, 1, 1, 1), (.ssse3, 1, 1, 9), (.cx16, 1, 1, 13),
    (.sse41, 1, 1, 19), (.sse42, 1, 1, 20), (.movbe, 1, 1, 22), (.popcnt, 1, 1, 23),
    (.aes, 1, 1, 25), (.rdrand, 1, 1, 30), (.fsgsbase, 7, 0, 0), (.bmi1, 7, 0, 3),
    (.smep, 7, 0, 7), (.bmi2, 7, 0, 8), (.erms, 7, 0, 9), (.rdseed, 7, 0, 18), (.adx, 7, 0, 19),
    (.smap, 7, 0, 20), (.clflushopt, 7, 0, 23), (.clwb, 7, 0, 24), (.sha, 7, 0, 29),
    (.rdpid, 7, 1, 22), (.fsrm, 7, 2, 4), (.lahf, 0x8000_0001, 1, 0), (.abm, 0x8000_0001, 1, 5),
    (.nx, 0x8000_0001, 2, 20), (.rdtscp, 0x8000_0001, 2, 27),
  ]

  @Test("CPUID shows each feature where the manuals say, and only when it is there")
  func cpuid() {
    for place in Self.places {
      func isShown(_ model: CPUModel) -> Bool {
        let r = model.cpuid(leaf: place.leaf, subleaf: 0)
        return [r.ebx, r.ecx, r.edx][place.register] >> place.bit & 1 != 0
      }
      #expect(isShown(CPUModel(features: [place.feature])), "\(place.feature)")
      #expect(!isShown(CPUModel(features: [])), "\(place.feature)")
    }
  }

  @Test("v2 and v3 have what the ABI's levels ask for that is implemented")
  func levels() {
    // System V ABI AMD64, 3.1.1.
    let v2: Set<CPUModel.Feature> = [.cx16, .lahf, .popcnt, .pni, .sse41, .sse42, .ssse3]
    #expect(CPUModel.v2.features.isSuperset(of: v2))
    #expect(CPUModel.baseline.features.isDisjoint(with: v2))
    #expect(CPUModel.v3.features.isSuperset(of: v2.union([.bmi1, .bmi2, .abm, .movbe])))
    #expect(CPUModel.v2.features.isDisjoint(with: [.bmi1, .bmi2, .abm, .movbe]))
  }

  @Test("TZCNT and LZCNT are BSF and BSR to a processor without them")
  func scans() throws {
    for (feature, opcode, counted, scanned) in [
      (CPUModel.Feature.bmi1, UInt8(0xBC), UInt64(3), UInt64(3)),
      (.abm, 0xBD, 28, 3),
    ] {
      for (value, withFeature, without) in [(8, counted, scanned), (0, 32, 0x1234)] {
        var features = CPUModel.everything.features
        let bytes: [UInt8] = [0xF3, 0x0F, opcode, 0xC1]
        let full = try #require(BareProcessor(.everything))
        features.remove(feature)
        let less = try #require(BareProcessor(CPUModel(features: features)))
        for (processor, expected) in [(full, withFeature), (less, without)] {
          let after = processor.run(bytes) {
            $0[.rax] = 0x1234
            $0[.rcx] = UInt64(value)
          }
          #expect(after.registers[.rax] == expected, "\(feature) \(value)")
          #expect(after.registers.rip == BareProcessor.codeAddress + 4)
        }
      }
    }
  }

  @Test("RDRAND and RDSEED hand on what the entropy port gives, CF first")
  func entropy() throws {
    let processor = try #require(BareProcessor(.everything))
    for reg in [0xF0, 0xF8] as [UInt8] {
      processor.cpu.entropy = nil
      var after = processor.run([0x48, 0x0F, 0xC7, reg]) { $0.rflags = RFLAGS(rawValue: 0x8D7) }
      #expect(after.registers[.rax] == 0)
      #expect(after.registers.rflags.rawValue & 0x8D5 == 0)
      processor.cpu.entropy = { 0x1122_3344_5566_7788 }
      after = processor.run([0x48, 0x0F, 0xC7, reg])
      #expect(after.registers[.rax] == 0x1122_3344_5566_7788)
      #expect(after.registers.rflags.rawValue & 0x8D5 == 1)
      after = processor.run([0x66, 0x0F, 0xC7, reg])
      #expect(after.registers[.rax] == BareProcessor.dataAddress & ~0xFFFF | 0x7788)
    }
  }

  @Test("the segment base instructions need CR4.FSGSBASE and canonical addresses")
  func segmentBases() throws {
    let processor = try #require(BareProcessor(.everything))
    let write: [UInt8] = [0xF3, 0x48, 0x0F, 0xAE, 0xD0]
    var after = processor.run(write) { $0[.rax] = 0x1234_5678_9ABC }
    #expect(after.registers.fsBase == 0x1234_5678_9ABC)
    after = processor.run([0xF3, 0x0F, 0xAE, 0xD0]) { $0[.rax] = 0xF_1234_5678 }
    #expect(after.registers.fsBase == 0x1234_5678)
    after = processor.run(write) { $0[.rax] = 1 << 47 }
    #expect(after.exit == .exception(CPUException(.generalProtection)))
    processor.cpu.cr4 &= ~(1 << 16)
    #expect(processor.run(write).exit == .exception(CPUException(.invalidOpcode)))
  }
}
