/// An address space: Linux's `mm_struct`.
public final class MM {
  init() {}
}
