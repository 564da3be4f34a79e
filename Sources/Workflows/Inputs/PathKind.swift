import Foundation

/// What stands at a path.
package enum PathKind {
  case file
  case folder

  /// Looks behind symbolic links; nil when nothing is there.
  package init?(_ path: String) {
    let url = URL(fileURLWithPath: path).resolvingSymlinksInPath()
    guard let attributes = try? FileManager.default.attributesOfItem(atPath: url.path) else {
      return nil
    }
    self = attributes[.type] as? FileAttributeType == .typeDirectory ? .folder : .file
  }
}
