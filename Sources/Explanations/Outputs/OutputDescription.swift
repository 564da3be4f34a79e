import GraphRewriting

/// What is known of an output, from which its role follows.
struct OutputDescription {
  let name: String
  let classCount: Int
  let hasPositions: Bool
  /// Whether its numbers are whole ones.
  let isWhole: Bool
  /// What stands behind raw scores in the graph.
  let activation: TrailingActivation
  /// What a user or the file says.
  let meaning: OutputSettings.Meaning?
  /// What a few inputs showed, where they were tried.
  var probe: OutputProbe?

  /// Whether nothing says what the numbers are.
  var needsProbe: Bool {
    !isWhole && meaning == nil && activation == .none && classCount > 1 && !isNamedAsValues
  }

  /// What the numbers are.
  var role: NetworkOutput.Role {
    if isWhole { return .label }
    if meaning == .values { return .values }
    if activation == .none, meaning == nil {
      if probe?.sumsToOne == true { return hasPositions ? .classesAtPositions : .classes }
      if probe?.hasUnitLength == true || isNamedAsEmbedding { return .embedding }
      if isNamedAsValues || classCount == 1 { return .values }
    }
    return hasPositions ? .classesAtPositions : .classes
  }

  /// What makes probabilities of the raw scores.
  ///
  /// - Throws: `ExplanationError` when what the user says contradicts the network.
  func finalActivation() throws(ExplanationError) -> TrailingActivation {
    switch (meaning, activation) {
    case (.values, _): .none
    case (nil, .none): probe?.sumsToOne == true ? .probabilities : .none
    case (.logits, .none): classCount > 1 ? .softmax : .logistic
    case (.probabilities, .none): .probabilities
    case (.logits, _):
      throw ExplanationError(
        .unknownOutput,
        "output \(name) already ends in \(activation.rawValue): its values are no logits")
    case (nil, _), (.probabilities, _): activation
    }
  }

  private var isNamedAsEmbedding: Bool { hasName("embed", "feature", "descriptor") }

  private var isNamedAsValues: Bool {
    hasName("box", "bbox", "coord", "landmark", "keypoint", "depth", "anchor", "regress")
  }

  private func hasName(_ parts: String...) -> Bool {
    let name = name.lowercased()
    return parts.contains(where: name.contains)
  }
}
