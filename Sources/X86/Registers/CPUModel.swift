/// What CPUID says, and so what the kernel and the guest may use.
public struct CPUModel: Equatable, Sendable {
  /// A feature that can be switched; the spelling is that of `/proc/cpuinfo`.
  public enum Feature: String, CaseIterable, Sendable {
    case cx16, popcnt, movbe, lahf = "lahf_lm", erms, fsrm
    case repGood = "rep_good", smap, smep, rdtscp, nx
    case pni, ssse3, sse41 = "sse4_1", sse42 = "sse4_2", aes, pclmulqdq, sha = "sha_ni"
    case avx, avx2, fma, f16c, xsave, xsaveopt, xsavec
    case abm, bmi1, bmi2, adx, rdrand, rdseed, rdpid, fsgsbase, clflushopt, clwb
  }

  /// The features.
  public var features: Set<Feature>

  /// A model with just these features.
  public init(features: Set<Feature>) { self.features = features }

  /// True when the processor has `feature`.
  public func has(_ feature: Feature) -> Bool { features.contains(feature) }

  /// The first x86-64 processors' instructions, with the system features of later ones.
  public static let baseline = CPUModel(features: [
    .erms, .fsrm, .repGood, .smap, .smep, .rdtscp, .nx,
  ])

  /// x86-64-v2 (System V ABI AMD64, 3.1.1), as far as it is implemented.
  public static let v2 = CPUModel(
    features: baseline.features.union([
      .cx16, .lahf, .popcnt, .pni, .ssse3, .sse41, .sse42,
    ])
  )

  /// x86-64-v3, and what processors of that level have besides: the
  /// default.
  public static let v3 = CPUModel(
    features: v2.features.union([
      .movbe, .abm, .bmi1, .bmi2, .aes, .pclmulqdq, .sha, .adx, .rdrand, .rdseed, .rdpid, .fsgsbase,
      .clflushopt, .clwb, .xsave, .xsaveopt, .xsavec, .avx, .avx2, .fma, .f16c,
    ])
  )

  /// Every feature that can be switched. For tests.
  static let everything = CPUModel(features: Set(Feature.allCases))

  /// Names of the models, for help texts.
  public static let names = ["baseline", "v2", "v3"]

  /// Reads `baseline`, `v2` or `v3`, then `,+feature` and `,-feature`.
  ///
  /// - Throws: one line that says what is not known, and what is.
  public static func parse(_ text: String) throws(CPUModelError) -> CPUModel {
    var model = v3
    var isFirst = true
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      defer { isFirst = false }
      switch part {
      case "baseline" where isFirst: model = baseline
      case "v2" where isFirst: model = v2
      case "v3" where isFirst: model = v3
      default:
        guard let sign = part.first, sign == "+" || sign == "-" else {
          throw CPUModelError(
            message: "unknown CPU model '\(part)': expected one of \(list(names)), then +FEATURE"
              + " or -FEATURE"
          )
        }
        guard let feature = Feature(rawValue: String(part.dropFirst())) else {
          throw CPUModelError(
            message: "unknown CPU feature '\(part.dropFirst())': expected one of "
              + list(Feature.allCases.map(\.rawValue))
          )
        }
        if sign == "+" { model.insert(feature) } else { model.remove(feature) }
      }
    }
    return model
  }

  /// What `feature` cannot be without: its registers, and their saving.
  private static func needs(_ feature: Feature) -> [Feature] {
    switch feature {
    case .avx, .xsaveopt, .xsavec: [.xsave]
    case .avx2, .fma, .f16c: [.avx, .xsave]
    default: []
    }
  }

  private mutating func insert(_ feature: Feature) {
    features.insert(feature)
    features.formUnion(Self.needs(feature))
  }

  private mutating func remove(_ feature: Feature) {
    features.remove(feature)
    features = features.filter { !Self.needs($0).contains(feature) }
  }

  private static func list(_ words: [String]) -> String { words.joined(separator: ", ") }
}

/// Why a `--cpu` argument was refused.
public struct CPUModelError: Error, Equatable, CustomStringConvertible, Sendable {
  /// One line.
  public let message: String
  /// One line.
  public var description: String { message }
}

extension CPUModel {
  /// True when an instruction of this table feature exists on the model.
  func allows(_ feature: InstructionTraits.Feature) -> Bool {
    switch feature {
    case .cx16: has(.cx16)
    case .popcnt: has(.popcnt)
    case .movbe: has(.movbe)
    case .rdtscp: has(.rdtscp)
    case .smap: has(.smap)
    case .pni: has(.pni)
    case .ssse3: has(.ssse3)
    case .sse41: has(.sse41)
    case .sse42: has(.sse42)
    case .aes: has(.aes)
    case .pclmulqdq: has(.pclmulqdq)
    case .sha: has(.sha)
    case .abm: has(.abm)
    case .bmi1: has(.bmi1)
    case .bmi2: has(.bmi2)
    case .adx: has(.adx)
    case .rdrand: has(.rdrand)
    case .rdseed: has(.rdseed)
    case .rdpid: has(.rdpid)
    case .fsgsbase: has(.fsgsbase)
    case .clflushopt: has(.clflushopt)
    case .clwb: has(.clwb)
    case .avx: has(.avx)
    case .avx2: has(.avx2)
    case .fma: has(.fma)
    case .f16c: has(.f16c)
    case .xsave: has(.xsave)
    case .xsaveopt: has(.xsaveopt)
    case .xsavec: has(.xsavec)
    case .base, .fxsr, .sse, .sse2, .clfsh: true
    }
  }
}
