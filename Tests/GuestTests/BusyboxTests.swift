import Testing

/// Static busybox: a program that nobody here wrote.
@Suite("Busybox", .enabled(if: Repository.has("busybox") && isX86Linux, "needs busybox-static"))
struct BusyboxTests {
  struct Applet: Sendable, CustomTestStringConvertible {
    let arguments: [String]
    let input: [UInt8]
    var testDescription: String { arguments.joined(separator: " ") }

    init(_ arguments: [String], _ input: String) {
      self.arguments = arguments
      self.input = Array(input.utf8)
    }
    init(_ arguments: [String], bytes: [UInt8]) {
      self.arguments = arguments
      input = bytes
    }
  }

  /// Bytes without a pattern, the same each time.
  static let noise: [UInt8] = {
    var state: UInt32 = 2_463_534_242
    return (0..<20000).map { _ in
      state ^= state << 13
      state ^= state >> 17
      state ^= state << 5
      return UInt8(truncatingIfNeeded: state >> 11)
    }
  }()

  static let text: String = (1...300).map {
    "line \($0) of \(($0 * 7919) % 1009) words, name\($0 % 13);\($0 * $0)"
  }.joined(separator: "\n")

  static let applets: [Applet] = [
    Applet(["sha256sum"], bytes: noise),
    Applet(["md5sum"], bytes: noise),
    Applet(["sha1sum"], text),
    Applet(["sha512sum"], bytes: noise),
    Applet(["cksum"], bytes: noise),
    Applet(["gzip", "-c"], text),
    Applet(["gzip", "-9", "-c"], bytes: noise),
    Applet(["bzip2", "-c"], text),
    Applet(["sort"], text),
    Applet(["sort", "-n", "-r", "-k", "4"], text),
    Applet(["sed", "-e", "s/line \\([0-9]*\\)/<\\1>/", "-e", "5,9d"], text),
    Applet(
      ["awk", "{ n += $2; w[$4 % 7]++ } END { for (i = 0; i < 7; i++) print i, w[i]; print n }"],
      text
    ),
    Applet(["awk", "-F;", "{ printf \"%d %s %x\\n\", $2 / 3, toupper($1), $2 }"], text),
    Applet(["bc"], "2^200\nscale=30\n4*3.14159265358979/7\nsqrt(2)\n"),
    Applet(["dc", "-e", "2 100 ^ p 20 k 355 113 / p"], ""),
    Applet(["od", "-A", "x", "-t", "x1z"], bytes: noise),
    Applet(["hexdump", "-C"], text),
    Applet(["tr", "a-z", "A-Z"], text),
    Applet(["wc"], text),
    Applet(["grep", "-n", "7[0-9]*5"], text),
    Applet(["cut", "-d", " ", "-f", "2,4"], text),
    Applet(["uniq", "-c"], "a\na\nb\nb\nb\na\n"),
    Applet(["rev"], text),
    Applet(["base64"], bytes: noise),
    Applet(["tail", "-n", "3"], text),
    Applet(["seq", "1", "7", "100"], ""),
    Applet(["expr", "17", "*", "23"], ""),
    Applet(["factor", "1234567890123"], ""),
    Applet(["printf", "%5.2f %08x %s\\n", "3.14159", "48879", "text"], ""),
    Applet(["echo", "hello", "world"], ""),
    Applet(["false"], ""),
    Applet(["nosuchapplet"], ""),
  ]

  @Test("applets print the same and end the same", arguments: applets)
  func applet(_ applet: Applet) throws {
    let path = try #require(Repository.find("busybox"))
    let native = try HostProcess.run(
      path,
      applet.arguments,
      input: applet.input,
      environment: ["HOME": "/", "TERM": "linux"]
    )
    let ours = try MartletRun.run(path, applet.arguments, input: applet.input)
    #expect(ours.status == native.status)
    #expect(ours.output == native.output)
  }
}
