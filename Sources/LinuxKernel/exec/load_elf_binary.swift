import ELF
import LinuxABI
import X86

extension Kernel {
  /// Replaces a task's program.
  ///
  /// - Throws: `ExecError`; with an errno before the point of no return, without one after it.
  /// - SeeAlso: Linux `fs/exec.c` `do_execveat_common`, `fs/binfmt_elf.c` `load_elf_binary` (v6.12).
  func do_execve(
    _ task: Task,
    _ program: ProgramFile,
    arguments: [[UInt8]],
    environment: [[UInt8]]
  ) throws(ExecError) {
    // Since 5.18 a program always has an argv[0].
    let arguments = arguments.isEmpty ? [[]] : arguments
    try check_limits(task, program, arguments, environment)
    let image: ELFImage
    do {
      image = try ELFImage(program.bytes)
      if try image.interpreterPath() != nil {
        // SIMPLIFIED: an interpreter is a file, and there is no file system yet.
        throw ExecError(
          .ENOENT,
          "it needs a dynamic linker, which is not available: link it statically (-static)"
        )
      }
    } catch let error as ELFError {
      throw ExecError(Self.errno(of: error), error.description)
    } catch let error as ExecError {
      throw error
    } catch {
      throw ExecError(.ENOEXEC, "\(error)")
    }
    guard let mm = MM(frames: frames, cpu: cpu, kernelTables: kernelSpace.pgd) else {
      throw ExecError(.ENOMEM, "no memory for an address space")
    }
    mm.mmap_base = Self.mmap_base(task.mappingLimits.stack)

    // The point of no return: the old program is gone.
    task.mm = mm
    if current === task { cpu.switchAddressSpace(to: mm.pgd) }
    begin_new_exec(task, program)
    let loaded = try load_segments(task, mm, image, program)
    try create_elf_tables(task, mm, image, loaded, program, arguments, environment)
    start_thread(task, mm, entry: loaded.entry)
  }

  private static func errno(of error: ELFError) -> Errno {
    switch error {
    case .interpreterPathBeyondFile: .EIO
    default: .ENOEXEC
    }
  }

  /// What a new program does not inherit.
  private func begin_new_exec(_ task: Task, _ program: ProgramFile) {
    let name = program.filename.utf8.split(separator: 0x2F).last.map { Array($0) } ?? []
    task.comm = String(decoding: name.prefix(15), as: UTF8.self)
    task.executablePath = program.absolutePath
    task.clear_child_tid = 0
    task.robustList = 0
    task.rseq = (0, 0, 0)
    for index in task.sigactions.indices
    where task.sigactions[index].handler != KernelSigAction.SIG_IGN {
      task.sigactions[index] = KernelSigAction()
    }
  }

  /// Where mappings without a given place end, without address-space randomization.
  ///
  /// - SeeAlso: Linux `arch/x86/mm/mmap.c` `mmap_base`.
  static func mmap_base(_ stackLimit: UInt64) -> UInt64 {
    let padded = stackLimit.addingReportingOverflow(VMA.stack_guard_gap)
    let gap = padded.overflow ? stackLimit : padded.partialValue
    let clamped = min(max(gap, 128 << 20), TASK_SIZE_MAX / 6 * 5)
    return (TASK_SIZE_MAX &- clamped &+ 4095) & ~4095
  }

  /// The first registers of a program.
  ///
  /// - SeeAlso: Linux `arch/x86/kernel/process_64.c` `start_thread`.
  private func start_thread(_ task: Task, _ mm: MM, entry: UInt64) {
    let frame = task.ptRegs
    for offset in PtRegs.Offset.allCases { frame[offset] = 0 }
    frame[.rip] = entry
    frame[.rsp] = mm.start_stack
    frame[.cs] = UInt64(Selector.__USER_CS)
    frame[.ss] = UInt64(Selector.__USER_DS)
    frame[.eflags] = RFLAGS.ifFlag.rawValue | RFLAGS.reserved1.rawValue
  }
}

/// Where `load_segments` has put a program.
struct LoadedProgram {
  /// The first instruction.
  var entry: UInt64 = 0
  /// What is added to the file's addresses.
  var bias: UInt64 = 0
  /// The program headers in memory: `AT_PHDR`.
  var programHeaders: UInt64 = 0
}

extension Kernel {
  /// Maps the `PT_LOAD` segments and sets up the heap and the stack area.
  func load_segments(
    _ task: Task,
    _ mm: MM,
    _ image: ELFImage,
    _ program: ProgramFile
  ) throws(ExecError) -> LoadedProgram {
    let cache = program.cache ?? PageCache(frames: frames, source: ELFSource(program.bytes))
    let limits = task.mappingLimits
    let segments = image.programHeaders.filter { $0.kind == .PT_LOAD }
    var loaded = LoadedProgram()
    var brk: UInt64 = 0
    setup_arg_pages(mm, limits, isExecutable: hasExecutableStack(image))
    mm.start_code = .max
    for (index, segment) in segments.enumerated() {
      if index == 0, image.header.type == .ET_DYN {
        loaded.bias = try chooseBias(mm, segments)
      }
      let bias = loaded.bias
      do {
        try elf_load(mm, segment, bias, cache, isFirst: index == 0 && bias == 0, limits)
      } catch {
        throw ExecError(fatal: "segment \(index) cannot be mapped: \(error)")
      }
      let start = segment.virtualAddress &+ bias
      let tableOffset = image.header.programHeaderOffset
      if segment.fileOffset <= tableOffset, tableOffset &- segment.fileOffset < segment.fileSize {
        loaded.programHeaders = tableOffset &- segment.fileOffset &+ start
      }
      let isText = segment.flags.contains(.PF_X)
      if isText { mm.start_code = min(mm.start_code, start) }
      mm.start_data = max(mm.start_data, start)
      guard segment.virtualAddress < TASK_SIZE_MAX, segment.fileSize <= segment.memorySize,
        segment.memorySize <= TASK_SIZE_MAX,
        segment.virtualAddress <= TASK_SIZE_MAX &- segment.memorySize
      else {
        throw ExecError(fatal: "segment \(index) does not fit into the address space")
      }
      if isText { mm.end_code = max(mm.end_code, start &+ segment.fileSize) }
      mm.end_data = max(mm.end_data, start &+ segment.fileSize)
      brk = max(brk, start &+ segment.memorySize)
    }
    if mm.start_code == .max { mm.start_code = 0 }
    loaded.entry = image.header.entry &+ loaded.bias
    // A position-independent program without interpreter lies among the mappings; its heap, which
    // must be able to grow, does not.
    mm.start_brk =
      image.header.type == .ET_DYN ? Self.ELF_ET_DYN_BASE : (brk &+ 4095) & ~4095
    mm.brk = mm.start_brk
    return loaded
  }

  /// Two thirds of the address space, rounded up to a page.
  ///
  /// - SeeAlso: Linux `arch/x86/include/asm/elf.h` `ELF_ET_DYN_BASE`.
  static let ELF_ET_DYN_BASE: UInt64 = 0x5555_5555_5000

  /// A free range for all segments of a position-independent program.
  private func chooseBias(_ mm: MM, _ segments: [ProgramHeader]) throws(ExecError) -> UInt64 {
    let first = segments[0].virtualAddress & ~4095
    var end: UInt64 = 0
    var alignment: UInt64 = 4096
    for segment in segments {
      let sum = segment.virtualAddress.addingReportingOverflow(segment.memorySize)
      guard !sum.overflow else { throw ExecError(fatal: "a segment ends beyond all addresses") }
      end = max(end, sum.partialValue)
      if segment.alignment.nonzeroBitCount == 1 { alignment = max(alignment, segment.alignment) }
    }
    guard end > first, end <= TASK_SIZE_MAX, alignment <= TASK_SIZE_MAX else {
      throw ExecError(fatal: "its segments do not fit into the address space")
    }
    let size = ((end &+ 4095) & ~4095) &- first
    do {
      let start = try mm.get_unmapped_area(hint: first, length: size, alignment: alignment)
      return start &- first
    } catch {
      throw ExecError(fatal: "no room for \(size) bytes of segments")
    }
  }

  /// Maps one segment: the file's pages, zeros behind them, zeroed pages for the rest.
  ///
  /// - SeeAlso: Linux `fs/binfmt_elf.c` `elf_load`.
  private func elf_load(
    _ mm: MM,
    _ segment: ProgramHeader,
    _ bias: UInt64,
    _ cache: PageCache,
    isFirst: Bool,
    _ limits: MappingLimits
  ) throws(Errno) {
    let address = segment.virtualAddress &+ bias
    guard segment.virtualAddress < TASK_SIZE_MAX, address < TASK_SIZE_MAX,
      segment.memorySize <= TASK_SIZE_MAX, segment.fileSize <= segment.memorySize
    else { throw .EINVAL }
    let page = address & ~4095
    let offset = address & 4095
    var protection: UInt64 = 0
    if segment.flags.contains(.PF_R) { protection |= 1 }
    if segment.flags.contains(.PF_W) { protection |= 2 }
    if segment.flags.contains(.PF_X) { protection |= 4 }
    var zeroStart = page
    if segment.fileSize > 0 {
      guard segment.fileOffset & 4095 == offset else { throw .EINVAL }
      let flags: MapFlags =
        isFirst ? [.MAP_PRIVATE, .MAP_FIXED_NOREPLACE] : [.MAP_PRIVATE, .MAP_FIXED]
      _ = try mm.do_mmap(
        page,
        length: segment.fileSize &+ offset,
        protection: protection,
        flags: flags,
        source: .file(cache, pageOffset: segment.fileOffset >> 12, isWritable: false),
        limits: limits
      )
      zeroStart = address &+ segment.fileSize
      if segment.memorySize > segment.fileSize { try padzero(mm, zeroStart, segment) }
    }
    let bssStart = (zeroStart &+ 4095) & ~4095
    let bssEnd = (address &+ segment.memorySize &+ 4095) & ~4095
    guard bssEnd > bssStart else { return }
    // `vm_brk_flags`: readable and writable whatever the segment says, and in place of what is there.
    _ = try mm.do_mmap(
      bssStart,
      length: bssEnd &- bssStart,
      protection: 3 | protection & 4,
      flags: [.MAP_PRIVATE, .MAP_ANONYMOUS, .MAP_FIXED],
      source: .anonymous,
      limits: limits
    )
  }

  /// Zeroes the rest of the page in which a segment's file part ends.
  private func padzero(_ mm: MM, _ start: UInt64, _ segment: ProgramHeader) throws(Errno) {
    let count = Int(4096 &- start & 4095) & 4095
    guard count > 0, segment.flags.contains(.PF_W) else { return }
    guard let page = mm.get_user_page(start, isWrite: true) else { throw .EFAULT }
    page.host.initializeMemory(as: UInt8.self, repeating: 0, count: count)
  }

  /// A `PT_GNU_STACK` header that asks for an executable stack; without one it is not.
  private func hasExecutableStack(_ image: ELFImage) -> Bool {
    guard let header = image.programHeaders.first(where: { $0.kind == .PT_GNU_STACK }) else {
      return false
    }
    return header.flags.contains(.PF_X)
  }

  /// Maps the stack: 128 KiB and a page now; it grows on demand.
  ///
  /// - SeeAlso: Linux `fs/exec.c` `setup_arg_pages`.
  private func setup_arg_pages(_ mm: MM, _ limits: MappingLimits, isExecutable: Bool) {
    var flags = VMFlags([.VM_READ, .VM_WRITE, .VM_GROWSDOWN]).union(.VM_MAYALL)
    if isExecutable { flags.insert(.VM_EXEC) }
    let size = max(4096, min(Self.initialStack, limits.stack & ~4095))
    mm.insert_vma(VMA(start: TASK_SIZE_MAX &- size, end: TASK_SIZE_MAX, flags: flags))
  }

  /// 128 KiB and a page.
  static let initialStack: UInt64 = (128 << 10) + 4096
}
