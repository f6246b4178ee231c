import LinuxABI
import Testing

@testable import LinuxKernel

/// `uname`, `sethostname` and `setdomainname`, as measured on Linux.
@Suite("UTS names")
struct UTSTests {
  /// Both orders: the copy under the lock, and before it.
  static let orders = ["uts.copy_under_lock=1", "uts.copy_under_lock=0"]
  static let page: UInt64 = 0x10_0000
  static let border: UInt64 = page + 4096

  typealias Body = @Sendable (LinuxKernel.Task, SyscallArguments) async throws(Errno) -> Int64
  static let setters: [(name: NewUtsname.Offset, body: Body)] = [
    (.nodename, sys_sethostname), (.domainname, sys_setdomainname),
  ]

  /// Runs a test in each order and for each of the two calls.
  private func each(
    _ test:
      @escaping (LinuxKernel.Task, NewUtsname.Offset, Body) async throws -> Void
  ) throws {
    for order in Self.orders {
      for (field, body) in Self.setters {
        try Kernel.booted(commandLine: order).asTask { task in
          try task.map(Self.page, pages: 1)
          try await test(task, field, body)
          #expect(task.kernel.uts_sem.count == 0, "the lock is free afterwards")
          #expect(task.kernel.uts_sem.owner & ~1 == 0)
        }
      }
    }
  }

  private func field(_ task: LinuxKernel.Task, _ field: NewUtsname.Offset) -> [UInt8] {
    Array(task.nsproxy.uts_ns.field(field))
  }

  @Test("a name is kept, zeros and all, and nothing of a longer one is left")
  func setName() throws {
    try each { task, field, body in
      task.poke(Self.page, [UInt8](repeating: 0x78, count: 64))
      do {
        let result = try await body(task, SyscallArguments(Self.page, 64))
        #expect(result == 0)
      }
      #expect(self.field(task, field) == [UInt8](repeating: 0x78, count: 64) + [0])
      task.poke(Self.page, [0x61, 0, 0x62, 0])
      do {
        let result = try await body(task, SyscallArguments(Self.page, 4))
        #expect(result == 0)
      }
      #expect(self.field(task, field) == [0x61, 0, 0x62] + [UInt8](repeating: 0, count: 62))
    }
  }

  @Test("65 bytes are too many, and so are -1; only 32 bits of the length count")
  func lengths() throws {
    try each { task, field, body in
      task.poke(Self.page, [0x61])
      for length: UInt64 in [65, 0xffff_ffff, .max, 0x8000_0000] {
        await #expect(throws: Errno.EINVAL) { try await body(task, SyscallArguments(0, length)) }
      }
      do {
        let result = try await body(task, SyscallArguments(Self.page, 0x1_0000_0001))
        #expect(result == 0)
      }
      #expect(self.field(task, field).prefix(2) == [0x61, 0])
    }
  }

  @Test("without CAP_SYS_ADMIN: EPERM, whatever else is wrong")
  func permission() throws {
    try each { task, field, body in
      task.cred = Cred(uid: 65534, gid: 65534)
      await #expect(throws: Errno.EPERM) { try await body(task, SyscallArguments(0, .max)) }
      task.cred = Cred(uid: 0, gid: 0, dropped: CapabilitySet(.CAP_SYS_ADMIN))
      await #expect(throws: Errno.EPERM) { try await body(task, SyscallArguments(0, 1)) }
    }
  }

  @Test(
    "a bad address leaves the name and the lock as they were",
    arguments: [0, 1, 0xffff_8880_0000_0000, 0x8000_0000_0000, .max, border, border - 5] as [UInt64]
  )
  func badAddress(address: UInt64) throws {
    try each { task, field, body in
      let before = self.field(task, field)
      await #expect(throws: Errno.EFAULT) {
        try await body(task, SyscallArguments(address, 11))
      }
      #expect(self.field(task, field) == before)
    }
  }

  @Test("no bytes need no address", arguments: [0, 0xffff_8880_0000_0000, 1 << 63] as [UInt64])
  func empty(address: UInt64) throws {
    try each { task, field, body in
      do {
        let result = try await body(task, SyscallArguments(address, 0))
        #expect(result == 0)
      }
      #expect(self.field(task, field).allSatisfy { $0 == 0 })
    }
  }

  @Test("the lock is taken before the copy or after it, as the parameter says")
  func order() throws {
    for (order, expected) in zip(Self.orders, [["down_write", "up_write"], []]) {
      try Kernel.booted(commandLine: order).asTask { task in
        var operations: [String] = []
        task.kernel.eventHandler = { event in
          if case .lock(_, let operation, "uts_sem") = event { operations.append(operation) }
        }
        _ = try? await sys_setdomainname(task, SyscallArguments(0, 5))
        #expect(operations == expected)
      }
    }
  }

  @Test("uname writes 390 bytes, and what fits before a bad page")
  func uname() throws {
    try Kernel.booted().asTask { task in
      try task.map(Self.page, pages: 1)
      do {
        let result = try await sys_newuname(task, SyscallArguments(Self.page))
        #expect(result == 0)
      }
      let names = try #require(NewUtsname(bytes: task.peek(Self.page, 390)))
      #expect(names == task.nsproxy.uts_ns.names)
      #expect(names[.sysname] == "Linux")
      #expect(names[.domainname] == "(none)")
      await #expect(throws: Errno.EFAULT) {
        try await sys_newuname(task, SyscallArguments(Self.border - 100))
      }
      #expect(task.peek(Self.border - 100, 6) == Array("Linux\0".utf8))
      await #expect(throws: Errno.EFAULT) { try await sys_newuname(task, SyscallArguments(0)) }
      #expect(task.kernel.uts_sem.count == 0)
    }
  }

  @Test("old personalities are told old names")
  func personality() throws {
    try Kernel.booted().asTask { task in
      try task.map(Self.page, pages: 1)
      task.personality = 0x0020000 | 8
      do {
        let result = try await sys_newuname(task, SyscallArguments(Self.page))
        #expect(result == 0)
      }
      let names = try #require(NewUtsname(bytes: task.peek(Self.page, 390)))
      #expect(names[.release] == "2.6.78-martlet")
      #expect(names[.machine] == "i686")
      #expect(task.nsproxy.uts_ns.names[.machine] == "x86_64")
    }
  }
}
