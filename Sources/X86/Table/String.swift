// swift-format-ignore-file

/// String instructions: Intel SDM Vol. 1, 5.1.8. Their operands are implicit: `memory.segment` holds the source's override.
extension InstructionTable {
  static let string: [InstructionForm] = [
    .init(.movs, "MOVSB", "o8 A4",      "- | r=d | rep"),
    .init(.movs, "MOVSW", "o16 A5",     "- | r=d | rep"),
    .init(.movs, "MOVSD", "o32 A5",     "- | r=d | rep"),
    .init(.movs, "MOVSQ", "REX.W + A5", "- | r=d | rep"),
    .init(.cmps, "CMPSB", "o8 A6",      "- | r=d w=oszacp | rep"),
    .init(.cmps, "CMPSW", "o16 A7",     "- | r=d w=oszacp | rep"),
    .init(.cmps, "CMPSD", "o32 A7",     "- | r=d w=oszacp | rep"),
    .init(.cmps, "CMPSQ", "REX.W + A7", "- | r=d w=oszacp | rep"),
    .init(.stos, "STOSB", "o8 AA",      "- | r=d | rep"),
    .init(.stos, "STOSW", "o16 AB",     "- | r=d | rep"),
    .init(.stos, "STOSD", "o32 AB",     "- | r=d | rep"),
    .init(.stos, "STOSQ", "REX.W + AB", "- | r=d | rep"),
    .init(.lods, "LODSB", "o8 AC",      "- | r=d | rep"),
    .init(.lods, "LODSW", "o16 AD",     "- | r=d | rep"),
    .init(.lods, "LODSD", "o32 AD",     "- | r=d | rep"),
    .init(.lods, "LODSQ", "REX.W + AD", "- | r=d | rep"),
    .init(.scas, "SCASB", "o8 AE",      "- | r=d w=oszacp | rep"),
    .init(.scas, "SCASW", "o16 AF",     "- | r=d w=oszacp | rep"),
    .init(.scas, "SCASD", "o32 AF",     "- | r=d w=oszacp | rep"),
    .init(.scas, "SCASQ", "REX.W + AF", "- | r=d w=oszacp | rep"),
    .init(.ins,  "INSB",  "o8 6C",      "- | r=d | rep"),
    .init(.ins,  "INSW",  "o16 6D",     "- | r=d | rep"),
    .init(.ins,  "INSD",  "d32 6D",     "- | r=d | rep"),
    .init(.outs, "OUTSB", "o8 6E",      "- | r=d | rep"),
    .init(.outs, "OUTSW", "o16 6F",     "- | r=d | rep"),
    .init(.outs, "OUTSD", "d32 6F",     "- | r=d | rep"),
  ]
}
