// Which status flags an instruction must compute: those that something reads before they are
// overwritten. Anything that may fault, leave or stop reads all of them, so that flags are exact
// wherever they can be seen.

/// CF PF AF ZF SF OF.
private let allFlags: UInt32 = 0x8D5

/// Marks instructions whose flags nothing reads.
func markDeadFlags(_ code: inout [VCPU.Decoded]) {
  var live = allFlags
  var k = code.count
  while k > 0 {
    k &-= 1
    guard !code[k].isFollowed else { continue }
    let i = code[k].instruction
    let effects = InstructionTable.flags(of: i)
    code[k].flagsAreLive = effects.killed & live != 0
    live = live & ~(i.leavesUndefinedFlags ? effects.written : effects.killed) | effects.read
    if i.mayLeave { live = allFlags }
  }
}

extension Instruction {
  /// True where flags that the manual leaves open keep what they were, on this machine as on the
  /// host's.
  var leavesUndefinedFlags: Bool {
    switch operation {
    case .mul, .imul, .div, .idiv, .bt, .bts, .btr, .btc, .bsf, .bsr, .tzcnt, .lzcnt, .shld, .shrd,
      .rol, .ror,
      .rcl, .rcr:
      true
    default: false
    }
  }

  /// True when execution may go elsewhere than to the next instruction, or stop here.
  var mayLeave: Bool {
    if hasMemoryOperand && operation != .lea && operation != .nop && operation != .prefetch {
      return true
    }
    switch operation {
    case .mov, .movzx, .movsx, .movsxd, .lea, .bswap, .cmovcc, .setcc, .cbw, .cwde, .cdqe, .cwd,
      .cdq, .cqo, .add, .adc, .sub, .sbb, .cmp, .inc, .dec, .neg, .mul, .imul, .and, .or, .xor,
      .not, .test, .shl, .shr, .sar, .rol, .ror, .nop, .prefetch, .endbr64, .bt, .xchg,
      .bsf, .bsr, .tzcnt, .lzcnt, .popcnt, .adcx, .adox, .ptest, .andn, .bextr,
      .blsi, .blsmsk, .blsr, .bzhi, .mulx, .pdep, .pext, .rorx, .sarx, .shlx, .shrx:
      return false
    default: return true
    }
  }

  /// Nothing behind it belongs to its block.
  var endsBlock: Bool {
    InstructionTable.traits(formIndex).properties.contains(.endsBlock) && operation != .jcc
  }
}
