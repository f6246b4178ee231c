/// What `martlet` itself can say in its exit status; anything else is the guest's own.
///
/// The numbers are those of a shell, `env` and `timeout`.
enum ToolStatus {
  /// The command line is wrong (`EX_USAGE`).
  static let usage: Int32 = 64
  /// `--max-instructions` was reached.
  static let limit: Int32 = 124
  /// Martlet failed, not the guest.
  static let internalError: Int32 = 125
  /// The file is there but is not a program that runs here.
  static let cannotRun: Int32 = 126
  /// No such file.
  static let notFound: Int32 = 127

  /// The table that `--help` shows.
  static let table = """
    EXIT STATUS:
      0 ... 255   the guest's own status
      128 + N     the guest was killed by signal N (139 is SIGSEGV)
      0           the guest halted the machine or switched it off
      64          wrong command line
      124         --max-instructions was reached
      125         Martlet failed
      126         not a program that runs here: made for another processor,
                  a script, a directory, damaged, or no permission
      127         no such file
    """
}
