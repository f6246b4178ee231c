/// What an instruction does, independent of operand sizes and places.
///
/// Named as the SDM's mnemonics. The translator's switch over this type has no `default`, so a new
/// case does not compile until it has a meaning.
public enum Operation: UInt16, CaseIterable, Sendable {
  // Data transfer
  case mov, movzx, movsx, movsxd, movbe, lea, xchg, bswap, push, pop, pushf, popf, cmovcc
  case cbw, cwde, cdqe, cwd, cdq, cqo, xlat, movnti, enter, leave
  case movSegment, pushSegment, popSegment, lss, lfs, lgs, movControl, movDebug
  // Arithmetic
  case add, adc, sub, sbb, cmp, inc, dec, neg, mul, imul, div, idiv, xadd, cmpxchg
  case cmpxchg8b, cmpxchg16b, adcx, adox
  // Logic
  case and, or, xor, not, test
  // Shift and rotate
  case rol, ror, rcl, rcr, shl, shr, sar, shld, shrd
  // Bit and byte
  case bt, bts, btr, btc, bsf, bsr, tzcnt, lzcnt, setcc, popcnt
  case andn, bextr, blsi, blsmsk, blsr, bzhi, mulx, pdep, pext, rorx, sarx, shlx, shrx
  // Control transfer
  case jmp, jcc, jrcxz, loop, loope, loopne, call, ret, retFar, jmpFar, callFar, iret
  case int, int1, int3, syscall, sysret, sysenter, sysexit
  // String
  case movs, cmps, scas, lods, stos, ins, outs
  // Flags
  case clc, stc, cmc, cld, std, cli, sti, lahf, sahf, clac, stac
  // Miscellaneous
  case nop, pause, ud0, ud1, ud2, cpuid, rdtsc, rdtscp, lfence, mfence, sfence, clflush, clflushopt,
    clwb, prefetch
  case fwait, emms, hlt, `in`, out, endbr64
  // System
  case swapgs, rdmsr, wrmsr, lgdt, lidt, lldt, ltr, sgdt, sidt, sldt, str, lmsw, smsw, clts
  case invlpg, invd, wbinvd, lar, lsl, verr, verw, rdpmc, xgetbv, xsetbv
  case xsave, xsaveopt, xsavec, xrstor
  case rdrand, rdseed, rdpid, rdfsbase, rdgsbase, wrfsbase, wrgsbase
  case ldmxcsr, stmxcsr, fxsave, fxrstor
  // SSE, SSE2: moves
  case movaps, movups, movapd, movupd, movdqa, movdqu, movss, movsd, movlps, movhps, movlpd, movhpd
  case movhlps, movlhps, movmskps, movmskpd, movd, movq, movntps, movntpd, movntdq, maskmovdqu
  // SSE, SSE2: floating-point arithmetic
  case addps, addpd, addss, addsd, subps, subpd, subss, subsd, mulps, mulpd, mulss, mulsd
  case divps, divpd, divss, divsd, sqrtps, sqrtpd, sqrtss, sqrtsd, minps, minpd, minss, minsd
  case maxps, maxpd, maxss, maxsd, rcpps, rcpss, rsqrtps, rsqrtss
  case andps, andpd, andnps, andnpd, orps, orpd, xorps, xorpd
  case cmpps, cmppd, cmpss, cmpsd, comiss, comisd, ucomiss, ucomisd
  case shufps, shufpd, unpcklps, unpcklpd, unpckhps, unpckhpd
  // SSE, SSE2: conversions
  case cvtsi2ss, cvtsi2sd, cvtss2si, cvtsd2si, cvttss2si, cvttsd2si, cvtss2sd, cvtsd2ss
  case cvtps2pd, cvtpd2ps, cvtdq2ps, cvtdq2pd, cvtps2dq, cvtpd2dq, cvttps2dq, cvttpd2dq
  // SSE2: integer
  case paddb, paddw, paddd, paddq, paddsb, paddsw, paddusb, paddusw
  case psubb, psubw, psubd, psubq, psubsb, psubsw, psubusb, psubusw
  case pmullw, pmulhw, pmulhuw, pmuludq, pmaddwd, psadbw, pavgb, pavgw
  case pminub, pminsw, pmaxub, pmaxsw, pand, pandn, por, pxor
  case pcmpeqb, pcmpeqw, pcmpeqd, pcmpgtb, pcmpgtw, pcmpgtd
  case psllw, pslld, psllq, psrlw, psrld, psrlq, psraw, psrad, pslldq, psrldq
  case packsswb, packssdw, packuswb, punpcklbw, punpcklwd, punpckldq, punpcklqdq
  case punpckhbw, punpckhwd, punpckhdq, punpckhqdq
  case pshufd, pshufhw, pshuflw, pextrw, pinsrw, pmovmskb
  // SSE3, SSSE3
  case movddup, movsldup, movshdup, lddqu, addsubps, addsubpd, haddps, haddpd, hsubps, hsubpd
  case pshufb, phaddw, phaddd, phaddsw, phsubw, phsubd, phsubsw, pmaddubsw, pmulhrsw
  case psignb, psignw, psignd, pabsb, pabsw, pabsd, palignr
  // SSE4.1
  case pmuldq, pmulld, pminsb, pminsd, pminuw, pminud, pmaxsb, pmaxsd, pmaxuw, pmaxud
  case pcmpeqq, packusdw, phminposuw, mpsadbw, ptest
  case pmovsxbw, pmovsxbd, pmovsxbq, pmovsxwd, pmovsxwq, pmovsxdq
  case pmovzxbw, pmovzxbd, pmovzxbq, pmovzxwd, pmovzxwq, pmovzxdq
  case blendps, blendpd, pblendw, pblendvb, blendvps, blendvpd
  case insertps, pinsrb, pinsrd, pinsrq, extractps, pextrb, pextrd, pextrq, movntdqa
  case roundps, roundpd, roundss, roundsd, dpps, dppd
  // SSE4.2
  case pcmpgtq, pcmpestrm, pcmpestri, pcmpistrm, pcmpistri, crc32
  // AES, PCLMULQDQ, SHA
  case aesenc, aesenclast, aesdec, aesdeclast, aesimc, aeskeygenassist, pclmulqdq
  case sha1rnds4, sha1nexte, sha1msg1, sha1msg2, sha256rnds2, sha256msg1, sha256msg2
  // MMX, and what SSE and SSE2 added to it, where SSE has no operation of the name
  case pshufw, maskmovq, movntq, movdq2q, movq2dq
  case cvtpi2ps, cvtps2pi, cvttps2pi, cvtpi2pd, cvtpd2pi, cvttpd2pi
  // x87
  case fld, fst, fstp, fild, fist, fistp, fisttp, fbld, fbstp, fxch, fcmovb, fcmove, fcmovbe
  case fcmovu, fcmovnb, fcmovne, fcmovnbe, fcmovnu, fld1, fldl2t, fldl2e, fldpi, fldlg2, fldln2
  case fldz, fadd, faddp, fiadd, fmul, fmulp, fimul, fsub, fsubp, fisub, fsubr, fsubrp, fisubr
  case fdiv, fdivp, fidiv, fdivr, fdivrp, fidivr, fcom, ficom, fcomp, ficomp, fcompp, fucom
  case fucomp, fucompp, fcomi, fcomip, fucomi, fucomip, ftst, fxam, fchs, fabs, fxtract, fprem1
  case fprem, fsqrt, frndint, fscale, f2xm1, fyl2x, fptan, fpatan, fyl2xp1, fsincos, fsin, fcos
  case fninit, fnclex, fldcw, fnstcw, fnstsw, fldenv, fnstenv, frstor, fnsave, fdecstp, fincstp
  case ffree, fnop, fstpnce, fneni, ffreep
  // AVX, AVX2, FMA, F16C, where SSE has no operation of the name
  case vbroadcastss, vbroadcastsd, vbroadcast128, vpbroadcastb, vpbroadcastw, vmaskmovps
  case vmaskmovpd, vgatherdps, vgatherdpd, vgatherqps, vgatherqpd, vzeroupper, vzeroall
  case vtestps, vtestpd, vpermilps, vpermilpd, vperm2f128, vinsertf128, vextractf128, vcvtph2ps
  case vcvtps2ph, vpsrlvd, vpsrlvq, vpsravd, vpsllvd, vpsllvq, vpermd, vpermq, vpblendd
  case vfmaddsub132ps, vfmaddsub132pd, vfmsubadd132ps, vfmsubadd132pd, vfmadd132ps, vfmadd132pd
  case vfmadd132ss, vfmadd132sd, vfmsub132ps, vfmsub132pd, vfmsub132ss, vfmsub132sd
  case vfnmadd132ps, vfnmadd132pd, vfnmadd132ss, vfnmadd132sd, vfnmsub132ps, vfnmsub132pd
  case vfnmsub132ss, vfnmsub132sd, vfmaddsub213ps, vfmaddsub213pd, vfmsubadd213ps
  case vfmsubadd213pd, vfmadd213ps, vfmadd213pd, vfmadd213ss, vfmadd213sd, vfmsub213ps
  case vfmsub213pd, vfmsub213ss, vfmsub213sd, vfnmadd213ps, vfnmadd213pd, vfnmadd213ss
  case vfnmadd213sd, vfnmsub213ps, vfnmsub213pd, vfnmsub213ss, vfnmsub213sd, vfmaddsub231ps
  case vfmaddsub231pd, vfmsubadd231ps, vfmsubadd231pd, vfmadd231ps, vfmadd231pd, vfmadd231ss
  case vfmadd231sd, vfmsub231ps, vfmsub231pd, vfmsub231ss, vfmsub231sd, vfnmadd231ps
  case vfnmadd231pd, vfnmadd231ss, vfnmadd231sd, vfnmsub231ps, vfnmsub231pd, vfnmsub231ss
  case vfnmsub231sd
}
