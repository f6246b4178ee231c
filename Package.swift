// swift-tools-version: 6.1
import PackageDescription

/// The hot path needs every handler to stay a function of its own that ends in one indirect jump:
/// merging identical handlers into parameterised ones would add a call (DESIGN.md, section 2).
let separateHandlers: SwiftSetting = .unsafeFlags(["-Xllvm", "-swiftmergefunc-threshold=0"])

/// Dynamic exclusivity checks cost a call for each access to a class's property: a fifth of a system
/// call's time. Debug builds keep them.
let noExclusivityChecks: SwiftSetting = .unsafeFlags(
  ["-enforce-exclusivity=unchecked"], .when(configuration: .release))


let package = Package(
  name: "martlet",
  platforms: [.macOS(.v15)],
  products: [
    .executable(name: "martlet", targets: ["martlet"])
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
    .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
  ],
  targets: [
    .executableTarget(name: "martlet", dependencies: ["Commands"]),
    .target(
      name: "Commands",
      dependencies: [
        "Disassembly", "Emulation", "X86", "LinuxKernel", "LinuxABI", "ELF",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "SystemPackage", package: "swift-system"),
      ]),
    .target(
      name: "Emulation",
      dependencies: [
        "LinuxKernel", "X86", "ELF", "LinuxABI",
        .product(name: "SystemPackage", package: "swift-system"),
      ]),
    .target(
      name: "LinuxKernel",
      dependencies: [
        "X86", "ELF", "LinuxABI",
        .product(name: "DequeModule", package: "swift-collections"),
        .product(name: "SystemPackage", package: "swift-system"),
      ],
      resources: [.embedInCode("Resources/kernel.elf")],
      swiftSettings: [
        // A task's kernel side stays on its own executor: async calls that do not sleep cost no hop.
        .enableUpcomingFeature("NonisolatedNonsendingByDefault"), noExclusivityChecks,
      ]),
    .target(name: "X86", dependencies: ["CHostSIMD"], swiftSettings: [separateHandlers, noExclusivityChecks]),
    .target(name: "ELF"),
    .target(name: "LinuxABI"),
    .target(name: "Disassembly", dependencies: ["CCapstone"]),
    .systemLibrary(
      name: "CCapstone", pkgConfig: "capstone", providers: [.apt(["libcapstone-dev"])]),
    .systemLibrary(name: "CHostSIMD"),
    .testTarget(name: "DisassemblyTests", dependencies: ["Disassembly"]),
    .testTarget(name: "ELFTests", dependencies: ["ELF"]),
    .testTarget(
      name: "GuestTests",
      dependencies: ["Emulation", "LinuxABI", "LinuxKernel", "martlet"]),
    .testTarget(name: "KernelImageTests", dependencies: ["ELF"]),
    .testTarget(name: "LinuxABITests", dependencies: ["LinuxABI"]),
    .testTarget(name: "LinuxKernelTests", dependencies: ["ELF", "LinuxABI", "LinuxKernel", "X86"]),
    .target(name: "NativeExecution", path: "Tests/Support/NativeExecution"),
    .testTarget(name: "X86Tests", dependencies: ["Disassembly", "NativeExecution", "X86"]),
  ],
  swiftLanguageModes: [.v6]
)
