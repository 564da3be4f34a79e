import Foundation

/// Finds and reads what is known about a model beside its graph.
enum SideFile {
  /// The information from metadata properties and from the file beside a model.
  static func information(
    beside url: URL, metadata: [String: String]
  ) throws(ExplanationError) -> ModelInformation {
    let folder = url.deletingLastPathComponent()
    let information = try information(
      named: url.lastPathComponent, metadata: metadata, folder: folder)
    let own = url.deletingPathExtension().appendingPathExtension("json")
    let shared = folder.appending(path: "meta.json")
    guard
      let file = [own, shared].first(where: { FileManager.default.fileExists(atPath: $0.path) })
    else { return information }
    guard let data = try? Data(contentsOf: file) else {
      throw ExplanationError(.malformedSideFile, "\(file.path) cannot be read")
    }
    return information.overridden(
      by: try read(data, place: file.lastPathComponent, folder))
  }

  /// The information from metadata properties; `folder` is where a file of labels may lie.
  static func information(
    named name: String, metadata: [String: String], folder: URL? = nil
  ) throws(ExplanationError) -> ModelInformation {
    guard let text = metadata["vitrine"] else { return ModelInformation() }
    return try read(Data(text.utf8), place: "metadata of \(name)", folder)
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
      let text = try? String(contentsOf: url, encoding: .utf8)
    else {
      throw ExplanationError(
        .malformedSideFile, "\(place): there is no file of labels \(file) beside it")
    }
    information.labels = text.split(whereSeparator: \.isNewline).map {
      $0.trimmingCharacters(in: .whitespaces)
    }
    information.labelFile = nil
    return information
  }
}
