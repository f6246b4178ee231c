/// Addresses of the kernel text that touches user memory.
struct UaccessText {
  let copy_user_generic: UInt64
  let clear_user: UInt64
  let strncpy_from_user: UInt64
  /// `__get_user_1`, `_2`, `_4`, `_8`.
  let get_user: (UInt64, UInt64, UInt64, UInt64)
  /// `__put_user_1`, `_2`, `_4`, `_8`.
  let put_user: (UInt64, UInt64, UInt64, UInt64)

  init(_ text: KernelText) throws(KernelError) {
    copy_user_generic = try text.address(of: "copy_user_generic")
    clear_user = try text.address(of: "__clear_user")
    strncpy_from_user = try text.address(of: "strncpy_from_user")
    get_user = (
      try text.address(of: "__get_user_1"), try text.address(of: "__get_user_2"),
      try text.address(of: "__get_user_4"), try text.address(of: "__get_user_8")
    )
    put_user = (
      try text.address(of: "__put_user_1"), try text.address(of: "__put_user_2"),
      try text.address(of: "__put_user_4"), try text.address(of: "__put_user_8")
    )
  }

  /// The one of four functions that moves `size` bytes.
  static func choose(_ functions: (UInt64, UInt64, UInt64, UInt64), size: Int) -> UInt64 {
    switch size {
    case 1: functions.0
    case 2: functions.1
    case 4: functions.2
    default: functions.3
    }
  }
}
