import TensorCore

/// Runs compiled steps along sequences; the state after each goes into the next.
struct RecurrenceLoop {
  /// The step, whose inputs are the state and one element of every sequence.
  let steps: CompiledSteps

  /// The places of the elements in the order in which they are taken.
  let order: [Int]

  /// The first state and the sequences, row-major.
  let inputs: [Memory]

  /// The states after every step, row-major.
  let result: Memory

  /// Runs all steps.
  func run(_ engine: Engine) throws(ExecutionError) {
    let next = steps.outputs[0]
    let width = next.shape.elementCount
    var previous: Int?
    for place in order {
      for (input, source) in zip(steps.inputs, inputs).dropFirst() {
        input.memory.copyFloats(input.shape.elementCount, from: source, at: place)
      }
      if let previous {
        steps.inputs[0].memory.copyFloats(width, from: result, at: previous)
      } else {
        steps.inputs[0].memory.copyFloats(width, from: inputs[0], at: 0)
      }
      try steps.run(engine)
      if steps.metUnfitNumbers { next.memory.write(steps.results()[0].elements) }
      result.copyFloats(width, from: next.memory, at: 0, to: place)
      previous = place
    }
  }
}

extension Memory {
  /// Copies the block of `count` numbers at a place of another memory to a place of this one.
  fileprivate func copyFloats(_ count: Int, from source: Memory, at place: Int, to own: Int = 0) {
    let from = unsafe source.floats.extracting((place * count)..<((place + 1) * count))
    let to = unsafe floats.extracting((own * count)..<((own + 1) * count))
    _ = unsafe to.update(fromContentsOf: from)
  }
}
