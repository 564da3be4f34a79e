public import Foundation
public import TensorCore

/// Steps of preprocessing with what they learned; stored as one JSON array.
///
/// Each element has a `step` (the id in `PreprocessingCatalog`) and its `state`.
public struct FittedPreprocessingPipeline: Codable, Hashable, Sendable, CustomStringConvertible {
  /// The steps.
  public let steps: [any FittedPreprocessingStep]

  /// Puts fitted steps one after the other.
  ///
  /// - Parameter steps: None at all leaves spectra as they are.
  public init(_ steps: [any FittedPreprocessingStep] = []) {
    self.steps = steps
  }

  /// The steps with their settings; of steps that learned, only the names.
  public var description: String {
    let texts = steps.map { step in
      (step as? any PreprocessingStep)?.description ?? type(of: step).stepID
    }
    return texts.isEmpty ? "none" : texts.joined(separator: ",")
  }

  /// Whether two pipelines have equal steps that learned the same.
  public static func == (one: Self, other: Self) -> Bool {
    one.steps.map { AnyHashable($0) } == other.steps.map { AnyHashable($0) }
  }

  /// Feeds every step into a hasher.
  public func hash(into hasher: inout Hasher) {
    for step in steps { hasher.combine(AnyHashable(step)) }
  }

  private enum Key: String, CodingKey {
    case step
    case state
  }

  /// Decodes the steps and checks each.
  ///
  /// - Parameter decoder: Holds the array.
  /// - Throws: `SpectrumError` when a step is unknown or unsound, or a decoding error.
  public init(from decoder: any Decoder) throws {
    var container = try decoder.unkeyedContainer()
    var steps: [any FittedPreprocessingStep] = []
    while !container.isAtEnd {
      let element = try container.nestedContainer(keyedBy: Key.self)
      let entry = try PreprocessingCatalog.step(element.decode(String.self, forKey: .step))
      let step = try entry.decode(element.superDecoder(forKey: .state))
      try step.check()
      steps.append(step)
    }
    self.steps = steps
  }

  /// Encodes the steps.
  ///
  /// - Parameter encoder: Takes the array.
  /// - Throws: An encoding error.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.unkeyedContainer()
    for step in steps {
      var element = container.nestedContainer(keyedBy: Key.self)
      try element.encode(type(of: step).stepID, forKey: .step)
      try step.encode(to: element.superEncoder(forKey: .state))
    }
  }

  /// The positions of transformed spectra.
  ///
  /// - Parameter axis: The positions of the spectra to transform.
  /// - Returns: As many positions as a transformed spectrum has points.
  /// - Throws: `SpectrumError` when a step cannot be applied on this axis.
  public func axis(after axis: SpectralAxis) throws(SpectrumError) -> SpectralAxis {
    var axis = axis
    for step in steps { axis = try step.axis(after: axis) }
    return axis
  }

  /// Transforms spectra, each by itself.
  ///
  /// - Parameters:
  ///   - rows: One finite value per position.
  ///   - axis: The positions.
  /// - Returns: As many rows, one finite value per position of `axis(after: axis)`.
  /// - Throws: `SpectrumError` when a step cannot be applied, or a result is not finite.
  public func apply(
    to rows: Matrix<Float>, on axis: SpectralAxis
  ) throws(SpectrumError) -> Matrix<Float> {
    try RowMath.check(rows, count: axis.count, "preprocessing")
    var (rows, axis) = (rows, axis)
    for step in steps {
      rows = try step.apply(to: rows, on: axis)
      axis = try step.axis(after: axis)
    }
    if let index = rows.elements.firstIndex(where: { !$0.isFinite }) {
      throw SpectrumError(
        .invalidCell,
        "spectrum \(index / rows.columnCount) holds values that are too large to be prepared")
    }
    return rows
  }

  /// Transforms the spectra of a data set.
  ///
  /// - Parameter dataset: The spectra.
  /// - Returns: As many, with all that is known about them.
  /// - Throws: `SpectrumError` when a step cannot be applied, or a result is not finite.
  public func apply(to dataset: SpectralDataset) throws(SpectrumError) -> SpectralDataset {
    try dataset.with(
      axis: axis(after: dataset.axis), rows: apply(to: dataset.rows, on: dataset.axis))
  }
}

extension FittedPreprocessingPipeline {
  /// Reads the JSON array that a pipeline is stored as.
  ///
  /// - Parameter json: The array; each element has a `step` and its `state`.
  /// - Throws: `SpectrumError` saying which step is wrong and why.
  public init(json: Data) throws(SpectrumError) {
    do {
      self = try JSONDecoder().decode(Self.self, from: json)
    } catch let error as SpectrumError {
      throw error
    } catch let error as DecodingError {
      throw SpectrumError(
        .invalidSettings, "the stored preprocessing is malformed: \(error.sentence)")
    } catch {
      throw SpectrumError(.invalidSettings, "the stored preprocessing is malformed: \(error)")
    }
  }

  /// The JSON array that `init(json:)` reads.
  ///
  /// - Returns: UTF-8 text; equal pipelines give equal bytes.
  /// - Throws: `SpectrumError` when a number is not finite.
  public func json() throws(SpectrumError) -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    do {
      return try encoder.encode(self)
    } catch {
      throw SpectrumError(.invalidSettings, "the preprocessing \(self) cannot be stored: \(error)")
    }
  }
}

extension DecodingError {
  /// Where and what, in one line.
  fileprivate var sentence: String {
    let (context, what): (Context, String) =
      switch self {
      case .keyNotFound(let key, let context): (context, "\"\(key.stringValue)\" is missing")
      case .valueNotFound(_, let context): (context, "there is nothing")
      case .typeMismatch(let type, let context): (context, "there is no \(type)")
      case .dataCorrupted(let context): (context, context.debugDescription)
      @unknown default: (Context(codingPath: [], debugDescription: ""), "\(self)")
      }
    let place = context.codingPath.map { key in
      key.intValue.map { "step \($0 + 1)" } ?? "\"\(key.stringValue)\""
    }
    return place.isEmpty ? what : "in \(place.joined(separator: ", ")) \(what)"
  }
}
