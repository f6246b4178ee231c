import LinuxABI
import Testing

@testable import LinuxKernel

/// `reboot`: the order of its checks, and what each command does.
@Suite("reboot")
struct RebootTests {
  static let magic1 = UInt64(Reboot.LINUX_REBOOT_MAGIC1)
  static let magic2 = UInt64(Reboot.LINUX_REBOOT_MAGIC2)

  private func call(
    _ task: LinuxKernel.Task,
    _ command: RebootCommand,
    _ arg: UInt64 = 0
  ) async throws(Errno) -> Int64 {
    try await sys_reboot(
      task,
      SyscallArguments(Self.magic1, Self.magic2, UInt64(command.rawValue), arg)
    )
  }

  @Test("permission comes before the magic numbers, those before the command")
  func order() throws {
    try Kernel.booted().asTask { task in
      await #expect(throws: Errno.EINVAL) { try await sys_reboot(task, SyscallArguments(1, 2, 3)) }
      await #expect(throws: Errno.EINVAL) {
        try await sys_reboot(task, SyscallArguments(Self.magic1, Self.magic2, 0x12345))
      }
      #expect(task.kernel.system_transition_mutex.owner == 0)
      task.cred = Cred(uid: 0, gid: 0, dropped: CapabilitySet(.CAP_SYS_BOOT))
      await #expect(throws: Errno.EPERM) { try await sys_reboot(task, SyscallArguments(1, 2, 3)) }
    }
  }

  @Test(
    "all four second magic numbers are taken, in 32 bits",
    arguments: [672_274_793, 85_072_278, 369_367_448, 537_993_216] as [UInt64]
  )
  func magics(magic: UInt64) throws {
    try Kernel.booted().asTask { task in
      let high: UInt64 = 0xffff_0000_0000_0000
      let args = SyscallArguments(high | Self.magic1, high | magic, 0)
      do {
        let result = try await sys_reboot(task, args)
        #expect(result == 0)
      }
    }
  }

  @Test("CAD_ON and CAD_OFF set C_A_D in guest memory")
  func cad() throws {
    try Kernel.booted().asTask { task in
      let kernel = task.kernel
      #expect(kernel.C_A_D == 1)
      do {
        let result = try await self.call(task, .LINUX_REBOOT_CMD_CAD_OFF)
        #expect(result == 0)
      }
      #expect(kernel.C_A_D == 0)
      #expect(kernel.variable("C_A_D", size: 4).host.load(as: Int32.self) == 0)
      do {
        let result = try await self.call(task, .LINUX_REBOOT_CMD_CAD_ON)
        #expect(result == 0)
      }
      #expect(kernel.C_A_D == 1)
    }
  }

  @Test("kexec and hibernation are not configured")
  func unknown() throws {
    try Kernel.booted().asTask { task in
      for command in [RebootCommand.LINUX_REBOOT_CMD_KEXEC, .LINUX_REBOOT_CMD_SW_SUSPEND] {
        await #expect(throws: Errno.EINVAL) { try await self.call(task, command) }
      }
      #expect(task.kernel.system_transition_mutex.owner == 0)
    }
  }

  @Test("the log says what happened")
  func messages() throws {
    let expected: [(RebootCommand, [String])] = [
      (.LINUX_REBOOT_CMD_HALT, ["reboot: System halted"]),
      (.LINUX_REBOOT_CMD_POWER_OFF, ["reboot: Power down"]),
      (.LINUX_REBOOT_CMD_RESTART, ["reboot: Restarting system", "reboot: machine restart"]),
    ]
    for (command, lines) in expected {
      try Kernel.booted().asTask { task in
        _ = try await self.call(task, command)
        let log = task.kernel.log.records.map(\.text)
        #expect(Array(log.suffix(lines.count)) == lines)
        #expect(task.kernel.system_transition_mutex.owner == task.lockIdentity)
      }
    }
  }

  @Test("RESTART2 takes at most 255 bytes, and a bad string restarts nothing")
  func restart2() throws {
    let page: UInt64 = 0x10_0000
    try Kernel.booted().asTask { task in
      try task.map(page, pages: 1)
      task.poke(page + 4090, [0x61, 0x62, 0x63, 0x64, 0x65, 0x66])
      for bad in [0, page + 4090, 0xffff_8880_0000_0000] as [UInt64] {
        await #expect(throws: Errno.EFAULT) {
          try await self.call(task, .LINUX_REBOOT_CMD_RESTART2, bad)
        }
      }
      #expect(task.kernel.system_transition_mutex.owner == 0)
      task.poke(page, [UInt8](repeating: 0x78, count: 300))
      _ = try await self.call(task, .LINUX_REBOOT_CMD_RESTART2, page)
      let wanted = String(repeating: "x", count: 255)
      let log = task.kernel.log.records.map(\.text)
      #expect(log.contains("reboot: Restarting system with command '\(wanted)'"))
    }
  }

  @Test("in a process namespace of its own, reboot ends init and leaves the machine")
  func namespace() throws {
    let cases: [(RebootCommand, Signal?)] = [
      (.LINUX_REBOOT_CMD_RESTART, .SIGHUP), (.LINUX_REBOOT_CMD_RESTART2, .SIGHUP),
      (.LINUX_REBOOT_CMD_HALT, .SIGINT), (.LINUX_REBOOT_CMD_POWER_OFF, .SIGINT),
      (.LINUX_REBOOT_CMD_CAD_ON, nil), (.LINUX_REBOOT_CMD_CAD_OFF, nil),
      (.LINUX_REBOOT_CMD_KEXEC, nil), (.LINUX_REBOOT_CMD_SW_SUSPEND, nil),
    ]
    for (command, signal) in cases {
      try Kernel.booted().asTask { task in
        task.nsproxy = NSProxy(
          uts_ns: task.nsproxy.uts_ns,
          pid_ns: PIDNamespace(user_ns: .init_user_ns)
        )
        if let signal {
          _ = try await self.call(task, command)
          #expect(task.exitStatus == .signaled(signal))
        } else {
          await #expect(throws: Errno.EINVAL) { try await self.call(task, command) }
        }
      }
    }
  }
}

/// The calls that only this kernel has.
@Suite("foo and silly_copy")
struct OwnCallTests {
  static let page: UInt64 = 0x10_0000

  @Test("foo is the size of a kernel stack")
  func foo() throws {
    try Kernel.booted().asTask { task in
      do {
        let result = try sys_foo(task, SyscallArguments())
        #expect(result == 16384)
      }
    }
  }

  @Test("up to 8 bytes are copied, more are refused with a warning and nothing is touched")
  func sillyCopy() throws {
    try Kernel.booted().asTask { task in
      try task.map(Self.page, pages: 1)
      let (src, dst) = (Self.page, Self.page + 64)
      task.poke(src, Array("sourcetext".utf8))
      for length: UInt64 in 0...8 {
        task.poke(dst, [UInt8](repeating: 0x2e, count: 10))
        do {
          let result = try await sys_silly_copy(task, SyscallArguments(src, dst, length))
          #expect(result == length)
        }
        let expected =
          Array("sourcetext".utf8.prefix(Int(length)))
          + [UInt8](repeating: 0x2e, count: 10 - Int(length))
        #expect(task.peek(dst, 10) == expected)
      }
      task.poke(dst, [UInt8](repeating: 0x2e, count: 10))
      for length: UInt64 in [9, 4096, .max] {
        await #expect(throws: Errno.EFAULT) {
          try await sys_silly_copy(task, SyscallArguments(src, dst, length))
        }
        #expect(
          task.kernel.log.records.contains {
            $0.text == "Buffer overflow detected (8 < \(length))!"
          }
        )
      }
      #expect(task.peek(dst, 10) == [UInt8](repeating: 0x2e, count: 10))
      do {
        let result = try await sys_silly_copy(task, SyscallArguments(0, .max, 0))
        #expect(result == 0)
      }
      // What fits before the bad page stays written.
      await #expect(throws: Errno.EFAULT) {
        try await sys_silly_copy(task, SyscallArguments(src, Self.page + 4093, 8))
      }
      #expect(task.peek(Self.page + 4093, 3) == Array("sou".utf8))
    }
  }
}
