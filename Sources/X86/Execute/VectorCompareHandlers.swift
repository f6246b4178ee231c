import CHostSIMD

// Comparisons. Intel SDM Vol. 2: CMPPS, CMPPD, CMPSS, CMPSD, COMISS, COMISD, UCOMISS, UCOMISD.

/// COMISD and its kin: OF, SF and AF become 0.
@inline(__always) func setComparison(_ cpu: Raw, _ r: HostComparison) {
  let state = cpu.state
  state.pointee.flagZ = UInt64(r.nonzero)
  state.pointee.flagS = UInt64(r.odd)
  state.pointee.flagA = UInt64(r.odd)
  state.pointee.cf = r.carry
  state.pointee.of = 0
}

/// COMISD x, x
@inline(never) func compareRR<T: BitwiseCopyable>(
  _ f: (T, T) -> HostComparison,
  _ cpu: Raw,
  _ pc: Raw,
  _ mem: Raw
) {
  let a = vectorDestination(cpu, pc).load(as: T.self)
  let b = vectorSource(cpu, pc).load(as: T.self)
  setComparison(cpu, f(a, b))
  return next(cpu, pc, mem)
}

/// COMISD x, m64
@inline(never) func compareRM<T: BitwiseCopyable>(
  _ f: (T, T) -> HostComparison,
  _ cpu: Raw,
  _ pc: Raw,
  _ mem: Raw
) {
  let size = MemoryLayout<T>.size
  let address = effectiveAddress(cpu, pc)
  let found = Lookup(read: mem, address)
  guard found.hits(size) else { return memoryMiss(cpu, pc, mem, address, Access.read(size)) }
  let a = vectorDestination(cpu, pc).load(as: T.self)
  setComparison(cpu, f(a, found.host.loadUnaligned(as: T.self)))
  return next(cpu, pc, mem)
}

/// CMPPS by predicate.
let cmppsHandlers: [Handler] = [
  { vectorRR(host_cmpeqps, $0, $1, $2) },
  { vectorRR(host_cmpltps, $0, $1, $2) },
  { vectorRR(host_cmpleps, $0, $1, $2) },
  { vectorRR(host_cmpunordps, $0, $1, $2) },
  { vectorRR(host_cmpneqps, $0, $1, $2) },
  { vectorRR(host_cmpnltps, $0, $1, $2) },
  { vectorRR(host_cmpnleps, $0, $1, $2) },
  { vectorRR(host_cmpordps, $0, $1, $2) },
]

/// CMPPD by predicate.
let cmppdHandlers: [Handler] = [
  { vectorRR(host_cmpeqpd, $0, $1, $2) },
  { vectorRR(host_cmpltpd, $0, $1, $2) },
  { vectorRR(host_cmplepd, $0, $1, $2) },
  { vectorRR(host_cmpunordpd, $0, $1, $2) },
  { vectorRR(host_cmpneqpd, $0, $1, $2) },
  { vectorRR(host_cmpnltpd, $0, $1, $2) },
  { vectorRR(host_cmpnlepd, $0, $1, $2) },
  { vectorRR(host_cmpordpd, $0, $1, $2) },
]

/// CMPSS by predicate.
let cmpssHandlers: [Handler] = [
  { vectorRR(host_cmpeqss, $0, $1, $2) },
  { vectorRR(host_cmpltss, $0, $1, $2) },
  { vectorRR(host_cmpless, $0, $1, $2) },
  { vectorRR(host_cmpunordss, $0, $1, $2) },
  { vectorRR(host_cmpneqss, $0, $1, $2) },
  { vectorRR(host_cmpnltss, $0, $1, $2) },
  { vectorRR(host_cmpnless, $0, $1, $2) },
  { vectorRR(host_cmpordss, $0, $1, $2) },
]

/// CMPSD by predicate.
let cmpsdHandlers: [Handler] = [
  { vectorRR(host_cmpeqsd, $0, $1, $2) },
  { vectorRR(host_cmpltsd, $0, $1, $2) },
  { vectorRR(host_cmplesd, $0, $1, $2) },
  { vectorRR(host_cmpunordsd, $0, $1, $2) },
  { vectorRR(host_cmpneqsd, $0, $1, $2) },
  { vectorRR(host_cmpnltsd, $0, $1, $2) },
  { vectorRR(host_cmpnlesd, $0, $1, $2) },
  { vectorRR(host_cmpordsd, $0, $1, $2) },
]
