import Foundation

/// Places in the checkout.
enum Repository {
  /// The top of the checkout.
  static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// Where compiled guests are kept between runs.
  static let guestBuild = root.appendingPathComponent(".build/guest-tests")

  /// The built tool: it lies beside the test bundle.
  static let tool: URL = {
    let own = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    for directory in [own.deletingLastPathComponent(), root.appendingPathComponent(".build/debug")]
    {
      let tool = directory.appendingPathComponent("martlet")
      if FileManager.default.isExecutableFile(atPath: tool.path) { return tool }
    }
    // The test runner of the toolchain is another program: its argument names the bundle.
    for argument in CommandLine.arguments where argument.contains(".xctest") {
      let bundle = URL(fileURLWithPath: argument.components(separatedBy: ".xctest")[0] + ".xctest")
      let tool = bundle.deletingLastPathComponent().appendingPathComponent("martlet")
      if FileManager.default.isExecutableFile(atPath: tool.path) { return tool }
    }
    return root.appendingPathComponent(".build/debug/martlet")
  }()

  /// True for a program that is in PATH.
  static func has(_ program: String) -> Bool { find(program) != nil }

  /// The path of a program that is in PATH.
  static func find(_ program: String) -> String? {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    for directory in path.split(separator: ":") {
      let file = "\(directory)/\(program)"
      if FileManager.default.isExecutableFile(atPath: file) { return file }
    }
    return nil
  }
}
