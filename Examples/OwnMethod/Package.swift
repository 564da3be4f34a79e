// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "OwnMethod",
  platforms: [.macOS("26.0")],
  dependencies: [.package(name: "Vitrine", path: "../..")],
  targets: [
    .executableTarget(
      name: "OwnMethod",
      dependencies: [.product(name: "Vitrine", package: "Vitrine")])
  ]
)
