/// One half of all inputs, by what they hold: what was found on one half is judged on the other.
///
/// An input falls into the same half whatever the network, its file's name and the other inputs.
public enum EvaluationHalf: String, Hashable, Sendable, CaseIterable {
  /// For trying methods and settings.
  case tune
  /// For judging them once.
  case test

  /// The half of an input.
  ///
  /// - Parameter digest: Of its content, hexadecimal.
  package init(digest: String) {
    let isOdd = digest.last?.hexDigitValue.map { $0 % 2 == 1 } ?? false
    self = isOdd ? .test : .tune
  }
}
