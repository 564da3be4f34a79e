import Foundation

/// Where the results of a file go: into folders like those that the file was found in.
///
/// A folder that is explained is mirrored with its subfolders. Of several such folders each has one of
/// its own name, so that files of the same name do not meet. Files that are named alone go into none.
struct MirroredFolders: Sendable {
  /// The folders that were named, with `/` at their ends, and what they are called among the results.
  private let folders: [(path: String, name: String)]

  /// - Parameter paths: The files and folders that are explained, as they were named.
  init(_ paths: [String]) {
    let folders = paths.filter { PathKind($0) == .folder }
    var names = FileNames()
    self.folders = folders.map { folder in
      let path = folder.hasSuffix("/") ? folder : folder + "/"
      if folders.count == 1 { return (path, "") }
      let name = URL(fileURLWithPath: folder).standardizedFileURL.lastPathComponent
      return (path, names.unique([name]) + "/")
    }
  }

  /// The start of the names of a file's results: empty, or folders with `/` at their ends.
  func start(for file: String) -> String {
    guard let folder = folders.first(where: { file.hasPrefix($0.path) }) else { return "" }
    let parts = file.dropFirst(folder.path.count).split(separator: "/").dropLast()
    return folder.name + parts.map { FileNames.safe(String($0)) + "/" }.joined()
  }
}
