import Foundation
import ImageData
import SpectralData

/// Finds the files that paths stand for.
package struct InputFiles {
  /// What the network takes.
  package let kind: InputKind

  package init(kind: InputKind) {
    self.kind = kind
  }

  /// The files in the order given; folders are replaced by the readable files in them, sorted.
  ///
  /// A folder that holds none itself stands for those in the folders in it, however deep. Hidden
  /// folders and results of earlier runs are passed over. Paths that are not there or hold nothing to
  /// read are reported to `failure`.
  package func expanded(_ paths: [String], failure: (InputFailure) -> Void) -> [String] {
    let found = paths.flatMap { path -> [String] in
      guard let kindOfPath = PathKind(path) else {
        failure(InputFailure(path, WorkflowError(.unreadable, "\(path): no such file or folder")))
        return []
      }
      guard kindOfPath == .folder else { return [path] }
      let files = files(in: path)
      if files.isEmpty {
        failure(
          InputFailure(path, WorkflowError(.unreadable, "\(path): no \(kind.plural) in the folder"))
        )
      }
      return files
    }
    return kind == .spectrum ? SpectrumFormatCatalog.withoutCompanions(found) : found
  }

  private func files(in folder: String) -> [String] {
    let start = folder.hasSuffix("/") ? folder : folder + "/"
    let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
      .filter { !$0.hasPrefix(".") }
    if names.contains(RunRecord.fileName) { return [] }
    let files = names.filter { isReadable(folder, $0) }.map { start + $0 }
    return files.isEmpty ? names.flatMap { subfolderFiles(start + $0) } : files
  }

  /// The files in a folder in another one; links are not followed, which might lead in a circle.
  private func subfolderFiles(_ path: String) -> [String] {
    let type = (try? FileManager.default.attributesOfItem(atPath: path))?[.type]
    return type as? FileAttributeType == .typeDirectory ? files(in: path) : []
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
