import Foundation

/// What a file says about a network beyond its graph: how inputs are prepared, what outputs mean.
///
/// Every entry may be missing. The keys are those of the JSON file beside a model
/// (`NAME.json` or `meta.json`), and of such an object under `vitrine` in an ONNX file's metadata.
public struct ModelInformation: Sendable, Hashable {
  /// The names of the outputs, in their order.
  public var labels: [String]?

  /// The order of color channels: `rgb`, `bgr` or `grey`.
  public var color: String?

  /// What is subtracted from each channel; one number stands for all.
  public var mean: [Float]?

  /// What each channel is divided by after that; one number stands for all.
  public var scale: [Float]?

  /// Whether pixels are in 0…1 rather than 0…255 before that.
  public var isUnitRange: Bool?

  /// The length to which the short side of a picture is resized, in pixels.
  public var resizeShortSide: Int?

  /// The side of the square cut from the middle after that, in pixels.
  public var centerCrop: Int?

  /// How pictures are resized: `bicubic`, `bilinear` or `nearest`.
  public var interpolation: String?

  /// How spectra are prepared, as text such as `snv,savitzky-golay(window=11,derivative=1)`.
  public var preprocessing: String?

  /// The same as steps with what they learned: a JSON array, taken instead of the text.
  public var preprocessingSteps: String?

  /// The unit of the spectral axis: `cm-1`, `raman`, `nm`, `um` or `index`.
  public var axisUnit: String?

  /// The positions of the training spectra in that unit, before they were prepared: one per input
  /// position, unless preparing changes the positions.
  public var axisPositions: [Double]?

  /// What a single output measures, such as `protein %`.
  public var targetName: String?

  /// Knows nothing.
  public init() {}

  /// The information with what another knows taken over it.
  public func overridden(by other: ModelInformation) -> ModelInformation {
    var result = self
    result.labels = other.labels ?? labels
    result.color = other.color ?? color
    result.mean = other.mean ?? mean
    result.scale = other.scale ?? scale
    result.isUnitRange = other.isUnitRange ?? isUnitRange
    result.resizeShortSide = other.resizeShortSide ?? resizeShortSide
    result.centerCrop = other.centerCrop ?? centerCrop
    result.interpolation = other.interpolation ?? interpolation
    if other.preprocessing != nil || other.preprocessingSteps != nil {
      result.preprocessing = other.preprocessing
      result.preprocessingSteps = other.preprocessingSteps
    }
    result.axisUnit = other.axisUnit ?? axisUnit
    result.axisPositions = other.axisPositions ?? axisPositions
    result.targetName = other.targetName ?? targetName
    return result
  }
}

extension ModelInformation {
  /// Reads the entries of a JSON object; keys that mean nothing here are left alone.
  ///
  /// - Parameters:
  ///   - object: The object.
  ///   - place: What the error calls the file.
  ///   - folder: Where a file of labels is looked for, one label per line; nil for nowhere.
  /// - Throws: `ExplanationError` naming the key whose value has the wrong type.
  init(_ object: [String: Any], place: String, folder: URL?) throws(ExplanationError) {
    var reader = JSONReader(object: object, place: place)
    labels = try Self.labels(&reader, folder: folder)
    color = try reader.text("colour")
    if color == nil { color = try reader.text("color") }
    mean = try reader.numbers("mean").map { $0.map(Float.init) }
    scale = try reader.numbers("scale").map { $0.map(Float.init) }
    isUnitRange = try reader.text("value_range").map { $0.split(separator: " ").first == "0..1" }
    resizeShortSide = try reader.count("resize_short_side")
    centerCrop = try reader.count("center_crop")
    interpolation = try reader.text("interpolation").map { String($0.prefix { $0.isLetter }) }
    preprocessing = try reader.text("preprocessing")
    preprocessingSteps = try reader.list("preprocessing_steps")
    axisUnit = try reader.text("axis_unit")
    axisPositions = try reader.numbers("axis")
    targetName = try reader.text("target")
  }

  private static func labels(
    _ reader: inout JSONReader, folder: URL?
  ) throws(ExplanationError) -> [String]? {
    if let labels = reader.texts("labels") ?? reader.texts("classes") { return labels }
    guard let file = reader.object["labels"] as? String else { return nil }
    guard !file.contains("/"), let url = folder?.appending(path: file),
      let text = try? String(contentsOf: url, encoding: .utf8)
    else {
      throw ExplanationError(
        .malformedSideFile, "\(reader.place): there is no file of labels \(file) beside it")
    }
    return text.split(whereSeparator: \.isNewline).map {
      $0.trimmingCharacters(in: .whitespaces)
    }
  }
}

extension ModelInformation {
  /// The information as a JSON object with the keys that are read back.
  package var json: String {
    var object: [String: Any] = [:]
    object["labels"] = labels
    object["colour"] = color
    object["mean"] = mean
    object["scale"] = scale
    object["value_range"] = isUnitRange.map { $0 ? "0..1" : "0..255" }
    object["resize_short_side"] = resizeShortSide
    object["center_crop"] = centerCrop
    object["interpolation"] = interpolation
    object["preprocessing"] = preprocessing
    object["preprocessing_steps"] = preprocessingSteps.flatMap {
      try? JSONSerialization.jsonObject(with: Data($0.utf8))
    }
    object["axis_unit"] = axisUnit
    object["axis"] = axisPositions
    object["target"] = targetName
    let data = try? JSONSerialization.data(withJSONObject: object, options: .sortedKeys)
    return data.map { String(decoding: $0, as: UTF8.self) } ?? "{}"
  }
}

/// Reads typed values out of a JSON object.
private struct JSONReader {
  let object: [String: Any]
  let place: String

  func text(_ key: String) throws(ExplanationError) -> String? {
    try value(key, "a text") { $0 as? String }
  }

  func texts(_ key: String) -> [String]? {
    object[key] as? [String]
  }

  /// A list as JSON text.
  func list(_ key: String) throws(ExplanationError) -> String? {
    try value(key, "a list") { value in
      guard let list = value as? [Any] else { return nil }
      let data = try? JSONSerialization.data(withJSONObject: list, options: .sortedKeys)
      return data.map { String(decoding: $0, as: UTF8.self) }
    }
  }

  func count(_ key: String) throws(ExplanationError) -> Int? {
    try value(key, "a whole number from 1 to 65536") { value in
      (value as? Int).flatMap { (1...65_536).contains($0) ? $0 : nil }
    }
  }

  func numbers(_ key: String) throws(ExplanationError) -> [Double]? {
    try value(key, "a number or a list of numbers") { value in
      if let number = value as? Double { return number.isFinite ? [number] : nil }
      return (value as? [Any])?.compactMap { $0 as? Double }.filter(\.isFinite)
    }
  }

  private func value<Value>(
    _ key: String, _ kind: String, _ convert: (Any) -> Value?
  ) throws(ExplanationError) -> Value? {
    guard let found = object[key], !(found is NSNull) else { return nil }
    guard let value = convert(found) else {
      throw ExplanationError(.malformedSideFile, "\(place): \"\(key)\" should be \(kind)")
    }
    return value
  }
}
