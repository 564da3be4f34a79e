import Foundation
import ImageData

/// Finds the files that paths stand for.
package struct InputFiles {
  /// What the network takes.
  package let kind: InputKind

  package init(kind: InputKind) {
    self.kind = kind
  }

  /// The files in the order given; folders are replaced by the readable files in them, sorted.
  ///
  /// Paths that are not there or hold nothing to read are reported to `failure`.
  package func expanded(_ paths: [String], failure: (InputFailure) -> Void) -> [String] {
    paths.flatMap { path -> [String] in
      guard let found = PathKind(path) else {
        failure(InputFailure(path, WorkflowError(.unreadable, "\(path): no such file or folder")))
        return []
      }
      guard found == .folder else { return [path] }
      let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
      let files = names.sorted().filter { !$0.hasPrefix(".") && isReadable(path, $0) }
      if files.isEmpty {
        failure(
          InputFailure(path, WorkflowError(.unreadable, "\(path): no \(kind.plural) in the folder"))
        )
      }
      return files.map { (path.hasSuffix("/") ? path : path + "/") + $0 }
    }
  }

  private func isReadable(_ folder: String, _ name: String) -> Bool {
    let path = folder + "/" + name
    let suffix = name.split(separator: ".").last.map { $0.lowercased() } ?? ""
    if kind.suffixes.contains(suffix) { return true }
    guard kind == .picture, let file = FileHandle(forReadingAtPath: path) else { return false }
    defer { try? file.close() }
    let start = try? file.read(upToCount: PictureFormat.signatureLength)
    return PictureFormat(startOf: start ?? Data()) != nil
  }
}
