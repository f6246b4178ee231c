// swift-format-ignore-file
// The instances of the handlers in BinaryHandlers.swift, in the order of their index.

/// Where the operands are: destination first.
enum Place: Int {
  case rr, ri, rm, mr, mi
}

/// The handler of a two-operand operation.
///
/// - Parameters:
///   - width: 0 ... 3 for 1, 2, 4 and 8 bytes.
///   - live: whether its flags are read.
func binaryHandler(_ operation: Operation, _ place: Place, _ width: Int, live: Bool) -> Handler? {
  let index = place.rawValue &* 4 &+ width
  switch (operation, live) {
  case (.add, true): return addLive[index]
  case (.add, false): return addDead[index]
  case (.or, true): return orLive[index]
  case (.or, false): return orDead[index]
  case (.adc, _): return adcLive[index]
  case (.sbb, _): return sbbLive[index]
  case (.and, true): return andLive[index]
  case (.and, false): return andDead[index]
  case (.sub, true): return subLive[index]
  case (.sub, false): return subDead[index]
  case (.xor, true): return xorLive[index]
  case (.xor, false): return xorDead[index]
  case (.cmp, _): return cmpHandlers[index]
  case (.test, _): return testHandlers[index]
  default: return nil
  }
}

private let addLive: [Handler] = [
  { rr(Add.self, UInt8.self, Live.self, $0, $1, $2) },
  { rr(Add.self, UInt16.self, Live.self, $0, $1, $2) },
  { rr(Add.self, UInt32.self, Live.self, $0, $1, $2) },
  { rr(Add.self, UInt64.self, Live.self, $0, $1, $2) },
  { ri(Add.self, UInt8.self, Live.self, $0, $1, $2) },
  { ri(Add.self, UInt16.self, Live.self, $0, $1, $2) },
  { ri(Add.self, UInt32.self, Live.self, $0, $1, $2) },
  { ri(Add.self, UInt64.self, Live.self, $0, $1, $2) },
  { rm(Add.self, UInt8.self, Live.self, $0, $1, $2) },
  { rm(Add.self, UInt16.self, Live.self, $0, $1, $2) },
  { rm(Add.self, UInt32.self, Live.self, $0, $1, $2) },
  { rm(Add.self, UInt64.self, Live.self, $0, $1, $2) },
  { mr(Add.self, UInt8.self, Live.self, $0, $1, $2) },
  { mr(Add.self, UInt16.self, Live.self, $0, $1, $2) },
  { mr(Add.self, UInt32.self, Live.self, $0, $1, $2) },
  { mr(Add.self, UInt64.self, Live.self, $0, $1, $2) },
  { mi(Add.self, UInt8.self, Live.self, $0, $1, $2) },
  { mi(Add.self, UInt16.self, Live.self, $0, $1, $2) },
  { mi(Add.self, UInt32.self, Live.self, $0, $1, $2) },
  { mi(Add.self, UInt64.self, Live.self, $0, $1, $2) },
]

private let addDead: [Handler] = [
  { rr(Add.self, UInt8.self, Dead.self, $0, $1, $2) },
  { rr(Add.self, UInt16.self, Dead.self, $0, $1, $2) },
  { rr(Add.self, UInt32.self, Dead.self, $0, $1, $2) },
  { rr(Add.self, UInt64.self, Dead.self, $0, $1, $2) },
  { ri(Add.self, UInt8.self, Dead.self, $0, $1, $2) },
  { ri(Add.self, UInt16.self, Dead.self, $0, $1, $2) },
  { ri(Add.self, UInt32.self, Dead.self, $0, $1, $2) },
  { ri(Add.self, UInt64.self, Dead.self, $0, $1, $2) },
  { rm(Add.self, UInt8.self, Dead.self, $0, $1, $2) },
  { rm(Add.self, UInt16.self, Dead.self, $0, $1, $2) },
  { rm(Add.self, UInt32.self, Dead.self, $0, $1, $2) },
  { rm(Add.self, UInt64.self, Dead.self, $0, $1, $2) },
  { mr(Add.self, UInt8.self, Dead.self, $0, $1, $2) },
  { mr(Add.self, UInt16.self, Dead.self, $0, $1, $2) },
  { mr(Add.self, UInt32.self, Dead.self, $0, $1, $2) },
  { mr(Add.self, UInt64.self, Dead.self, $0, $1, $2) },
  { mi(Add.self, UInt8.self, Dead.self, $0, $1, $2) },
  { mi(Add.self, UInt16.self, Dead.self, $0, $1, $2) },
  { mi(Add.self, UInt32.self, Dead.self, $0, $1, $2) },
  { mi(Add.self, UInt64.self, Dead.self, $0, $1, $2) },
]

private let orLive: [Handler] = [
  { rr(Or.self, UInt8.self, Live.self, $0, $1, $2) },
  { rr(Or.self, UInt16.self, Live.self, $0, $1, $2) },
  { rr(Or.self, UInt32.self, Live.self, $0, $1, $2) },
  { rr(Or.self, UInt64.self, Live.self, $0, $1, $2) },
  { ri(Or.self, UInt8.self, Live.self, $0, $1, $2) },
  { ri(Or.self, UInt16.self, Live.self, $0, $1, $2) },
  { ri(Or.self, UInt32.self, Live.self, $0, $1, $2) },
  { ri(Or.self, UInt64.self, Live.self, $0, $1, $2) },
  { rm(Or.self, UInt8.self, Live.self, $0, $1, $2) },
  { rm(Or.self, UInt16.self, Live.self, $0, $1, $2) },
  { rm(Or.self, UInt32.self, Live.self, $0, $1, $2) },
  { rm(Or.self, UInt64.self, Live.self, $0, $1, $2) },
  { mr(Or.self, UInt8.self, Live.self, $0, $1, $2) },
  { mr(Or.self, UInt16.self, Live.self, $0, $1, $2) },
  { mr(Or.self, UInt32.self, Live.self, $0, $1, $2) },
  { mr(Or.self, UInt64.self, Live.self, $0, $1, $2) },
  { mi(Or.self, UInt8.self, Live.self, $0, $1, $2) },
  { mi(Or.self, UInt16.self, Live.self, $0, $1, $2) },
  { mi(Or.self, UInt32.self, Live.self, $0, $1, $2) },
  { mi(Or.self, UInt64.self, Live.self, $0, $1, $2) },
]

private let orDead: [Handler] = [
  { rr(Or.self, UInt8.self, Dead.self, $0, $1, $2) },
  { rr(Or.self, UInt16.self, Dead.self, $0, $1, $2) },
  { rr(Or.self, UInt32.self, Dead.self, $0, $1, $2) },
  { rr(Or.self, UInt64.self, Dead.self, $0, $1, $2) },
  { ri(Or.self, UInt8.self, Dead.self, $0, $1, $2) },
  { ri(Or.self, UInt16.self, Dead.self, $0, $1, $2) },
  { ri(Or.self, UInt32.self, Dead.self, $0, $1, $2) },
  { ri(Or.self, UInt64.self, Dead.self, $0, $1, $2) },
  { rm(Or.self, UInt8.self, Dead.self, $0, $1, $2) },
  { rm(Or.self, UInt16.self, Dead.self, $0, $1, $2) },
  { rm(Or.self, UInt32.self, Dead.self, $0, $1, $2) },
  { rm(Or.self, UInt64.self, Dead.self, $0, $1, $2) },
  { mr(Or.self, UInt8.self, Dead.self, $0, $1, $2) },
  { mr(Or.self, UInt16.self, Dead.self, $0, $1, $2) },
  { mr(Or.self, UInt32.self, Dead.self, $0, $1, $2) },
  { mr(Or.self, UInt64.self, Dead.self, $0, $1, $2) },
  { mi(Or.self, UInt8.self, Dead.self, $0, $1, $2) },
  { mi(Or.self, UInt16.self, Dead.self, $0, $1, $2) },
  { mi(Or.self, UInt32.self, Dead.self, $0, $1, $2) },
  { mi(Or.self, UInt64.self, Dead.self, $0, $1, $2) },
]

private let adcLive: [Handler] = [
  { rr(Adc.self, UInt8.self, Live.self, $0, $1, $2) },
  { rr(Adc.self, UInt16.self, Live.self, $0, $1, $2) },
  { rr(Adc.self, UInt32.self, Live.self, $0, $1, $2) },
  { rr(Adc.self, UInt64.self, Live.self, $0, $1, $2) },
  { ri(Adc.self, UInt8.self, Live.self, $0, $1, $2) },
  { ri(Adc.self, UInt16.self, Live.self, $0, $1, $2) },
  { ri(Adc.self, UInt32.self, Live.self, $0, $1, $2) },
  { ri(Adc.self, UInt64.self, Live.self, $0, $1, $2) },
  { rm(Adc.self, UInt8.self, Live.self, $0, $1, $2) },
  { rm(Adc.self, UInt16.self, Live.self, $0, $1, $2) },
  { rm(Adc.self, UInt32.self, Live.self, $0, $1, $2) },
  { rm(Adc.self, UInt64.self, Live.self, $0, $1, $2) },
  { mr(Adc.self, UInt8.self, Live.self, $0, $1, $2) },
  { mr(Adc.self, UInt16.self, Live.self, $0, $1, $2) },
  { mr(Adc.self, UInt32.self, Live.self, $0, $1, $2) },
  { mr(Adc.self, UInt64.self, Live.self, $0, $1, $2) },
  { mi(Adc.self, UInt8.self, Live.self, $0, $1, $2) },
  { mi(Adc.self, UInt16.self, Live.self, $0, $1, $2) },
  { mi(Adc.self, UInt32.self, Live.self, $0, $1, $2) },
  { mi(Adc.self, UInt64.self, Live.self, $0, $1, $2) },
]

private let sbbLive: [Handler] = [
  { rr(Sbb.self, UInt8.self, Live.self, $0, $1, $2) },
  { rr(Sbb.self, UInt16.self, Live.self, $0, $1, $2) },
  { rr(Sbb.self, UInt32.self, Live.self, $0, $1, $2) },
  { rr(Sbb.self, UInt64.self, Live.self, $0, $1, $2) },
  { ri(Sbb.self, UInt8.self, Live.self, $0, $1, $2) },
  { ri(Sbb.self, UInt16.self, Live.self, $0, $1, $2) },
  { ri(Sbb.self, UInt32.self, Live.self, $0, $1, $2) },
  { ri(Sbb.self, UInt64.self, Live.self, $0, $1, $2) },
  { rm(Sbb.self, UInt8.self, Live.self, $0, $1, $2) },
  { rm(Sbb.self, UInt16.self, Live.self, $0, $1, $2) },
  { rm(Sbb.self, UInt32.self, Live.self, $0, $1, $2) },
  { rm(Sbb.self, UInt64.self, Live.self, $0, $1, $2) },
  { mr(Sbb.self, UInt8.self, Live.self, $0, $1, $2) },
  { mr(Sbb.self, UInt16.self, Live.self, $0, $1, $2) },
  { mr(Sbb.self, UInt32.self, Live.self, $0, $1, $2) },
  { mr(Sbb.self, UInt64.self, Live.self, $0, $1, $2) },
  { mi(Sbb.self, UInt8.self, Live.self, $0, $1, $2) },
  { mi(Sbb.self, UInt16.self, Live.self, $0, $1, $2) },
  { mi(Sbb.self, UInt32.self, Live.self, $0, $1, $2) },
  { mi(Sbb.self, UInt64.self, Live.self, $0, $1, $2) },
]

private let andLive: [Handler] = [
  { rr(And.self, UInt8.self, Live.self, $0, $1, $2) },
  { rr(And.self, UInt16.self, Live.self, $0, $1, $2) },
  { rr(And.self, UInt32.self, Live.self, $0, $1, $2) },
  { rr(And.self, UInt64.self, Live.self, $0, $1, $2) },
  { ri(And.self, UInt8.self, Live.self, $0, $1, $2) },
  { ri(And.self, UInt16.self, Live.self, $0, $1, $2) },
  { ri(And.self, UInt32.self, Live.self, $0, $1, $2) },
  { ri(And.self, UInt64.self, Live.self, $0, $1, $2) },
  { rm(And.self, UInt8.self, Live.self, $0, $1, $2) },
  { rm(And.self, UInt16.self, Live.self, $0, $1, $2) },
  { rm(And.self, UInt32.self, Live.self, $0, $1, $2) },
  { rm(And.self, UInt64.self, Live.self, $0, $1, $2) },
  { mr(And.self, UInt8.self, Live.self, $0, $1, $2) },
  { mr(And.self, UInt16.self, Live.self, $0, $1, $2) },
  { mr(And.self, UInt32.self, Live.self, $0, $1, $2) },
  { mr(And.self, UInt64.self, Live.self, $0, $1, $2) },
  { mi(And.self, UInt8.self, Live.self, $0, $1, $2) },
  { mi(And.self, UInt16.self, Live.self, $0, $1, $2) },
  { mi(And.self, UInt32.self, Live.self, $0, $1, $2) },
  { mi(And.self, UInt64.self, Live.self, $0, $1, $2) },
]

private let andDead: [Handler] = [
  { rr(And.self, UInt8.self, Dead.self, $0, $1, $2) },
  { rr(And.self, UInt16.self, Dead.self, $0, $1, $2) },
  { rr(And.self, UInt32.self, Dead.self, $0, $1, $2) },
  { rr(And.self, UInt64.self, Dead.self, $0, $1, $2) },
  { ri(And.self, UInt8.self, Dead.self, $0, $1, $2) },
  { ri(And.self, UInt16.self, Dead.self, $0, $1, $2) },
  { ri(And.self, UInt32.self, Dead.self, $0, $1, $2) },
  { ri(And.self, UInt64.self, Dead.self, $0, $1, $2) },
  { rm(And.self, UInt8.self, Dead.self, $0, $1, $2) },
  { rm(And.self, UInt16.self, Dead.self, $0, $1, $2) },
  { rm(And.self, UInt32.self, Dead.self, $0, $1, $2) },
  { rm(And.self, UInt64.self, Dead.self, $0, $1, $2) },
  { mr(And.self, UInt8.self, Dead.self, $0, $1, $2) },
  { mr(And.self, UInt16.self, Dead.self, $0, $1, $2) },
  { mr(And.self, UInt32.self, Dead.self, $0, $1, $2) },
  { mr(And.self, UInt64.self, Dead.self, $0, $1, $2) },
  { mi(And.self, UInt8.self, Dead.self, $0, $1, $2) },
  { mi(And.self, UInt16.self, Dead.self, $0, $1, $2) },
  { mi(And.self, UInt32.self, Dead.self, $0, $1, $2) },
  { mi(And.self, UInt64.self, Dead.self, $0, $1, $2) },
]

private let subLive: [Handler] = [
  { rr(Sub.self, UInt8.self, Live.self, $0, $1, $2) },
  { rr(Sub.self, UInt16.self, Live.self, $0, $1, $2) },
  { rr(Sub.self, UInt32.self, Live.self, $0, $1, $2) },
  { rr(Sub.self, UInt64.self, Live.self, $0, $1, $2) },
  { ri(Sub.self, UInt8.self, Live.self, $0, $1, $2) },
  { ri(Sub.self, UInt16.self, Live.self, $0, $1, $2) },
  { ri(Sub.self, UInt32.self, Live.self, $0, $1, $2) },
  { ri(Sub.self, UInt64.self, Live.self, $0, $1, $2) },
  { rm(Sub.self, UInt8.self, Live.self, $0, $1, $2) },
  { rm(Sub.self, UInt16.self, Live.self, $0, $1, $2) },
  { rm(Sub.self, UInt32.self, Live.self, $0, $1, $2) },
  { rm(Sub.self, UInt64.self, Live.self, $0, $1, $2) },
  { mr(Sub.self, UInt8.self, Live.self, $0, $1, $2) },
  { mr(Sub.self, UInt16.self, Live.self, $0, $1, $2) },
  { mr(Sub.self, UInt32.self, Live.self, $0, $1, $2) },
  { mr(Sub.self, UInt64.self, Live.self, $0, $1, $2) },
  { mi(Sub.self, UInt8.self, Live.self, $0, $1, $2) },
  { mi(Sub.self, UInt16.self, Live.self, $0, $1, $2) },
  { mi(Sub.self, UInt32.self, Live.self, $0, $1, $2) },
  { mi(Sub.self, UInt64.self, Live.self, $0, $1, $2) },
]

private let subDead: [Handler] = [
  { rr(Sub.self, UInt8.self, Dead.self, $0, $1, $2) },
  { rr(Sub.self, UInt16.self, Dead.self, $0, $1, $2) },
  { rr(Sub.self, UInt32.self, Dead.self, $0, $1, $2) },
  { rr(Sub.self, UInt64.self, Dead.self, $0, $1, $2) },
  { ri(Sub.self, UInt8.self, Dead.self, $0, $1, $2) },
  { ri(Sub.self, UInt16.self, Dead.self, $0, $1, $2) },
  { ri(Sub.self, UInt32.self, Dead.self, $0, $1, $2) },
  { ri(Sub.self, UInt64.self, Dead.self, $0, $1, $2) },
  { rm(Sub.self, UInt8.self, Dead.self, $0, $1, $2) },
  { rm(Sub.self, UInt16.self, Dead.self, $0, $1, $2) },
  { rm(Sub.self, UInt32.self, Dead.self, $0, $1, $2) },
  { rm(Sub.self, UInt64.self, Dead.self, $0, $1, $2) },
  { mr(Sub.self, UInt8.self, Dead.self, $0, $1, $2) },
  { mr(Sub.self, UInt16.self, Dead.self, $0, $1, $2) },
  { mr(Sub.self, UInt32.self, Dead.self, $0, $1, $2) },
  { mr(Sub.self, UInt64.self, Dead.self, $0, $1, $2) },
  { mi(Sub.self, UInt8.self, Dead.self, $0, $1, $2) },
  { mi(Sub.self, UInt16.self, Dead.self, $0, $1, $2) },
  { mi(Sub.self, UInt32.self, Dead.self, $0, $1, $2) },
  { mi(Sub.self, UInt64.self, Dead.self, $0, $1, $2) },
]

private let xorLive: [Handler] = [
  { rr(Xor.self, UInt8.self, Live.self, $0, $1, $2) },
  { rr(Xor.self, UInt16.self, Live.self, $0, $1, $2) },
  { rr(Xor.self, UInt32.self, Live.self, $0, $1, $2) },
  { rr(Xor.self, UInt64.self, Live.self, $0, $1, $2) },
  { ri(Xor.self, UInt8.self, Live.self, $0, $1, $2) },
  { ri(Xor.self, UInt16.self, Live.self, $0, $1, $2) },
  { ri(Xor.self, UInt32.self, Live.self, $0, $1, $2) },
  { ri(Xor.self, UInt64.self, Live.self, $0, $1, $2) },
  { rm(Xor.self, UInt8.self, Live.self, $0, $1, $2) },
  { rm(Xor.self, UInt16.self, Live.self, $0, $1, $2) },
  { rm(Xor.self, UInt32.self, Live.self, $0, $1, $2) },
  { rm(Xor.self, UInt64.self, Live.self, $0, $1, $2) },
  { mr(Xor.self, UInt8.self, Live.self, $0, $1, $2) },
  { mr(Xor.self, UInt16.self, Live.self, $0, $1, $2) },
  { mr(Xor.self, UInt32.self, Live.self, $0, $1, $2) },
  { mr(Xor.self, UInt64.self, Live.self, $0, $1, $2) },
  { mi(Xor.self, UInt8.self, Live.self, $0, $1, $2) },
  { mi(Xor.self, UInt16.self, Live.self, $0, $1, $2) },
  { mi(Xor.self, UInt32.self, Live.self, $0, $1, $2) },
  { mi(Xor.self, UInt64.self, Live.self, $0, $1, $2) },
]

private let xorDead: [Handler] = [
  { rr(Xor.self, UInt8.self, Dead.self, $0, $1, $2) },
  { rr(Xor.self, UInt16.self, Dead.self, $0, $1, $2) },
  { rr(Xor.self, UInt32.self, Dead.self, $0, $1, $2) },
  { rr(Xor.self, UInt64.self, Dead.self, $0, $1, $2) },
  { ri(Xor.self, UInt8.self, Dead.self, $0, $1, $2) },
  { ri(Xor.self, UInt16.self, Dead.self, $0, $1, $2) },
  { ri(Xor.self, UInt32.self, Dead.self, $0, $1, $2) },
  { ri(Xor.self, UInt64.self, Dead.self, $0, $1, $2) },
  { rm(Xor.self, UInt8.self, Dead.self, $0, $1, $2) },
  { rm(Xor.self, UInt16.self, Dead.self, $0, $1, $2) },
  { rm(Xor.self, UInt32.self, Dead.self, $0, $1, $2) },
  { rm(Xor.self, UInt64.self, Dead.self, $0, $1, $2) },
  { mr(Xor.self, UInt8.self, Dead.self, $0, $1, $2) },
  { mr(Xor.self, UInt16.self, Dead.self, $0, $1, $2) },
  { mr(Xor.self, UInt32.self, Dead.self, $0, $1, $2) },
  { mr(Xor.self, UInt64.self, Dead.self, $0, $1, $2) },
  { mi(Xor.self, UInt8.self, Dead.self, $0, $1, $2) },
  { mi(Xor.self, UInt16.self, Dead.self, $0, $1, $2) },
  { mi(Xor.self, UInt32.self, Dead.self, $0, $1, $2) },
  { mi(Xor.self, UInt64.self, Dead.self, $0, $1, $2) },
]

private let cmpHandlers: [Handler] = [
  { compareRR(Sub.self, UInt8.self, $0, $1, $2) },
  { compareRR(Sub.self, UInt16.self, $0, $1, $2) },
  { compareRR(Sub.self, UInt32.self, $0, $1, $2) },
  { compareRR(Sub.self, UInt64.self, $0, $1, $2) },
  { compareRI(Sub.self, UInt8.self, $0, $1, $2) },
  { compareRI(Sub.self, UInt16.self, $0, $1, $2) },
  { compareRI(Sub.self, UInt32.self, $0, $1, $2) },
  { compareRI(Sub.self, UInt64.self, $0, $1, $2) },
  { compareRM(Sub.self, UInt8.self, $0, $1, $2) },
  { compareRM(Sub.self, UInt16.self, $0, $1, $2) },
  { compareRM(Sub.self, UInt32.self, $0, $1, $2) },
  { compareRM(Sub.self, UInt64.self, $0, $1, $2) },
  { compareMR(Sub.self, UInt8.self, $0, $1, $2) },
  { compareMR(Sub.self, UInt16.self, $0, $1, $2) },
  { compareMR(Sub.self, UInt32.self, $0, $1, $2) },
  { compareMR(Sub.self, UInt64.self, $0, $1, $2) },
  { compareMI(Sub.self, UInt8.self, $0, $1, $2) },
  { compareMI(Sub.self, UInt16.self, $0, $1, $2) },
  { compareMI(Sub.self, UInt32.self, $0, $1, $2) },
  { compareMI(Sub.self, UInt64.self, $0, $1, $2) },
]

private let testHandlers: [Handler] = [
  { compareRR(And.self, UInt8.self, $0, $1, $2) },
  { compareRR(And.self, UInt16.self, $0, $1, $2) },
  { compareRR(And.self, UInt32.self, $0, $1, $2) },
  { compareRR(And.self, UInt64.self, $0, $1, $2) },
  { compareRI(And.self, UInt8.self, $0, $1, $2) },
  { compareRI(And.self, UInt16.self, $0, $1, $2) },
  { compareRI(And.self, UInt32.self, $0, $1, $2) },
  { compareRI(And.self, UInt64.self, $0, $1, $2) },
  { compareRM(And.self, UInt8.self, $0, $1, $2) },
  { compareRM(And.self, UInt16.self, $0, $1, $2) },
  { compareRM(And.self, UInt32.self, $0, $1, $2) },
  { compareRM(And.self, UInt64.self, $0, $1, $2) },
  { compareMR(And.self, UInt8.self, $0, $1, $2) },
  { compareMR(And.self, UInt16.self, $0, $1, $2) },
  { compareMR(And.self, UInt32.self, $0, $1, $2) },
  { compareMR(And.self, UInt64.self, $0, $1, $2) },
  { compareMI(And.self, UInt8.self, $0, $1, $2) },
  { compareMI(And.self, UInt16.self, $0, $1, $2) },
  { compareMI(And.self, UInt32.self, $0, $1, $2) },
  { compareMI(And.self, UInt64.self, $0, $1, $2) },
]
