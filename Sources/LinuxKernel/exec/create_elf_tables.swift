import ELF
import LinuxABI
import X86

extension Kernel {
  /// One string of `argv` or `envp`, the NUL included.
  static let MAX_ARG_STRLEN = 131072

  /// Refuses arguments that are too long.
  ///
  /// - SeeAlso: Linux `fs/exec.c` `bprm_stack_limits`, `copy_strings`.
  func check_limits(
    _ task: Task,
    _ program: ProgramFile,
    _ arguments: [[UInt8]],
    _ environment: [[UInt8]]
  ) throws(ExecError) {
    var total = program.filename.utf8.count + 1
    for string in arguments + environment {
      guard string.count < Self.MAX_ARG_STRLEN else {
        throw ExecError(.E2BIG, "an argument is longer than 131071 bytes")
      }
      total += string.count + 1
    }
    let pointers = (arguments.count + environment.count) * 8
    let limit = max(min(6 << 20, Int(clamping: task.mappingLimits.stack / 4)), 131072)
    guard limit > pointers, total <= limit - pointers else {
      throw ExecError(.E2BIG, "the arguments and the environment are too long")
    }
  }

  /// Builds the first stack of a program: strings, auxiliary vector, pointers.
  ///
  /// - SeeAlso: Linux `fs/binfmt_elf.c` `create_elf_tables` (v6.12).
  func create_elf_tables(
    _ task: Task,
    _ mm: MM,
    _ image: ELFImage,
    _ loaded: LoadedProgram,
    _ program: ProgramFile,
    _ arguments: [[UInt8]],
    _ environment: [[UInt8]]
  ) throws(ExecError) {
    // From the top: eight zero bytes, the file's name, the environment, the arguments.
    var strings: [UInt8] = []
    var pointers: [Int] = []
    for string in arguments + environment + [Array(program.filename.utf8)] {
      pointers.append(strings.count)
      strings.append(contentsOf: string)
      strings.append(0)
    }
    let stringStart = TASK_SIZE_MAX &- 8 &- UInt64(strings.count)
    let address = { (index: Int) in stringStart &+ UInt64(pointers[index]) }

    var place = stringStart & ~15
    let platform = Array("x86_64\0".utf8)
    place &-= UInt64(platform.count)
    let platformAddress = place
    place &-= 16
    let randomAddress = place
    var random = [UInt8](repeating: 0, count: 16)
    random.withUnsafeMutableBytes { host.entropy($0) }

    let auxiliary = auxiliaryVector(
      task,
      image,
      loaded,
      random: randomAddress,
      platform: platformAddress,
      filename: address(pointers.count - 1)
    )
    let words = auxiliary.count + 1 + arguments.count + 1 + environment.count + 1
    let stack = (place &- UInt64(words) &* 8) & ~15

    var table: [UInt64] = [UInt64(arguments.count)]
    for index in arguments.indices { table.append(address(index)) }
    table.append(0)
    for index in environment.indices { table.append(address(arguments.count + index)) }
    table.append(0)
    table.append(contentsOf: auxiliary)

    guard mm.expand_stack(stack, task.mappingLimits) != nil,
      write(mm, strings, stringStart), write(mm, platform, platformAddress),
      write(mm, random, randomAddress),
      table.withUnsafeBytes({ mm.access_process_vm(write: $0, stack) })
    else { throw ExecError(fatal: "no room for the arguments on the stack") }

    mm.start_stack = stack
    mm.arg_start = stringStart
    mm.arg_end = address(arguments.count)
    mm.env_start = mm.arg_end
    mm.env_end = address(pointers.count - 1)
    mm.saved_auxv = auxiliary
  }

  private func write(_ mm: MM, _ bytes: [UInt8], _ address: UInt64) -> Bool {
    bytes.withUnsafeBytes { mm.access_process_vm(write: $0, address) }
  }

  /// Pairs of tag and value, in the kernel's order.
  private func auxiliaryVector(
    _ task: Task,
    _ image: ELFImage,
    _ loaded: LoadedProgram,
    random: UInt64,
    platform: UInt64,
    filename: UInt64
  ) -> [UInt64] {
    var vector: [UInt64] = []
    func add(_ tag: AuxiliaryVector, _ value: UInt64) {
      vector.append(tag.rawValue)
      vector.append(value)
    }
    // No AT_SYSINFO_EHDR: there is no vDSO, and C libraries then make real system calls.
    add(.AT_MINSIGSTKSZ, Self.minimumSignalStack)
    add(.AT_HWCAP, UInt64(cpu.model.hardwareCapabilities))
    add(.AT_PAGESZ, 4096)
    add(.AT_CLKTCK, 100)
    add(.AT_PHDR, loaded.programHeaders)
    add(.AT_PHENT, 56)
    add(.AT_PHNUM, UInt64(image.header.programHeaderCount))
    add(.AT_BASE, 0)
    add(.AT_FLAGS, 0)
    add(.AT_ENTRY, loaded.entry)
    add(.AT_UID, UInt64(task.cred.uid))
    add(.AT_EUID, UInt64(task.cred.euid))
    add(.AT_GID, UInt64(task.cred.gid))
    add(.AT_EGID, UInt64(task.cred.egid))
    add(.AT_SECURE, 0)
    add(.AT_RANDOM, random)
    // HWCAP2_FSGSBASE
    add(.AT_HWCAP2, cpu.cr4 & 1 << 16 != 0 ? 2 : 0)
    add(.AT_EXECFN, filename)
    add(.AT_PLATFORM, platform)
    add(.AT_RSEQ_FEATURE_SIZE, 28)
    add(.AT_RSEQ_ALIGN, 32)
    add(.AT_NULL, 0)
    return vector
  }

  /// The signal frame with the registers of this processor, rounded up.
  static let minimumSignalStack: UInt64 = 2048
}
