package import Foundation
package import Testing

/// The folder of networks, pictures and reference results beside the package.
package enum SharedData {
  /// The folder of the package.
  package static let packageRoot: URL = {
    var folder = URL(filePath: #filePath).deletingLastPathComponent()
    while folder.path().count > 1 {
      if exists(folder.appending(path: "Package.swift")) { return folder }
      folder.deleteLastPathComponent()
    }
    return URL(filePath: #filePath).deletingLastPathComponent()
  }()

  /// The folder named by `VITRINE_SHARED`, else `shared` beside the package.
  package static let root: URL =
    ProcessInfo.processInfo.environment["VITRINE_SHARED"].map { URL(filePath: $0) }
    ?? packageRoot.deletingLastPathComponent().appending(path: "shared")

  /// A file or folder in it, such as `data/images-cc0`; nil when it is not there.
  package static func folder(_ path: String) -> URL? {
    let url = root.appending(path: path)
    return exists(url) ? url : nil
  }

  /// The path of a file in it, such as `data/images-cc0/rocket.jpg`; nil when it is not there.
  package static func path(_ path: String) -> String? {
    folder(path)?.path(percentEncoded: false)
  }

  private static func exists(_ url: URL) -> Bool {
    FileManager.default.fileExists(atPath: url.path(percentEncoded: false))
  }
}

extension Trait where Self == ConditionTrait {
  /// Skips the test, saying so, when a file or folder of the shared data is absent.
  package static func needsShared(_ path: String) -> Self {
    .enabled(
      if: SharedData.folder(path) != nil,
      "\(path) is absent; put it beside the package in shared/ or set VITRINE_SHARED")
  }
}
