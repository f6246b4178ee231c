import Testing

@testable import X86

/// What the standards give as examples, for hosts that lack the instruction to compare with.
@Suite("Portable cryptography")
struct StandardVectorTests {
  private func value(_ operation: X86.Operation, _ a: V128, _ b: V128, _ n: Int = 0) -> V128 {
    let more = PortableInput(immediate: n, xmm0: V128(), mxcsr: 0x1F80)
    return portableOperation(operation)?(a, b, more) ?? V128()
  }

  private func bytes(_ text: String) -> V128 {
    var r = SIMD16<UInt8>()
    var rest = Substring(text)
    for k in 0..<16 {
      r[k] = UInt8(rest.prefix(2), radix: 16) ?? 0
      rest = rest.dropFirst(2)
    }
    return whole(r)
  }

  @Test("AES gives the cipher example of FIPS 197, and back")
  func aes() {
    var keys = [bytes("2b7e151628aed2a6abf7158809cf4f3c")]
    for constant in [1, 2, 4, 8, 0x10, 0x20, 0x40, 0x80, 0x1B, 0x36] {
      let last = keys[keys.count - 1]
      let help = lanes(value(.aeskeygenassist, V128(), last, constant), SIMD4<UInt32>.self)[3]
      var words = lanes(last, SIMD4<UInt32>.self)
      words[0] ^= help
      for k in 1..<4 { words[k] ^= words[k - 1] }
      keys.append(whole(words))
    }
    let plain = bytes("3243f6a8885a308d313198a2e0370734")
    var state = plain ^ keys[0]
    for k in 1..<10 { state = value(.aesenc, state, keys[k]) }
    state = value(.aesenclast, state, keys[10])
    #expect(state == bytes("3925841d02dc09fbdc118597196a0b32"))
    state ^= keys[10]
    for k in (1..<10).reversed() {
      state = value(.aesdec, state, value(.aesimc, V128(), keys[k]))
    }
    #expect(value(.aesdeclast, state, keys[0]) == plain)
  }

  @Test("PCLMULQDQ gives the product of Intel's paper on GCM")
  func carryless() {
    // Gueron and Kounavis, "Intel Carry-Less Multiplication Instruction", figure 5.
    let a = V128(0x6374_6F72_5D53_475D, 0x7B5B_5465_7374_5665)
    let b = V128(0x5B47_7565_726F_6E5D, 0x4869_2853_6861_7929)
    let products: [(Int, UInt64, UInt64)] = [
      (0x00, 0x9296_33D5_D36F_0451, 0x1D4D_84C8_5C34_40C0),
      (0x01, 0xBABF_262D_F4B7_D5C9, 0x1A2B_F6DB_3A30_862F),
      (0x10, 0x7FA5_40AC_2A28_1315, 0x1BD1_7C8D_556A_B5A1),
      (0x11, 0xD66E_E03E_410F_D4ED, 0x1D1E_1F2C_592E_7C45),
    ]
    for (halves, low, high) in products {
      let r = value(.pclmulqdq, a, b, halves)
      #expect(r == V128(Int64(bitPattern: low), Int64(bitPattern: high)), "\(halves)")
    }
  }
}
