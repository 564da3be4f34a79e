public import GraphIR
public import TensorCore

/// One step repeated along sequences, which hands a state from each to the next.
///
/// Inputs: the state before the first step, `[samples, width]`, then one or more sequences
/// `[steps, samples, …]`. Result: the state after every step, `[steps, samples, width]`, at the place
/// of the step.
public struct Recurrence: Operation {
  /// The printed name.
  public static let name = "recurrence"

  /// What is computed at each step.
  public let step: RecurrentStep

  /// Whether the last elements of the sequences come first.
  public let isReversed: Bool

  /// Creates a recurrence.
  public init(_ step: RecurrentStep, isReversed: Bool = false) {
    self.step = step
    self.isReversed = isReversed
  }

  /// The title of the step and the direction.
  public var settings: String { step.title + (isReversed ? " from the end" : "") }

  /// The shape `[steps, samples, width]`.
  public func outputShape(for inputs: [Shape]) throws(GraphError) -> Shape {
    try require(inputs, count: (1 + step.elements.count)...(1 + step.elements.count))
    let count = inputs.dropFirst().first?.extents.first ?? 0
    try require(count > 0, "at least one sequence of at least one step is needed, got \(inputs)")
    let wanted = [step.state] + step.elements.map { Shape([count] + $0.extents) }
    try require(inputs == wanted, "inputs \(inputs) should have shapes \(wanted)")
    return Shape([count] + step.state.extents)
  }

  /// The indices of `count` steps in the order in which they are taken.
  package func order(_ count: Int) -> [Int] {
    isReversed ? (0..<count).reversed() : Array(0..<count)
  }
}

extension Value {
  /// The states of a recurrence along sequences, from this state on.
  ///
  /// - Parameters:
  ///   - step: What is computed at each step.
  ///   - sequences: One sequence `[steps, samples, …]` for every element of the step.
  ///   - isReversed: Whether the last elements come first.
  /// - Returns: The state after every step, `[steps, samples, width]`.
  public func recurring(
    _ step: RecurrentStep, over sequences: [Value], isReversed: Bool = false
  ) -> Value {
    builder.apply(Recurrence(step, isReversed: isReversed), [self] + sequences)
  }
}
