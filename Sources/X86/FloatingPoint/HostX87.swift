#if arch(x86_64)
import CHostSIMD

/// The x87 arithmetic of the host.
enum HostX87 {
  static func compute(
    _ operation: Operation,
    _ a: Float80Bits,
    _ b: Float80Bits,
    _ control: UInt16
  ) -> X87Result {
    let (x, y) = (host(a), host(b))
    let r =
      switch operation {
      case .fadd: host_x87_fadd(x, y, control)
      case .fsub: host_x87_fsub(x, y, control)
      case .fmul: host_x87_fmul(x, y, control)
      case .fdiv: host_x87_fdiv(x, y, control)
      case .fcom: host_x87_fcom(x, y, control)
      case .fucom: host_x87_fucom(x, y, control)
      case .fscale: host_x87_fscale(x, y, control)
      case .fprem: host_x87_fprem(x, y, control)
      case .fprem1: host_x87_fprem1(x, y, control)
      case .fyl2x: host_x87_fyl2x(x, y, control)
      case .fyl2xp1: host_x87_fyl2xp1(x, y, control)
      case .fpatan: host_x87_fpatan(x, y, control)
      case .fsqrt: host_x87_fsqrt(x, control)
      case .frndint: host_x87_frndint(x, control)
      case .f2xm1: host_x87_f2xm1(x, control)
      case .fsin: host_x87_fsin(x, control)
      case .fcos: host_x87_fcos(x, control)
      case .fxtract: host_x87_fxtract(x, control)
      case .fptan: host_x87_fptan(x, control)
      default: host_x87_fsincos(x, control)
      }
    return result(r)
  }

  static func load(single bits: UInt32, _ control: UInt16) -> X87Result {
    result(host_x87_flds(bits, control))
  }

  static func load(double bits: UInt64, _ control: UInt16) -> X87Result {
    result(host_x87_fldl(bits, control))
  }

  static func load(decimal a: Float80Bits, _ control: UInt16) -> Float80Bits {
    guest(host_x87_fbld(host(a), control).value)
  }

  static func store(_ a: Float80Bits, size: UInt8, _ control: UInt16) -> X87Stored {
    let r = size == 4 ? host_x87_fsts(host(a), control) : host_x87_fstl(host(a), control)
    return X87Stored(value: r.value, status: r.status)
  }

  static func storeInteger(_ a: Float80Bits, size: UInt8, _ control: UInt16) -> X87Stored {
    let x = host(a)
    let r =
      switch size {
      case 2: host_x87_fists(x, control)
      case 4: host_x87_fistl(x, control)
      default: host_x87_fistpll(x, control)
      }
    return X87Stored(value: r.value, status: r.status)
  }

  static func storeDecimal(_ a: Float80Bits, _ control: UInt16) -> X87Stored {
    let r = host_x87_fbstp(host(a), control)
    return X87Stored(
      value: r.value.significand,
      high: UInt16(truncatingIfNeeded: r.value.signExponent),
      status: r.status
    )
  }

  private static func host(_ a: Float80Bits) -> HostFloat80 {
    HostFloat80(significand: a.significand, signExponent: UInt64(a.signExponent))
  }

  private static func guest(_ a: HostFloat80) -> Float80Bits {
    Float80Bits(
      significand: a.significand,
      signExponent: UInt16(truncatingIfNeeded: a.signExponent)
    )
  }

  private static func result(_ r: HostX87Result) -> X87Result {
    X87Result(value: guest(r.value), second: guest(r.second), status: r.status)
  }
}
#endif
