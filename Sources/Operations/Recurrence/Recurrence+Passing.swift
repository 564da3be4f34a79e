package import GraphIR
import TensorCore

extension Recurrence {
  /// What one step passes back: of what arrives at its next state, what each of some values that it is made
  /// of gets; nil for nothing.
  package typealias StepPassing = (
    _ next: Value, _ arriving: Value, _ targets: [Value]
  ) throws(GraphError) -> [Value?]

  /// Passes back through all steps what arrives at the states: a recurrence the other way, whose state is
  /// what arrives at the state before, joined with what arrives at the elements.
  ///
  /// - Parameters:
  ///   - site: The recurrence, and what arrives at its result.
  ///   - noun: What is passed back, such as `gradient`.
  ///   - passing: What one step does; it is called once, in the graph of a step.
  /// - Returns: What arrives at each input; nil for those that are not needed.
  /// - Throws: What the step throws; `GraphError` when shapes do not fit.
  package func passedBack(
    at site: GradientSite, _ noun: String, by passing: StepPassing
  ) throws(GraphError) -> [Value?] {
    let (initial, count) = (site.inputs[0], site.output.shape[0])
    let needed = step.elements.indices.filter { site.isNeeded[$0 + 1] }
    let adjoint = try step.adjoint(noun, elements: needed, by: passing)
    let start = initial.builder.constant(Tensor(shape: adjoint.state, repeating: 0))
    let joined = start.recurring(
      adjoint, over: [site.outputGradient, statesBefore(site)] + site.inputs.dropFirst(),
      isReversed: !isReversed)
    var parts = [Value?](repeating: nil, count: site.inputs.count)
    parts[0] = site.gradient(of: 0) {
      joined.sliced(0, start: isReversed ? count - 1 : 0, count: 1)
        .sliced(2, start: 0, count: step.width).reshaped(to: initial.shape)
    }
    var position = step.width
    for element in needed {
      let size = step.elementSize(element)
      parts[element + 1] = joined.sliced(2, start: position, count: size)
        .reshaped(to: site.inputs[element + 1].shape)
      position += size
    }
    return parts
  }

  /// For every step, the state that it started from.
  private func statesBefore(_ site: GradientSite) -> Value {
    let (states, count) = (site.output, site.output.shape[0])
    let initial = site.inputs[0].reshaped(to: Shape([1] + step.state.extents))
    guard count > 1 else { return initial }
    return isReversed
      ? .concatenated([states.sliced(0, start: 1, count: count - 1), initial], axis: 0)
      : .concatenated([initial, states.sliced(0, start: 0, count: count - 1)], axis: 0)
  }
}

extension RecurrentStep {
  /// How many numbers the state of a sample has.
  fileprivate var width: Int { state[1] }

  /// How many numbers an element of a sample has.
  fileprivate func elementSize(_ index: Int) -> Int {
    Shape(Array(elements[index].extents.dropFirst())).elementCount
  }

  /// The step that passes back: elements are what arrives at the states, the states before, and the
  /// elements of this step.
  fileprivate func adjoint(
    _ noun: String, elements needed: [Int], by passing: Recurrence.StepPassing
  ) throws(GraphError) -> RecurrentStep {
    let size = needed.reduce(width) { $0 + elementSize($1) }
    return try RecurrentStep(
      "\(noun) of \(title)", state: [state[0], size], elements: [state, state] + elements
    ) { (carried, given) throws(GraphError) in
      let targets = [given[1]] + needed.map { given[$0 + 2] }
      let next = try inserted(state: given[1], elements: Array(given.dropFirst(2)))
      let arriving = carried.sliced(1, start: 0, count: width) + given[0]
      let parts = try passing(next, arriving, targets)
      return .concatenated(
        zip(targets, parts).map { target, part in
          (part ?? .zero(target))
            .reshaped(to: [state[0], target.shape.elementCount / max(state[0], 1)])
        }, axis: 1)
    }
  }
}
