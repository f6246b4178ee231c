// swift-format-ignore-file

/// Flag control: Intel SDM Vol. 1, 5.1.11; CLAC and STAC: Vol. 2 (#UD, not #GP, above CPL 0).
extension InstructionTable {
  static let flags: [InstructionForm] = [
    .init(.clc,  "CLC",  "F8",          "- | 0=c"),
    .init(.stc,  "STC",  "F9",          "- | 1=c"),
    .init(.cmc,  "CMC",  "F5",          "- | r=c w=c"),
    .init(.cld,  "CLD",  "FC",          "- | 0=d"),
    .init(.std,  "STD",  "FD",          "- | 1=d"),
    .init(.cli,  "CLI",  "FA",          "-"),
    .init(.sti,  "STI",  "FB",          "- | block"),
    .init(.lahf, "LAHF", "9F",          "- | r=szacp"),
    .init(.sahf, "SAHF", "9E",          "- | w=szacp"),
    .init(.clac, "CLAC", "NP 0F 01 CA", "- | smap"),
    .init(.stac, "STAC", "NP 0F 01 CB", "- | smap"),
  ]
}
