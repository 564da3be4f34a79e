import Foundation

extension ModelInformation: Codable {
  /// The keys that are read and written.
  enum CodingKeys: String, CodingKey, CaseIterable {
    case labels, classes, preset
    case color = "colour"
    case americanColor = "color"
    case mean, scale
    case valueRange = "value_range"
    case inputSize = "input_size"
    case resizeShortSide = "resize_short_side"
    case centerCrop = "center_crop"
    case padding, interpolation, decoding, preprocessing
    case preprocessingSteps = "preprocessing_steps"
    case preparedValue = "prepared"
    case axisUnit = "axis_unit"
    case axisPositions = "axis"
    case evidence
    case ordinate
    case laserWavelength = "laser"
    case targetName = "target"
    case outputMeaning = "output"
    case blank
  }

  /// Reads the keys that are there; keys that mean nothing here are left alone.
  ///
  /// - Throws: `ExplanationError` naming the key whose value has the wrong type; what the decoder
  ///   throws when there is no object.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    func text(_ key: CodingKeys) throws -> String? { try container.value(key, "a text") }
    func numbers<Number: Decodable & BinaryFloatingPoint>(_ key: CodingKeys) throws -> [Number]? {
      try container.value(key, "a number or a list of numbers", OneOrMore<Number>.self)?.values
    }
    func count(_ key: CodingKeys) throws -> Int? {
      try container.value(key, "a whole number from 1 to 65536", PixelCount.self)?.count
    }
    labels =
      [CodingKeys.labels, .classes].lazy.compactMap {
        try? container.decode([String].self, forKey: $0)
      }.first
    labelFile = labels == nil ? try? container.decode(String.self, forKey: .labels) : nil
    color = try text(.color) ?? text(.americanColor)
    mean = try numbers(.mean)
    scale = try numbers(.scale)
    preset = try text(.preset)
    isUnitRange = try text(.valueRange).map { $0.split(separator: " ").first == "0..1" }
    let sides = "two whole numbers from 1 to 65536: rows and columns"
    inputSize = try container.value(.inputSize, sides, [PixelCount].self)?.map(\.count)
    padding = try container.value(.padding, "a whole number from 0 to 255", Int.self)
    resizeShortSide = try count(.resizeShortSide)
    centerCrop = try count(.centerCrop)
    interpolation = try text(.interpolation).map { String($0.prefix { $0.isLetter }) }
    decoding = try text(.decoding)
    preprocessing = try text(.preprocessing)
    preprocessingSteps = try container.value(.preprocessingSteps, "a list", [JSONValue].self).map(
      \.json)
    preparedValue = try text(.preparedValue)
    axisUnit = try text(.axisUnit)
    axisPositions = try numbers(.axisPositions)
    evidence = try container.value(.evidence, "an object with method, class_means and so on")
    ordinate = try text(.ordinate)
    laserWavelength = try container.value(.laserWavelength, "a number of nanometers")
    targetName = try text(.targetName)
    // What else is said of the output, such as what it measures, is no meaning.
    outputMeaning = try text(.outputMeaning).flatMap { OutputSettings.Meaning(firstWordOf: $0) }
    blank = try container.value(.blank, "the index of a symbol")
  }

  /// Writes the keys that are read back.
  ///
  /// - Throws: What the encoder throws.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    let steps = preprocessingSteps.flatMap {
      try? JSONDecoder().decode([JSONValue].self, from: Data($0.utf8))
    }
    try container.encodeIfPresent(labels, forKey: .labels)
    try container.encodeIfPresent(preset, forKey: .preset)
    try container.encodeIfPresent(color, forKey: .color)
    try container.encodeIfPresent(mean, forKey: .mean)
    try container.encodeIfPresent(scale, forKey: .scale)
    try container.encodeIfPresent(
      isUnitRange.map { $0 ? "0..1" : "0..255" }, forKey: .valueRange)
    try container.encodeIfPresent(inputSize, forKey: .inputSize)
    try container.encodeIfPresent(resizeShortSide, forKey: .resizeShortSide)
    try container.encodeIfPresent(centerCrop, forKey: .centerCrop)
    try container.encodeIfPresent(padding, forKey: .padding)
    try container.encodeIfPresent(interpolation, forKey: .interpolation)
    try container.encodeIfPresent(decoding, forKey: .decoding)
    try container.encodeIfPresent(preprocessing, forKey: .preprocessing)
    try container.encodeIfPresent(steps, forKey: .preprocessingSteps)
    try container.encodeIfPresent(
      isPreparedInGraph ? preparedValue : nil, forKey: .preparedValue)
    try container.encodeIfPresent(axisUnit, forKey: .axisUnit)
    try container.encodeIfPresent(axisPositions, forKey: .axisPositions)
    try container.encodeIfPresent(evidence, forKey: .evidence)
    try container.encodeIfPresent(ordinate, forKey: .ordinate)
    try container.encodeIfPresent(laserWavelength, forKey: .laserWavelength)
    try container.encodeIfPresent(targetName, forKey: .targetName)
    try container.encodeIfPresent(outputMeaning, forKey: .outputMeaning)
    try container.encodeIfPresent(blank, forKey: .blank)
  }

  /// The information as a JSON object with the keys that are read back.
  package var json: String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    return (try? encoder.encode(self)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
  }
}

extension KeyedDecodingContainer {
  /// The value of a key, if it is there.
  ///
  /// - Throws: `ExplanationError` saying what it should be.
  fileprivate func value<Value: Decodable>(
    _ key: Key, _ kind: String, _ type: Value.Type = Value.self
  ) throws -> Value? {
    do {
      return try decodeIfPresent(type, forKey: key)
    } catch {
      throw ExplanationError(.malformedSideFile, "\"\(key.stringValue)\" should be \(kind)")
    }
  }
}

/// A number, or a list of numbers.
private struct OneOrMore<Number: Decodable & BinaryFloatingPoint>: Decodable {
  let values: [Number]

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    // Read in double precision and rounded once, so that no reader rounds differently.
    let numbers =
      try (try? container.decode(Double.self)).map { [$0] } ?? container.decode([Double].self)
    values = numbers.map { Number($0) }
  }
}

/// A number of pixels that a picture may have along a side.
private struct PixelCount: Decodable {
  let count: Int

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    count = try container.decode(Int.self)
    guard (1...65_536).contains(count) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "out of range")
    }
  }
}

/// Any JSON value, which somebody else reads.
private enum JSONValue: Codable {
  case null
  case flag(Bool)
  case number(Double)
  case text(String)
  case list([JSONValue])
  case object([String: JSONValue])

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let flag = try? container.decode(Bool.self) {
      self = .flag(flag)
    } else if let number = try? container.decode(Double.self) {
      self = .number(number)
    } else if let text = try? container.decode(String.self) {
      self = .text(text)
    } else if let list = try? container.decode([JSONValue].self) {
      self = .list(list)
    } else {
      self = .object(try container.decode([String: JSONValue].self))
    }
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .null: try container.encodeNil()
    case .flag(let flag): try container.encode(flag)
    case .number(let number): try container.encode(number)
    case .text(let text): try container.encode(text)
    case .list(let list): try container.encode(list)
    case .object(let object): try container.encode(object)
    }
  }
}

extension [JSONValue] {
  /// The list as JSON text with sorted keys.
  fileprivate var json: String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    return (try? encoder.encode(self)).map { String(decoding: $0, as: UTF8.self) } ?? "[]"
  }
}
