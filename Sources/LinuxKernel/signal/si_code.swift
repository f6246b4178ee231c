// Values of `si_code`: why a signal was sent.
// Linux include/uapi/asm-generic/siginfo.h.

/// Sent by `kill`.
let SI_USER: Int32 = 0
/// Sent by the kernel, for no more exact reason.
let SI_KERNEL: Int32 = 0x80
/// Sent by `tkill` or `tgkill`.
let SI_TKILL: Int32 = -6
let ILL_ILLOPN: Int32 = 2
let FPE_INTDIV: Int32 = 1
let FPE_FLTDIV: Int32 = 3
let FPE_FLTOVF: Int32 = 4
let FPE_FLTUND: Int32 = 5
let FPE_FLTRES: Int32 = 6
let FPE_FLTINV: Int32 = 7
/// No mapping at the address.
let SEGV_MAPERR: Int32 = 1
/// A mapping that does not allow the access.
let SEGV_ACCERR: Int32 = 2
let BUS_ADRALN: Int32 = 1
/// Past the end of the mapped file.
let BUS_ADRERR: Int32 = 2
let TRAP_BRKPT: Int32 = 1
let TRAP_TRACE: Int32 = 2
