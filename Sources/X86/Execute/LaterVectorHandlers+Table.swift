// swift-format-ignore-file
import CHostSIMD

// Handlers of instructions whose immediate is part of the host's instruction too.

/// ROUNDPS by direction, see `Emitter.roundingIndex`.
let roundpsHandlers: [Handler] = [
  { vectorUnary(host_roundps_0, $0, $1, $2) },
  { vectorUnary(host_roundps_1, $0, $1, $2) },
  { vectorUnary(host_roundps_2, $0, $1, $2) },
  { vectorUnary(host_roundps_3, $0, $1, $2) },
  { vectorUnary(host_roundps_4, $0, $1, $2) },
  { vectorUnary(host_roundps_8, $0, $1, $2) },
  { vectorUnary(host_roundps_9, $0, $1, $2) },
  { vectorUnary(host_roundps_10, $0, $1, $2) },
  { vectorUnary(host_roundps_11, $0, $1, $2) },
  { vectorUnary(host_roundps_12, $0, $1, $2) },
]
/// ROUNDPD by direction, see `Emitter.roundingIndex`.
let roundpdHandlers: [Handler] = [
  { vectorUnary(host_roundpd_0, $0, $1, $2) },
  { vectorUnary(host_roundpd_1, $0, $1, $2) },
  { vectorUnary(host_roundpd_2, $0, $1, $2) },
  { vectorUnary(host_roundpd_3, $0, $1, $2) },
  { vectorUnary(host_roundpd_4, $0, $1, $2) },
  { vectorUnary(host_roundpd_8, $0, $1, $2) },
  { vectorUnary(host_roundpd_9, $0, $1, $2) },
  { vectorUnary(host_roundpd_10, $0, $1, $2) },
  { vectorUnary(host_roundpd_11, $0, $1, $2) },
  { vectorUnary(host_roundpd_12, $0, $1, $2) },
]
/// ROUNDSS by direction, see `Emitter.roundingIndex`.
let roundssHandlers: [Handler] = [
  { vectorUnary(host_roundss_0, $0, $1, $2) },
  { vectorUnary(host_roundss_1, $0, $1, $2) },
  { vectorUnary(host_roundss_2, $0, $1, $2) },
  { vectorUnary(host_roundss_3, $0, $1, $2) },
  { vectorUnary(host_roundss_4, $0, $1, $2) },
  { vectorUnary(host_roundss_8, $0, $1, $2) },
  { vectorUnary(host_roundss_9, $0, $1, $2) },
  { vectorUnary(host_roundss_10, $0, $1, $2) },
  { vectorUnary(host_roundss_11, $0, $1, $2) },
  { vectorUnary(host_roundss_12, $0, $1, $2) },
]
/// ROUNDSD by direction, see `Emitter.roundingIndex`.
let roundsdHandlers: [Handler] = [
  { vectorUnary(host_roundsd_0, $0, $1, $2) },
  { vectorUnary(host_roundsd_1, $0, $1, $2) },
  { vectorUnary(host_roundsd_2, $0, $1, $2) },
  { vectorUnary(host_roundsd_3, $0, $1, $2) },
  { vectorUnary(host_roundsd_4, $0, $1, $2) },
  { vectorUnary(host_roundsd_8, $0, $1, $2) },
  { vectorUnary(host_roundsd_9, $0, $1, $2) },
  { vectorUnary(host_roundsd_10, $0, $1, $2) },
  { vectorUnary(host_roundsd_11, $0, $1, $2) },
  { vectorUnary(host_roundsd_12, $0, $1, $2) },
]
/// MPSADBW by offsets.
let mpsadbwHandlers: [Handler] = [
  { vectorRR(host_mpsadbw_0, $0, $1, $2) },
  { vectorRR(host_mpsadbw_1, $0, $1, $2) },
  { vectorRR(host_mpsadbw_2, $0, $1, $2) },
  { vectorRR(host_mpsadbw_3, $0, $1, $2) },
  { vectorRR(host_mpsadbw_4, $0, $1, $2) },
  { vectorRR(host_mpsadbw_5, $0, $1, $2) },
  { vectorRR(host_mpsadbw_6, $0, $1, $2) },
  { vectorRR(host_mpsadbw_7, $0, $1, $2) },
]
/// PCLMULQDQ by halves: bit 0 that of the destination, bit 1 that of the source.
let pclmulqdqHandlers: [Handler] = [
  { vectorRR(host_pclmulqdq_0, $0, $1, $2) },
  { vectorRR(host_pclmulqdq_1, $0, $1, $2) },
  { vectorRR(host_pclmulqdq_16, $0, $1, $2) },
  { vectorRR(host_pclmulqdq_17, $0, $1, $2) },
]
/// SHA1RNDS4 by function.
let sha1rnds4Handlers: [Handler] = [
  { vectorRR(host_sha1rnds4_0, $0, $1, $2) },
  { vectorRR(host_sha1rnds4_1, $0, $1, $2) },
  { vectorRR(host_sha1rnds4_2, $0, $1, $2) },
  { vectorRR(host_sha1rnds4_3, $0, $1, $2) },
]
