import LinuxABI
import X86

extension Kernel {
  /// Starts the first program; `run` then executes it.
  ///
  /// - Parameters:
  ///   - program: the file.
  ///   - arguments: `argv`, the program's name first.
  ///   - environment: `NAME=value` strings.
  /// - Returns: the task that will run it.
  /// - Throws: `ExecError` when it is not a program that can be run here.
  /// - SeeAlso: Linux `init/main.c` `kernel_init`.
  @discardableResult
  public func kernel_init(
    _ program: ProgramFile,
    arguments: [[UInt8]],
    environment: [[UInt8]]
  ) throws(ExecError) -> Task {
    let task = try create_init(program, arguments: arguments, environment: environment)
    wake_up_new_task(task)
    if let eventHandler { eventHandler(.execve(task: task, path: program.filename)) }
    return task
  }

  /// Makes the first task, ready to run `program`, and does not start it.
  func create_init(
    _ program: ProgramFile,
    arguments: [[UInt8]],
    environment: [[UInt8]]
  ) throws(ExecError) -> Task {
    guard let root = vfs.root else { throw ExecError(.ENOENT, "there is no file tree") }
    let place = install(program)
    var program = program
    program.cache = (place?.inode as? CachedInode)?.cache
    guard let stack = kernelSpace.alloc_thread_stack(),
      let bounce = kernelSpace.kmalloc(Self.bounceSize)
    else { throw ExecError(.ENOMEM, "no memory for a kernel stack") }
    let task = Task(
      kernel: self,
      pid: Self.initPID,
      tgid: Self.initPID,
      stack: stack,
      bounce: bounce,
      cred: Cred(
        uid: configuration.uid,
        gid: configuration.gid,
        dropped: CapabilitySet(rawValue: configuration.droppedCapabilities)
      ),
      nsproxy: NSProxy(self),
      files: FilesStruct(self),
      fs: FSStruct(root: root)
    )
    task.exe_file = place
    task.hostFunction = kernelFrame
    try do_execve(task, program, arguments: arguments, environment: environment)
    task.registers = ret_from_fork_registers(task)
    return task
  }

  /// Bytes of kernel memory through which a task's user copies pass.
  static let bounceSize = 65536

  /// Registers with which kernel text starts a task: it pops `pt_regs` and goes to user mode.
  func ret_from_fork_registers(_ task: Task) -> RegisterState {
    var registers = RegisterState()
    registers.rip = text.symbols["ret_from_fork"] ?? 0
    registers[.rsp] = task.stack.top &- UInt64(PtRegs.size)
    registers.cpl = 0
    registers.cs = Selector.__KERNEL_CS
    registers.ss = Selector.__KERNEL_DS
    registers.gsBase = percpu
    registers.mxcsr = 0x1F80
    return registers
  }
}
