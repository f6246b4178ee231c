// swift-format-ignore-file
// The instances of the VEX moves: each with base and displacement, then with an index.

let alignedClearingLoads: [Handler] = [
  { loadClearing(Aligned.self, Based.self, $0, $1, $2) },
  { loadClearing(Aligned.self, Indexed.self, $0, $1, $2) },
]
let unalignedClearingLoads: [Handler] = [
  { loadClearing(Unaligned.self, Based.self, $0, $1, $2) },
  { loadClearing(Unaligned.self, Indexed.self, $0, $1, $2) },
]
let alignedWideLoads: [Handler] = [
  { loadWide(Aligned.self, Based.self, $0, $1, $2) },
  { loadWide(Aligned.self, Indexed.self, $0, $1, $2) },
]
let unalignedWideLoads: [Handler] = [
  { loadWide(Unaligned.self, Based.self, $0, $1, $2) },
  { loadWide(Unaligned.self, Indexed.self, $0, $1, $2) },
]
let alignedWideStores: [Handler] = [
  { storeWide(Aligned.self, Based.self, $0, $1, $2) },
  { storeWide(Aligned.self, Indexed.self, $0, $1, $2) },
]
let unalignedWideStores: [Handler] = [
  { storeWide(Unaligned.self, Based.self, $0, $1, $2) },
  { storeWide(Unaligned.self, Indexed.self, $0, $1, $2) },
]
let clearingLoads4: [Handler] = [
  { loadScalarClearing(UInt32.self, Based.self, $0, $1, $2) },
  { loadScalarClearing(UInt32.self, Indexed.self, $0, $1, $2) },
]
let clearingLoads8: [Handler] = [
  { loadScalarClearing(UInt64.self, Based.self, $0, $1, $2) },
  { loadScalarClearing(UInt64.self, Indexed.self, $0, $1, $2) },
]
/// From memory: 1, 2, 4, 8 bytes to 16, then to 32.
let broadcastLoads: [Handler] = [
  { broadcastLoad(UInt8.self, isWide: false, $0, $1, $2) },
  { broadcastLoad(UInt16.self, isWide: false, $0, $1, $2) },
  { broadcastLoad(UInt32.self, isWide: false, $0, $1, $2) },
  { broadcastLoad(UInt64.self, isWide: false, $0, $1, $2) },
  { broadcastLoad(UInt8.self, isWide: true, $0, $1, $2) },
  { broadcastLoad(UInt16.self, isWide: true, $0, $1, $2) },
  { broadcastLoad(UInt32.self, isWide: true, $0, $1, $2) },
  { broadcastLoad(UInt64.self, isWide: true, $0, $1, $2) },
]
/// From a register: 1, 2, 4, 8 bytes to 16, then to 32.
let broadcasts: [Handler] = [
  { broadcast(UInt8.self, isWide: false, $0, $1, $2) },
  { broadcast(UInt16.self, isWide: false, $0, $1, $2) },
  { broadcast(UInt32.self, isWide: false, $0, $1, $2) },
  { broadcast(UInt64.self, isWide: false, $0, $1, $2) },
  { broadcast(UInt8.self, isWide: true, $0, $1, $2) },
  { broadcast(UInt16.self, isWide: true, $0, $1, $2) },
  { broadcast(UInt32.self, isWide: true, $0, $1, $2) },
  { broadcast(UInt64.self, isWide: true, $0, $1, $2) },
]
/// VMASKMOVPS, VMASKMOVPD: 16 bytes, then 32.
let maskedLoads4: [Handler] = [
  { maskedLoad(Doublewords.self, isWide: false, $0, $1, $2) },
  { maskedLoad(Doublewords.self, isWide: true, $0, $1, $2) },
]
let maskedLoads8: [Handler] = [
  { maskedLoad(Quadwords.self, isWide: false, $0, $1, $2) },
  { maskedLoad(Quadwords.self, isWide: true, $0, $1, $2) },
]
let maskedStores4: [Handler] = [
  { maskedStore(Doublewords.self, isWide: false, $0, $1, $2) },
  { maskedStore(Doublewords.self, isWide: true, $0, $1, $2) },
]
let maskedStores8: [Handler] = [
  { maskedStore(Quadwords.self, isWide: false, $0, $1, $2) },
  { maskedStore(Quadwords.self, isWide: true, $0, $1, $2) },
]
/// PTEST, VTESTPS, VTESTPD: 16 bytes, then 32.
let bitTests: [Handler] = [
  { testBits(isWide: false, $0, $1, $2) },
  { testBits(isWide: true, $0, $1, $2) },
]
let storeProbes8: [Handler] = [
  { probeStore(8, $0, $1, $2) },
  { probeStore(8, $0, $1, $2) },
]
let storeProbes16: [Handler] = [
  { probeStore(16, $0, $1, $2) },
  { probeStore(16, $0, $1, $2) },
]
let convertedStores8: [Handler] = [
  { storeConverted(UInt64.self, $0, $1, $2) },
  { storeConverted(UInt64.self, $0, $1, $2) },
]
let convertedStores16: [Handler] = [
  { storeConverted(V128.self, $0, $1, $2) },
  { storeConverted(V128.self, $0, $1, $2) },
]
