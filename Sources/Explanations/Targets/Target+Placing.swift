extension Target {
  /// The target with positions, where an output has some and the target names none: of a picture
  /// those where the class wins, of boxes and steps the best.
  func placed(in output: NetworkOutput) -> Target {
    guard !output.positions.isEmpty else { return self }
    switch self {
    case .placed, .symbol: return self
    case .ranked, .output, .given, .margin, .contrasted, .weights, .negated, .similarity:
      return .placed(self, at: output.positions.count > 1 ? .winning : .best)
    }
  }
}
