// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "VitrineBenchmarks",
  platforms: [.macOS("26.0")],
  dependencies: [.package(name: "Vitrine", path: "..")],
  targets: [
    .executableTarget(
      name: "vitrine-bench",
      dependencies: [.product(name: "VitrineEngine", package: "Vitrine")],
      swiftSettings: [
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .treatAllWarnings(as: .error),
      ])
  ],
  swiftLanguageModes: [.v6]
)
