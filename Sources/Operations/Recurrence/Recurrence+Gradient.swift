public import GraphIR
import TensorCore

extension Recurrence: DifferentiableOperation {
  /// A recurrence the other way: its state is the gradient of the state before, joined with those of
  /// the elements (back-propagation through time; Werbos 1990).
  public func inputGradients(at site: GradientSite) -> [Value?] {
    let none = [Value?](repeating: nil, count: site.inputs.count)
    guard site.isNeeded.contains(true) else { return none }
    do throws(GraphError) {
      return try gradients(at: site)
    } catch {
      site.output.builder.fail(error)
      return none
    }
  }

  private func gradients(at site: GradientSite) throws(GraphError) -> [Value?] {
    let (initial, count) = (site.inputs[0], site.output.shape[0])
    let needed = step.elements.indices.filter { site.isNeeded[$0 + 1] }
    let adjoint = try step.adjoint(elements: needed)
    let start = initial.builder.constant(Tensor(shape: adjoint.state, repeating: 0))
    let joined = start.recurring(
      adjoint, over: [site.outputGradient, statesBefore(site)] + site.inputs.dropFirst(),
      isReversed: !isReversed)
    var gradients = [Value?](repeating: nil, count: site.inputs.count)
    gradients[0] = site.gradient(of: 0) {
      joined.sliced(0, start: isReversed ? count - 1 : 0, count: 1)
        .sliced(2, start: 0, count: step.width).reshaped(to: initial.shape)
    }
    var position = step.width
    for element in needed {
      let size = step.elementSize(element)
      gradients[element + 1] = joined.sliced(2, start: position, count: size)
        .reshaped(to: site.inputs[element + 1].shape)
      position += size
    }
    return gradients
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

  /// The step of the gradient: elements are the gradient of the states, the states before, and the
  /// elements of this step.
  fileprivate func adjoint(elements needed: [Int]) throws(GraphError) -> RecurrentStep {
    let size = needed.reduce(width) { $0 + elementSize($1) }
    return try RecurrentStep(
      "gradient of \(title)", state: [state[0], size], elements: [state, state] + elements
    ) { (carried, given) throws(GraphError) in
      let targets = [given[1]] + needed.map { given[$0 + 2] }
      let next = try inserted(state: given[1], elements: Array(given.dropFirst(2)))
      let arriving = carried.sliced(1, start: 0, count: width) + given[0]
      let gradients = try carried.builder.arrivingGradients(
        of: [(next.id, arriving)], at: targets.map(\.id))
      return .concatenated(
        targets.map { target in
          (gradients[target.id] ?? .zero(target))
            .reshaped(to: [state[0], target.shape.elementCount / max(state[0], 1)])
        }, axis: 1)
    }
  }
}
