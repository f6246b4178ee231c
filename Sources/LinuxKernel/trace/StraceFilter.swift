/// Which calls a tracer prints: strace's `-e trace=SET`.
///
/// A set is `all`, `none`, or names and groups with commas between them; `!` in front means all the
/// others.
public struct StraceFilter: Sendable {
  private let isInverted: Bool
  private let names: Set<String>

  /// Every call.
  public static let all = StraceFilter(isInverted: true, names: [])

  private init(isInverted: Bool, names: Set<String>) {
    self.isInverted = isInverted
    self.names = names
  }

  /// What is wrong with a set.
  public struct ParseError: Error, CustomStringConvertible {
    /// One line.
    public let description: String
  }

  /// Reads a set.
  ///
  /// - Throws: for a name or group that does not exist.
  public init(_ text: String) throws(ParseError) {
    let isInverted = text.hasPrefix("!")
    var names: Set<String> = []
    var isAll = false
    for part in text.drop(while: { $0 == "!" }).split(separator: ",") {
      var word = String(part)
      let isOptional = word.hasPrefix("?")
      if isOptional { word.removeFirst() }
      switch word {
      case "all": isAll = true
      case "none": break
      default:
        if word.hasPrefix("/") {
          throw ParseError(description: "regular expressions are not supported: '\(word)'")
        }
        if let group = Self.group(word) {
          names.formUnion(group)
        } else if sys_call_table[name: word] != nil {
          names.insert(word)
        } else if let number = Int(word), let row = sys_call_table[number: number] {
          names.insert(row.name)
        } else if !isOptional {
          throw ParseError(description: "invalid system call '\(word)'")
        }
      }
    }
    // All calls are all numbers, those without a name too.
    self.init(isInverted: isInverted != isAll, names: isAll ? [] : names)
  }

  /// Whether a call is printed.
  public func contains(_ name: String) -> Bool { names.contains(name) != isInverted }

  /// The calls of a group, with or without the percent sign.
  private static func group(_ word: String) -> [String]? {
    let name = word.hasPrefix("%") ? String(word.dropFirst()) : word
    return groups.first { $0.names.contains(name) }?.calls.split(separator: " ").map(String.init)
  }

  /// The groups as strace has them, as far as this kernel's table goes.
  private static let groups: [(names: [String], calls: String)] = [
    (
      ["file"],
      """
      open stat lstat access execve truncate getcwd chdir rename mkdir rmdir creat link unlink \
      symlink readlink chmod chown lchown utime mknod uselib statfs pivot_root chroot acct mount \
      umount2 swapon swapoff setxattr lsetxattr getxattr lgetxattr listxattr llistxattr removexattr \
      lremovexattr utimes inotify_add_watch openat mkdirat mknodat fchownat futimesat newfstatat \
      unlinkat renameat linkat symlinkat readlinkat fchmodat faccessat utimensat fanotify_mark \
      name_to_handle_at renameat2 execveat statx open_tree move_mount fspick openat2 faccessat2 \
      mount_setattr quotactl
      """
    ),
    (
      ["process"],
      """
      clone fork vfork execve exit wait4 kill rt_sigqueueinfo tkill exit_group tgkill waitid \
      rt_tgsigqueueinfo execveat pidfd_send_signal clone3 pidfd_open
      """
    ),
    (
      ["network", "net"],
      """
      sendfile socket connect accept sendto recvfrom sendmsg recvmsg shutdown bind listen \
      getsockname getpeername socketpair setsockopt getsockopt accept4 recvmmsg sendmmsg getpmsg \
      putpmsg
      """
    ),
    (
      ["signal"],
      """
      rt_sigaction rt_sigprocmask rt_sigreturn pause kill rt_sigpending rt_sigtimedwait \
      rt_sigqueueinfo rt_sigsuspend sigaltstack tkill tgkill signalfd signalfd4 rt_tgsigqueueinfo \
      pidfd_send_signal
      """
    ),
    (
      ["ipc"],
      "shmget shmat shmctl semget semop semctl shmdt msgget msgsnd msgrcv msgctl semtimedop"
    ),
    (
      ["desc"],
      """
      read write open close fstat poll lseek mmap ioctl pread64 pwrite64 readv writev pipe select \
      dup dup2 sendfile fcntl flock fsync fdatasync ftruncate getdents fchdir creat fchmod fchown \
      fstatfs readahead fsetxattr fgetxattr flistxattr fremovexattr io_getevents io_submit io_cancel \
      epoll_create getdents64 fadvise64 epoll_wait epoll_ctl mq_open mq_timedsend mq_timedreceive \
      mq_notify mq_getsetattr inotify_init inotify_add_watch inotify_rm_watch openat mkdirat mknodat \
      fchownat futimesat newfstatat unlinkat renameat linkat symlinkat readlinkat fchmodat faccessat \
      pselect6 ppoll splice tee sync_file_range vmsplice utimensat epoll_pwait signalfd \
      timerfd_create eventfd fallocate timerfd_settime timerfd_gettime signalfd4 eventfd2 \
      epoll_create1 dup3 pipe2 inotify_init1 preadv pwritev perf_event_open fanotify_init \
      fanotify_mark name_to_handle_at open_by_handle_at syncfs setns finit_module renameat2 \
      memfd_create kexec_file_load bpf execveat userfaultfd copy_file_range preadv2 pwritev2 statx \
      pidfd_send_signal io_uring_setup io_uring_enter io_uring_register open_tree move_mount fsopen \
      fsconfig fsmount fspick pidfd_open close_range openat2 pidfd_getfd faccessat2 process_madvise \
      epoll_pwait2 mount_setattr quotactl_fd landlock_create_ruleset landlock_add_rule \
      landlock_restrict_self memfd_secret process_mrelease
      """
    ),
    (
      ["memory"],
      """
      mmap mprotect munmap brk mremap msync mincore madvise shmat shmdt mlock munlock mlockall \
      munlockall remap_file_pages mbind set_mempolicy get_mempolicy migrate_pages move_pages mlock2 \
      pkey_mprotect process_madvise set_mempolicy_home_node
      """
    ),
    (
      ["creds"],
      """
      getuid getgid setuid setgid geteuid getegid setreuid setregid getgroups setgroups setresuid \
      getresuid setresgid getresgid setfsuid setfsgid capget capset prctl
      """
    ),
    (
      ["clock"],
      "gettimeofday adjtimex settimeofday time clock_settime clock_gettime clock_getres clock_adjtime"
    ),
    (
      ["pure"],
      "getpid getuid getgid geteuid getegid getppid getpgrp gettid"
    ),
    (["stat"], "stat"),
    (["lstat"], "lstat"),
    (["fstat"], "fstat newfstatat"),
    (["%stat"], "stat fstat lstat newfstatat statx"),
    (["statfs"], "statfs"),
    (["fstatfs"], "fstatfs"),
    (["%statfs"], "statfs fstatfs ustat"),
  ]
}
