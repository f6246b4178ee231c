// swift-format-ignore-file

// The instances of the handlers of BMI1 and BMI2: 32 bits, 64 bits; where there are flags, the same
// without them.

let andNotHandlers: [Handler] = [
  { manipulate(AndNot.self, UInt32.self, Live.self, $0, $1, $2) },
  { manipulate(AndNot.self, UInt64.self, Live.self, $0, $1, $2) },
  { manipulate(AndNot.self, UInt32.self, Dead.self, $0, $1, $2) },
  { manipulate(AndNot.self, UInt64.self, Dead.self, $0, $1, $2) },
]
let extractFieldHandlers: [Handler] = [
  { manipulate(ExtractField.self, UInt32.self, Live.self, $0, $1, $2) },
  { manipulate(ExtractField.self, UInt64.self, Live.self, $0, $1, $2) },
  { manipulate(ExtractField.self, UInt32.self, Dead.self, $0, $1, $2) },
  { manipulate(ExtractField.self, UInt64.self, Dead.self, $0, $1, $2) },
]
let isolateLowestHandlers: [Handler] = [
  { manipulate(IsolateLowest.self, UInt32.self, Live.self, $0, $1, $2) },
  { manipulate(IsolateLowest.self, UInt64.self, Live.self, $0, $1, $2) },
  { manipulate(IsolateLowest.self, UInt32.self, Dead.self, $0, $1, $2) },
  { manipulate(IsolateLowest.self, UInt64.self, Dead.self, $0, $1, $2) },
]
let maskToLowestHandlers: [Handler] = [
  { manipulate(MaskToLowest.self, UInt32.self, Live.self, $0, $1, $2) },
  { manipulate(MaskToLowest.self, UInt64.self, Live.self, $0, $1, $2) },
  { manipulate(MaskToLowest.self, UInt32.self, Dead.self, $0, $1, $2) },
  { manipulate(MaskToLowest.self, UInt64.self, Dead.self, $0, $1, $2) },
]
let resetLowestHandlers: [Handler] = [
  { manipulate(ResetLowest.self, UInt32.self, Live.self, $0, $1, $2) },
  { manipulate(ResetLowest.self, UInt64.self, Live.self, $0, $1, $2) },
  { manipulate(ResetLowest.self, UInt32.self, Dead.self, $0, $1, $2) },
  { manipulate(ResetLowest.self, UInt64.self, Dead.self, $0, $1, $2) },
]
let zeroHighHandlers: [Handler] = [
  { manipulate(ZeroHigh.self, UInt32.self, Live.self, $0, $1, $2) },
  { manipulate(ZeroHigh.self, UInt64.self, Live.self, $0, $1, $2) },
  { manipulate(ZeroHigh.self, UInt32.self, Dead.self, $0, $1, $2) },
  { manipulate(ZeroHigh.self, UInt64.self, Dead.self, $0, $1, $2) },
]
let shiftLeftHandlers: [Handler] = [
  { manipulate(ShiftLeft.self, UInt32.self, Dead.self, $0, $1, $2) },
  { manipulate(ShiftLeft.self, UInt64.self, Dead.self, $0, $1, $2) },
]
let shiftRightHandlers: [Handler] = [
  { manipulate(ShiftRight.self, UInt32.self, Dead.self, $0, $1, $2) },
  { manipulate(ShiftRight.self, UInt64.self, Dead.self, $0, $1, $2) },
]
let shiftRightSignedHandlers: [Handler] = [
  { manipulate(ShiftRightSigned.self, UInt32.self, Dead.self, $0, $1, $2) },
  { manipulate(ShiftRightSigned.self, UInt64.self, Dead.self, $0, $1, $2) },
]
let depositHandlers: [Handler] = [
  { manipulate(Deposit.self, UInt32.self, Dead.self, $0, $1, $2) },
  { manipulate(Deposit.self, UInt64.self, Dead.self, $0, $1, $2) },
]
let extractHandlers: [Handler] = [
  { manipulate(Extract.self, UInt32.self, Dead.self, $0, $1, $2) },
  { manipulate(Extract.self, UInt64.self, Dead.self, $0, $1, $2) },
]
let depositSlowlyHandlers: [Handler] = [
  { manipulate(DepositSlowly.self, UInt32.self, Dead.self, $0, $1, $2) },
  { manipulate(DepositSlowly.self, UInt64.self, Dead.self, $0, $1, $2) },
]
let extractSlowlyHandlers: [Handler] = [
  { manipulate(ExtractSlowly.self, UInt32.self, Dead.self, $0, $1, $2) },
  { manipulate(ExtractSlowly.self, UInt64.self, Dead.self, $0, $1, $2) },
]
let rotateByImmediateHandlers: [Handler] = [
  { rotateByImmediate(UInt32.self, $0, $1, $2) },
  { rotateByImmediate(UInt64.self, $0, $1, $2) },
]
let multiplyWithoutFlagsHandlers: [Handler] = [
  { multiplyWithoutFlags(UInt32.self, $0, $1, $2) },
  { multiplyWithoutFlags(UInt64.self, $0, $1, $2) },
]
