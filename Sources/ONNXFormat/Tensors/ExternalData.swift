import Foundation
import ONNXSchema

/// Reads tensor data that is stored beside the model, and nowhere else.
struct ExternalData {
  /// The folder of the model; nil when the model was not read from a file.
  let folder: URL?

  /// The bytes that a tensor refers to.
  ///
  /// - Throws: `ONNXError` when the location leaves the folder, is missing or is too short.
  func bytes(of tensor: Onnx_TensorProto) throws(ONNXError) -> Data {
    var entries: [String: String] = [:]
    for entry in tensor.externalData { entries[entry.key] = entry.value }
    guard let location = entries["location"], !location.isEmpty else {
      throw ONNXError(.malformedFile, "external data without a location")
    }
    let whole = try contents(of: location)
    let offset = try number(entries["offset"], named: "offset") ?? 0
    guard offset <= whole.count else {
      throw ONNXError(
        .malformedFile,
        "external data starts at \(offset), but \(location) has \(whole.count) bytes")
    }
    let length = try number(entries["length"], named: "length") ?? whole.count - offset
    guard length <= whole.count - offset else {
      throw ONNXError(
        .malformedFile,
        "external data of \(length) bytes from \(offset) does not fit in the \(whole.count) bytes "
          + "of \(location)")
    }
    return whole.subdata(startingAt: offset, count: length)
  }

  private func number(_ text: String?, named name: String) throws(ONNXError) -> Int? {
    guard let text else { return nil }
    guard let number = Int(text), number >= 0 else {
      throw ONNXError(.malformedFile, "external data with \(name) \"\(text)\"")
    }
    return number
  }

  private func contents(of location: String) throws(ONNXError) -> Data {
    guard let folder else {
      throw ONNXError(.unreadable, "external data in \(location) needs a model read from a file")
    }
    let parts = location.split(separator: "/", omittingEmptySubsequences: false)
    guard !location.hasPrefix("/"), !parts.contains(".."), !location.contains("\0") else {
      throw ONNXError(
        .confinement,
        "external data \"\(location)\" lies outside the model's folder; move it beside the model")
    }
    let root = folder.resolvingSymlinksInPath().standardizedFileURL.path
    let file = folder.appendingPathComponent(location).resolvingSymlinksInPath().standardizedFileURL
    guard file.path.hasPrefix(root.hasSuffix("/") ? root : root + "/") else {
      throw ONNXError(
        .confinement,
        "external data \"\(location)\" leads out of the model's folder; move it beside the model")
    }
    do {
      return try Data(contentsOf: file, options: .mappedIfSafe)
    } catch {
      throw ONNXError(.unreadable, "external data \"\(location)\" cannot be opened")
    }
  }
}

extension Data {
  /// A part as a slice that shares storage; the caller has checked the range.
  func subdata(startingAt offset: Int, count: Int) -> Data {
    self[(startIndex + offset)..<(startIndex + offset + count)]
  }
}
