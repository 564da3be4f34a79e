import Catalogs
import Foundation

/// Finds and reads what is known about a model beside its graph.
enum SideFile {
  /// The information from files beside a model and from its metadata.
  ///
  /// What others leave beside a network counts least, then what they write into its metadata; then
  /// this software's own metadata, and most the file beside a model that is made for it.
  static func information(
    beside url: URL, metadata: [String: String]
  ) throws(ExplanationError) -> ModelInformation {
    let folder = url.deletingLastPathComponent()
    let information = FilesBeside(url).information.replaced(
      by: try information(named: url.lastPathComponent, metadata: metadata, folder: folder))
    let own = url.deletingPathExtension().appendingPathExtension("json")
    let shared = folder.appending(path: "meta.json")
    guard
      let file = [own, shared].first(where: { FileManager.default.fileExists(atPath: $0.path) })
    else { return information }
    guard let data = try? Data(contentsOf: file) else {
      throw ExplanationError(.malformedSideFile, "\(file.path) cannot be read")
    }
    let name = file.lastPathComponent
    try checkKeys(data, place: name, isShared: file == shared)
    return information.replaced(by: try read(data, place: name, folder).attributed(to: .file(name)))
  }

  /// The information from metadata properties; `folder` is where a file of labels may lie.
  static func information(
    named name: String, metadata: [String: String], folder: URL? = nil
  ) throws(ExplanationError) -> ModelInformation {
    let information = MetadataInformation.information(metadata)
    guard let text = metadata["vitrine"] else { return information }
    return information.replaced(
      by: try read(Data(text.utf8), place: "metadata of \(name)", folder)
        .attributed(to: .metadata("vitrine")))
  }

  /// Refuses keys that mean nothing: all in a file made for one network, what is nearly a key in
  /// `meta.json`, which belongs to others too.
  private static func checkKeys(
    _ data: Data, place: String, isShared: Bool
  ) throws(ExplanationError) {
    guard let object = try? JSONSerialization.jsonObject(with: data) as? [String: Any] else {
      return
    }
    let known = ModelInformation.CodingKeys.allCases.map(\.rawValue)
    for key in object.keys.sorted() where !known.contains(key) && key != "comment" {
      let reach = key.count < 8 ? 1 : 2
      let suggestion = Suggestions.sentence(
        for: key, among: known, reach: isShared ? reach : nil)
      if isShared && suggestion.isEmpty { continue }
      throw ExplanationError(
        .malformedSideFile,
        "\(place): \"\(key)\" means nothing here.\(suggestion) Keys are "
          + known.joined(separator: ", ") + ", and comment for whatever else")
    }
  }

  private static func read(
    _ data: Data, place: String, _ folder: URL?
  ) throws(ExplanationError) -> ModelInformation {
    var information: ModelInformation
    do {
      information = try JSONDecoder().decode(ModelInformation.self, from: data)
    } catch let error as ExplanationError {
      throw ExplanationError(error.code, "\(place): \(error.description)")
    } catch {
      throw ExplanationError(.malformedSideFile, "\(place) is not a JSON object")
    }
    guard let file = information.labelFile else { return information }
    guard !file.contains("/"), let url = folder?.appending(path: file),
      let data = try? Data(contentsOf: url)
    else {
      throw ExplanationError(
        .malformedSideFile, "\(place): there is no file of labels \(file) beside it")
    }
    information.labels = try LabelList.labels(data, name: file)
    information.labelFile = nil
    return information
  }
}
