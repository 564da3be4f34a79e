/// All steps of preprocessing; help, parsing, stored pipelines and contract tests read it.
public enum PreprocessingCatalog {
  /// The entries.
  public static let entries: [PreprocessingEntry] = [
    StandardNormalVariate.entry,
    MultiplicativeScatterCorrection.entry,
    VectorNormalization.entry,
    RangeNormalization.entry,
    AreaNormalization.entry,
    SavitzkyGolay.entry,
    AsymmetricLeastSquares.entry,
    PolynomialBaseline.entry,
    RubberBand.entry,
    CosmicRayRemoval.entry,
    MeanCentering.entry,
    Autoscaling.entry,
    Resampling.entry,
    Cropping.entry,
  ]

  /// The step with an id.
  ///
  /// - Parameter id: Such as `snv`.
  /// - Returns: Its entry.
  /// - Throws: `SpectrumError` with code `unknownStep` when there is none.
  public static func step(_ id: String) throws(SpectrumError) -> PreprocessingEntry {
    if let entry = entries.first(where: { $0.id == id }) { return entry }
    throw SpectrumError(
      .unknownStep,
      "there is no preprocessing \"\(id)\"; there are "
        + entries.map(\.id).joined(separator: ", "))
  }

  /// Reads one step, such as `savitzky-golay(window=11,derivative=1)`.
  ///
  /// - Parameter text: An id, and its parameters in parentheses if any are to differ.
  /// - Returns: The settings.
  /// - Throws: `SpectrumError` saying what is wrong and what may be written.
  public static func parse(_ text: String) throws(SpectrumError) -> any PreprocessingStep {
    let call = try StepCall(text)
    let entry = try step(call.id)
    return try entry.make(
      StepArguments(call.arguments, for: entry.parameters, of: entry.id))
  }
}

/// The text form of one step, taken apart: `id` or `id(name=value,…)`.
struct StepCall {
  let id: String
  let arguments: [(name: String, value: String)]

  /// Takes a text apart.
  init(_ text: String) throws(SpectrumError) {
    let text = Self.trimmed(text[...])
    guard let open = text.firstIndex(of: "(") else {
      guard !text.isEmpty, !text.contains(")") else {
        throw SpectrumError(.invalidSettings, "\"\(text)\" is no step; write name(key=value,…)")
      }
      id = text.lowercased()
      arguments = []
      return
    }
    guard text.last == ")", text.filter({ $0 == "(" || $0 == ")" }).count == 2 else {
      throw SpectrumError(
        .invalidSettings, "\"\(text)\": parentheses do not match; write name(key=value,…)")
    }
    id = Self.trimmed(text[..<open]).lowercased()
    let inner = Self.trimmed(text[text.index(after: open)...].dropLast())
    var arguments: [(name: String, value: String)] = []
    for part in inner.split(separator: ",", omittingEmptySubsequences: false) where !inner.isEmpty {
      let sides = part.split(separator: "=", omittingEmptySubsequences: false)
      guard sides.count == 2 else {
        throw SpectrumError(
          .invalidSettings, "\(id): \"\(Self.trimmed(part))\" is not of the form key=value")
      }
      arguments.append((Self.trimmed(sides[0]).lowercased(), Self.trimmed(sides[1])))
    }
    self.arguments = arguments
  }

  private static func trimmed(_ text: Substring) -> String {
    let start = text.drop(while: \.isWhitespace)
    let end = start.lastIndex { !$0.isWhitespace }
    return end.map { String(start[...$0]) } ?? ""
  }

  /// Splits at commas and vertical bars outside parentheses.
  static func split(_ text: String) -> [String] {
    var (parts, depth) = ([""], 0)
    for character in text {
      if character == "(" { depth += 1 }
      if character == ")" { depth -= 1 }
      if depth == 0, character == "," || character == "|" {
        parts.append("")
      } else {
        parts[parts.count - 1].append(character)
      }
    }
    return parts
  }
}

extension StepCall {
  /// The text form of a step with all its parameters.
  static func text(_ id: String, _ arguments: KeyValuePairs<String, String>) -> String {
    arguments.isEmpty
      ? id : id + "(" + arguments.map { "\($0.key)=\($0.value)" }.joined(separator: ",") + ")"
  }
}
