// swift-format-ignore-file
// The instances of the vector moves: each with base and displacement, then with an index.

let alignedLoads: [Handler] = [
  { loadVector(Aligned.self, Based.self, $0, $1, $2) },
  { loadVector(Aligned.self, Indexed.self, $0, $1, $2) },
]
let alignedStores: [Handler] = [
  { storeVector(Aligned.self, Based.self, $0, $1, $2) },
  { storeVector(Aligned.self, Indexed.self, $0, $1, $2) },
]
let unalignedLoads: [Handler] = [
  { loadVector(Unaligned.self, Based.self, $0, $1, $2) },
  { loadVector(Unaligned.self, Indexed.self, $0, $1, $2) },
]
let unalignedStores: [Handler] = [
  { storeVector(Unaligned.self, Based.self, $0, $1, $2) },
  { storeVector(Unaligned.self, Indexed.self, $0, $1, $2) },
]
let scalarLoads2: [Handler] = [
  { loadScalar(UInt16.self, Based.self, $0, $1, $2) },
  { loadScalar(UInt16.self, Indexed.self, $0, $1, $2) },
]
let scalarLoads4: [Handler] = [
  { loadScalar(UInt32.self, Based.self, $0, $1, $2) },
  { loadScalar(UInt32.self, Indexed.self, $0, $1, $2) },
]
let scalarLoads8: [Handler] = [
  { loadScalar(UInt64.self, Based.self, $0, $1, $2) },
  { loadScalar(UInt64.self, Indexed.self, $0, $1, $2) },
]
let scalarStores4: [Handler] = [
  { storeScalar(UInt32.self, Based.self, $0, $1, $2) },
  { storeScalar(UInt32.self, Indexed.self, $0, $1, $2) },
]
let scalarStores8: [Handler] = [
  { storeScalar(UInt64.self, Based.self, $0, $1, $2) },
  { storeScalar(UInt64.self, Indexed.self, $0, $1, $2) },
]
/// The low half of a register.
let lowLoads: [Handler] = [
  { loadHalf(Based.self, to: 0, $0, $1, $2) },
  { loadHalf(Indexed.self, to: 0, $0, $1, $2) },
]
/// The high half of a register.
let highLoads: [Handler] = [
  { loadHalf(Based.self, to: 8, $0, $1, $2) },
  { loadHalf(Indexed.self, to: 8, $0, $1, $2) },
]
let highStores: [Handler] = [
  { storeScalar(UInt64.self, Based.self, from: 8, $0, $1, $2) },
  { storeScalar(UInt64.self, Indexed.self, from: 8, $0, $1, $2) },
]
