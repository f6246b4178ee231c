import LinuxABI

extension Kernel {
  /// Writes what `WARN(1, ...)` writes: something is wrong in the kernel, but it goes on.
  ///
  /// - SeeAlso: Linux `kernel/panic.c` `__warn`.
  func WARN(_ task: Task, _ text: String, at function: StaticString) {
    printk(.warning, "------------[ cut here ]------------")
    printk(.warning, text)
    printk(.warning, "WARNING: CPU: 0 PID: \(task.pid) at \(function)")
    let release = init_uts_ns.names[.release]
    printk(.warning, "CPU: 0 PID: \(task.pid) Comm: \(task.comm) Not tainted \(release)")
    printk(.warning, "---[ end trace 0000000000000000 ]---")
  }
}
