// swift-tools-version: 6.2
import PackageDescription

let languageSettings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
]

let package = Package(
  name: "VitrineBenchmarks",
  platforms: [.macOS("26.0")],
  dependencies: [.package(name: "Vitrine", path: "..")],
  targets: [
    .executableTarget(
      name: "vitrine-bench",
      dependencies: [.product(name: "VitrineEngine", package: "Vitrine")],
      swiftSettings: languageSettings),
    .executableTarget(
      name: "band-accuracy",
      dependencies: [.product(name: "VitrineStudy", package: "Vitrine")],
      swiftSettings: languageSettings),
  ],
  swiftLanguageModes: [.v6]
)
