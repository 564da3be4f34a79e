extension EvaluationResult {
  /// What may be believed, and where everything stands.
  public var text: String {
    let inputs =
      (inputCount == 1 ? "1 input" : "\(inputCount) inputs")
      + (isComplete ? "" : ", not all there are")
    return (verdict + ["\(inputs) -> \(files.first ?? "")"]).joined(separator: "\n")
  }
}
