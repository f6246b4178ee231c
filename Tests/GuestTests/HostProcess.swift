import Foundation

/// What a program left behind.
struct ProgramResult: Equatable {
  var output: [UInt8]
  /// As a shell shows it: 128 + N for signal N.
  var status: Int32

  /// The output as text.
  var text: String { String(decoding: output, as: UTF8.self) }
}

/// Runs programs of the host.
enum HostProcess {
  /// Runs a program to its end.
  static func run(
    _ path: String,
    _ arguments: [String] = [],
    input: [UInt8] = [],
    environment: [String: String]? = nil,
    errors: inout String
  ) throws -> ProgramResult {
    let directory = FileManager.default.temporaryDirectory
      .appendingPathComponent("martlet-test-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: directory) }
    let files = ["in", "out", "err"].map { directory.appendingPathComponent($0) }
    try Data(input).write(to: files[0])
    for file in files[1...] { try Data().write(to: file) }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = arguments
    process.standardInput = try FileHandle(forReadingFrom: files[0])
    process.standardOutput = try FileHandle(forWritingTo: files[1])
    process.standardError = try FileHandle(forWritingTo: files[2])
    if let environment { process.environment = environment }
    try process.run()
    process.waitUntilExit()
    errors = String(decoding: try Data(contentsOf: files[2]), as: UTF8.self)
    let signaled = process.terminationReason == .uncaughtSignal
    return ProgramResult(
      output: [UInt8](try Data(contentsOf: files[1])),
      status: signaled ? 128 + process.terminationStatus : process.terminationStatus
    )
  }

  /// Runs a program to its end, whatever it says on standard error.
  static func run(
    _ path: String,
    _ arguments: [String] = [],
    input: [UInt8] = [],
    environment: [String: String]? = nil
  ) throws -> ProgramResult {
    var errors = ""
    return try run(path, arguments, input: input, environment: environment, errors: &errors)
  }

  /// The command that gives a program host and domain names of its own; `nil` if not allowed here.
  static let unshare: String? = {
    guard let path = Repository.find("unshare"),
      let result = try? run(path, ["-u", "true"]), result.status == 0
    else { return nil }
    return path
  }()
}
