import Foundation

/// The folder of real data beside the package, which not every machine has.
enum SharedData {
  /// The folder, or nil when it is absent.
  static let folder: URL? = {
    let named = ProcessInfo.processInfo.environment["VITRINE_SHARED"].map {
      URL(fileURLWithPath: $0)
    }
    var root = URL(fileURLWithPath: #filePath)
    while root.path != "/",
      !FileManager.default.fileExists(atPath: root.appendingPathComponent("Package.swift").path)
    {
      root.deleteLastPathComponent()
    }
    let folder = named ?? root.deletingLastPathComponent().appendingPathComponent("shared")
    return FileManager.default.fileExists(atPath: folder.path) ? folder : nil
  }()

  /// The path of a file in it, or nil when it is absent.
  static func path(_ name: String) -> String? {
    guard let path = folder?.appendingPathComponent("data/" + name).path,
      FileManager.default.fileExists(atPath: path)
    else { return nil }
    return path
  }
}
