// swift-format-ignore-file
import CHostSIMD

// Which handlers the instructions of FMA get.

extension Emitter {
  /// Emits an instruction of FMA; without the host's it is executed by `VCPU.executeFMA`.
  ///
  /// - Returns: nil when `i` is none.
  mutating func fusedMultiplyAdd(_ i: Instruction) -> TranslationStep? {
    switch i.operation {
    case .vfmadd132ps:
      multiplyAdd(i, { fusedRRR(host_vfmadd132ps, $0, $1, $2) }, { fusedRRM(host_vfmadd132ps, $0, $1, $2) },
                  { fusedWideRRR(host_vfmadd132ps, $0, $1, $2) }, { fusedWideRRM(host_vfmadd132ps, $0, $1, $2) })
    case .vfmadd132pd:
      multiplyAdd(i, { fusedRRR(host_vfmadd132pd, $0, $1, $2) }, { fusedRRM(host_vfmadd132pd, $0, $1, $2) },
                  { fusedWideRRR(host_vfmadd132pd, $0, $1, $2) }, { fusedWideRRM(host_vfmadd132pd, $0, $1, $2) })
    case .vfmadd132ss:
      multiplyAdd(i, { scalarFusedRRR(host_vfmadd132ss, $0, $1, $2) }, { scalarFusedRRM(host_vfmadd132ss, $0, $1, $2) })
    case .vfmadd132sd:
      multiplyAdd(i, { scalarFusedRRR(host_vfmadd132sd, $0, $1, $2) }, { scalarFusedRRM(host_vfmadd132sd, $0, $1, $2) })
    case .vfmadd213ps:
      multiplyAdd(i, { fusedRRR(host_vfmadd213ps, $0, $1, $2) }, { fusedRRM(host_vfmadd213ps, $0, $1, $2) },
                  { fusedWideRRR(host_vfmadd213ps, $0, $1, $2) }, { fusedWideRRM(host_vfmadd213ps, $0, $1, $2) })
    case .vfmadd213pd:
      multiplyAdd(i, { fusedRRR(host_vfmadd213pd, $0, $1, $2) }, { fusedRRM(host_vfmadd213pd, $0, $1, $2) },
                  { fusedWideRRR(host_vfmadd213pd, $0, $1, $2) }, { fusedWideRRM(host_vfmadd213pd, $0, $1, $2) })
    case .vfmadd213ss:
      multiplyAdd(i, { scalarFusedRRR(host_vfmadd213ss, $0, $1, $2) }, { scalarFusedRRM(host_vfmadd213ss, $0, $1, $2) })
    case .vfmadd213sd:
      multiplyAdd(i, { scalarFusedRRR(host_vfmadd213sd, $0, $1, $2) }, { scalarFusedRRM(host_vfmadd213sd, $0, $1, $2) })
    case .vfmadd231ps:
      multiplyAdd(i, { fusedRRR(host_vfmadd231ps, $0, $1, $2) }, { fusedRRM(host_vfmadd231ps, $0, $1, $2) },
                  { fusedWideRRR(host_vfmadd231ps, $0, $1, $2) }, { fusedWideRRM(host_vfmadd231ps, $0, $1, $2) })
    case .vfmadd231pd:
      multiplyAdd(i, { fusedRRR(host_vfmadd231pd, $0, $1, $2) }, { fusedRRM(host_vfmadd231pd, $0, $1, $2) },
                  { fusedWideRRR(host_vfmadd231pd, $0, $1, $2) }, { fusedWideRRM(host_vfmadd231pd, $0, $1, $2) })
    case .vfmadd231ss:
      multiplyAdd(i, { scalarFusedRRR(host_vfmadd231ss, $0, $1, $2) }, { scalarFusedRRM(host_vfmadd231ss, $0, $1, $2) })
    case .vfmadd231sd:
      multiplyAdd(i, { scalarFusedRRR(host_vfmadd231sd, $0, $1, $2) }, { scalarFusedRRM(host_vfmadd231sd, $0, $1, $2) })
    case .vfmsub132ps:
      multiplyAdd(i, { fusedRRR(host_vfmsub132ps, $0, $1, $2) }, { fusedRRM(host_vfmsub132ps, $0, $1, $2) },
                  { fusedWideRRR(host_vfmsub132ps, $0, $1, $2) }, { fusedWideRRM(host_vfmsub132ps, $0, $1, $2) })
    case .vfmsub132pd:
      multiplyAdd(i, { fusedRRR(host_vfmsub132pd, $0, $1, $2) }, { fusedRRM(host_vfmsub132pd, $0, $1, $2) },
                  { fusedWideRRR(host_vfmsub132pd, $0, $1, $2) }, { fusedWideRRM(host_vfmsub132pd, $0, $1, $2) })
    case .vfmsub132ss:
      multiplyAdd(i, { scalarFusedRRR(host_vfmsub132ss, $0, $1, $2) }, { scalarFusedRRM(host_vfmsub132ss, $0, $1, $2) })
    case .vfmsub132sd:
      multiplyAdd(i, { scalarFusedRRR(host_vfmsub132sd, $0, $1, $2) }, { scalarFusedRRM(host_vfmsub132sd, $0, $1, $2) })
    case .vfmsub213ps:
      multiplyAdd(i, { fusedRRR(host_vfmsub213ps, $0, $1, $2) }, { fusedRRM(host_vfmsub213ps, $0, $1, $2) },
                  { fusedWideRRR(host_vfmsub213ps, $0, $1, $2) }, { fusedWideRRM(host_vfmsub213ps, $0, $1, $2) })
    case .vfmsub213pd:
      multiplyAdd(i, { fusedRRR(host_vfmsub213pd, $0, $1, $2) }, { fusedRRM(host_vfmsub213pd, $0, $1, $2) },
                  { fusedWideRRR(host_vfmsub213pd, $0, $1, $2) }, { fusedWideRRM(host_vfmsub213pd, $0, $1, $2) })
    case .vfmsub213ss:
      multiplyAdd(i, { scalarFusedRRR(host_vfmsub213ss, $0, $1, $2) }, { scalarFusedRRM(host_vfmsub213ss, $0, $1, $2) })
    case .vfmsub213sd:
      multiplyAdd(i, { scalarFusedRRR(host_vfmsub213sd, $0, $1, $2) }, { scalarFusedRRM(host_vfmsub213sd, $0, $1, $2) })
    case .vfmsub231ps:
      multiplyAdd(i, { fusedRRR(host_vfmsub231ps, $0, $1, $2) }, { fusedRRM(host_vfmsub231ps, $0, $1, $2) },
                  { fusedWideRRR(host_vfmsub231ps, $0, $1, $2) }, { fusedWideRRM(host_vfmsub231ps, $0, $1, $2) })
    case .vfmsub231pd:
      multiplyAdd(i, { fusedRRR(host_vfmsub231pd, $0, $1, $2) }, { fusedRRM(host_vfmsub231pd, $0, $1, $2) },
                  { fusedWideRRR(host_vfmsub231pd, $0, $1, $2) }, { fusedWideRRM(host_vfmsub231pd, $0, $1, $2) })
    case .vfmsub231ss:
      multiplyAdd(i, { scalarFusedRRR(host_vfmsub231ss, $0, $1, $2) }, { scalarFusedRRM(host_vfmsub231ss, $0, $1, $2) })
    case .vfmsub231sd:
      multiplyAdd(i, { scalarFusedRRR(host_vfmsub231sd, $0, $1, $2) }, { scalarFusedRRM(host_vfmsub231sd, $0, $1, $2) })
    case .vfnmadd132ps:
      multiplyAdd(i, { fusedRRR(host_vfnmadd132ps, $0, $1, $2) }, { fusedRRM(host_vfnmadd132ps, $0, $1, $2) },
                  { fusedWideRRR(host_vfnmadd132ps, $0, $1, $2) }, { fusedWideRRM(host_vfnmadd132ps, $0, $1, $2) })
    case .vfnmadd132pd:
      multiplyAdd(i, { fusedRRR(host_vfnmadd132pd, $0, $1, $2) }, { fusedRRM(host_vfnmadd132pd, $0, $1, $2) },
                  { fusedWideRRR(host_vfnmadd132pd, $0, $1, $2) }, { fusedWideRRM(host_vfnmadd132pd, $0, $1, $2) })
    case .vfnmadd132ss:
      multiplyAdd(i, { scalarFusedRRR(host_vfnmadd132ss, $0, $1, $2) }, { scalarFusedRRM(host_vfnmadd132ss, $0, $1, $2) })
    case .vfnmadd132sd:
      multiplyAdd(i, { scalarFusedRRR(host_vfnmadd132sd, $0, $1, $2) }, { scalarFusedRRM(host_vfnmadd132sd, $0, $1, $2) })
    case .vfnmadd213ps:
      multiplyAdd(i, { fusedRRR(host_vfnmadd213ps, $0, $1, $2) }, { fusedRRM(host_vfnmadd213ps, $0, $1, $2) },
                  { fusedWideRRR(host_vfnmadd213ps, $0, $1, $2) }, { fusedWideRRM(host_vfnmadd213ps, $0, $1, $2) })
    case .vfnmadd213pd:
      multiplyAdd(i, { fusedRRR(host_vfnmadd213pd, $0, $1, $2) }, { fusedRRM(host_vfnmadd213pd, $0, $1, $2) },
                  { fusedWideRRR(host_vfnmadd213pd, $0, $1, $2) }, { fusedWideRRM(host_vfnmadd213pd, $0, $1, $2) })
    case .vfnmadd213ss:
      multiplyAdd(i, { scalarFusedRRR(host_vfnmadd213ss, $0, $1, $2) }, { scalarFusedRRM(host_vfnmadd213ss, $0, $1, $2) })
    case .vfnmadd213sd:
      multiplyAdd(i, { scalarFusedRRR(host_vfnmadd213sd, $0, $1, $2) }, { scalarFusedRRM(host_vfnmadd213sd, $0, $1, $2) })
    case .vfnmadd231ps:
      multiplyAdd(i, { fusedRRR(host_vfnmadd231ps, $0, $1, $2) }, { fusedRRM(host_vfnmadd231ps, $0, $1, $2) },
                  { fusedWideRRR(host_vfnmadd231ps, $0, $1, $2) }, { fusedWideRRM(host_vfnmadd231ps, $0, $1, $2) })
    case .vfnmadd231pd:
      multiplyAdd(i, { fusedRRR(host_vfnmadd231pd, $0, $1, $2) }, { fusedRRM(host_vfnmadd231pd, $0, $1, $2) },
                  { fusedWideRRR(host_vfnmadd231pd, $0, $1, $2) }, { fusedWideRRM(host_vfnmadd231pd, $0, $1, $2) })
    case .vfnmadd231ss:
      multiplyAdd(i, { scalarFusedRRR(host_vfnmadd231ss, $0, $1, $2) }, { scalarFusedRRM(host_vfnmadd231ss, $0, $1, $2) })
    case .vfnmadd231sd:
      multiplyAdd(i, { scalarFusedRRR(host_vfnmadd231sd, $0, $1, $2) }, { scalarFusedRRM(host_vfnmadd231sd, $0, $1, $2) })
    case .vfnmsub132ps:
      multiplyAdd(i, { fusedRRR(host_vfnmsub132ps, $0, $1, $2) }, { fusedRRM(host_vfnmsub132ps, $0, $1, $2) },
                  { fusedWideRRR(host_vfnmsub132ps, $0, $1, $2) }, { fusedWideRRM(host_vfnmsub132ps, $0, $1, $2) })
    case .vfnmsub132pd:
      multiplyAdd(i, { fusedRRR(host_vfnmsub132pd, $0, $1, $2) }, { fusedRRM(host_vfnmsub132pd, $0, $1, $2) },
                  { fusedWideRRR(host_vfnmsub132pd, $0, $1, $2) }, { fusedWideRRM(host_vfnmsub132pd, $0, $1, $2) })
    case .vfnmsub132ss:
      multiplyAdd(i, { scalarFusedRRR(host_vfnmsub132ss, $0, $1, $2) }, { scalarFusedRRM(host_vfnmsub132ss, $0, $1, $2) })
    case .vfnmsub132sd:
      multiplyAdd(i, { scalarFusedRRR(host_vfnmsub132sd, $0, $1, $2) }, { scalarFusedRRM(host_vfnmsub132sd, $0, $1, $2) })
    case .vfnmsub213ps:
      multiplyAdd(i, { fusedRRR(host_vfnmsub213ps, $0, $1, $2) }, { fusedRRM(host_vfnmsub213ps, $0, $1, $2) },
                  { fusedWideRRR(host_vfnmsub213ps, $0, $1, $2) }, { fusedWideRRM(host_vfnmsub213ps, $0, $1, $2) })
    case .vfnmsub213pd:
      multiplyAdd(i, { fusedRRR(host_vfnmsub213pd, $0, $1, $2) }, { fusedRRM(host_vfnmsub213pd, $0, $1, $2) },
                  { fusedWideRRR(host_vfnmsub213pd, $0, $1, $2) }, { fusedWideRRM(host_vfnmsub213pd, $0, $1, $2) })
    case .vfnmsub213ss:
      multiplyAdd(i, { scalarFusedRRR(host_vfnmsub213ss, $0, $1, $2) }, { scalarFusedRRM(host_vfnmsub213ss, $0, $1, $2) })
    case .vfnmsub213sd:
      multiplyAdd(i, { scalarFusedRRR(host_vfnmsub213sd, $0, $1, $2) }, { scalarFusedRRM(host_vfnmsub213sd, $0, $1, $2) })
    case .vfnmsub231ps:
      multiplyAdd(i, { fusedRRR(host_vfnmsub231ps, $0, $1, $2) }, { fusedRRM(host_vfnmsub231ps, $0, $1, $2) },
                  { fusedWideRRR(host_vfnmsub231ps, $0, $1, $2) }, { fusedWideRRM(host_vfnmsub231ps, $0, $1, $2) })
    case .vfnmsub231pd:
      multiplyAdd(i, { fusedRRR(host_vfnmsub231pd, $0, $1, $2) }, { fusedRRM(host_vfnmsub231pd, $0, $1, $2) },
                  { fusedWideRRR(host_vfnmsub231pd, $0, $1, $2) }, { fusedWideRRM(host_vfnmsub231pd, $0, $1, $2) })
    case .vfnmsub231ss:
      multiplyAdd(i, { scalarFusedRRR(host_vfnmsub231ss, $0, $1, $2) }, { scalarFusedRRM(host_vfnmsub231ss, $0, $1, $2) })
    case .vfnmsub231sd:
      multiplyAdd(i, { scalarFusedRRR(host_vfnmsub231sd, $0, $1, $2) }, { scalarFusedRRM(host_vfnmsub231sd, $0, $1, $2) })
    case .vfmaddsub132ps:
      multiplyAdd(i, { fusedRRR(host_vfmaddsub132ps, $0, $1, $2) }, { fusedRRM(host_vfmaddsub132ps, $0, $1, $2) },
                  { fusedWideRRR(host_vfmaddsub132ps, $0, $1, $2) }, { fusedWideRRM(host_vfmaddsub132ps, $0, $1, $2) })
    case .vfmaddsub132pd:
      multiplyAdd(i, { fusedRRR(host_vfmaddsub132pd, $0, $1, $2) }, { fusedRRM(host_vfmaddsub132pd, $0, $1, $2) },
                  { fusedWideRRR(host_vfmaddsub132pd, $0, $1, $2) }, { fusedWideRRM(host_vfmaddsub132pd, $0, $1, $2) })
    case .vfmaddsub213ps:
      multiplyAdd(i, { fusedRRR(host_vfmaddsub213ps, $0, $1, $2) }, { fusedRRM(host_vfmaddsub213ps, $0, $1, $2) },
                  { fusedWideRRR(host_vfmaddsub213ps, $0, $1, $2) }, { fusedWideRRM(host_vfmaddsub213ps, $0, $1, $2) })
    case .vfmaddsub213pd:
      multiplyAdd(i, { fusedRRR(host_vfmaddsub213pd, $0, $1, $2) }, { fusedRRM(host_vfmaddsub213pd, $0, $1, $2) },
                  { fusedWideRRR(host_vfmaddsub213pd, $0, $1, $2) }, { fusedWideRRM(host_vfmaddsub213pd, $0, $1, $2) })
    case .vfmaddsub231ps:
      multiplyAdd(i, { fusedRRR(host_vfmaddsub231ps, $0, $1, $2) }, { fusedRRM(host_vfmaddsub231ps, $0, $1, $2) },
                  { fusedWideRRR(host_vfmaddsub231ps, $0, $1, $2) }, { fusedWideRRM(host_vfmaddsub231ps, $0, $1, $2) })
    case .vfmaddsub231pd:
      multiplyAdd(i, { fusedRRR(host_vfmaddsub231pd, $0, $1, $2) }, { fusedRRM(host_vfmaddsub231pd, $0, $1, $2) },
                  { fusedWideRRR(host_vfmaddsub231pd, $0, $1, $2) }, { fusedWideRRM(host_vfmaddsub231pd, $0, $1, $2) })
    case .vfmsubadd132ps:
      multiplyAdd(i, { fusedRRR(host_vfmsubadd132ps, $0, $1, $2) }, { fusedRRM(host_vfmsubadd132ps, $0, $1, $2) },
                  { fusedWideRRR(host_vfmsubadd132ps, $0, $1, $2) }, { fusedWideRRM(host_vfmsubadd132ps, $0, $1, $2) })
    case .vfmsubadd132pd:
      multiplyAdd(i, { fusedRRR(host_vfmsubadd132pd, $0, $1, $2) }, { fusedRRM(host_vfmsubadd132pd, $0, $1, $2) },
                  { fusedWideRRR(host_vfmsubadd132pd, $0, $1, $2) }, { fusedWideRRM(host_vfmsubadd132pd, $0, $1, $2) })
    case .vfmsubadd213ps:
      multiplyAdd(i, { fusedRRR(host_vfmsubadd213ps, $0, $1, $2) }, { fusedRRM(host_vfmsubadd213ps, $0, $1, $2) },
                  { fusedWideRRR(host_vfmsubadd213ps, $0, $1, $2) }, { fusedWideRRM(host_vfmsubadd213ps, $0, $1, $2) })
    case .vfmsubadd213pd:
      multiplyAdd(i, { fusedRRR(host_vfmsubadd213pd, $0, $1, $2) }, { fusedRRM(host_vfmsubadd213pd, $0, $1, $2) },
                  { fusedWideRRR(host_vfmsubadd213pd, $0, $1, $2) }, { fusedWideRRM(host_vfmsubadd213pd, $0, $1, $2) })
    case .vfmsubadd231ps:
      multiplyAdd(i, { fusedRRR(host_vfmsubadd231ps, $0, $1, $2) }, { fusedRRM(host_vfmsubadd231ps, $0, $1, $2) },
                  { fusedWideRRR(host_vfmsubadd231ps, $0, $1, $2) }, { fusedWideRRM(host_vfmsubadd231ps, $0, $1, $2) })
    case .vfmsubadd231pd:
      multiplyAdd(i, { fusedRRR(host_vfmsubadd231pd, $0, $1, $2) }, { fusedRRM(host_vfmsubadd231pd, $0, $1, $2) },
                  { fusedWideRRR(host_vfmsubadd231pd, $0, $1, $2) }, { fusedWideRRM(host_vfmsubadd231pd, $0, $1, $2) })
    default: return nil
    }
    return .one
  }
}
