/// What CPUID says, and so what the kernel and the guest may use.
public struct CPUModel: Equatable, Sendable {
  /// A feature that can be switched.
  public enum Feature: String, CaseIterable, Sendable {
    case cx16, popcnt, movbe, lahf, erms, repGood = "rep_good", smap, smep, rdtscp, nx
  }

  /// The features.
  public var features: Set<Feature>

  /// True when the processor has `feature`.
  public func has(_ feature: Feature) -> Bool { features.contains(feature) }

  /// x86-64 baseline with what this interpreter does beyond it.
  public static let baseline = CPUModel(features: Set(Feature.allCases))
}
