/// A number that a step of preprocessing or augmentation takes.
public struct StepParameter: Hashable, Sendable {
  /// What values are allowed.
  public enum Domain: Hashable, Sendable {
    /// Whole numbers.
    case whole(ClosedRange<Int>)

    /// Numbers.
    case number(ClosedRange<Double>)

    /// Words.
    case word([String])
  }

  /// The name in the text form, such as `window`.
  public let name: String

  /// What it means.
  public let summary: String

  /// What values are allowed.
  public let domain: Domain

  /// The value when none is given; nil when one must be given.
  public let defaultValue: String?

  init(_ name: String, _ summary: String, _ domain: Domain, default value: String?) {
    self.name = name
    self.summary = summary
    self.domain = domain
    defaultValue = value
  }
}

/// The values given to the parameters of a step, checked against what they may be.
public struct StepArguments: Sendable {
  private let values: [String: String]

  /// Checks names and values.
  ///
  /// - Throws: `SpectrumError` with code `invalidSettings` naming the step and what may be written.
  init(
    _ given: [(name: String, value: String)], for parameters: [StepParameter], of id: String
  ) throws(SpectrumError) {
    var values: [String: String] = [:]
    for (name, value) in given {
      guard let parameter = parameters.first(where: { $0.name == name }) else {
        let names = parameters.map(\.name)
        throw SpectrumError(
          .invalidSettings,
          "\(id) has no parameter \"\(name)\"; "
            + (names.isEmpty ? "it takes none" : "there are " + names.joined(separator: ", ")))
      }
      guard values[name] == nil else {
        throw SpectrumError(.invalidSettings, "\(id): \(name) is given twice")
      }
      guard parameter.allows(value) else {
        throw SpectrumError(
          .invalidSettings, "\(id): \(name)=\(value) is not \(parameter.domain.sentence)")
      }
      values[name] = value
    }
    for parameter in parameters where values[parameter.name] == nil {
      guard let value = parameter.defaultValue else {
        throw SpectrumError(
          .invalidSettings, "\(id) needs \(parameter.name)= (\(parameter.summary))")
      }
      values[parameter.name] = value
    }
    self.values = values
  }

  /// The whole number of a parameter.
  func whole(_ name: String) -> Int { values[name].flatMap { Int($0) } ?? 0 }

  /// The number of a parameter.
  func number(_ name: String) -> Double { values[name].flatMap { Double($0) } ?? 0 }

  /// The word of a parameter.
  func word(_ name: String) -> String { values[name] ?? "" }
}

extension StepParameter {
  /// Whether a text is a value of the parameter.
  func allows(_ text: String) -> Bool {
    switch domain {
    case .whole(let range): Int(text).map(range.contains) ?? false
    case .number(let range): Double(text).map { $0.isFinite && range.contains($0) } ?? false
    case .word(let words): words.contains(text)
    }
  }
}

extension StepParameter.Domain {
  /// The allowed values in words.
  public var sentence: String {
    switch self {
    case .whole(let range):
      range.upperBound == .max
        ? "a whole number from \(range.lowerBound)"
        : "a whole number from \(range.lowerBound) to \(range.upperBound)"
    case .number(let range):
      range.upperBound >= 1e300
        ? range.lowerBound <= -1e300
          ? "a number" : "a number from \(ShortNumber.text(range.lowerBound))"
        : "a number from \(ShortNumber.text(range.lowerBound)) to "
          + ShortNumber.text(range.upperBound)
    case .word(let words): "one of " + words.joined(separator: ", ")
    }
  }
}

/// A step of preprocessing: what it is, what it takes, and how it is made.
public struct PreprocessingEntry: Sendable {
  /// The name in the text form, such as `savitzky-golay`.
  public let id: String

  /// What it does, in one line.
  public let summary: String

  /// What it takes.
  public let parameters: [StepParameter]

  /// Whether it learns from training spectra; otherwise it can be applied at once.
  public let learns: Bool

  /// Makes the settings.
  let make: @Sendable (StepArguments) throws(SpectrumError) -> any PreprocessingStep

  /// Reads a fitted step.
  let decode: @Sendable (any Decoder) throws -> any FittedPreprocessingStep

  /// Describes a step; it must be of type `step`.
  init<Step: PreprocessingStep>(
    _ step: Step.Type, _ summary: String, parameters: [StepParameter] = [],
    make: @escaping @Sendable (StepArguments) throws(SpectrumError) -> Step
  ) {
    id = Step.Fitted.stepID
    self.summary = summary
    self.parameters = parameters
    learns = Step.learnsFromSpectra
    self.make = { arguments throws(SpectrumError) in try make(arguments) }
    decode = { try Step.Fitted(from: $0) }
  }
}
