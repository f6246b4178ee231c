// swift-format-ignore-file
// The instances of the move, one-operand, multiply and shift handlers.

/// MOV r, r by width.
let movRRHandlers: [Handler] = [
  { movRR(UInt8.self, $0, $1, $2) },
  { movRR(UInt16.self, $0, $1, $2) },
  { movRR(UInt32.self, $0, $1, $2) },
  { movRR(UInt64.self, $0, $1, $2) },
]

/// MOV r, imm by width.
let movRIHandlers: [Handler] = [
  { movRI(UInt8.self, $0, $1, $2) },
  { movRI(UInt16.self, $0, $1, $2) },
  { movRI(UInt32.self, $0, $1, $2) },
  { movRI(UInt64.self, $0, $1, $2) },
]

/// MOV r, m by width.
let loadBased: [Handler] = [
  { load(UInt8.self, UInt8.self, Based.self, signed: false, $0, $1, $2) },
  { load(UInt16.self, UInt16.self, Based.self, signed: false, $0, $1, $2) },
  { load(UInt32.self, UInt32.self, Based.self, signed: false, $0, $1, $2) },
  { load(UInt64.self, UInt64.self, Based.self, signed: false, $0, $1, $2) },
]

/// MOV m, r by width.
let storeBased: [Handler] = [
  { store(UInt8.self, Based.self, $0, $1, $2) },
  { store(UInt16.self, Based.self, $0, $1, $2) },
  { store(UInt32.self, Based.self, $0, $1, $2) },
  { store(UInt64.self, Based.self, $0, $1, $2) },
]

/// MOV m, imm by width.
let storeImmediateBased: [Handler] = [
  { storeImmediate(UInt8.self, Based.self, $0, $1, $2) },
  { storeImmediate(UInt16.self, Based.self, $0, $1, $2) },
  { storeImmediate(UInt32.self, Based.self, $0, $1, $2) },
  { storeImmediate(UInt64.self, Based.self, $0, $1, $2) },
]

/// MOVZX r32, m8 and m16.
let loadZeroBased: [Handler] = [
  { load(UInt8.self, UInt32.self, Based.self, signed: false, $0, $1, $2) },
  { load(UInt16.self, UInt32.self, Based.self, signed: false, $0, $1, $2) },
]

/// MOVSX r32, m8 and m16.
let loadSign32Based: [Handler] = [
  { load(UInt8.self, UInt32.self, Based.self, signed: true, $0, $1, $2) },
  { load(UInt16.self, UInt32.self, Based.self, signed: true, $0, $1, $2) },
]

/// MOVSX r64, m8, m16 and m32.
let loadSign64Based: [Handler] = [
  { load(UInt8.self, UInt64.self, Based.self, signed: true, $0, $1, $2) },
  { load(UInt16.self, UInt64.self, Based.self, signed: true, $0, $1, $2) },
  { load(UInt32.self, UInt64.self, Based.self, signed: true, $0, $1, $2) },
]

/// LEA by width, 16 bits first.
let leaBased: [Handler] = [
  { lea(UInt16.self, Based.self, $0, $1, $2) },
  { lea(UInt32.self, Based.self, $0, $1, $2) },
  { lea(UInt64.self, Based.self, $0, $1, $2) },
]

/// MOV r, m by width.
let loadIndexed: [Handler] = [
  { load(UInt8.self, UInt8.self, Indexed.self, signed: false, $0, $1, $2) },
  { load(UInt16.self, UInt16.self, Indexed.self, signed: false, $0, $1, $2) },
  { load(UInt32.self, UInt32.self, Indexed.self, signed: false, $0, $1, $2) },
  { load(UInt64.self, UInt64.self, Indexed.self, signed: false, $0, $1, $2) },
]

/// MOV m, r by width.
let storeIndexed: [Handler] = [
  { store(UInt8.self, Indexed.self, $0, $1, $2) },
  { store(UInt16.self, Indexed.self, $0, $1, $2) },
  { store(UInt32.self, Indexed.self, $0, $1, $2) },
  { store(UInt64.self, Indexed.self, $0, $1, $2) },
]

/// MOV m, imm by width.
let storeImmediateIndexed: [Handler] = [
  { storeImmediate(UInt8.self, Indexed.self, $0, $1, $2) },
  { storeImmediate(UInt16.self, Indexed.self, $0, $1, $2) },
  { storeImmediate(UInt32.self, Indexed.self, $0, $1, $2) },
  { storeImmediate(UInt64.self, Indexed.self, $0, $1, $2) },
]

/// MOVZX r32, m8 and m16.
let loadZeroIndexed: [Handler] = [
  { load(UInt8.self, UInt32.self, Indexed.self, signed: false, $0, $1, $2) },
  { load(UInt16.self, UInt32.self, Indexed.self, signed: false, $0, $1, $2) },
]

/// MOVSX r32, m8 and m16.
let loadSign32Indexed: [Handler] = [
  { load(UInt8.self, UInt32.self, Indexed.self, signed: true, $0, $1, $2) },
  { load(UInt16.self, UInt32.self, Indexed.self, signed: true, $0, $1, $2) },
]

/// MOVSX r64, m8, m16 and m32.
let loadSign64Indexed: [Handler] = [
  { load(UInt8.self, UInt64.self, Indexed.self, signed: true, $0, $1, $2) },
  { load(UInt16.self, UInt64.self, Indexed.self, signed: true, $0, $1, $2) },
  { load(UInt32.self, UInt64.self, Indexed.self, signed: true, $0, $1, $2) },
]

/// LEA by width, 16 bits first.
let leaIndexed: [Handler] = [
  { lea(UInt16.self, Indexed.self, $0, $1, $2) },
  { lea(UInt32.self, Indexed.self, $0, $1, $2) },
  { lea(UInt64.self, Indexed.self, $0, $1, $2) },
]

/// MOVZX, MOVSX r16, m8.
let loadWord: [Handler] = [
  { load(UInt8.self, UInt16.self, Indexed.self, signed: false, $0, $1, $2) },
  { load(UInt8.self, UInt16.self, Indexed.self, signed: true, $0, $1, $2) },
]

/// MOVZX r32, r8 and r16.
let extendZero: [Handler] = [
  { extend(UInt8.self, UInt32.self, signed: false, $0, $1, $2) },
  { extend(UInt16.self, UInt32.self, signed: false, $0, $1, $2) },
]

/// MOVSX r32, r8 and r16.
let extendSign32: [Handler] = [
  { extend(UInt8.self, UInt32.self, signed: true, $0, $1, $2) },
  { extend(UInt16.self, UInt32.self, signed: true, $0, $1, $2) },
]

/// MOVSX r64, r8, r16 and r32.
let extendSign64: [Handler] = [
  { extend(UInt8.self, UInt64.self, signed: true, $0, $1, $2) },
  { extend(UInt16.self, UInt64.self, signed: true, $0, $1, $2) },
  { extend(UInt32.self, UInt64.self, signed: true, $0, $1, $2) },
]

/// MOVZX, MOVSX r16, r8.
let extendWord: [Handler] = [
  { extend(UInt8.self, UInt16.self, signed: false, $0, $1, $2) },
  { extend(UInt8.self, UInt16.self, signed: true, $0, $1, $2) },
]

/// Reads memory that is going to be written, by width.
let loadForWriteHandlers: [Handler] = [
  { loadForWrite(UInt8.self, $0, $1, $2) },
  { loadForWrite(UInt16.self, $0, $1, $2) },
  { loadForWrite(UInt32.self, $0, $1, $2) },
  { loadForWrite(UInt64.self, $0, $1, $2) },
]

/// XCHG r, r by width.
let xchgRRHandlers: [Handler] = [
  { xchgRR(UInt8.self, $0, $1, $2) },
  { xchgRR(UInt16.self, $0, $1, $2) },
  { xchgRR(UInt32.self, $0, $1, $2) },
  { xchgRR(UInt64.self, $0, $1, $2) },
]

/// XCHG m, r by width.
let xchgMRHandlers: [Handler] = [
  { xchgMR(UInt8.self, $0, $1, $2) },
  { xchgMR(UInt16.self, $0, $1, $2) },
  { xchgMR(UInt32.self, $0, $1, $2) },
  { xchgMR(UInt64.self, $0, $1, $2) },
]

/// BSWAP r32 and r64.
let bswapHandlers: [Handler] = [
  { bswap(UInt32.self, $0, $1, $2) },
  { bswap(UInt64.self, $0, $1, $2) },
]

/// CWD, CDQ, CQO.
let signIntoRDXHandlers: [Handler] = [
  { signIntoRDX(UInt16.self, $0, $1, $2) },
  { signIntoRDX(UInt32.self, $0, $1, $2) },
  { signIntoRDX(UInt64.self, $0, $1, $2) },
]

/// INC: registers by width, then memory.
let incLive: [Handler] = [
  { unaryR(Inc.self, UInt8.self, Live.self, $0, $1, $2) },
  { unaryR(Inc.self, UInt16.self, Live.self, $0, $1, $2) },
  { unaryR(Inc.self, UInt32.self, Live.self, $0, $1, $2) },
  { unaryR(Inc.self, UInt64.self, Live.self, $0, $1, $2) },
  { unaryM(Inc.self, UInt8.self, Live.self, $0, $1, $2) },
  { unaryM(Inc.self, UInt16.self, Live.self, $0, $1, $2) },
  { unaryM(Inc.self, UInt32.self, Live.self, $0, $1, $2) },
  { unaryM(Inc.self, UInt64.self, Live.self, $0, $1, $2) },
]

/// INC: registers by width, then memory.
let incDead: [Handler] = [
  { unaryR(Inc.self, UInt8.self, Dead.self, $0, $1, $2) },
  { unaryR(Inc.self, UInt16.self, Dead.self, $0, $1, $2) },
  { unaryR(Inc.self, UInt32.self, Dead.self, $0, $1, $2) },
  { unaryR(Inc.self, UInt64.self, Dead.self, $0, $1, $2) },
  { unaryM(Inc.self, UInt8.self, Dead.self, $0, $1, $2) },
  { unaryM(Inc.self, UInt16.self, Dead.self, $0, $1, $2) },
  { unaryM(Inc.self, UInt32.self, Dead.self, $0, $1, $2) },
  { unaryM(Inc.self, UInt64.self, Dead.self, $0, $1, $2) },
]

/// DEC: registers by width, then memory.
let decLive: [Handler] = [
  { unaryR(Dec.self, UInt8.self, Live.self, $0, $1, $2) },
  { unaryR(Dec.self, UInt16.self, Live.self, $0, $1, $2) },
  { unaryR(Dec.self, UInt32.self, Live.self, $0, $1, $2) },
  { unaryR(Dec.self, UInt64.self, Live.self, $0, $1, $2) },
  { unaryM(Dec.self, UInt8.self, Live.self, $0, $1, $2) },
  { unaryM(Dec.self, UInt16.self, Live.self, $0, $1, $2) },
  { unaryM(Dec.self, UInt32.self, Live.self, $0, $1, $2) },
  { unaryM(Dec.self, UInt64.self, Live.self, $0, $1, $2) },
]

/// DEC: registers by width, then memory.
let decDead: [Handler] = [
  { unaryR(Dec.self, UInt8.self, Dead.self, $0, $1, $2) },
  { unaryR(Dec.self, UInt16.self, Dead.self, $0, $1, $2) },
  { unaryR(Dec.self, UInt32.self, Dead.self, $0, $1, $2) },
  { unaryR(Dec.self, UInt64.self, Dead.self, $0, $1, $2) },
  { unaryM(Dec.self, UInt8.self, Dead.self, $0, $1, $2) },
  { unaryM(Dec.self, UInt16.self, Dead.self, $0, $1, $2) },
  { unaryM(Dec.self, UInt32.self, Dead.self, $0, $1, $2) },
  { unaryM(Dec.self, UInt64.self, Dead.self, $0, $1, $2) },
]

/// NEG: registers by width, then memory.
let negLive: [Handler] = [
  { unaryR(Neg.self, UInt8.self, Live.self, $0, $1, $2) },
  { unaryR(Neg.self, UInt16.self, Live.self, $0, $1, $2) },
  { unaryR(Neg.self, UInt32.self, Live.self, $0, $1, $2) },
  { unaryR(Neg.self, UInt64.self, Live.self, $0, $1, $2) },
  { unaryM(Neg.self, UInt8.self, Live.self, $0, $1, $2) },
  { unaryM(Neg.self, UInt16.self, Live.self, $0, $1, $2) },
  { unaryM(Neg.self, UInt32.self, Live.self, $0, $1, $2) },
  { unaryM(Neg.self, UInt64.self, Live.self, $0, $1, $2) },
]

/// NEG: registers by width, then memory.
let negDead: [Handler] = [
  { unaryR(Neg.self, UInt8.self, Dead.self, $0, $1, $2) },
  { unaryR(Neg.self, UInt16.self, Dead.self, $0, $1, $2) },
  { unaryR(Neg.self, UInt32.self, Dead.self, $0, $1, $2) },
  { unaryR(Neg.self, UInt64.self, Dead.self, $0, $1, $2) },
  { unaryM(Neg.self, UInt8.self, Dead.self, $0, $1, $2) },
  { unaryM(Neg.self, UInt16.self, Dead.self, $0, $1, $2) },
  { unaryM(Neg.self, UInt32.self, Dead.self, $0, $1, $2) },
  { unaryM(Neg.self, UInt64.self, Dead.self, $0, $1, $2) },
]

/// NOT: registers by width, then memory.
let notDead: [Handler] = [
  { unaryR(Complement.self, UInt8.self, Dead.self, $0, $1, $2) },
  { unaryR(Complement.self, UInt16.self, Dead.self, $0, $1, $2) },
  { unaryR(Complement.self, UInt32.self, Dead.self, $0, $1, $2) },
  { unaryR(Complement.self, UInt64.self, Dead.self, $0, $1, $2) },
  { unaryM(Complement.self, UInt8.self, Dead.self, $0, $1, $2) },
  { unaryM(Complement.self, UInt16.self, Dead.self, $0, $1, $2) },
  { unaryM(Complement.self, UInt32.self, Dead.self, $0, $1, $2) },
  { unaryM(Complement.self, UInt64.self, Dead.self, $0, $1, $2) },
]

/// IMUL r, r: 16, 32 and 64 bits.
let imulRRLive: [Handler] = [
  { imulRR(UInt16.self, Live.self, $0, $1, $2) },
  { imulRR(UInt32.self, Live.self, $0, $1, $2) },
  { imulRR(UInt64.self, Live.self, $0, $1, $2) },
]

/// IMUL r, r, imm: 16, 32 and 64 bits.
let imulRRILive: [Handler] = [
  { imulRRI(UInt16.self, Live.self, $0, $1, $2) },
  { imulRRI(UInt32.self, Live.self, $0, $1, $2) },
  { imulRRI(UInt64.self, Live.self, $0, $1, $2) },
]

/// MUL r: 16, 32 and 64 bits.
let mulRLive: [Handler] = [
  { mulR(UInt16.self, Live.self, $0, $1, $2) },
  { mulR(UInt32.self, Live.self, $0, $1, $2) },
  { mulR(UInt64.self, Live.self, $0, $1, $2) },
]

/// IMUL r: 16, 32 and 64 bits.
let imulRLive: [Handler] = [
  { imulR(UInt16.self, Live.self, $0, $1, $2) },
  { imulR(UInt32.self, Live.self, $0, $1, $2) },
  { imulR(UInt64.self, Live.self, $0, $1, $2) },
]

/// IMUL r, r: 16, 32 and 64 bits.
let imulRRDead: [Handler] = [
  { imulRR(UInt16.self, Dead.self, $0, $1, $2) },
  { imulRR(UInt32.self, Dead.self, $0, $1, $2) },
  { imulRR(UInt64.self, Dead.self, $0, $1, $2) },
]

/// IMUL r, r, imm: 16, 32 and 64 bits.
let imulRRIDead: [Handler] = [
  { imulRRI(UInt16.self, Dead.self, $0, $1, $2) },
  { imulRRI(UInt32.self, Dead.self, $0, $1, $2) },
  { imulRRI(UInt64.self, Dead.self, $0, $1, $2) },
]

/// MUL r: 16, 32 and 64 bits.
let mulRDead: [Handler] = [
  { mulR(UInt16.self, Dead.self, $0, $1, $2) },
  { mulR(UInt32.self, Dead.self, $0, $1, $2) },
  { mulR(UInt64.self, Dead.self, $0, $1, $2) },
]

/// IMUL r: 16, 32 and 64 bits.
let imulRDead: [Handler] = [
  { imulR(UInt16.self, Dead.self, $0, $1, $2) },
  { imulR(UInt32.self, Dead.self, $0, $1, $2) },
  { imulR(UInt64.self, Dead.self, $0, $1, $2) },
]

/// DIV r: 32 and 64 bits.
let divRHandlers: [Handler] = [
  { divR(UInt32.self, $0, $1, $2) },
  { divR(UInt64.self, $0, $1, $2) },
]

/// IDIV r: 32 and 64 bits.
let idivRHandlers: [Handler] = [
  { idivR(UInt32.self, $0, $1, $2) },
  { idivR(UInt64.self, $0, $1, $2) },
]

/// BT r, r: 16, 32 and 64 bits.
let btRRHandlers: [Handler] = [
  { btRR(UInt16.self, $0, $1, $2) },
  { btRR(UInt32.self, $0, $1, $2) },
  { btRR(UInt64.self, $0, $1, $2) },
]

/// BT r, imm: 16, 32 and 64 bits.
let btRIHandlers: [Handler] = [
  { btRI(UInt16.self, $0, $1, $2) },
  { btRI(UInt32.self, $0, $1, $2) },
  { btRI(UInt64.self, $0, $1, $2) },
]

/// SHL r: 32 and 64 bits by an immediate, then by CL.
let shlLive: [Handler] = [
  { shiftI(Shl.self, UInt32.self, Live.self, $0, $1, $2) },
  { shiftI(Shl.self, UInt64.self, Live.self, $0, $1, $2) },
  { shiftCL(Shl.self, UInt32.self, Live.self, $0, $1, $2) },
  { shiftCL(Shl.self, UInt64.self, Live.self, $0, $1, $2) },
]

/// SHL r: 32 and 64 bits by an immediate, then by CL.
let shlDead: [Handler] = [
  { shiftI(Shl.self, UInt32.self, Dead.self, $0, $1, $2) },
  { shiftI(Shl.self, UInt64.self, Dead.self, $0, $1, $2) },
  { shiftCL(Shl.self, UInt32.self, Dead.self, $0, $1, $2) },
  { shiftCL(Shl.self, UInt64.self, Dead.self, $0, $1, $2) },
]

/// SHR r: 32 and 64 bits by an immediate, then by CL.
let shrLive: [Handler] = [
  { shiftI(Shr.self, UInt32.self, Live.self, $0, $1, $2) },
  { shiftI(Shr.self, UInt64.self, Live.self, $0, $1, $2) },
  { shiftCL(Shr.self, UInt32.self, Live.self, $0, $1, $2) },
  { shiftCL(Shr.self, UInt64.self, Live.self, $0, $1, $2) },
]

/// SHR r: 32 and 64 bits by an immediate, then by CL.
let shrDead: [Handler] = [
  { shiftI(Shr.self, UInt32.self, Dead.self, $0, $1, $2) },
  { shiftI(Shr.self, UInt64.self, Dead.self, $0, $1, $2) },
  { shiftCL(Shr.self, UInt32.self, Dead.self, $0, $1, $2) },
  { shiftCL(Shr.self, UInt64.self, Dead.self, $0, $1, $2) },
]

/// SAR r: 32 and 64 bits by an immediate, then by CL.
let sarLive: [Handler] = [
  { shiftI(Sar.self, UInt32.self, Live.self, $0, $1, $2) },
  { shiftI(Sar.self, UInt64.self, Live.self, $0, $1, $2) },
  { shiftCL(Sar.self, UInt32.self, Live.self, $0, $1, $2) },
  { shiftCL(Sar.self, UInt64.self, Live.self, $0, $1, $2) },
]

/// SAR r: 32 and 64 bits by an immediate, then by CL.
let sarDead: [Handler] = [
  { shiftI(Sar.self, UInt32.self, Dead.self, $0, $1, $2) },
  { shiftI(Sar.self, UInt64.self, Dead.self, $0, $1, $2) },
  { shiftCL(Sar.self, UInt32.self, Dead.self, $0, $1, $2) },
  { shiftCL(Sar.self, UInt64.self, Dead.self, $0, $1, $2) },
]

/// ROL r: 32 and 64 bits by an immediate, then by CL.
let rolLive: [Handler] = [
  { shiftI(Rol.self, UInt32.self, Live.self, $0, $1, $2) },
  { shiftI(Rol.self, UInt64.self, Live.self, $0, $1, $2) },
  { shiftCL(Rol.self, UInt32.self, Live.self, $0, $1, $2) },
  { shiftCL(Rol.self, UInt64.self, Live.self, $0, $1, $2) },
]

/// ROL r: 32 and 64 bits by an immediate, then by CL.
let rolDead: [Handler] = [
  { shiftI(Rol.self, UInt32.self, Dead.self, $0, $1, $2) },
  { shiftI(Rol.self, UInt64.self, Dead.self, $0, $1, $2) },
  { shiftCL(Rol.self, UInt32.self, Dead.self, $0, $1, $2) },
  { shiftCL(Rol.self, UInt64.self, Dead.self, $0, $1, $2) },
]

/// ROR r: 32 and 64 bits by an immediate, then by CL.
let rorLive: [Handler] = [
  { shiftI(Ror.self, UInt32.self, Live.self, $0, $1, $2) },
  { shiftI(Ror.self, UInt64.self, Live.self, $0, $1, $2) },
  { shiftCL(Ror.self, UInt32.self, Live.self, $0, $1, $2) },
  { shiftCL(Ror.self, UInt64.self, Live.self, $0, $1, $2) },
]

/// ROR r: 32 and 64 bits by an immediate, then by CL.
let rorDead: [Handler] = [
  { shiftI(Ror.self, UInt32.self, Dead.self, $0, $1, $2) },
  { shiftI(Ror.self, UInt64.self, Dead.self, $0, $1, $2) },
  { shiftCL(Ror.self, UInt32.self, Dead.self, $0, $1, $2) },
  { shiftCL(Ror.self, UInt64.self, Dead.self, $0, $1, $2) },
]
